//! 8. A combination of answers without outcome.

use super::{Case, situations};
use crate::diagram::NO_OUTCOME;
use crate::finding::Finding;
use crate::rule::Rule;

/// Every walk ends with an outcome.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    let lost = || case.flow.ends.iter().filter(|end| end.outcomes & NO_OUTCOME != 0);
    let Some(first) = lost().next() else { return };
    let paths = lost().fold(0_u128, |sum, end| sum.saturating_add(end.paths));
    let example = case.say(&case.flow.example(first.from));
    let span = case
        .places
        .outcome_lines
        .last()
        .copied()
        .unwrap_or(case.source.span);
    let message = format!(
        "{} sans aucune issue, par exemple : {example}.",
        situations(paths)
    );
    let hint = "Ajoutez une issue pour ce cas, ou une dernière issue « sinon ».";
    findings.push(Finding::error(Rule::NoOutcome, span, message).hint(hint));
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn a_tree_without_else_tells_what_is_lost() {
        assert_eq!(of_rule(&deposit(), Rule::NoOutcome), []);
        let mut bad = deposit();
        bad.outcome_order.last_mut().expect("an outcome").value.value =
            "restitution != tout et edl = absent".to_owned();
        let found = of_rule(&bad, Rule::NoOutcome);
        assert!(found[0].message.contains("edl = degradations"), "{found:?}");
    }
}
