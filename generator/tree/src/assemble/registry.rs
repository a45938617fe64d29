//! The parameters of the law, read from their registry.

use crate::date::Date;
use crate::finding::Finding;
use crate::model::{Parameter, Unit};
use crate::rule::Rule;
use crate::source::{DatedValueSource, ParameterSource, Raw};
use crate::value::{parse_amount, parse_number};

/// All parameters; a fault is told and its value left out.
pub(crate) fn parameters(sources: &[ParameterSource], findings: &mut Vec<Finding>) -> Vec<Parameter> {
    let parameter = |source: &ParameterSource| {
        let Some(unit) = unit(&source.unit.value) else {
            let message = format!("L’unité « {} » n’existe pas.", source.unit.value);
            let hint = "Écrivez date, mois, jours, annees, €, %, pour-mille, nombre ou indice.";
            findings.push(Finding::error(Rule::Syntax, source.unit.span, message).hint(hint));
            return None;
        };
        let mut values: Vec<_> = source
            .values
            .iter()
            .filter_map(|value| dated(value, &source.unit.value, findings))
            .collect();
        values.sort_unstable();
        Some(Parameter {
            id: source.id.value.clone(),
            unit,
            values,
        })
    };
    sources.iter().filter_map(parameter).collect()
}

fn unit(text: &str) -> Option<Unit> {
    match text {
        "mois" => Some(Unit::Mois),
        "jours" => Some(Unit::Jours),
        "annees" | "années" | "ans" => Some(Unit::Annees),
        "€" | "euros" => Some(Unit::Euro),
        "%" | "pour-mille" => Some(Unit::Taux),
        "" | "nombre" => Some(Unit::Nombre),
        "date" => Some(Unit::Date),
        "indice" => Some(Unit::Indice),
        _ => None,
    }
}

fn dated(
    source: &DatedValueSource,
    unit: &str,
    findings: &mut Vec<Finding>,
) -> Option<(i64, Option<i64>, i64)> {
    let from = day(&source.from, findings)?;
    let until = match &source.until {
        Some(raw) => Some(day(raw, findings)?),
        None => None,
    };
    let Some(value) = value(&source.value.value, unit) else {
        let message = format!(
            "La valeur « {} » n’est pas une valeur de l’unité « {unit} ».",
            source.value.value
        );
        findings.push(Finding::error(Rule::Syntax, source.value.span, message));
        return None;
    };
    Some((from, until, value))
}

/// A day written in ISO form, as a day number.
pub(crate) fn day(raw: &Raw, findings: &mut Vec<Finding>) -> Option<i64> {
    let date = Date::from_iso(raw.value.trim());
    if date.is_none() {
        let message = format!("« {} » n’est pas une date.", raw.value);
        findings.push(
            Finding::error(Rule::Syntax, raw.span, message)
                .hint("Écrivez-la ainsi : 2026-08-31 (année, mois, jour)."),
        );
    }
    date.map(Date::day_number)
}

/// Cents, hundredths, per mille, a day number or a whole number.
fn value(text: &str, unit: &str) -> Option<i64> {
    match unit {
        // Both are written with two decimals at most, and stored in hundredths.
        "€" | "euros" | "indice" => parse_amount(text),
        "date" => Date::from_iso(text.trim()).map(Date::day_number),
        // A rate in per cent has at most one decimal: hundredths are tens of a per mille.
        "%" => parse_amount(text.trim().trim_end_matches('%'))
            .filter(|v| v % 10 == 0)
            .map(|v| v / 10),
        _ => parse_number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn values_become_integers() {
        assert_eq!(value("10", "%"), Some(100));
        assert_eq!(value("10,5 %", "%"), Some(105));
        assert_eq!(value("10,55", "%"), None);
        assert_eq!(value("5 000", "€"), Some(500_000));
        assert_eq!(value("36", "mois"), Some(36));
        assert_eq!(value("145,47", "indice"), Some(14_547));
        assert_eq!(value("1970-01-02", "date"), Some(1));
        assert_eq!(value("2026-02-30", "date"), None);
    }
}
