//! 16. A scenario gives what it expects.

use crate::answers::{Answers, Context, Fault};
use crate::date::Date;
use crate::expr::Expr;
use crate::finding::Finding;
use crate::letter::{plain, render_letter};
use crate::model::{Tree, Unit};
use crate::nearest::{nearest, suggestion};
use crate::report::{OutcomeReport, Report, Teller, report};
use crate::rule::Rule;
use crate::source::{NamedSource, ScenarioSource, TreeSource};
use crate::value::{parse_amount, parse_number};
use crate::walk::walk;
use std::collections::BTreeMap;

/// Runs the scenarios; returns how many passed.
pub(crate) fn check(source: &TreeSource, tree: &Tree, findings: &mut Vec<Finding>) -> usize {
    let passes = |scenario: &&ScenarioSource| {
        let before = findings.len();
        run(scenario, tree, findings);
        findings.len() == before
    };
    source.scenarios.iter().filter(passes).count()
}

/// The day and the answers of a scenario; faults are told.
pub(crate) fn read(
    scenario: &ScenarioSource,
    tree: &Tree,
    findings: &mut Vec<Finding>,
) -> Option<(Answers, Context)> {
    let Some(today) = Date::from_iso(scenario.on.value.trim()) else {
        let message = format!("« {} » n’est pas une date.", scenario.on.value);
        findings.push(
            Finding::error(Rule::Syntax, scenario.on.span, message).hint("Écrivez-la ainsi : 2026-11-23."),
        );
        return None;
    };
    let context = Context { today };
    let pairs = scenario
        .answers
        .iter()
        .map(|answer| (answer.name.value.as_str(), answer.value.value.as_str()));
    let (answers, errors) = Answers::read(tree, pairs, &context);
    for error in &errors {
        let given = scenario
            .answers
            .iter()
            .find(|answer| answer.name.value == error.question);
        findings.extend(given.map(|given| refused(given, error.fault, tree)));
    }
    errors.is_empty().then_some((answers, context))
}

fn refused(given: &NamedSource, fault: Fault, tree: &Tree) -> Finding {
    let (name, value) = (&given.name.value, &given.value.value);
    let question = tree.questions.iter().find(|question| question.id == *name);
    let choices = question
        .into_iter()
        .flat_map(|question| &question.choices)
        .map(|choice| choice.id.as_str());
    let (rule, span, message, hint) = match fault {
        Fault::UnknownQuestion => (
            Rule::UnknownName,
            given.name.span,
            format!("La question « {name} » n’est définie nulle part."),
            suggestion(name, tree.questions.iter().map(|question| question.id.as_str())),
        ),
        Fault::Choice => (
            Rule::UnknownChoice,
            given.value.span,
            format!("La question « {name} » n’a pas de réponse « {value} »."),
            suggestion(value, choices),
        ),
        _ => (
            Rule::Scenario,
            given.value.span,
            format!(
                "La réponse « {value} » à « {name} » est refusée ({}).",
                fault.id()
            ),
            None,
        ),
    };
    Finding {
        hint,
        ..Finding::error(rule, span, message)
    }
}

fn run(scenario: &ScenarioSource, tree: &Tree, findings: &mut Vec<Finding>) {
    let Some((answers, context)) = read(scenario, tree, findings) else {
        return;
    };
    let report = report(tree, &answers, &context);
    let mut tell = |span, message: String, hint: Option<String>| {
        let message = format!("Scénario « {} » : {message}.", scenario.name.value);
        findings.push(Finding {
            hint,
            ..Finding::error(Rule::Scenario, span, message)
        });
    };
    if let Some(question) = &report.question {
        tell(
            scenario.outcome.span,
            format!("la question « {question} » reste sans réponse"),
            Some(format!("Ajoutez la réponse à « {question} ».")),
        );
        return;
    }
    for ignored in &report.ignored {
        let place = scenario
            .answers
            .iter()
            .find(|answer| answer.name.value == *ignored);
        tell(
            place.map_or(scenario.name.span, |p| p.name.span),
            format!("la question « {ignored} » n’est pas posée sur ce parcours"),
            Some("Retirez cette réponse.".to_owned()),
        );
    }
    let mut expected: Vec<&str> = scenario.outcome.value.split(',').map(str::trim).collect();
    let mut found: Vec<&str> = report
        .outcomes
        .iter()
        .map(|outcome| outcome.id.as_str())
        .collect();
    let shown = found.join(", ");
    expected.sort_unstable();
    found.sort_unstable();
    let known = || tree.outcomes.iter().map(|outcome| outcome.id.as_str());
    let unknown = expected.iter().find(|name| !known().any(|id| id == **name));
    if let Some(name) = unknown {
        tell(
            scenario.outcome.span,
            format!("aucune issue ne s’appelle « {name} »"),
            nearest(name, known())
                .map(|near| format!("Vouliez-vous écrire « {near} » ?"))
                .or_else(|| {
                    Some(format!(
                        "Issues possibles : {}.",
                        known().collect::<Vec<_>>().join(", ")
                    ))
                }),
        );
    } else if expected != found {
        tell(
            scenario.outcome.span,
            format!(
                "le questionnaire conclut « {shown} », le scénario attend « {} »",
                scenario.outcome.value
            ),
            Some(format!(
                "Refaites le cas à la main. Si « {shown} » est juste, écrivez-le ici ; sinon, corrigez les conditions de « arbre.md »."
            )),
        );
    }
    figures(scenario, &report, &mut tell);
    words(scenario, tree, &report, &answers, &context, &mut tell);
}

type Tell<'a> = dyn FnMut(crate::source::Span, String, Option<String>) + 'a;

fn figures(scenario: &ScenarioSource, report: &Report, tell: &mut Tell) {
    for expected in &scenario.figures {
        let name = &expected.name.value;
        let Some(figure) = report.figures.iter().find(|figure| figure.name == *name) else {
            let hint = suggestion(name, report.figures.iter().map(|figure| figure.name.as_str()));
            tell(
                expected.name.span,
                format!("le calcul « {name} » n’existe pas"),
                hint,
            );
            continue;
        };
        let text = figure.text.clone().unwrap_or_else(|| "inconnu".to_owned());
        let short = short(figure.unit, &expected.value.value);
        let single = figure.min.filter(|_| figure.min == figure.max);
        if flat(&text) != flat(&expected.value.value) && (short.is_none() || short != single) {
            tell(
                expected.value.span,
                format!(
                    "le questionnaire calcule « {text} » pour « {name} », le scénario attend « {} »",
                    expected.value.value
                ),
                Some(if figure.text.is_none() {
                    "Il manque une donnée à ce calcul : ajoutez la réponse au scénario, ou la valeur du paramètre à cette date."
                        .to_owned()
                } else {
                    format!(
                        "Refaites le calcul à la main. Si « {text} » est juste, écrivez ici « {name}: \"{text}\" » ; sinon, corrigez « calculs » dans « arbre.md »."
                    )
                }),
            );
        }
    }
}

/// A figure as an author writes it in short.
fn short(unit: Unit, text: &str) -> Option<i64> {
    match unit {
        Unit::Date => Date::parse(text).map(Date::day_number),
        Unit::Euro | Unit::Indice => parse_amount(text),
        Unit::Taux => {
            parse_amount(text.trim_end_matches([' ', '\u{a0}', '%'])).map(|hundredths| hundredths / 10)
        }
        Unit::Mois | Unit::Jours | Unit::Annees | Unit::Nombre => {
            parse_number(text.trim_end_matches(|c: char| !c.is_ascii_digit()))
        }
    }
}

/// A text without regard to spaces, apostrophes and case.
fn flat(text: &str) -> String {
    text.replace('’', "'")
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words expected stand in what the reader of an outcome is shown, or in one of its letters.
fn words(
    scenario: &ScenarioSource,
    tree: &Tree,
    report: &Report,
    answers: &Answers,
    context: &Context,
    tell: &mut Tell,
) {
    if scenario.words.is_empty() && scenario.absent.is_empty() {
        return;
    }
    let walk = walk(tree, answers, context);
    let teller = Teller {
        tree,
        answers,
        context,
        walk: &walk,
        voice: answers.voice(tree),
    };
    let shown = walk.outcomes().iter().zip(&report.outcomes);
    let text: Vec<String> = shown
        .flat_map(|(index, told)| page(&teller, *index, told))
        .collect();
    let text = flat(&text.join("\n"));
    for word in scenario
        .words
        .iter()
        .filter(|word| !text.contains(&flat(&word.value)))
    {
        let message = format!(
            "« {} » n’apparaît ni dans l’issue ni dans ses lettres",
            word.value
        );
        tell(word.span, message, None);
    }
    for word in scenario
        .absent
        .iter()
        .filter(|word| text.contains(&flat(&word.value)))
    {
        let message = format!(
            "« {} » apparaît dans l’issue ou dans une de ses lettres",
            word.value
        );
        tell(word.span, message, None);
    }
}

/// All that the page of an outcome shows: title, facts, summary, body, documents, deadlines, letters, and
/// what it prefills in the referral, said « saisine DG », « montant = 195,00 ».
fn page(teller: &Teller, index: usize, told: &OutcomeReport) -> Vec<String> {
    let tree = teller.tree;
    let outcome = &tree.outcomes[index];
    let mut text = vec![told.title.clone(), told.summary.clone()];
    text.push(plain(&crate::letter::body(
        teller,
        &outcome.body,
        Some(index),
        None,
    )));
    let holds = |fact: &usize| teller.truth(&Expr::Fact(*fact), Some(index)) == Some(true);
    let facts = (0..tree.facts.len()).filter(holds);
    text.extend(facts.map(|fact| tree.facts[fact].name.clone()));
    text.extend(
        told.documents
            .iter()
            .map(|document| format!("pièce : {document}")),
    );
    for deadline in &told.deadlines {
        let day = deadline.on.as_deref().and_then(Date::from_iso).map(Date::french);
        text.push(format!("{} {}", deadline.title, day.unwrap_or_default()));
    }
    if let Some(referral) = &told.referral {
        text.push(format!("saisine {}", referral.motive));
        let fields = referral.fields.iter();
        text.extend(fields.map(|(id, value)| format!("{id} = {value}")));
    }
    let letters = tree
        .letters
        .iter()
        .filter(|letter| told.letters.contains(&letter.slug));
    text.extend(letters.map(|letter| {
        plain(&render_letter(
            tree,
            letter,
            teller.answers,
            &BTreeMap::new(),
            teller.context,
        ))
    }));
    text
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn the_scenarios_of_the_deposit_pass() {
        let today = crate::Date::from_iso("2026-11-23").expect("a date");
        let compiled = crate::compile(&deposit(), today);
        assert_eq!(compiled.findings, []);
        assert_eq!(compiled.proof.scenarios, deposit().scenarios.len());
    }

    #[test]
    fn a_changed_outcome_figure_or_word_is_told() {
        let mut bad = deposit();
        bad.scenarios[0].outcome = "rendu".into();
        bad.scenarios[0].figures[0].value = "10 octobre 2026".into();
        bad.scenarios[0].words.push("introuvable".into());
        bad.scenarios[0].absent.push("Plafond".into());
        let found: Vec<String> = of_rule(&bad, Rule::Scenario)
            .into_iter()
            .map(|f| f.message)
            .collect();
        for part in [
            "conclut « mise-en-demeure », le scénario attend « rendu »",
            "calcule « 10 septembre 2026 » pour",
            "« introuvable » n’apparaît",
            "« Plafond » apparaît",
        ] {
            assert!(
                found
                    .iter()
                    .any(|message| message.replace('\u{a0}', " ").contains(part)),
                "{part}: {found:?}"
            );
        }
    }

    #[test]
    fn a_changed_rule_is_caught() {
        let mut bad = deposit();
        bad.figures[0].value.value = "plus_mois(date-cles, si(delai d'un mois, 2, 1))".to_owned();
        assert!(!of_rule(&bad, Rule::Scenario).is_empty());
        let mut bad = deposit();
        bad.scenarios[0].answers[1].value = "ouii".into();
        assert!(
            of_rule(&bad, Rule::UnknownChoice)[0]
                .hint
                .as_ref()
                .is_some_and(|hint| hint.contains("« oui »"))
        );
    }
}
