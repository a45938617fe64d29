//! What an outcome says and offers: its words, letters, dates, documents and referral.

use super::{Kind, Unit, Voice, Voiced};
use crate::expr::Expr;
use serde::{Deserialize, Serialize};

/// How sure an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// « certain ».
    Certain,
    /// « probable ».
    Probable,
    /// « à vérifier ».
    AVerifier,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Voiced,
    /// Its condition; none for `sinon`.
    #[serde(default, rename = "si", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Ids of the articles it rests on.
    pub legal_basis: Vec<String>,
    /// The summary, with its text.
    pub summary: Body,
    /// The body: its conditions and values only; the words are on the page.
    pub body: Body,
    /// Letters: index in [`Tree::letters`], and condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<(usize, Option<Expr>)>,
    /// Deadlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Documents to gather.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Item>,
    /// Referral to the commission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
}

/// A text kept if a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The text.
    pub text: String,
    /// Its condition.
    #[serde(default, rename = "si", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
}

/// A deadline of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What happens.
    pub title: String,
    /// The day.
    pub on: Expr,
    /// Its condition.
    #[serde(default, rename = "si", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
}

/// The referral that an outcome proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Code of the motive.
    pub motive: String,
    /// Field of the form, and its value.
    pub fields: Vec<(String, Value)>,
    /// Its condition.
    #[serde(default, rename = "si", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its own fields.
    pub fields: Vec<LetterField>,
    /// Its text.
    pub body: Body,
}

/// A field that the reader fills in a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterField {
    /// Its id; when it is also the id of a question, the answer fills it first.
    pub id: String,
    /// Its kind: `Texte`, `Date` or `Montant`.
    pub kind: Kind,
    /// What the reader sees, shown between brackets while the field is empty.
    pub label: String,
}

/// A text with conditions and values, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Conditions, by their number in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Expr>,
    /// Values, by their number in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Words.
    #[serde(rename = "t")]
    Text(String),
    /// The value of this number.
    #[serde(rename = "v")]
    Value(usize),
    /// The condition of this number, and what it holds.
    #[serde(rename = "si")]
    If(usize, Vec<Part>),
    /// A part for one voice.
    #[serde(rename = "voix")]
    Voice(Voice, Vec<Part>),
}

/// What a placeholder shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// The answer to a question, by its index, as the reader sees it (the label of a choice).
    #[serde(rename = "q")]
    Answer(usize),
    /// A field of the letter, by its index.
    #[serde(rename = "champ")]
    Field(usize),
    /// An expression shown with its unit.
    #[serde(rename = "e")]
    Expr(Unit, Expr),
}
