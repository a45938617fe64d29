//! 10. A question or a choice that changes nothing downstream.

use super::Case;
use crate::answers::PROFILE;
use crate::diagram::FALSE;
use crate::expr::Expr;
use crate::finding::Finding;
use crate::model::{Kind, Value};
use crate::rule::Rule;
use std::collections::BTreeSet;

/// Every answer changes the walk, a figure or a text.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let shown = shown(case);
    for (index, question) in case.tree.questions.iter().enumerate() {
        if question.id == PROFILE || shown.whole.contains(&index) {
            continue;
        }
        let source = &case.source.questions[case.places.questions[index]];
        let asked: Vec<_> = case
            .flow
            .states
            .iter()
            .filter(|s| s.question == index && s.asked != FALSE)
            .collect();
        let same = |a: usize, b: usize| asked.iter().all(|state| state.edges[a] == state.edges[b]);
        let classes = case.plan.classes[index].len();
        let read = shown.compared.iter().any(|(of, _)| *of == index);
        if !read && !asked.is_empty() && (1..classes).all(|class| same(0, class)) {
            let message = format!(
                "La réponse à « {} » ne change rien : ni la suite, ni l’issue, ni un calcul, ni une lettre.",
                question.id
            );
            findings.push(
                Finding::error(Rule::NoEffect, source.id.span, message)
                    .hint("Retirez cette question, ou employez sa réponse."),
            );
            continue;
        }
        if question.kind != Kind::Choix {
            continue;
        }
        let silent = |choice: usize| !shown.compared.contains(&(index, Some(choice)));
        for b in 1..question.choices.len() {
            let Some(a) = (0..b).find(|a| silent(*a) && silent(b) && same(*a, b)) else {
                continue;
            };
            let (a, id) = (&question.choices[a].id, &question.choices[b].id);
            let message = format!(
                "Les réponses « {a} » et « {id} » de « {} » ont toujours la même suite.",
                question.id
            );
            let span = source.choices[b].id.span;
            findings.push(
                Finding::warning(Rule::NoEffect, span, message)
                    .hint("Réunissez-les, ou distinguez ce qui les suit."),
            );
        }
    }
}

/// What figures, texts and letters read.
struct Shown {
    /// Questions whose whole answer matters.
    whole: BTreeSet<usize>,
    /// Choices that a condition names; nothing for a comparison with something else.
    compared: BTreeSet<(usize, Option<usize>)>,
}

fn shown(case: &Case) -> Shown {
    let mut shown = Shown {
        whole: BTreeSet::new(),
        compared: BTreeSet::new(),
    };
    let tree = case.tree;
    for value in tree.each_value() {
        if let Value::Answer(index) = value {
            shown.whole.insert(*index);
        }
    }
    let fields: BTreeSet<&str> = tree
        .letters
        .iter()
        .flat_map(|letter| &letter.fields)
        .map(|field| field.id.as_str())
        .collect();
    shown.whole.extend(
        (0..tree.questions.len()).filter(|index| fields.contains(tree.questions[*index].id.as_str())),
    );
    let mut waiting: Vec<&Expr> = tree.figures.iter().map(|figure| &figure.expr).collect();
    tree.each_shown(&mut |expr| waiting.push(expr));
    let mut facts = BTreeSet::new();
    while let Some(expr) = waiting.pop() {
        match expr {
            Expr::Eq(pair) => {
                if let (Expr::Answer(index), Expr::Const(choice)) = (&pair.0, &pair.1) {
                    shown.compared.insert((*index, usize::try_from(*choice).ok()));
                }
            }
            Expr::Fact(index) if facts.insert(*index) => waiting.push(&tree.facts[*index].expr),
            Expr::Answer(index) => {
                shown.whole.insert(*index);
            }
            _ => {}
        }
        let choice = matches!(expr, Expr::Eq(pair) if matches!(&**pair, (Expr::Answer(q), Expr::Const(_)) if tree.questions[*q].kind == Kind::Choix));
        if !choice {
            waiting.extend(expr.operands());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;
    use crate::source::Piece;

    #[test]
    fn an_idle_question_is_an_error_and_twin_choices_a_warning() {
        assert_eq!(of_rule(&deposit(), Rule::NoEffect), []);
        let mut bad = deposit();
        let outcome = bad
            .outcomes
            .iter_mut()
            .find(|o| o.id.value == "mise-en-demeure")
            .expect("an outcome");
        outcome.body.retain(|piece| !matches!(piece, Piece::If { condition, .. } if condition.value == "restitution = partie"));
        let found = of_rule(&bad, Rule::NoEffect);
        assert!(found[0].message.contains("« partie » et « rien »"), "{found:?}");
        assert_eq!(found[0].severity, Severity::Warning);
        let mut bad = deposit();
        let outcome = bad
            .outcomes
            .iter_mut()
            .find(|o| o.id.value == "mise-en-demeure")
            .expect("an outcome");
        outcome
            .referral
            .as_mut()
            .expect("a referral")
            .fields
            .retain(|field| field.value.value != "commune");
        let found = of_rule(&bad, Rule::NoEffect);
        assert!(
            found[0].message.contains("« commune » ne change rien"),
            "{found:?}"
        );
    }
}
