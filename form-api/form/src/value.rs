//! A typed answer, and how each kind is read from what was typed.

use crate::clean;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// An answer that passed the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// One line, cleaned.
    Text(String),
    /// Several lines, cleaned.
    LongText(String),
    /// Identifier of an option.
    Choice(String),
    /// Identifiers of options, in the order of the definition.
    Choices(Vec<String>),
    /// A day.
    Date(Day),
    /// Cents of euro.
    Amount(u64),
    /// An ASCII e-mail address.
    Email(String),
    /// A telephone number, spaced.
    Phone(String),
    /// Five digits.
    PostalCode(String),
    /// The box is ticked.
    Consent,
}

/// A day of the civil calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Year, 1900 to 2200.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Day {
    /// A day that exists, or nothing.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= last_of(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2026-11-23`.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// `2026-11-23`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// « 1er mars 2026 ».
    #[must_use]
    pub fn words(self) -> String {
        let day = if self.day == 1 {
            "1er".to_owned()
        } else {
            self.day.to_string()
        };
        format!("{day} {} {}", MONTHS[usize::from(self.month - 1)], self.year)
    }

    /// The same day some months later (earlier when negative); the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let count = i32::from(self.year) * 12 + i32::from(self.month) - 1 + months;
        let year = u16::try_from(count.div_euclid(12).clamp(1, 9999)).unwrap_or(self.year);
        let month = u8::try_from(count.rem_euclid(12) + 1).unwrap_or(self.month);
        Self {
            year,
            month,
            day: self.day.min(last_of(year, month)),
        }
    }
}

fn last_of(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads a day typed as three numbers.
///
/// # Errors
/// The code of the fault; `vide` when nothing was typed.
pub fn date(parts: [&str; 3], past: bool, today: Day) -> Result<Day, &'static str> {
    let parts = parts.map(clean::line);
    if parts.iter().all(String::is_empty) {
        return Err("vide");
    }
    if parts.iter().any(String::is_empty) {
        return Err("date_incomplete");
    }
    let month = month_named(&parts[1]).or_else(|| parts[1].parse().ok());
    let (Ok(day), Some(month), Ok(year)) = (parts[0].parse::<u8>(), month, parts[2].parse::<u16>()) else {
        return Err("date_impossible");
    };
    // "26" typed for 2026 is kept out: a lease may be of 1926 in no one's memory, but guesses are worse.
    let day = Day::new(year, month, day).ok_or("date_impossible")?;
    if day.year < 1900 {
        Err("date_ancienne")
    } else if past && day > today {
        Err("date_future")
    } else if day.year > today.year + 30 {
        Err("date_lointaine")
    } else {
        Ok(day)
    }
}

fn month_named(text: &str) -> Option<u8> {
    let text = text.to_lowercase();
    let found = MONTHS.iter().position(|name| *name == text)?;
    u8::try_from(found + 1).ok()
}

/// Most cents that an amount may reach: ten million euros.
const MOST_CENTS: u64 = 1_000_000_000;

/// Reads euros: `650`, `650,5`, `1 250,00 €`, `1.250,00`.
///
/// # Errors
/// The code of the fault; `vide` when nothing was typed.
pub fn amount(text: &str) -> Result<u64, &'static str> {
    let lower = clean::line(text).to_lowercase();
    let bare = lower
        .trim_end_matches("euros")
        .trim_end_matches("euro")
        .trim_end_matches("eur");
    let digits: String = bare
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '€' | '\'' | '’'))
        .collect();
    if lower.is_empty() {
        return Err("vide");
    }
    let (whole, cents) = match digits.rfind([',', '.']) {
        None => (digits.as_str(), "00"),
        Some(at) => (&digits[..at], &digits[at + 1..]),
    };
    // Before the last separator, the other one may group thousands: 1.250,00.
    let mut groups = whole.split([',', '.']);
    let first = groups.next().unwrap_or("");
    let even = groups.all(|group| group.len() == 3) && (first.len() == whole.len() || first.len() <= 3);
    let grouped = whole.replace([',', '.'], "");
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !even || cents.len() > 2 || !plain(&grouped) || !plain(cents) {
        return Err("montant");
    }
    if grouped.len() > 12 {
        return Err("montant_trop_grand");
    }
    let euros: u64 = grouped.parse().map_err(|_| "montant")?;
    let cents: u64 = format!("{cents:0<2}").parse().map_err(|_| "montant")?;
    let total = euros * 100 + cents;
    if total > MOST_CENTS {
        Err("montant_trop_grand")
    } else {
        Ok(total)
    }
}

/// « 1 250,00 € » with no-break spaces.
#[must_use]
pub fn euros(cents: u64) -> String {
    let whole = (cents / 100).to_string();
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    let _ = write!(out, ",{:02}\u{a0}€", cents % 100);
    out
}

/// Reads an e-mail address. Only ASCII: many mail servers refuse others, and the receipt would be lost.
///
/// # Errors
/// The code of the fault; `vide` when nothing was typed.
pub fn email(text: &str) -> Result<String, &'static str> {
    let text = clean::line(text);
    if text.is_empty() {
        return Err("vide");
    }
    if !text.is_ascii() {
        return Err("courriel_accents");
    }
    let (local, domain) = text.rsplit_once('@').ok_or("courriel")?;
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let local_ok = local.len() <= 64
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(atom));
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let domain_ok = domain.len() <= 190 && domain.contains('.') && domain.split('.').all(label);
    let last_ok = domain
        .rsplit('.')
        .next()
        .is_some_and(|end| end.len() >= 2 && !end.bytes().all(|b| b.is_ascii_digit()));
    if local_ok && domain_ok && last_ok {
        Ok(format!("{local}@{}", domain.to_ascii_lowercase()))
    } else {
        Err("courriel")
    }
}

/// Reads a telephone number: ten French digits, or an international one with `+` or `00`.
///
/// # Errors
/// The code of the fault; `vide` when nothing was typed.
pub fn phone(text: &str) -> Result<String, &'static str> {
    let text = clean::line(text);
    if text.is_empty() {
        return Err("vide");
    }
    if text
        .chars()
        .any(|c| !(c.is_ascii_digit() || " .-/()+".contains(c)))
    {
        return Err("telephone");
    }
    let mut digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let mut foreign = text.starts_with('+');
    if !foreign && digits.starts_with("00") {
        digits.drain(..2);
        foreign = true;
    }
    if foreign && digits.starts_with("33") {
        let national = digits[2..].trim_start_matches('0');
        digits = format!("0{national}");
        foreign = false;
    }
    if foreign {
        return if (7..=15).contains(&digits.len()) {
            Ok(format!("+{digits}"))
        } else {
            Err("telephone")
        };
    }
    if digits.len() != 10 || !digits.starts_with('0') || digits.starts_with("00") {
        return Err("telephone");
    }
    let pairs: Vec<&str> = (0..5).map(|n| &digits[2 * n..2 * n + 2]).collect();
    Ok(pairs.join(" "))
}

/// Reads a French postal code: five digits of a department that exists.
///
/// # Errors
/// The code of the fault; `vide` when nothing was typed.
pub fn postal_code(text: &str) -> Result<String, &'static str> {
    let code: String = clean::line(text).chars().filter(|c| !c.is_whitespace()).collect();
    if code.is_empty() {
        return Err("vide");
    }
    let valid = code.len() == 5
        && code.bytes().all(|b| b.is_ascii_digit())
        && matches!(code[..2].parse::<u8>(), Ok(1..=95 | 97 | 98));
    if valid { Ok(code) } else { Err("code_postal") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day {
        year: 2026,
        month: 11,
        day: 23,
    };

    #[test]
    fn amounts_of_every_form() {
        for (typed, cents) in [
            ("650", 65_000),
            ("650 €", 65_000),
            ("650,5", 65_050),
            (" 1\u{202f}250,00\u{a0}€ ", 125_000),
            ("1.250,00", 125_000),
            ("1250.5 euros", 125_050),
            ("0", 0),
        ] {
            assert_eq!(amount(typed), Ok(cents), "{typed}");
        }
        for typed in ["-5", "1,234", "douze", "1,2,", "€", "1e5"] {
            assert_eq!(amount(typed), Err("montant"), "{typed}");
        }
        assert_eq!(amount("99999999999999999999"), Err("montant_trop_grand"));
        assert_eq!(amount("  "), Err("vide"));
        assert_eq!(euros(125_000), "1\u{202f}250,00\u{a0}€");
        assert_eq!(euros(5), "0,05\u{a0}€");
    }

    #[test]
    fn days_that_exist() {
        assert_eq!(
            date(["31", "5", "2026"], false, TODAY).map(Day::iso),
            Ok("2026-05-31".into())
        );
        assert_eq!(
            date(["1", "mars", "2024"], false, TODAY).map(Day::words),
            Ok("1er mars 2024".into())
        );
        assert_eq!(date(["29", "2", "2025"], false, TODAY), Err("date_impossible"));
        assert_eq!(date(["31", "02", "2026"], false, TODAY), Err("date_impossible"));
        assert_eq!(date(["1", "", "2026"], false, TODAY), Err("date_incomplete"));
        assert_eq!(date(["1", "1", "0001"], false, TODAY), Err("date_ancienne"));
        assert_eq!(date(["1", "1", "9999"], false, TODAY), Err("date_lointaine"));
        assert_eq!(date(["24", "11", "2026"], true, TODAY), Err("date_future"));
        assert_eq!(date(["", " ", ""], true, TODAY), Err("vide"));
    }

    #[test]
    fn months_end_where_they_end() {
        let day = Day::new(2026, 12, 31).expect("a day");
        assert_eq!(day.plus_months(2).iso(), "2027-02-28");
        assert_eq!(day.plus_months(-10).iso(), "2026-02-28");
        assert_eq!(day.plus_months(-12).iso(), "2025-12-31");
    }

    #[test]
    fn addresses_that_can_be_reached() {
        assert_eq!(
            email(" Jean.Dupont+cdc@Exemple.FR "),
            Ok("Jean.Dupont+cdc@exemple.fr".into())
        );
        for typed in [
            "a@b",
            "a@b.1",
            "@x.fr",
            "a b@x.fr",
            "a..b@x.fr",
            "a@-x.fr",
            "<a@x.fr>",
            "a@x.fr,b@x.fr",
        ] {
            assert_eq!(email(typed), Err("courriel"), "{typed}");
        }
        assert_eq!(email("hélène@exemple.fr"), Err("courriel_accents"));
        assert_eq!(email("a@x.fr\r\nBcc: b@x.fr"), Err("courriel"));
    }

    #[test]
    fn numbers_that_can_be_called() {
        for typed in [
            "0612345678",
            "06.12.34.56.78",
            "+33 6 12 34 56 78",
            "0033612345678",
            "+33 (0)6 12 34 56 78",
        ] {
            assert_eq!(phone(typed), Ok("06 12 34 56 78".into()), "{typed}");
        }
        assert_eq!(phone("+212 612-345678"), Ok("+212612345678".into()));
        for typed in ["12", "06123456789", "06 12 34 56 7x", "+33 6"] {
            assert_eq!(phone(typed), Err("telephone"), "{typed}");
        }
    }

    #[test]
    fn postal_codes() {
        assert_eq!(postal_code("93 200"), Ok("93200".into()));
        assert_eq!(postal_code("2A004"), Err("code_postal"));
        assert_eq!(postal_code("00000"), Err("code_postal"));
        assert_eq!(postal_code("97110"), Ok("97110".into()));
    }
}
