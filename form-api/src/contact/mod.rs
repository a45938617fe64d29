//! Messages to the team: kept durably, sealed, until the team's mailbox has them.

mod deliver;
mod store;

pub use deliver::Courier;
pub use store::{Contacts, Waiting};

use serde::{Deserialize, Serialize};

/// What a message may be about: the value of the form, and its words.
pub const SUBJECTS: [(&str, &str); 5] = [
    ("question", "Une question sur le site"),
    ("erreur", "Une erreur ou une information à corriger"),
    ("accessibilite", "Un obstacle d’accessibilité"),
    ("donnees", "Mes données personnelles"),
    ("autre", "Autre chose"),
];

/// A message to the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Value of its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// Where to answer, if the person wants an answer.
    pub email: Option<String>,
    /// Address of the page that it is about, or empty.
    pub about: String,
}

impl Message {
    /// The words of its subject.
    #[must_use]
    pub fn label(&self) -> &'static str {
        SUBJECTS
            .iter()
            .find(|(value, _)| *value == self.subject)
            .map_or("Autre chose", |(_, label)| label)
    }
}

/// Where a message is sealed: a sealed message opens under its own nonce alone.
#[must_use]
pub fn place(nonce: &str) -> String {
    format!("contact:{nonce}")
}
