//! The answers again, as labels and words: recap, confirmation, e-mails and register read the same list.

use crate::answers::Answers;
use crate::definition::{Definition, Field};
use crate::value::{self, Value};
use serde::Serialize;

/// Answers of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Identifier of the step.
    pub id: String,
    /// Heading of the step.
    pub title: String,
    /// Its answers.
    pub lines: Vec<Line>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Identifier of the field.
    pub id: String,
    /// Label, short.
    pub label: String,
    /// Answer in words, lines separated by `\n`.
    pub text: String,
    /// Whether it spans several lines: shown as a paragraph.
    pub long: bool,
}

/// All answers, by step, without the empty ones.
#[must_use]
pub fn sections(definition: &Definition, answers: &Answers) -> Vec<Section> {
    let steps = definition.steps.iter().map(|step| Section {
        id: step.id.clone(),
        title: if step.short.is_empty() {
            &step.title
        } else {
            &step.short
        }
        .clone(),
        lines: step
            .fields
            .iter()
            .filter_map(|field| line(field, answers))
            .collect(),
    });
    steps.filter(|section| !section.lines.is_empty()).collect()
}

fn line(field: &Field, answers: &Answers) -> Option<Line> {
    let value = answers.values.get(&field.id)?;
    let text = words(field, value);
    Some(Line {
        id: field.id.clone(),
        label: field.name().to_owned(),
        long: text.contains('\n'),
        text,
    })
}

/// An answer in words.
#[must_use]
pub fn words(field: &Field, value: &Value) -> String {
    match value {
        Value::Text(text)
        | Value::LongText(text)
        | Value::Email(text)
        | Value::Phone(text)
        | Value::PostalCode(text) => text.clone(),
        Value::Choice(id) => option(field, id),
        Value::Choices(ids) => {
            let all: Vec<String> = ids.iter().map(|id| option(field, id)).collect();
            all.join("\u{a0}; ")
        }
        Value::Date(day) => day.words(),
        Value::Amount(cents) => value::euros(*cents),
        Value::Consent => "Oui".to_owned(),
    }
}

/// The words of an answer by its field; empty when it was not given.
#[must_use]
pub fn answer(definition: &Definition, answers: &Answers, id: &str) -> String {
    let found = definition.field(id).zip(answers.values.get(id));
    found.map_or_else(String::new, |(field, value)| words(field, value))
}

fn option(field: &Field, id: &str) -> String {
    let known = field.options.iter().find(|option| option.id == id);
    known.map_or_else(|| id.to_owned(), |option| option.label.clone())
}
