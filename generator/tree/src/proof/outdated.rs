//! 14. Review date passed, or a parameter without a value at a date.

use crate::date::Date;
use crate::expr::Expr;
use crate::finding::{Finding, Severity};
use crate::model::Tree;
use crate::rule::Rule;
use crate::source::TreeSource;
use std::collections::BTreeSet;

/// Days after which a review that was not made forbids to publish.
const GRACE: i64 = 30;

/// The law was read again in time, and every parameter has a value today and on the days of the scenarios.
pub(crate) fn check(source: &TreeSource, tree: &Tree, today: Date, findings: &mut Vec<Finding>) {
    review(source, today, findings);
    let mut days: BTreeSet<i64> = source
        .scenarios
        .iter()
        .filter_map(|s| Date::from_iso(s.on.value.trim()))
        .map(Date::day_number)
        .collect();
    days.insert(today.day_number());
    for index in used(tree) {
        let parameter = &tree.parameters[index];
        let Some(day) = days.iter().find(|day| parameter.at(**day).is_none()) else {
            continue;
        };
        let place = source
            .parameters
            .iter()
            .find(|p| p.id.value == parameter.id)
            .map_or(source.span, |p| p.id.span);
        let message = format!(
            "Le paramètre « {} » n’a pas de valeur au {}.",
            parameter.id,
            Date::from_day_number(*day).french()
        );
        let hint = "Ajoutez au registre la valeur de cette période, avec sa source.";
        findings.push(Finding::error(Rule::Outdated, place, message).hint(hint));
    }
}

fn review(source: &TreeSource, today: Date, findings: &mut Vec<Finding>) {
    let Some(raw) = &source.review_before else {
        let message = format!(
            "Le questionnaire « {} » n’a pas de date de relecture.",
            source.slug
        );
        findings.push(
            Finding::error(Rule::Outdated, source.span, message)
                .hint("Ajoutez « relire_avant: 2027-03-31 »."),
        );
        return;
    };
    let Some(limit) = Date::from_iso(raw.value.trim()) else {
        let message = format!("« {} » n’est pas une date.", raw.value);
        findings.push(Finding::error(Rule::Syntax, raw.span, message).hint("Écrivez-la ainsi : 2027-03-31."));
        return;
    };
    let late = today.day_number() - limit.day_number();
    if late > 0 {
        let severity = if late > GRACE {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!(
            "Ce questionnaire devait être relu avant le {} : il y a {late} jour{}.",
            limit.french(),
            if late > 1 { "s" } else { "" }
        );
        let hint = format!(
            "Relisez le droit, puis écrivez quand le relire, dans six mois par exemple : « relire_avant: {} ». Passé {GRACE} jours de retard, le site refuse de se construire.",
            today.plus_months(6).iso()
        );
        let finding = Finding::error(Rule::Outdated, raw.span, message).hint(hint);
        findings.push(Finding { severity, ..finding });
    }
}

/// The parameters that the tree reads.
fn used(tree: &Tree) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    tree.each_expr(&mut |expr| {
        expr.visit(&mut |inner| {
            if let Expr::Param(index, None) = inner {
                used.insert(*index);
            }
        });
    });
    used
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn a_late_review_warns_then_fails() {
        assert_eq!(of_rule(&deposit(), Rule::Outdated), []);
        for (limit, severity) in [("2026-11-01", Severity::Warning), ("2026-10-01", Severity::Error)] {
            let mut bad = deposit();
            bad.review_before = Some(limit.into());
            assert_eq!(of_rule(&bad, Rule::Outdated)[0].severity, severity, "{limit}");
        }
    }

    #[test]
    fn an_expired_parameter_is_told() {
        let mut bad = deposit();
        bad.parameters[0].values[0].until = Some("2026-10-31".into());
        let found = of_rule(&bad, Rule::Outdated);
        assert!(
            found[0]
                .message
                .contains("« taux-majoration » n’a pas de valeur au"),
            "{found:?}"
        );
    }
}
