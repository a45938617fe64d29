//! 7. An outcome that no walk reaches, and which one hides it.

use super::Case;
use crate::diagram::TRUE;
use crate::finding::Finding;
use crate::rule::Rule;

/// Every outcome is reached by some walk.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let reached = case.flow.ends.iter().fold(0, |all, end| all | end.outcomes);
    for (index, outcome) in case.tree.outcomes.iter().enumerate() {
        if reached >> index & 1 == 1 {
            continue;
        }
        let hiding = hiding(case, index);
        let (message, hint) = if outcome.condition.is_none() {
            (
                format!(
                    "L’issue « {} » n’est jamais atteinte : les issues précédentes prennent toutes les situations.",
                    outcome.id
                ),
                "Retirez cette ligne « sinon » et le fichier de l’issue.".to_owned(),
            )
        } else if hiding.is_empty() {
            (
                format!(
                    "L’issue « {} » n’est jamais atteinte : sa condition est fausse à la fin de tous les parcours.",
                    outcome.id
                ),
                "Corrigez sa condition, ou retirez l’issue.".to_owned(),
            )
        } else {
            let names: Vec<String> = hiding
                .iter()
                .map(|i| format!("« {} »", case.tree.outcomes[*i].id))
                .collect();
            let names = names.join(", ");
            (
                format!(
                    "L’issue « {} » n’est jamais atteinte : {names}, placée avant, la cache toujours.",
                    outcome.id
                ),
                format!(
                    "Placez « {} » avant {names}, ou précisez la condition de celle qui la cache.",
                    outcome.id
                ),
            )
        };
        findings
            .push(Finding::error(Rule::NeverReached, case.places.outcome_lines[index], message).hint(hint));
    }
}

/// The outcomes that win where the condition of this one holds.
fn hiding(case: &Case, index: usize) -> Vec<usize> {
    let Ok(flow) = case.plan.explore(&[case.plan.outcome_conditions[index]], None) else {
        return Vec::new();
    };
    let winners = flow
        .ends
        .iter()
        .filter(|end| end.guards[0] == TRUE)
        .fold(0, |all, end| all | end.outcomes);
    (0..index).filter(|earlier| winners >> earlier & 1 == 1).collect()
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn the_hiding_outcome_is_named() {
        assert_eq!(of_rule(&deposit(), Rule::NeverReached), []);
        let mut bad = deposit();
        let line = bad
            .outcome_order
            .iter_mut()
            .find(|line| line.name.value == "rendu")
            .expect("an outcome");
        line.value.value = "restitution = tout et cles = pas-encore".to_owned();
        assert!(
            of_rule(&bad, Rule::NeverReached)[0]
                .message
                .contains("fausse à la fin")
        );
        let mut bad = deposit();
        bad.outcome_order
            .iter_mut()
            .find(|line| line.name.value == "mise-en-demeure")
            .expect("an outcome")
            .value
            .value = "cles = rendues et prescrit".to_owned();
        let found = of_rule(&bad, Rule::NeverReached);
        assert!(
            found[0].message.contains("« prescription », placée avant"),
            "{found:?}"
        );
    }
}
