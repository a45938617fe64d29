//! 9. What falls into `sinon` is listed and acknowledged by count.

use super::{Case, situations};
use crate::finding::Finding;
use crate::rule::Rule;

/// How many examples are given.
const EXAMPLES: usize = 3;

/// The author knows how many situations `sinon` takes. Returns the true count.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) -> u128 {
    let Some(index) = case
        .tree
        .outcomes
        .iter()
        .position(|outcome| outcome.condition.is_none())
    else {
        return 0;
    };
    let taken = || case.flow.ends.iter().filter(|end| end.outcomes >> index & 1 == 1);
    let count = taken().fold(0_u128, |sum, end| sum.saturating_add(end.paths));
    if case.places.acknowledged.map(u128::from) == Some(count) || count == 0 {
        return count;
    }
    let examples: Vec<String> = taken()
        .take(EXAMPLES)
        .map(|end| case.say(&case.flow.example(end.from)))
        .collect();
    let examples = examples.join(" ; ");
    let message = match case.places.acknowledged {
        None => format!(
            "« sinon » recueille {}, dont le nombre n’est pas écrit. Par exemple : {examples}.",
            situations(count)
        ),
        Some(known) => {
            format!(
                "« sinon » recueille {}, et non {known}. Par exemple : {examples}.",
                situations(count)
            )
        }
    };
    let hint = format!(
        "Relisez ces situations ; si « {} » leur convient, écrivez « sinon ({}) ».",
        case.tree.outcomes[index].id,
        situations(count)
    );
    findings.push(Finding::error(Rule::Otherwise, case.places.outcome_lines[index], message).hint(hint));
    count
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn the_count_must_be_written_and_right() {
        assert_eq!(of_rule(&deposit(), Rule::Otherwise), []);
        for wrong in ["sinon", "sinon (1 situation)"] {
            let mut bad = deposit();
            let right = bad.outcome_order.last().expect("an outcome").value.value.clone();
            bad.outcome_order.last_mut().expect("an outcome").value.value = wrong.to_owned();
            let found = of_rule(&bad, Rule::Otherwise);
            assert!(
                found[0].hint.as_ref().is_some_and(|hint| hint.contains(&right)),
                "{found:?}"
            );
        }
    }
}
