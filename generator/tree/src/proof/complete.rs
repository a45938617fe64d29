//! 11 and 12. A figure, a text or a letter uses an answer that may be missing where it is shown.

use super::Case;
use crate::diagram::{ABSENT, Id, TRUE};
use crate::expr::Expr;
use crate::finding::Finding;
use crate::flow::Flow;
use crate::model::{Body, Part, Tree, Value};
use crate::plan::Plan;
use crate::rule::Rule;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What must be known where something is shown.
#[derive(Debug, Clone, PartialEq)]
enum Need {
    /// The question was asked.
    Asked(usize),
    /// The condition reads no question that was not asked.
    Decided(Expr),
}

/// A need, under conditions that all hold where the thing is shown.
#[derive(Debug, Clone, PartialEq)]
struct Use {
    need: Need,
    guards: Vec<Expr>,
}

/// Something shown on an outcome.
struct Shown {
    outcome: usize,
    rule: Rule,
    what: String,
    span: Span,
    uses: Vec<Use>,
}

/// Every value shown can be computed on every walk that shows it.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let shown = all_shown(case);
    let conditions: Vec<&Expr> = shown
        .iter()
        .flat_map(|s| &s.uses)
        .flat_map(Use::conditions)
        .collect();
    let Ok(mut plan) = Plan::new(case.tree, case.today, &conditions) else {
        findings.push(super::budget::exhausted(case.source));
        return;
    };
    let mut flows: BTreeMap<(Option<usize>, Vec<Id>), Flow> = BTreeMap::new();
    for thing in &shown {
        let Some((missing, example)) = thing
            .uses
            .iter()
            .find_map(|used| failing(&mut plan, &mut flows, used, thing.outcome))
        else {
            continue;
        };
        let outcome = &case.tree.outcomes[thing.outcome].id;
        let watched = Case { plan: &plan, ..*case };
        let message = format!(
            "{} de l’issue « {outcome} » emploie {missing}, qui manque sur ce parcours : {}.",
            thing.what,
            watched.say(&example)
        );
        let hint = "Placez ce passage dans un bloc « :::si », ou posez la question sur ces parcours.";
        findings.push(Finding::error(thing.rule, thing.span, message).hint(hint));
    }
}

impl Use {
    fn conditions(&self) -> impl Iterator<Item = &Expr> {
        let own = match &self.need {
            Need::Asked(_) => None,
            Need::Decided(expr) => Some(expr),
        };
        self.guards.iter().chain(own)
    }
}

/// What is missing on some walk to the outcome, and the walk.
fn failing<'a>(
    plan: &mut Plan<'a>,
    flows: &mut BTreeMap<(Option<usize>, Vec<Id>), Flow>,
    used: &'a Use,
    outcome: usize,
) -> Option<(String, Vec<(usize, usize)>)> {
    let ids: Vec<Id> = used
        .conditions()
        .map(|condition| plan.diagram(condition))
        .collect::<Result<_, _>>()
        .ok()?;
    let watch = match used.need {
        Need::Asked(question) => Some(question),
        Need::Decided(_) => None,
    };
    let key = (watch, ids);
    if !flows.contains_key(&key) {
        let flow = plan.explore(&key.1, watch).ok()?;
        flows.insert(key.clone(), flow);
    }
    let flow = &flows[&key];
    let shown = used.guards.len();
    let end = flow.ends.iter().find(|end| {
        let here = end.outcomes >> outcome & 1 == 1 && end.guards[..shown].iter().all(|guard| *guard == TRUE);
        here && match used.need {
            Need::Asked(_) => !end.watched,
            Need::Decided(_) => end.guards[shown] == ABSENT,
        }
    })?;
    let example = flow.example(end.from);
    let names = match &used.need {
        Need::Asked(question) => vec![*question],
        Need::Decided(expr) => {
            let read = super::not_asked::questions_read(plan.tree, expr);
            read.into_iter()
                .filter(|q| !example.iter().any(|(asked, _)| asked == q))
                .collect()
        }
    };
    let names: Vec<String> = names
        .iter()
        .map(|q| format!("« {} »", plan.tree.questions[*q].id))
        .collect();
    Some((names.join(" ou "), example))
}

fn all_shown(case: &Case) -> Vec<Shown> {
    let mut all = Vec::new();
    let tree = case.tree;
    for (index, outcome) in tree.outcomes.iter().enumerate() {
        let source = &case.source.outcomes[case.places.outcomes[index]];
        let mut add = |rule, what: &str, span, uses: Vec<Use>| {
            let needs = uses
                .into_iter()
                .filter(|used| used.need != Need::Decided(Expr::Today))
                .collect();
            all.push(Shown {
                outcome: index,
                rule,
                what: what.to_owned(),
                span,
                uses: needs,
            });
        };
        add(
            Rule::FigureIncomplete,
            "Le résumé",
            source.id.span,
            of_body(tree, &outcome.summary, &[]),
        );
        add(
            Rule::FigureIncomplete,
            "Le texte",
            source.id.span,
            of_body(tree, &outcome.body, &[]),
        );
        for (deadline, raw) in outcome.deadlines.iter().zip(&source.deadlines) {
            let guards: Vec<Expr> = deadline.condition.iter().cloned().collect();
            add(
                Rule::FigureIncomplete,
                "Une échéance",
                raw.on.span,
                of_expr(tree, &deadline.on, &guards),
            );
        }
        for (document, raw) in outcome.documents.iter().zip(&source.documents) {
            let uses = document
                .condition
                .iter()
                .map(|condition| decided(condition, &[]))
                .collect();
            add(Rule::FigureIncomplete, "Une pièce", raw.text.span, uses);
        }
        for (line, (letter, condition)) in outcome.letters.iter().enumerate() {
            let guards: Vec<Expr> = condition.iter().cloned().collect();
            let mut uses: Vec<Use> = condition
                .iter()
                .map(|condition| decided(condition, &[]))
                .collect();
            uses.extend(of_body(tree, &tree.letters[*letter].body, &guards));
            let what = format!("La lettre « {} »", tree.letters[*letter].slug);
            let span = source.letters.get(line).map_or(source.id.span, |raw| raw.span);
            add(Rule::LetterIncomplete, &what, span, uses);
        }
    }
    all
}

fn decided(condition: &Expr, guards: &[Expr]) -> Use {
    Use {
        need: Need::Decided(condition.clone()),
        guards: guards.to_vec(),
    }
}

/// What a text needs, block by block.
fn of_body(tree: &Tree, body: &Body, guards: &[Expr]) -> Vec<Use> {
    fn parts(tree: &Tree, body: &Body, list: &[Part], guards: &[Expr], uses: &mut Vec<Use>) {
        for part in list {
            match part {
                Part::Text(_) => {}
                Part::Value(number) => uses.extend(of_value(tree, &body.values[*number], guards)),
                Part::If(number, inner) => {
                    let condition = &body.conditions[*number];
                    uses.push(decided(condition, guards));
                    let mut deeper = guards.to_vec();
                    deeper.push(condition.clone());
                    parts(tree, body, inner, &deeper, uses);
                }
                Part::Voice(_, inner) => parts(tree, body, inner, guards, uses),
            }
        }
    }
    let mut uses = Vec::new();
    parts(tree, body, &body.parts, guards, &mut uses);
    uses
}

fn of_value(tree: &Tree, value: &Value, guards: &[Expr]) -> Vec<Use> {
    match value {
        Value::Answer(question) => vec![Use {
            need: Need::Asked(*question),
            guards: guards.to_vec(),
        }],
        Value::Field(_) => Vec::new(),
        Value::Expr(_, expr) => of_expr(tree, expr, guards),
    }
}

/// What a computation needs: each side of a `si(…)` only when it is taken.
fn of_expr(tree: &Tree, expr: &Expr, guards: &[Expr]) -> Vec<Use> {
    match expr {
        Expr::Answer(question) => vec![Use {
            need: Need::Asked(*question),
            guards: guards.to_vec(),
        }],
        Expr::Figure(index) => of_expr(tree, &tree.figures[*index].expr, guards),
        Expr::If(parts) => {
            let (yes, no) = (&parts.1, &parts.2);
            let with = |condition: Expr| guards.iter().cloned().chain([condition]).collect::<Vec<_>>();
            let mut uses = vec![decided(&parts.0, guards)];
            uses.extend(of_expr(tree, yes, &with(parts.0.clone())));
            uses.extend(of_expr(tree, no, &with(Expr::Not(Box::new(parts.0.clone())))));
            uses
        }
        other => {
            let mut seen = BTreeSet::new();
            let uses = other
                .operands()
                .into_iter()
                .flat_map(|operand| of_expr(tree, operand, guards));
            uses.filter(|used| seen.insert(format!("{used:?}"))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;
    use crate::source::Piece;

    #[test]
    fn a_figure_needs_its_answers() {
        assert_eq!(of_rule(&deposit(), Rule::FigureIncomplete), []);
        let mut bad = deposit();
        let outcome = bad
            .outcomes
            .iter_mut()
            .find(|o| o.id.value == "rendu")
            .expect("an outcome");
        outcome.body.push(Piece::Value("majoration".into()));
        let found = of_rule(&bad, Rule::FigureIncomplete);
        assert!(found[0].message.contains("« rendu » emploie"), "{found:?}");
    }

    #[test]
    fn a_letter_needs_its_answers_unless_guarded() {
        assert_eq!(of_rule(&deposit(), Rule::LetterIncomplete), []);
        let mut bad = deposit();
        let outcome = bad
            .outcomes
            .iter_mut()
            .find(|o| o.id.value == "rendu")
            .expect("an outcome");
        outcome.letters.push("mise-en-demeure-depot".into());
        let found = of_rule(&bad, Rule::LetterIncomplete);
        assert!(
            found[0]
                .message
                .contains("« mise-en-demeure-depot » de l’issue « rendu »"),
            "{found:?}"
        );
        let mut good = deposit();
        let outcome = good
            .outcomes
            .iter_mut()
            .find(|o| o.id.value == "rendu")
            .expect("an outcome");
        outcome
            .letters
            .push("mise-en-demeure-depot si restitution != tout et en retard".into());
        assert_eq!(of_rule(&good, Rule::LetterIncomplete), []);
    }
}
