//! A condition on an earlier choice: `qualite = locataire`, `motifs = DG | EDL-S`, `type_bail != mobilite`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Holds when one of the posted values of a field is one of the listed ones (or none, when negated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Identifier of the field.
    pub field: String,
    /// Listed values.
    pub values: Vec<String>,
    /// Whether it is written with `!=`.
    pub negated: bool,
}

impl Condition {
    /// Reads a condition as authors write it.
    ///
    /// # Errors
    /// What is wrong, in French.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (field, values, negated) = if let Some((field, values)) = text.split_once("!=") {
            (field, values, true)
        } else if let Some((field, values)) = text.split_once('=') {
            (field, values, false)
        } else {
            return Err(format!("« {text} » n'est pas une condition."));
        };
        let field = field.trim().to_owned();
        let values: Vec<String> = values.split('|').map(|value| value.trim().to_owned()).collect();
        if field.is_empty() || values.iter().any(String::is_empty) {
            return Err(format!("Il manque un nom ou une valeur dans « {text} »."));
        }
        Ok(Self {
            field,
            values,
            negated,
        })
    }

    /// Whether it holds for the values posted under its field.
    #[must_use]
    pub fn holds(&self, posted: &[String]) -> bool {
        posted.iter().any(|value| self.values.contains(value)) != self.negated
    }
}

impl fmt::Display for Condition {
    /// As authors write it; the script of the page reads the same words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!=" } else { "=" };
        write!(f, "{} {sign} {}", self.field, self.values.join(" | "))
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;

    fn holds(condition: &str, posted: &[&str]) -> bool {
        let posted: Vec<String> = posted.iter().map(|value| (*value).to_owned()).collect();
        Condition::parse(condition).expect("a condition").holds(&posted)
    }

    #[test]
    fn reads_both_signs_and_alternatives() {
        assert!(holds("motifs = DG | EDL-S", &["CHG", "EDL-S"]));
        assert!(!holds("motifs = DG | EDL-S", &["CHG"]));
        assert!(!holds("motifs = DG", &[]));
        assert!(holds("type_bail != mobilite", &["vide"]));
        assert!(!holds("type_bail != mobilite", &["mobilite"]));
    }

    #[test]
    fn refuses_half_conditions() {
        assert!(Condition::parse("motifs").is_err());
        assert!(Condition::parse("= DG").is_err());
        assert!(Condition::parse("motifs = DG |").is_err());
    }

    #[test]
    fn prints_what_it_reads() {
        let text = "motifs != DG | EDL-S";
        assert_eq!(Condition::parse(text).expect("a condition").to_string(), text);
    }
}
