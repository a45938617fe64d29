//! Units of the figures of the law: how authors write them, how they are stored, how they are said.

use decision_tree::{model, value as engine};

/// Unit of a parameter, which decides how authors write it and how it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Calendar months.
    Months,
    /// Days.
    Days,
    /// Euros; stored in cents.
    Euros,
    /// Thousandths.
    PerMille,
    /// Per cent; stored in thousandths.
    Percent,
    /// Years.
    Years,
    /// A day; stored as days since 1970-01-01.
    Date,
    /// A plain whole number.
    Number,
    /// An index with two decimals; stored in hundredths.
    Index,
}

impl Unit {
    /// The unit's name in `parametres.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Months => "mois",
            Self::Days => "jours",
            Self::Euros => "€",
            Self::PerMille => "pour-mille",
            Self::Percent => "%",
            Self::Years => "annees",
            Self::Date => "date",
            Self::Number => "nombre",
            Self::Index => "indice",
        }
    }

    pub(super) const ALL: [Self; 9] = [
        Self::Months,
        Self::Days,
        Self::Euros,
        Self::PerMille,
        Self::Percent,
        Self::Years,
        Self::Date,
        Self::Number,
        Self::Index,
    ];
    pub(crate) const NAMES: [&'static str; 9] = [
        "mois",
        "jours",
        "€",
        "pour-mille",
        "%",
        "annees",
        "date",
        "nombre",
        "indice",
    ];

    /// How many stored units make one written unit.
    fn scale(self) -> i64 {
        match self {
            Self::Euros | Self::Index => 100,
            Self::Percent => 10,
            Self::Months | Self::Days | Self::PerMille | Self::Years | Self::Date | Self::Number => 1,
        }
    }
}

/// A stored value as readers see it: « 10 % », « 2 mois », « 15,50 € ».
pub(super) fn words(value: i64, unit: Unit) -> String {
    let plural = |one: &str, many: &str| format!("{value}\u{a0}{}", if value.abs() < 2 { one } else { many });
    match unit {
        Unit::Date => engine::format(model::Unit::Date, value),
        Unit::Number => engine::format(model::Unit::Nombre, value),
        Unit::Index => engine::format(model::Unit::Indice, value),
        Unit::Months => format!("{value}\u{a0}mois"),
        Unit::Days => plural("jour", "jours"),
        Unit::Years => plural("an", "ans"),
        Unit::PerMille => format!("{value}\u{a0}‰"),
        Unit::Percent if value % 10 == 0 => format!("{}\u{a0}%", value / 10),
        Unit::Percent => format!("{},{}\u{a0}%", value / 10, (value % 10).abs()),
        Unit::Euros if value % 100 == 0 => format!("{}\u{a0}€", grouped(value / 100)),
        Unit::Euros => format!("{},{:02}\u{a0}€", grouped(value / 100), (value % 100).abs()),
    }
}

/// « 10 000 »: thousands apart, with a narrow no-break space.
fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// A written number in stored units; `None` when it is no number or falls between two units.
pub(super) fn amount(text: &str, unit: Unit) -> Option<i64> {
    if unit == Unit::Date {
        return decision_tree::Date::from_iso(text.trim()).map(decision_tree::Date::day_number);
    }
    let text: String = text
        .trim()
        .trim_end_matches(unit.name())
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{a0}' && *c != '\u{202f}')
        .collect();
    let (whole, part) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.parse().ok()?;
    let scale = unit.scale();
    let mut stored = whole.checked_mul(scale)?;
    let mut rest = scale;
    for digit in part.chars() {
        rest /= 10;
        let digit = i64::from(digit.to_digit(10)?);
        if rest == 0 && digit != 0 {
            return None;
        }
        stored = stored.checked_add(sign * digit * rest)?;
    }
    Some(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_stored_in_whole_units() {
        assert_eq!(amount("1 250,50 €", Unit::Euros), Some(125_050));
        assert_eq!(amount("0,05", Unit::Euros), Some(5));
        assert_eq!(amount("0,005", Unit::Euros), None);
        assert_eq!(amount("10 %", Unit::Percent), Some(100));
        assert_eq!(amount("abc", Unit::Days), None);
        assert_eq!(words(1_000_000, Unit::Euros), "10\u{202f}000\u{a0}€");
    }
}
