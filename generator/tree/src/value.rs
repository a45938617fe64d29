//! Values as people write them and as the reader sees them.

use crate::expr::MAX_INTEGER;
use crate::model::Unit;

/// Greatest amount accepted, in cents: one thousand million euros.
pub const MAX_AMOUNT: i64 = 100_000_000_000;
/// No-break space, before `€` and `%` and after thousands.
const SPACE: char = '\u{a0}';

/// Reads an amount in cents: `650`, `650,5`, `650.05`, `1 200,50 €`, with any kind of spaces.
#[must_use]
pub fn parse_amount(text: &str) -> Option<i64> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = compact
        .strip_suffix('€')
        .or_else(|| compact.strip_suffix("euros"))
        .unwrap_or(&compact);
    let (whole, cents) = number.split_once([',', '.']).unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let decimal = number.len() > whole.len();
    if whole.is_empty()
        || whole.len() > 9
        || cents.len() > 2
        || decimal && cents.is_empty()
        || !digits(whole)
        || !digits(cents)
    {
        return None;
    }
    let euros: i64 = whole.parse().ok()?;
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(euros * 100 + cents)
}

/// Reads a whole number, with any kind of spaces between its digits.
#[must_use]
pub fn parse_number(text: &str) -> Option<i64> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = !compact.is_empty() && compact.len() <= 9 && compact.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| compact.parse().ok())?
}

/// An INSEE code of commune (`93008`, `2A004`) as a number: its five characters read in base 36.
#[must_use]
pub fn commune_code(code: &str) -> Option<i64> {
    let shape = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    shape.then(|| i64::from_str_radix(code, 36).ok())?
}

/// A number of department (`93`, `2A`, `974`) as a number, read in base 36.
#[must_use]
pub fn department_code(code: &str) -> Option<i64> {
    let shape =
        (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    shape.then(|| i64::from_str_radix(code, 36).ok())?
}

/// The department of a commune, both as numbers: two characters, or three overseas (97…, 98…).
#[must_use]
pub fn department_of(commune: i64) -> i64 {
    let two = commune.div_euclid(36 * 36 * 36);
    let overseas = two == 9 * 36 + 7 || two == 9 * 36 + 8;
    if overseas {
        commune.div_euclid(36 * 36)
    } else {
        two
    }
}

/// The INSEE code of this number.
#[must_use]
pub fn commune_text(mut code: i64) -> String {
    let mut characters = [b'0'; 5];
    for character in characters.iter_mut().rev() {
        let digit = u8::try_from(code.rem_euclid(36)).unwrap_or(0);
        *character = if digit < 10 {
            b'0' + digit
        } else {
            b'A' + digit - 10
        };
        code = code.div_euclid(36);
    }
    characters.iter().copied().map(char::from).collect()
}

/// An integer with a no-break space between groups of three digits.
fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(SPACE);
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// Hundredths as the reader sees them: `1 234,50`.
fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.abs();
    format!("{sign}{},{:02}", grouped(value / 100), value % 100)
}

/// A value as the reader sees it: `195,00 €`, `10 septembre 2026`, `3 mois`, `1 jour`, `10 %`.
#[must_use]
pub fn format(unit: Unit, value: i64) -> String {
    let value = value.clamp(-MAX_INTEGER, MAX_INTEGER);
    let plural = if value.abs() > 1 { "s" } else { "" };
    match unit {
        Unit::Date => crate::date::Date::from_day_number(value.clamp(-700_000, 2_900_000)).french(),
        Unit::Euro => format!("{}{SPACE}€", hundredths(value)),
        Unit::Indice => hundredths(value),
        Unit::Mois => format!("{}{SPACE}mois", grouped(value)),
        Unit::Jours => format!("{}{SPACE}jour{plural}", grouped(value)),
        Unit::Annees => format!("{}{SPACE}an{plural}", grouped(value)),
        Unit::Nombre => grouped(value),
        Unit::Taux if value % 10 == 0 => format!("{}{SPACE}%", grouped(value / 10)),
        Unit::Taux => format!("{},{}{SPACE}%", grouped(value / 10), value.abs() % 10),
    }
}

/// A range as the reader sees it: « entre 65,00 € et 130,00 € », « le 10 septembre ou le … ».
#[must_use]
pub fn format_range(unit: Unit, min: i64, max: i64) -> String {
    if min == max {
        return format(unit, min);
    }
    let article = if unit == Unit::Date { "le " } else { "" };
    format!(
        "entre {article}{} et {article}{}",
        format(unit, min),
        format(unit, max)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_amounts_as_people_write_them() {
        for (text, cents) in [
            ("650", 65_000),
            ("650,00", 65_000),
            ("650 €", 65_000),
            ("650\u{a0}€", 65_000),
            ("1\u{202f}200,5", 120_050),
            ("0.05", 5),
            (" 1 200,50 euros ", 120_050),
        ] {
            assert_eq!(parse_amount(text), Some(cents), "{text}");
        }
        for text in [
            "",
            "€",
            "650,",
            ",5",
            "6,505",
            "-5",
            "1e3",
            "1.200,50",
            "12345678901",
            "٣",
        ] {
            assert_eq!(parse_amount(text), None, "{text}");
        }
    }

    #[test]
    fn writes_values_in_french() {
        assert_eq!(format(Unit::Euro, 123_450), "1\u{a0}234,50\u{a0}€");
        assert_eq!(format(Unit::Euro, -5), "-0,05\u{a0}€");
        assert_eq!(format(Unit::Indice, 14_547), "145,47");
        assert_eq!(format(Unit::Taux, 105), "10,5\u{a0}%");
        assert_eq!(format(Unit::Jours, 1), "1\u{a0}jour");
        assert_eq!(format_range(Unit::Mois, 1, 2), "entre 1\u{a0}mois et 2\u{a0}mois");
    }

    #[test]
    fn communes_know_their_department() {
        for (commune, department) in [
            ("93008", "93"),
            ("2A004", "2A"),
            ("97411", "974"),
            ("01004", "01"),
        ] {
            let code = commune_code(commune).expect("a commune");
            assert_eq!(commune_text(code), commune);
            assert_eq!(Some(department_of(code)), department_code(department));
        }
        assert_eq!(commune_code("930O"), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC*") {
            let _ = (parse_amount(&text), parse_number(&text), commune_code(&text), department_code(&text));
        }

        #[test]
        fn any_value_can_be_shown(value in any::<i64>()) {
            for unit in [Unit::Date, Unit::Euro, Unit::Mois, Unit::Jours, Unit::Annees, Unit::Nombre, Unit::Taux, Unit::Indice] {
                prop_assert!(!format(unit, value).is_empty());
            }
        }
    }
}
