//! 6. A question that no walk asks.

use super::Case;
use crate::diagram::FALSE;
use crate::finding::Finding;
use crate::rule::Rule;

/// Every question is asked on some walk.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    for (index, question) in case.tree.questions.iter().enumerate() {
        let mut here = case
            .flow
            .states
            .iter()
            .filter(|state| state.question == index)
            .peekable();
        let reached = here.peek().is_some();
        if here.any(|state| state.asked != FALSE) {
            continue;
        }
        let message = if reached {
            format!(
                "La question « {} » n’est jamais posée : sa condition est fausse sur tous les parcours qui y mènent.",
                question.id
            )
        } else {
            format!(
                "La question « {} » n’est jamais posée : « arreter_si » est toujours vrai avant elle.",
                question.id
            )
        };
        let hint = "Comparez sa condition avec celles des questions qui précèdent et avec « arreter_si » : elles se contredisent.";
        findings.push(Finding::error(Rule::NeverAsked, case.places.order[index], message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn a_contradictory_condition_is_told() {
        assert_eq!(of_rule(&deposit(), Rule::NeverAsked), []);
        let mut bad = deposit();
        bad.order[3] = "cles si bail = mobilite".into();
        let found = of_rule(&bad, Rule::NeverAsked);
        assert!(
            found[0].message.contains("« cles » n’est jamais posée"),
            "{found:?}"
        );
    }

    #[test]
    fn a_file_without_line_is_told() {
        let mut bad = deposit();
        bad.order.retain(|line| line.value != "profil");
        let found = of_rule(&bad, Rule::NeverAsked);
        assert!(
            found
                .iter()
                .any(|f| f.message.contains("« profil » n’est dans aucune ligne")),
            "{found:?}"
        );
    }
}
