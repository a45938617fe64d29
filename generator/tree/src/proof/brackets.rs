//! 5. A threshold is missing from the brackets, or a label spans two classes.

use super::Case;
use crate::answers::{Answer, canonical};
use crate::date::{Date, months_started};
use crate::expr::Expr;
use crate::expr::eval::Env;
use crate::finding::Finding;
use crate::model::Kind;
use crate::partition::{Class, atoms, classes};
use crate::plan::{Plan, flow_roots};
use crate::rule::Rule;
use crate::source::{QuestionSource, Span};

/// The bracket that holds a class, or their number when none does; « je ne sais pas » goes last.
pub(crate) fn bracket_of(plan: &Plan, question: usize, class: &Class) -> usize {
    let Some(value) = class.value() else {
        return usize::MAX;
    };
    let brackets = &plan.tree.questions[question].brackets;
    let mut answers = vec![None; plan.tree.questions.len()];
    answers[question] = Some(value);
    let today = plan.today.day_number();
    let env = Env {
        answers: &answers,
        facts: &[],
        figures: &[],
        parameters: &plan.tree.parameters,
        today,
    };
    let holds = |test: &Option<Expr>| test.as_ref().is_none_or(|test| env.eval(test) == Some(1));
    brackets
        .iter()
        .position(|bracket| holds(&bracket.test))
        .unwrap_or(brackets.len())
}

/// The brackets that hold some answer of a class, in the author's order: a class of dates or of sums may hold
/// several of them.
pub(crate) fn brackets_in(plan: &Plan, question: usize, class: &Class) -> Vec<usize> {
    let Class::Range(low, high) = class else {
        return vec![bracket_of(plan, question, class)];
    };
    let tests = plan.tree.questions[question].brackets.iter();
    let limits = tests
        .filter_map(|bracket| bracket.test.as_ref())
        .map(|test| (question, test))
        .collect();
    let mut held: Vec<usize> = classes(plan.tree, question, &limits, plan.today)
        .iter()
        .filter_map(|part| match part {
            Class::Range(from, to) if from <= high && to >= low => {
                Some(bracket_of(plan, question, &Class::Value(*from.max(low))))
            }
            _ => None,
        })
        .collect();
    held.sort_unstable();
    held.dedup();
    held
}

/// Every threshold that decides of the walk is the limit of a bracket.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let deciding = atoms(case.tree, flow_roots(case.tree));
    for (index, question) in case.tree.questions.iter().enumerate() {
        let ordered = matches!(
            question.kind,
            Kind::Date | Kind::Montant | Kind::Nombre | Kind::Commune
        );
        let known: Vec<Class> = classes(case.tree, index, &deciding, case.today)
            .into_iter()
            .filter(|class| class.value().is_some())
            .collect();
        if !ordered || known.len() < 2 {
            continue;
        }
        // Classes cut by the conditions and by the brackets together: each lies in one of both.
        let tests = question
            .brackets
            .iter()
            .filter_map(|bracket| bracket.test.as_ref())
            .map(|test| (index, test));
        let all = deciding.iter().copied().chain(tests).collect();
        let fine = classes(case.tree, index, &all, case.today);
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); question.brackets.len() + 1];
        for class in fine.iter().filter(|class| class.value().is_some()) {
            let bracket = bracket_of(case.plan, index, class);
            let wide = wide_class(&known, class);
            if !held[bracket].contains(&wide) {
                held[bracket].push(wide);
            }
        }
        tell(case, index, &known, &held, findings);
    }
}

/// The class of the conditions that holds a finer class.
fn wide_class(known: &[Class], class: &Class) -> usize {
    let value = class.value().unwrap_or(0);
    let place = known.iter().position(|wide| match wide {
        Class::Range(low, high) => (low..=high).contains(&&value),
        other => other == class,
    });
    // A commune that only a bracket names is of the class « others », the first one.
    place.unwrap_or(0)
}

fn tell(case: &Case, index: usize, known: &[Class], held: &[Vec<usize>], findings: &mut Vec<Finding>) {
    let question = &case.tree.questions[index];
    let source = &case.source.questions[case.places.questions[index]];
    let (named, outside) = held.split_at(question.brackets.len());
    for (at, classes) in named.iter().enumerate() {
        let (span, label) = (source.brackets[at].name.span, &question.brackets[at].label);
        if classes.is_empty() {
            let message = format!(
                "La tranche « {label} » ne contient aucune réponse : une tranche placée avant les prend toutes."
            );
            findings.push(
                Finding::error(Rule::Brackets, span, message)
                    .hint("Rangez les tranches dans l’ordre, ou retirez celle-ci."),
            );
        } else if classes.len() > 1 {
            let missing = seuils(case, index, known, classes);
            findings.push(displaced(named, at, source, &missing).unwrap_or_else(|| {
                let message = format!(
                    "La tranche « {label} » réunit des réponses qui n’ont pas la même suite : le questionnaire les sépare à {missing}."
                );
                fault(case, index, known, classes, span, message)
            }));
        }
    }
    if outside.iter().any(|classes| !classes.is_empty()) {
        let all: Vec<usize> = (0..known.len()).collect();
        let span = source
            .brackets
            .first()
            .map_or(source.id.span, |bracket| bracket.name.span);
        let message = if question.brackets.is_empty() {
            format!(
                "Des conditions comparent « {} » à un seuil, mais la question n’a pas de « tranches » (seuils : {}).",
                question.id,
                seuils(case, index, known, &all)
            )
        } else {
            format!(
                "Les tranches de « {} » ne couvrent pas toutes les réponses.",
                question.id
            )
        };
        findings.push(
            fault(case, index, known, &all, span, message).hint("Terminez par une tranche « au-delà »."),
        );
    }
}

/// A bracket that stops at another duration than the conditions: told on the line that holds the duration.
fn displaced(named: &[Vec<usize>], at: usize, source: &QuestionSource, missing: &str) -> Option<Finding> {
    let beside = |other: &usize| {
        let other = named.get(*other)?;
        other.iter().any(|class| named[at].contains(class)).then_some(())
    };
    let first = at.checked_sub(1).filter(|other| beside(other).is_some());
    let limit = first.or_else(|| beside(&(at + 1)).map(|()| at))?;
    let name = &source.brackets[limit].name;
    let (words, written) = name
        .value
        .split_at(name.value.find(|c: char| c.is_ascii_digit())?);
    let wanted = missing.strip_prefix("« ")?.strip_suffix(" »")?;
    if !(written.ends_with(" mois") && wanted.ends_with(" mois")) || wanted.contains('»') {
        return None;
    }
    let message = format!(
        "Les réponses se séparent ici à « {written} », mais à « {wanted} » dans les conditions de « arbre.md »."
    );
    let hint = format!(
        "Vérifiez dans la loi laquelle des deux durées est juste. Si c'est « {written} », qui est écrit ici, corrigez les conditions de « arbre.md ». Si c'est « {wanted} », écrivez « {words}{wanted} » et corrigez les mots affichés."
    );
    Some(Finding::error(Rule::Brackets, name.span, message).hint(hint))
}

fn fault(
    case: &Case,
    index: usize,
    known: &[Class],
    classes: &[usize],
    span: Span,
    message: String,
) -> Finding {
    let hint = format!(
        "Ajoutez dans « tranches » une ligne qui s’arrête à chaque limite : {}.",
        seuils(case, index, known, classes)
    );
    Finding::error(Rule::Brackets, span, message).hint(hint)
}

/// The thresholds between some classes, as an author would write them.
fn seuils(case: &Case, index: usize, known: &[Class], classes: &[usize]) -> String {
    let question = &case.tree.questions[index];
    let starts = classes.iter().filter_map(|class| match &known[*class] {
        Class::Range(low, _) if *class > 0 => Some(*low),
        Class::Value(value) => Some(*value),
        _ => None,
    });
    let said: Vec<String> = starts
        .map(|value| match question.kind {
            Kind::Date => {
                let (day, today) = (Date::from_day_number(value), case.today);
                let months = months_started(day, today);
                let round = months > 0
                    && day.plus_months(months) >= today
                    && Date::from_day_number(value - 1).plus_months(months) < today;
                if round {
                    format!("« {months} mois »")
                } else {
                    format!("« {} »", day.iso())
                }
            }
            _ => format!("« {} »", canonical(question, &Answer::Value(value))),
        })
        .collect();
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn every_threshold_needs_its_bracket() {
        assert_eq!(of_rule(&deposit(), Rule::Brackets), []);
        let mut bad = deposit();
        let date = bad
            .questions
            .iter_mut()
            .find(|q| q.id.value == "date-cles")
            .expect("a question");
        date.brackets.remove(1);
        let found = of_rule(&bad, Rule::Brackets);
        assert!(
            found[0].message.contains("« Il y a plus de deux mois »"),
            "{found:?}"
        );
        assert!(found[0].message.contains("« 2 mois »"), "{found:?}");
    }

    #[test]
    fn a_moved_threshold_and_a_hidden_bracket_are_told() {
        let mut bad = deposit();
        bad.facts[2].value.value = "cles = rendues et depuis(date-cles) > 24 mois".to_owned();
        assert_eq!(of_rule(&bad, Rule::Brackets).len(), 1);
        let mut bad = deposit();
        let date = bad
            .questions
            .iter_mut()
            .find(|q| q.id.value == "date-cles")
            .expect("a question");
        date.brackets.swap(0, 1);
        let found = of_rule(&bad, Rule::Brackets);
        assert!(
            found.iter().any(|f| f.message.contains("aucune réponse")),
            "{found:?}"
        );
    }
}
