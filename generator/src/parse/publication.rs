//! Whether a text is shown on the day of the build, and the former addresses that lead to it.

use super::dates;
use super::fields::{Fields, Located};
use jiff::civil::Date;

/// What a reading of the sources is given.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The day: dated figures, reviews and publications are read at it.
    pub today: Date,
    /// Whether drafts, texts to come and withdrawn texts are shown too, as in the preview.
    pub unpublished: bool,
}

impl From<Date> for Reading {
    /// What readers get on a day.
    fn from(today: Date) -> Self {
        Self {
            today,
            unpublished: false,
        }
    }
}

/// Whether and why a text is not shown to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Readers see it.
    Published,
    /// Its author has not finished it.
    Draft,
    /// Readers will see it from that day on.
    From(Date),
    /// Readers saw it until that day.
    Until(Date),
}

impl Shown {
    /// Whether a reading takes the text.
    #[must_use]
    pub fn is_taken(self, reading: Reading) -> bool {
        reading.unpublished || self == Self::Published
    }

    /// For the preview: why readers do not see this text; empty when they do.
    #[must_use]
    pub fn notice(self) -> String {
        match self {
            Self::Published => String::new(),
            Self::Draft => "Brouillon : cette page n'est pas publiée.".to_owned(),
            Self::From(day) => format!("Cette page sera publiée le {}.", dates::words(day)),
            Self::Until(day) => format!("Cette page n'est plus publiée depuis le {}.", dates::words(day)),
        }
    }
}

/// Reads `brouillon`, `publier_le` (first day) and `retirer_le` (first day without the text).
pub fn shown(fields: &mut Fields, today: Date) -> Shown {
    let draft = fields.flag("brouillon", false);
    let from = dates::field(fields, "publier_le");
    let until = dates::field(fields, "retirer_le");
    match (from, until) {
        _ if draft => Shown::Draft,
        (Some(from), _) if today < from.value => Shown::From(from.value),
        (_, Some(until)) if until.value <= today => Shown::Until(until.value),
        _ => Shown::Published,
    }
}

/// Reads `alias`: former addresses, which the server redirects.
pub fn aliases(fields: &mut Fields) -> Vec<Located<String>> {
    fields.texts("alias")
}
