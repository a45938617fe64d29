//! What a person posted: strings by name, nothing decided yet.

use crate::names;
use std::collections::BTreeMap;

/// Posted strings by name, each name possibly several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    values: BTreeMap<String, Vec<String>>,
}

impl Posted {
    /// Adds a value.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.entry(name.into()).or_default().push(value.into());
    }

    /// The values of a name, in the order posted.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of a name, or an empty text.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// The three numbers of a date: day, month, year, as typed.
    #[must_use]
    pub fn date(&self, id: &str) -> [&str; 3] {
        names::DATE_PARTS.map(|end| {
            self.values
                .get(&format!("{id}{end}"))
                .and_then(|values| values.first())
                .map_or("", String::as_str)
        })
    }

    /// Takes a name away.
    pub fn remove(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// All names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.values
            .iter()
            .map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}
