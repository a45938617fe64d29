//! A compiled tree: every name resolved, every type known. It goes to the browser as JSON and comes
//! back in the form service, so all of it can be written and read with serde.

mod outcome;

use crate::expr::Expr;
pub use outcome::{Body, Certainty, Deadline, Item, Letter, LetterField, Outcome, Part, Referral, Value};
use serde::{Deserialize, Serialize};

/// Version of the JSON format; both engines refuse another one.
pub const FORMAT: u32 = 1;

/// To whom a text speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The tenant; also the default.
    Locataire,
    /// The landlord.
    Bailleur,
    /// Someone who helps the tenant.
    Aidant,
}

impl Voice {
    /// The voice of this id, as written in `pour` and as choice of the question `profil`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "locataire" => Some(Self::Locataire),
            "bailleur" => Some(Self::Bailleur),
            "aidant" => Some(Self::Aidant),
            _ => None,
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Locataire => "locataire",
            Self::Bailleur => "bailleur",
            Self::Aidant => "aidant",
        }
    }
}

/// A text and what it becomes for other voices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Voiced {
    /// The text of every voice that has no text of its own.
    pub base: String,
    /// Texts of other voices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<(Voice, String)>,
}

impl Voiced {
    /// The text for a voice.
    #[must_use]
    pub fn get(&self, voice: Voice) -> &str {
        self.variants
            .iter()
            .find(|(of, _)| *of == voice)
            .map_or(&self.base, |(_, text)| text)
    }

    /// Whether this voice has a text of its own.
    #[must_use]
    pub fn differs(&self, voice: Voice) -> bool {
        self.variants
            .iter()
            .any(|(of, text)| *of == voice && *text != self.base)
    }
}

/// Kind of a question (`type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One choice among several.
    Choix,
    /// Several choices, or the exclusive `aucune`.
    Cases,
    /// A day.
    Date,
    /// An amount, in cents.
    Montant,
    /// A whole number.
    Nombre,
    /// A commune, by its INSEE code.
    Commune,
    /// Free text, for letters only.
    Texte,
}

impl Kind {
    /// The kind of this `type`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// Its `type`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Choix => "choix",
            Self::Cases => "cases",
            Self::Date => "date",
            Self::Montant => "montant",
            Self::Nombre => "nombre",
            Self::Commune => "commune",
            Self::Texte => "texte",
        }
    }

    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Choix,
        Self::Cases,
        Self::Date,
        Self::Montant,
        Self::Nombre,
        Self::Commune,
        Self::Texte,
    ];
}

/// Type of a value shown to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A day, as a day number.
    Date,
    /// Cents.
    Euro,
    /// Months.
    Mois,
    /// Days.
    Jours,
    /// Years (`annees` of the parameters; counted as 12 months in expressions).
    Annees,
    /// A plain number.
    Nombre,
    /// Per mille, shown in per cent.
    Taux,
    /// An index with two decimals, in hundredths: « 145,47 ».
    Indice,
}

/// A compiled tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// Always [`FORMAT`].
    pub format: u32,
    /// `charges.1f3a5c7e9b`: changes with anything that may change an answer.
    pub version: String,
    /// Name of the folder.
    pub slug: String,
    /// `titre`.
    pub title: String,
    /// `pour`, without those that the question `profil` does not offer; the first one speaks until it is answered.
    pub voices: Vec<Voice>,
    /// Questions in the order they are asked.
    pub questions: Vec<Question>,
    /// `arreter_si`: when true, no further question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Expr>,
    /// Facts, each after those that it reads.
    pub facts: Vec<Fact>,
    /// Figures, each after those that it reads.
    pub figures: Vec<Figure>,
    /// Outcomes in order: the first that is true wins.
    pub outcomes: Vec<Outcome>,
    /// Letters that the outcomes may propose.
    pub letters: Vec<Letter>,
    /// Parameters that expressions read.
    pub parameters: Vec<Parameter>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The question.
    pub text: Voiced,
    /// Voices for which its help differs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help_voices: Vec<Voice>,
    /// Asked only if this is true (or unknown).
    #[serde(default, rename = "si", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// Choices, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Whether « Je ne sais pas » is an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dont_know: bool,
    /// Smallest answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Expr>,
    /// Greatest answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Expr>,
    /// Unit shown after a `nombre`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Answers offered without JavaScript.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brackets: Vec<Bracket>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What the reader sees.
    pub label: Voiced,
}

/// A `tranche`: its label, and the test that the answer passes (the first bracket that passes holds it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bracket {
    /// What the reader sees.
    pub label: String,
    /// True for the answers of this bracket and of those before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Expr>,
}

/// A named fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its name: « en retard ».
    pub name: String,
    /// Its condition.
    pub expr: Expr,
}

/// A named figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name, without the unit: « majoration ».
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its expression.
    pub expr: Expr,
    /// The same said to the reader (`formules`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
}

/// A parameter of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// Its unit.
    pub unit: Unit,
    /// (first day, last day if any, value), in the order of the days.
    pub values: Vec<(i64, Option<i64>, i64)>,
}

impl Parameter {
    /// Its value on a day (a day number).
    #[must_use]
    pub fn at(&self, day: i64) -> Option<i64> {
        let holds =
            |(from, until, _): &&(i64, Option<i64>, i64)| *from <= day && until.is_none_or(|u| day <= u);
        self.values.iter().rev().find(holds).map(|(_, _, value)| *value)
    }
}
