//! Letters and other texts with conditions and values.

use crate::answers::{Answers, Context};
use crate::model::{Body, Letter, Part, Tree, Value, Voice};
use crate::report::{Teller, field_text};
use crate::walk::walk;
use std::collections::BTreeMap;

/// A part of a rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    /// Words of the author.
    Text(String),
    /// A value filled in.
    Filled(String),
    /// A value that is missing, with what to write there.
    Missing(String),
}

/// What a letter shows where nothing is known.
const BLANK: &str = "à compléter";

/// A letter of a tree, filled with the answers and with its own fields (id -> text). A field left
/// empty takes the answer to the question of the same id.
#[must_use]
pub fn render_letter(
    tree: &Tree,
    letter: &Letter,
    answers: &Answers,
    fields: &BTreeMap<String, String>,
    context: &Context,
) -> Vec<Rendered> {
    let walk = walk(tree, answers, context);
    let teller = Teller {
        tree,
        answers,
        context,
        walk: &walk,
        voice: answers.voice(tree),
    };
    body(&teller, &letter.body, None, Some((letter, fields)))
}

/// A letter without tree.
#[must_use]
pub fn render_lone_letter(
    letter: &Letter,
    fields: &BTreeMap<String, String>,
    context: &Context,
) -> Vec<Rendered> {
    let tree = empty_tree();
    let answers = Answers::none(&tree);
    render_letter(&tree, letter, &answers, fields, context)
}

/// A tree that asks nothing and proposes this letter alone: what a reader is given for a letter without tree.
#[must_use]
pub fn tree_of(letter: Letter) -> Tree {
    Tree {
        letters: vec![letter],
        ..empty_tree()
    }
}

fn empty_tree() -> Tree {
    Tree {
        format: crate::model::FORMAT,
        version: String::new(),
        slug: String::new(),
        title: String::new(),
        voices: vec![Voice::Locataire],
        questions: Vec::new(),
        stop: None,
        facts: Vec::new(),
        figures: Vec::new(),
        outcomes: Vec::new(),
        letters: Vec::new(),
        parameters: Vec::new(),
    }
}

/// The text alone; what is missing stands between brackets.
#[must_use]
pub fn plain(parts: &[Rendered]) -> String {
    let text = |part: &Rendered| match part {
        Rendered::Text(text) | Rendered::Filled(text) => text.clone(),
        Rendered::Missing(label) => format!("[{label}]"),
    };
    parts.iter().map(text).collect()
}

type Fields<'a> = Option<(&'a Letter, &'a BTreeMap<String, String>)>;

/// Renders a text; a block whose condition is false or unknown is left out.
pub(crate) fn body(teller: &Teller, body: &Body, outcome: Option<usize>, fields: Fields) -> Vec<Rendered> {
    let mut rendered = Vec::new();
    let renderer = Renderer {
        teller,
        body,
        outcome,
        fields,
    };
    renderer.parts(&body.parts, &mut rendered);
    rendered
}

struct Renderer<'a> {
    teller: &'a Teller<'a>,
    body: &'a Body,
    outcome: Option<usize>,
    fields: Fields<'a>,
}

impl Renderer<'_> {
    fn parts(&self, parts: &[Part], rendered: &mut Vec<Rendered>) {
        // A helper reads what is said to the tenant where nothing is said to helpers.
        let own = |part: &Part| matches!(part, Part::Voice(Voice::Aidant, _));
        let as_tenant = self.teller.voice == Voice::Aidant && !parts.iter().any(own);
        for part in parts {
            match part {
                Part::Text(text) => rendered.push(Rendered::Text(text.clone())),
                Part::Value(number) => rendered.push(self.value(&self.body.values[*number])),
                Part::If(number, inner) => {
                    if self.teller.truth(&self.body.conditions[*number], self.outcome) == Some(true) {
                        self.parts(inner, rendered);
                    }
                }
                Part::Voice(voice, inner) => {
                    if *voice == self.teller.voice || as_tenant && *voice == Voice::Locataire {
                        self.parts(inner, rendered);
                    }
                }
            }
        }
    }

    fn value(&self, value: &Value) -> Rendered {
        if let (Value::Field(index), Some((letter, texts))) = (value, self.fields) {
            return self.field(letter, *index, texts);
        }
        let shown = self.teller.value(value, self.outcome);
        shown.map_or_else(|| Rendered::Missing(BLANK.to_owned()), Rendered::Filled)
    }

    fn field(&self, letter: &Letter, index: usize, texts: &BTreeMap<String, String>) -> Rendered {
        let field = &letter.fields[index];
        let typed = texts
            .get(&field.id)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty());
        if let Some(text) = typed {
            return Rendered::Filled(field_text(field.kind, text));
        }
        let question = self
            .teller
            .tree
            .questions
            .iter()
            .position(|question| question.id == field.id);
        let answer = question.and_then(|index| self.teller.value(&Value::Answer(index), self.outcome));
        answer.map_or_else(|| Rendered::Missing(field.label.clone()), Rendered::Filled)
    }
}
