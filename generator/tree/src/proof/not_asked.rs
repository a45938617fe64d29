//! 4. A condition reads a question that may not have been asked.

use super::Case;
use crate::assemble::Places;
use crate::diagram::ABSENT;
use crate::expr::Expr;
use crate::finding::Finding;
use crate::model::Tree;
use crate::rule::Rule;
use std::collections::BTreeSet;

/// The questions that a condition reads, through facts.
pub(crate) fn questions_read(tree: &Tree, condition: &Expr) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![condition];
    let mut seen = BTreeSet::new();
    while let Some(expr) = waiting.pop() {
        let reads = expr.reads();
        found.extend(reads.answers);
        waiting.extend(
            reads
                .facts
                .into_iter()
                .filter(|fact| seen.insert(*fact))
                .map(|fact| &tree.facts[fact].expr),
        );
    }
    found
}

/// A condition never reads its own question or a later one.
pub(crate) fn order(tree: &Tree, places: &Places, findings: &mut Vec<Finding>) {
    for (index, question) in tree.questions.iter().enumerate() {
        let Some(condition) = &question.condition else {
            continue;
        };
        for read in questions_read(tree, condition).range(index..) {
            let message = format!(
                "La condition de « {} » lit « {} », qui n’est pas encore posée à ce moment.",
                question.id, tree.questions[*read].id
            );
            let hint = "Placez la question lue plus haut dans la liste.";
            findings.push(Finding::error(Rule::NotAsked, places.conditions[index], message).hint(hint));
        }
    }
}

/// On every walk, each condition can be decided once its turn comes.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for state in &case.flow.states {
        if state.asked == ABSENT && told.insert(state.question) {
            let example = case.flow.example(state.from);
            let question = &case.tree.questions[state.question];
            let missing = missing(case, question.condition.as_ref(), &example);
            let message = format!(
                "La condition de « {} » lit {missing}, qui n’a pas été posée sur ce parcours : {}.",
                question.id,
                case.say(&example)
            );
            findings.push(fault(case.places.conditions[state.question], message, &missing));
        }
    }
    let mut blamed = BTreeSet::new();
    for end in &case.flow.ends {
        for (index, outcome) in case.tree.outcomes.iter().enumerate() {
            if end.blamed >> index & 1 == 0 || !blamed.insert(index) {
                continue;
            }
            let example = case.flow.example(end.from);
            let missing = missing(case, outcome.condition.as_ref(), &example);
            let message = format!(
                "La condition de l’issue « {} » lit {missing}, qui n’a pas été posée sur ce parcours : {}.",
                outcome.id,
                case.say(&example)
            );
            findings.push(fault(case.places.outcome_lines[index], message, &missing));
        }
    }
}

fn fault(span: crate::source::Span, message: String, missing: &str) -> Finding {
    let hint = format!(
        "Vérifiez d’abord, dans la condition, ce qui fait que {missing} est posée (« a = oui et … »), ou placez avant l’issue qui conclut ce parcours."
    );
    Finding::error(Rule::NotAsked, span, message).hint(hint)
}

/// The questions read and not asked, named.
fn missing(case: &Case, condition: Option<&Expr>, example: &[(usize, usize)]) -> String {
    let read = condition
        .map(|condition| questions_read(case.tree, condition))
        .unwrap_or_default();
    let absent = read
        .into_iter()
        .filter(|question| !example.iter().any(|(asked, _)| asked == question));
    let names: Vec<String> = absent
        .map(|question| format!("« {} »", case.tree.questions[question].id))
        .collect();
    names.join(" ou ")
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn a_guarded_condition_is_good_and_an_unguarded_one_is_told() {
        assert_eq!(of_rule(&deposit(), Rule::NotAsked), []);
        let mut bad = deposit();
        let fact = bad
            .facts
            .iter_mut()
            .find(|fact| fact.name.value == "en retard")
            .expect("a fact");
        fact.value.value = "delai depasse et non prescrit".to_owned();
        let found = of_rule(&bad, Rule::NotAsked);
        assert!(
            found
                .iter()
                .any(|f| f.message.contains("« edl »") && f.message.contains("restitution = tout")),
            "{found:?}"
        );
    }

    #[test]
    fn a_condition_does_not_read_a_later_question() {
        let mut bad = deposit();
        bad.order.swap(2, 3);
        let found = of_rule(&bad, Rule::NotAsked);
        assert!(
            found
                .iter()
                .any(|f| f.message.contains("« cles » lit « bail », qui n’est pas encore")),
            "{found:?}"
        );
    }
}
