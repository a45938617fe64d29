//! The form as its authors wrote it: steps, fields, motives, pieces, rules of competence, messages.

use crate::condition::Condition;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the exported definition. A service refuses a definition of another version.
pub const VERSION: u32 = 1;

/// The whole form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// [`VERSION`] at the time of the export.
    pub version: u32,
    /// Heading of the page.
    pub title: String,
    /// What the page is and is not, one paragraph each, by mode of the commission (`preparation`, …).
    pub introduction: BTreeMap<String, Vec<String>>,
    /// Steps, in order.
    pub steps: Vec<Step>,
    /// Motives of a dispute, in order.
    pub motives: Vec<Motive>,
    /// Pieces that may be joined, in order.
    pub pieces: Vec<Piece>,
    /// When the commission cannot take the case.
    pub competence: Vec<CompetenceRule>,
    /// Municipalities that the form offers, with their postal codes.
    pub communes: Vec<Commune>,
    /// Messages of faults, by code (see [`crate::names::MESSAGES`]).
    pub messages: BTreeMap<String, String>,
    /// Other texts of the service, by name (see [`crate::names::TEXTS`]).
    pub texts: BTreeMap<String, String>,
}

/// One step: a fieldset of the page, later a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Identifier.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Heading for readers of the referral (e-mail, recap); the heading when empty.
    pub short: String,
    /// Sentence under the heading, may be empty.
    pub lead: String,
    /// Fields, in order.
    pub fields: Vec<Field>,
}

/// One question of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Identifier, which is also the name of the posted value.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Help under the label, may be empty.
    pub hint: String,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be answered when it is shown.
    pub required: bool,
    /// Whether décret n° 2001-653, article 7, asks for it.
    pub legal: bool,
    /// Token of the HTML `autocomplete` attribute; only for data about the person who types.
    pub autocomplete: String,
    /// Most characters (not bytes) of a text; 0 for kinds that are not texts.
    pub max: usize,
    /// Whether a date must not be later than today.
    pub past: bool,
    /// Options of a choice.
    pub options: Vec<Choice>,
    /// Shown only when this holds.
    pub when: Option<Condition>,
    /// What to say when it is required and empty.
    pub empty: String,
    /// Words of the recap and of the e-mail; the label when empty.
    pub short: String,
}

impl Field {
    /// The words of the recap: the short ones if there are any, else the label.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.short.is_empty() {
            &self.label
        } else {
            &self.short
        }
    }
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// One option, shown as radio buttons.
    Choice,
    /// One option, shown as a list.
    Select,
    /// Any number of options.
    Choices,
    /// A day, asked as three numbers.
    Date,
    /// Euros, kept in cents.
    Amount,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A French postal code.
    PostalCode,
    /// The files: stands where the pieces are asked.
    Files,
    /// One box that says yes.
    Consent,
}

impl Kind {
    /// The author's word for it and the kind.
    pub const WORDS: [(&'static str, Kind); 12] = [
        ("texte", Kind::Text),
        ("texte-long", Kind::LongText),
        ("choix", Kind::Choice),
        ("liste", Kind::Select),
        ("cases", Kind::Choices),
        ("date", Kind::Date),
        ("montant", Kind::Amount),
        ("courriel", Kind::Email),
        ("telephone", Kind::Phone),
        ("code-postal", Kind::PostalCode),
        ("fichiers", Kind::Files),
        ("accord", Kind::Consent),
    ];

    /// Whether it offers options.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Kind::Choice | Kind::Select | Kind::Choices)
    }
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Posted value.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Help, may be empty.
    pub hint: String,
}

/// A motive of dispute, by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motive {
    /// Code: `DG`, `LOY-REV`.
    pub code: String,
    /// Its words in the form.
    pub label: String,
    /// Help under the label, may be empty.
    pub hint: String,
    /// Its words in the subject of the e-mail: closed vocabulary.
    pub subject: String,
    /// Housing sectors where the commission takes it: `prive`, `social`.
    pub sectors: Vec<String>,
    /// Types of lease where the commission takes it: `vide`, `meuble`. Empty: all.
    pub leases: Vec<String>,
    /// Whether the commission must be asked before the judge.
    pub compulsory: Compulsory,
    /// The reason, with its article.
    pub compulsory_text: String,
    /// Article that makes the commission competent.
    pub article: String,
    /// A day that counts, computed from an answer.
    pub deadline: Option<Deadline>,
}

/// Whether the commission must be asked before the judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compulsory {
    /// The judge cannot be asked before.
    Yes,
    /// The judge can be asked at once.
    No,
    /// Sources do not agree.
    Unsure,
}

/// A day computed from a date of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Field that holds the starting day.
    pub field: String,
    /// Months to add; negative to go back.
    pub months: i32,
    /// What the day is, with its article.
    pub text: String,
}

/// A piece that may be joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Identifier, and middle of the file name: `REF-01-bail.pdf`.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Help, may be empty.
    pub hint: String,
    /// Codes of the motives it is useful for. Empty: all.
    pub motives: Vec<String>,
    /// Asked only when this holds.
    pub when: Option<Condition>,
}

impl Piece {
    /// Whether it is useful for one of these motives.
    #[must_use]
    pub fn concerns(&self, motives: &[String]) -> bool {
        self.motives.is_empty() || self.motives.iter().any(|code| motives.contains(code))
    }
}

/// When the commission cannot take the case, or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetenceRule {
    /// Identifier.
    pub id: String,
    /// All must hold.
    pub when: Vec<Condition>,
    /// Whether the form stops there; else it goes on with a remark.
    pub blocking: bool,
    /// The verdict in a few words.
    pub title: String,
    /// Why, with its article.
    pub text: String,
    /// The right door.
    pub door: String,
}

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commune {
    /// INSEE code, which is also the posted value.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Postal codes.
    pub postal_codes: Vec<String>,
}

impl Definition {
    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    /// A field by its identifier.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    /// A motive by its code.
    #[must_use]
    pub fn motive(&self, code: &str) -> Option<&Motive> {
        self.motives.iter().find(|motive| motive.code == code)
    }

    /// A piece by its identifier.
    #[must_use]
    pub fn piece(&self, id: &str) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.id == id)
    }

    /// A municipality by its INSEE code.
    #[must_use]
    pub fn commune(&self, insee: &str) -> Option<&Commune> {
        self.communes.iter().find(|commune| commune.insee == insee)
    }

    /// A text of the service by its name; empty when the author left it out.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// The message of a fault. An unknown code gives a sentence that still helps.
    #[must_use]
    pub fn message(&self, code: &str) -> &str {
        self.messages
            .get(code)
            .map_or("Corrigez cette réponse.", String::as_str)
    }
}
