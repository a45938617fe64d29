//! Days: strict reading of `2026-03-01`, and their French words.

use super::fields::{Fields, Located};
use crate::diagnostic::Diagnostic;
use decision_tree::date::MONTHS;
use jiff::civil::Date;

/// The day written `YYYY-MM-DD`; nothing else is read, and 30 February is no day.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
    if shape { text.parse().ok() } else { None }
}

/// « 1er mars 2026 », « 23 novembre 2026 », with ordinary spaces.
#[must_use]
pub fn words(date: Date) -> String {
    let day = if date.day() == 1 {
        "1er".to_owned()
    } else {
        date.day().to_string()
    };
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .unwrap_or(&"");
    format!("{day} {month} {}", date.year())
}

/// A day that may be absent. A wrong one is reported.
pub fn field(fields: &mut Fields, key: &'static str) -> Option<Located<Date>> {
    let text = fields.text(key)?;
    if let Some(value) = parse(&text.value) {
        return Some(Located {
            value,
            span: text.span,
        });
    }
    fields.faults().push(
        Diagnostic::error(
            "date",
            text.span,
            format!("« {} » n'est pas une date de « {key} ».", text.value),
        )
        .hint(cure(&text.value)),
    );
    None
}

/// What to write for a day that is none: the same day in order when it is there, or where to look it up.
fn cure(text: &str) -> String {
    if let Some(last) = last_day(text) {
        return format!(
            "Ce mois n'a que {} jours. Reprenez le jour dans le texte d'où vient cette date.",
            last.day()
        );
    }
    match french(text) {
        Some(day) => format!("Écrivez l'année, le mois et le jour : {day}."),
        None => "Écrivez l'année, le mois et le jour : 2026-03-01.".to_owned(),
    }
}

/// The day of « 1/11/2026 », « 01.11.2026 » or « 1er novembre 2026 ».
fn french(text: &str) -> Option<Date> {
    let parts: Vec<_> = text
        .split(['/', '.', '-', ' ', '\u{a0}'])
        .filter(|part| !part.is_empty())
        .collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let named = MONTHS
        .iter()
        .position(|name| *name == month.to_lowercase())
        .map(|at| at + 1);
    let month = named.or_else(|| month.parse().ok())?;
    let day: u8 = day.trim_end_matches("er").parse().ok()?;
    parse(&format!("{year}-{month:02}-{day:02}"))
}

/// The last day of the month of a day that is beyond it: « 2027-02-30 » gives 28 February.
fn last_day(text: &str) -> Option<Date> {
    let (month, day) = text.rsplit_once('-')?;
    let first = parse(&format!("{month}-01"))?;
    (day.parse::<u8>().ok()? > 28).then(|| first.last_of_month())
}

/// A day that must be there; `fallback` stands in for a missing or wrong one, once reported.
pub fn required(fields: &mut Fields, key: &'static str, fallback: Date) -> Located<Date> {
    let before = fields.faults().iter().count();
    if let Some(date) = field(fields, key) {
        return date;
    }
    if fields.faults().iter().count() == before {
        fields.required(key);
    }
    Located {
        value: fallback,
        span: fields.span(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_real_days_in_one_form() {
        assert_eq!(parse("2026-03-01"), Some(Date::constant(2026, 3, 1)));
        for wrong in ["2026-02-30", "2026-3-1", "01/03/2026", "2026-03-01T00", ""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn says_days_in_french() {
        assert_eq!(words(Date::constant(2026, 3, 1)), "1er mars 2026");
        assert_eq!(words(Date::constant(2026, 8, 23)), "23 août 2026");
    }
}
