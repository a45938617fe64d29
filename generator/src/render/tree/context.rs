//! What the layouts of trees are given, under the name `tree`.

use crate::render::context::{Card, Day};
use serde::Serialize;

/// `layouts/tree-start.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StartContext {
    /// Address of the JSON that the reader fetches.
    pub data: String,
    /// Name of the tree.
    pub slug: String,
    /// Address of the start page.
    pub base: String,
    /// Address of the first question.
    pub first: String,
    /// « 5 minutes », or empty.
    pub duration: String,
    /// How many questions to expect: « de 3 à 13 questions ».
    pub count: String,
    /// « le locataire et le bailleur ».
    pub audience: String,
    /// What to have at hand.
    pub prepare: Vec<String>,
    /// The body of `arbre.md`, HTML.
    pub body: String,
    /// Day of the last review.
    pub reviewed: Day,
    /// Day before which it is reviewed again.
    pub next_review: Day,
    /// How many scenarios the build runs.
    pub scenarios: usize,
}

/// `layouts/tree-question.html`.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionContext {
    /// Address of the JSON that the reader fetches.
    pub data: String,
    /// Name of the tree.
    pub slug: String,
    /// Address of the start page.
    pub base: String,
    /// Title of the tree.
    pub title: String,
    /// Id of the question.
    pub id: String,
    /// Its number when every path to this page has the same length; else 0.
    pub number: usize,
    /// The question.
    pub question: String,
    /// Its help, or empty.
    pub help: String,
    /// Where to find the answer, or empty.
    pub where_to_find: String,
    /// Words explained.
    pub definitions: Vec<Named>,
    /// `choix`, `cases`, `date`, `montant`, `nombre` or `commune`.
    pub kind: String,
    /// « € », « m² », or empty.
    pub unit: String,
    /// Choices of the form.
    pub options: Vec<Choice>,
    /// Advice to who does not know; empty when the question must be answered.
    pub dont_know: String,
    /// Messages of the form, by kind of error.
    pub errors: Vec<Named>,
    /// Links of the page without script; empty when the question is not asked there.
    pub links: Vec<AnswerLink>,
    /// Answers that every path to this page gives.
    pub so_far: Vec<Named>,
}

/// A name and a text.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A choice of a form, as the components of the theme want it.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Sent value.
    pub value: String,
    /// Words.
    pub label: String,
    /// Help, or empty.
    pub hint: String,
}

/// A link to the page that an answer leads to.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLink {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
    /// Help, or empty.
    pub hint: String,
}

/// `layouts/tree-outcome.html`.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeContext {
    /// Address of the JSON that the reader fetches.
    pub data: String,
    /// Name of the tree.
    pub slug: String,
    /// Address of the start page.
    pub base: String,
    /// Title of the tree.
    pub title: String,
    /// Id of the outcome.
    pub id: String,
    /// `locataire`, `bailleur` or `aidant`.
    pub voice: String,
    /// The verdict in a line, HTML.
    pub summary: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// The body, HTML.
    pub body: String,
    /// Where the worked example comes from.
    pub example: String,
    /// Figures that the outcome shows.
    pub figures: Vec<FigureRow>,
    /// Deadlines.
    pub deadlines: Vec<Item>,
    /// Documents to gather.
    pub pieces: Vec<Item>,
    /// Letters that fit.
    pub letters: Vec<LetterLink>,
    /// Code of the motive of the referral, or empty.
    pub referral: String,
    /// Condition of the referral, or empty.
    pub referral_condition: String,
    /// Other next steps.
    pub next_steps: Vec<Card>,
    /// A human to talk to.
    pub contact: String,
    /// Articles.
    pub articles: Vec<ArticleLine>,
    /// Day of the last review.
    pub reviewed: Day,
}

/// How sure an outcome is, in words.
#[derive(Debug, Clone, Serialize)]
pub struct Certainty {
    /// Kind of badge: `success`, `info` or `warning`.
    pub kind: &'static str,
    /// « Certain ».
    pub label: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// A row of the table of figures.
#[derive(Debug, Clone, Serialize)]
pub struct FigureRow {
    /// Name in the tree.
    pub name: String,
    /// The same with a capital letter.
    pub label: String,
    /// How it is counted.
    pub formula: String,
    /// Its value in the example, or « – ».
    pub example: String,
    /// What it is, for the script: JSON.
    pub value: String,
}

/// A deadline or a document.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its words as the author wrote them: the title of an entry of a calendar.
    pub key: String,
    /// Its condition for the script, JSON, or empty.
    pub condition: String,
    /// Its day for the script, JSON; nothing for a document.
    pub value: String,
    /// Its words.
    pub text: String,
    /// In which case, or empty.
    pub case: String,
}

/// A letter that fits an outcome.
#[derive(Debug, Clone, Serialize)]
pub struct LetterLink {
    /// Its condition for the script, JSON, or empty.
    pub condition: String,
    /// Address.
    pub href: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub text: String,
}

/// A line of the legal basis.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleLine {
    /// « Article 22 de la loi… ».
    pub title: String,
    /// Official address, or empty.
    pub href: String,
    /// What it says.
    pub text: String,
    /// Day it was read, if known.
    pub checked: Option<Day>,
}

/// `layouts/tree-fork.html`: several outcomes stay possible.
#[derive(Debug, Clone, Serialize)]
pub struct ForkContext {
    /// Address of the start page.
    pub base: String,
    /// Title of the tree.
    pub title: String,
    /// The outcomes that stay possible.
    pub outcomes: Vec<Card>,
    /// A human to talk to.
    pub contact: String,
}
