//! 17. Every question, choice, outcome and letter is used by at least one scenario.

use super::scenario::read;
use crate::answers::Answer;
use crate::assemble::Places;
use crate::finding::Finding;
use crate::model::{Kind, Tree};
use crate::rule::Rule;
use crate::source::TreeSource;
use crate::walk::walk;
use std::collections::BTreeSet;

/// Tells what no scenario uses: an error for questions, outcomes and letters, a warning for choices.
pub(crate) fn check(source: &TreeSource, tree: &Tree, places: &Places, findings: &mut Vec<Finding>) {
    let mut seen = Seen::default();
    for scenario in &source.scenarios {
        // The faults of a scenario are told by its own rule.
        if let Some((answers, context)) = read(scenario, tree, &mut Vec::new()) {
            seen.add(tree, &walk(tree, &answers, &context), &answers, &context);
        }
    }
    let hint = "Ajoutez à « scenarios.yaml » un cas qui passe par là.";
    let mut tell = |span, what: String| {
        findings.push(
            Finding::error(Rule::Coverage, span, format!("Aucun scénario n’emploie {what}.")).hint(hint),
        );
    };
    for (index, question) in tree
        .questions
        .iter()
        .enumerate()
        .filter(|(index, _)| !seen.questions.contains(index))
    {
        tell(places.order[index], format!("la question « {} »", question.id));
    }
    for (index, outcome) in tree
        .outcomes
        .iter()
        .enumerate()
        .filter(|(index, _)| !seen.outcomes.contains(index))
    {
        tell(places.outcome_lines[index], format!("l’issue « {} »", outcome.id));
    }
    for (index, letter) in tree
        .letters
        .iter()
        .enumerate()
        .filter(|(index, _)| !seen.letters.contains(index))
    {
        tell(
            source.letters[places.letters[index]].slug.span,
            format!("la lettre « {} »", letter.slug),
        );
    }
    for (index, question) in tree
        .questions
        .iter()
        .enumerate()
        .filter(|(index, _)| seen.questions.contains(index))
    {
        for (choice, known) in question
            .choices
            .iter()
            .enumerate()
            .filter(|(choice, _)| !seen.choices.contains(&(index, *choice)))
        {
            let span = source.questions[places.questions[index]].choices[choice].id.span;
            let message = format!(
                "Aucun scénario n’emploie la réponse « {} » de « {} ».",
                known.id, question.id
            );
            findings.push(Finding::warning(Rule::Coverage, span, message).hint(hint));
        }
    }
}

#[derive(Default)]
struct Seen {
    questions: BTreeSet<usize>,
    choices: BTreeSet<(usize, usize)>,
    outcomes: BTreeSet<usize>,
    letters: BTreeSet<usize>,
}

impl Seen {
    fn add(&mut self, tree: &Tree, walk: &crate::Walk, answers: &crate::Answers, context: &crate::Context) {
        for index in &walk.asked {
            self.questions.insert(*index);
            let Some(Answer::Value(value)) = answers.get(*index) else {
                continue;
            };
            let held = (0..tree.questions[*index].choices.len()).filter(|choice| {
                match tree.questions[*index].kind {
                    Kind::Cases => value >> choice & 1 == 1,
                    _ => i64::try_from(*choice) == Ok(*value),
                }
            });
            self.choices.extend(held.map(|choice| (*index, choice)));
        }
        for index in walk.outcomes() {
            self.outcomes.insert(*index);
            let proposed = tree.outcomes[*index].letters.iter().filter(|(_, condition)| {
                condition
                    .as_ref()
                    .is_none_or(|c| walk.truth(tree, c, Some(*index), context) != Some(false))
            });
            self.letters.extend(proposed.map(|(letter, _)| *letter));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn what_no_scenario_uses_is_told() {
        assert_eq!(of_rule(&deposit(), Rule::Coverage), []);
        let mut bad = deposit();
        bad.scenarios
            .retain(|scenario| scenario.outcome.value != "mobilite");
        let found = of_rule(&bad, Rule::Coverage);
        assert!(
            found
                .iter()
                .any(|f| f.message.contains("l’issue « mobilite »") && f.severity == Severity::Error),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|f| f.message.contains("réponse « mobilite »") && f.severity == Severity::Warning),
            "{found:?}"
        );
    }
}
