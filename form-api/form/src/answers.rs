//! The typed answers of a form that passed the door.

use crate::value::{Day, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Typed answers by field, and the pieces that the person says they cannot join.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Answers by identifier of the field.
    pub values: BTreeMap<String, Value>,
    /// Reason (possibly empty) by identifier of the piece.
    pub absences: BTreeMap<String, String>,
}

impl Answers {
    /// A text of any one-piece kind (line, block, e-mail, phone, postal code, option), or an empty one.
    #[must_use]
    pub fn text(&self, id: &str) -> &str {
        match self.values.get(id) {
            Some(
                Value::Text(text)
                | Value::LongText(text)
                | Value::Choice(text)
                | Value::Email(text)
                | Value::Phone(text)
                | Value::PostalCode(text),
            ) => text,
            _ => "",
        }
    }

    /// The identifiers of the options chosen in a field, one or several.
    #[must_use]
    pub fn chosen(&self, id: &str) -> &[String] {
        match self.values.get(id) {
            Some(Value::Choices(ids)) => ids,
            Some(Value::Choice(one)) => std::slice::from_ref(one),
            _ => &[],
        }
    }

    /// A day.
    #[must_use]
    pub fn day(&self, id: &str) -> Option<Day> {
        match self.values.get(id) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// Cents of euro.
    #[must_use]
    pub fn cents(&self, id: &str) -> Option<u64> {
        match self.values.get(id) {
            Some(Value::Amount(cents)) => Some(*cents),
            _ => None,
        }
    }
}
