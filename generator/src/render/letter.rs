//! Letters: the page that is read and filled, and the text that the browser and the form service compose.

use super::context::{Day, Link};
use super::frame::{PageSpec, link};
use super::tree::context::ArticleLine;
use super::tree::{articles, json, typeset, words};
use super::words::{Words, escape};
use super::{Renderer, put, shell};
use crate::assets::fingerprint;
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::letter::{Block, FieldKind, Letter, LetterField, Paragraph, Run};
use crate::parse::tree::TreeFiles;
use decision_tree::{Voice, model};
use serde::Serialize;
use std::collections::BTreeMap;

/// `layouts/letter.html`.
#[derive(Debug, Clone, Serialize)]
pub struct LetterContext {
    /// Address of the JSON of the letter.
    pub data: String,
    /// Address of the JSON of its tree, or empty.
    pub tree: String,
    /// Name of the letter.
    pub slug: String,
    /// The questionnaire that computes its figures.
    pub diagnostic: Option<Link>,
    /// What the person fills.
    pub fields: Vec<FieldContext>,
    /// The text, by blocks.
    pub blocks: Vec<BlockContext>,
    /// How to send it, step by step.
    pub sending: Vec<String>,
    /// Articles it stands on.
    pub articles: Vec<ArticleLine>,
    /// Day of the last review.
    pub reviewed: Day,
}

/// A field, as the components of the theme want it.
#[derive(Debug, Clone, Serialize)]
pub struct FieldContext {
    /// Id and name.
    pub id: String,
    /// `texte`, `adresse`, `date` or `montant`.
    pub kind: &'static str,
    /// Label.
    pub label: String,
    /// Help, with an example.
    pub hint: String,
    /// Token of the person's own data, or empty.
    pub autocomplete: String,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// Paragraphs under one condition.
#[derive(Debug, Clone, Serialize)]
pub struct BlockContext {
    /// The condition in words, or empty.
    pub case: String,
    /// The paragraphs, HTML.
    pub html: String,
}

/// What the browser fetches for a letter without tree, and the form service for every letter.
#[derive(Serialize)]
struct Published<'a> {
    tree: Option<&'a str>,
    letter: &'a model::Letter,
}

/// Renders the pages of all letters. `data` is the address of the JSON of each tree.
pub fn render_all(
    renderer: &Renderer,
    data: &BTreeMap<&str, String>,
    output: &mut Output,
    faults: &mut Diagnostics,
) {
    for letter in renderer.site.letters.values() {
        let tree = letter
            .tree
            .as_ref()
            .and_then(|slug| renderer.site.trees.get(slug.value.as_str()));
        let tree_data = tree
            .and_then(|tree| data.get(tree.slug.as_str()))
            .cloned()
            .unwrap_or_default();
        let own = publish(letter, renderer.words(), tree, output, faults);
        let address = if tree_data.is_empty() { own } else { String::new() };
        let html = page(renderer, letter, tree, address, tree_data, faults);
        put(output, &letter.address(), html, faults);
    }
}

/// Writes the letter for the service, and for the browser when no tree carries it; gives back that address.
fn publish(
    letter: &Letter,
    words: Words,
    tree: Option<&TreeFiles>,
    output: &mut Output,
    faults: &mut Diagnostics,
) -> String {
    let of_tree = tree.and_then(|tree| tree.compiled.tree.as_ref());
    let found = of_tree.and_then(|tree| {
        tree.letters
            .iter()
            .find(|known| known.slug == letter.slug.as_str())
    });
    let Some(compiled) = letter.compiled.as_ref().or(found) else {
        return String::new();
    };
    let tree = tree.map(|tree| tree.slug.as_str());
    let mut typeset = compiled.clone();
    typeset::letter(&mut typeset, words);
    let published = Published {
        tree,
        letter: &typeset,
    };
    let json = json(&published, faults);
    // Letters are files of one folder: their names are all different.
    let _ = output.insert(
        format!("{}/letters/{}.json", shell::FOLDER, letter.slug),
        json.clone(),
    );
    if tree.is_some() {
        return String::new();
    }
    let address = fingerprint::address(&format!("{}.json", letter.slug), &json);
    let _ = output.insert(address.trim_start_matches('/'), json);
    address
}

fn page(
    renderer: &Renderer,
    letter: &Letter,
    tree: Option<&TreeFiles>,
    data: String,
    tree_data: String,
    faults: &mut Diagnostics,
) -> Option<String> {
    let words = renderer.words();
    let context = LetterContext {
        data,
        tree: tree_data,
        slug: letter.slug.to_string(),
        diagnostic: tree.map(|tree| link(words.fill(&tree.start.title.value), tree.address())),
        fields: letter
            .fields
            .iter()
            .map(|field| field_context(field, words))
            .collect(),
        blocks: letter
            .blocks
            .iter()
            .map(|block| block_context(block, letter, tree, words))
            .collect(),
        sending: letter
            .sending
            .iter()
            .map(|step| words.fill(&step.value))
            .collect(),
        articles: articles(&letter.legal_basis, words),
        reviewed: letter.review.reviewed.value.into(),
    };
    let spec = PageSpec {
        heading: letter.title.value.clone(),
        description: letter.description.value.clone(),
        path: letter.address(),
        parents: vec![("Courriers".to_owned(), "/courriers/".to_owned())],
        indexable: true,
        scripts: renderer.script("scripts/letter/letter.js").into_iter().collect(),
        ..PageSpec::default()
    };
    renderer.page("letter.html", spec, "letter", &context, faults)
}

fn field_context(field: &LetterField, words: Words) -> FieldContext {
    let example = field
        .example
        .as_ref()
        .map(|example| format!("Exemple : {example}"));
    let default = match field.kind {
        FieldKind::Date if example.is_none() => Some("Exemple : 31 5 2026".to_owned()),
        FieldKind::Amount if example.is_none() => Some("Exemple : 650 ou 650,50".to_owned()),
        _ => None,
    };
    let hint: Vec<String> = [field.hint.clone(), example, default]
        .into_iter()
        .flatten()
        .collect();
    FieldContext {
        id: field.id.value.clone(),
        kind: field.kind.name(),
        label: words.fill(&field.label),
        hint: words.fill(&hint.join(" ")),
        autocomplete: field.autocomplete.clone().unwrap_or_default(),
        optional: !field.required,
    }
}

fn block_context(block: &Block, letter: &Letter, tree: Option<&TreeFiles>, words: Words) -> BlockContext {
    let cases: Vec<String> = block
        .conditions
        .iter()
        .map(|condition| match tree {
            Some(tree) => words::condition(&condition.value, &tree.source, Voice::Locataire),
            None => condition.value.clone(),
        })
        .collect();
    BlockContext {
        case: words.fill(&cases.join(" et ")),
        html: block
            .paragraphs
            .iter()
            .map(|paragraph| paragraph_html(paragraph, letter, tree, words))
            .collect(),
    }
}

fn paragraph_html(paragraph: &Paragraph, letter: &Letter, tree: Option<&TreeFiles>, words: Words) -> String {
    let runs: String = paragraph
        .iter()
        .map(|run| match run {
            Run::Text(text) => escape(&words.fill(text)),
            Run::Break => "<br>\n".to_owned(),
            Run::Slot(name) => slot_html(&name.value, letter, tree, words),
        })
        .collect();
    format!("<p>{runs}</p>\n")
}

/// A blank to fill: « [Vos nom et prénom] ». An answer of the questionnaire is called by its question.
fn slot_html(name: &str, letter: &Letter, tree: Option<&TreeFiles>, words: Words) -> String {
    if let Some(field) = letter.fields.iter().find(|field| field.id.value == name) {
        let label = escape(&words.fill(&field.label));
        return format!("<span data-champ=\"{}\">[{label}]</span>", escape(name));
    }
    let questions = tree.iter().flat_map(|tree| &tree.source.questions);
    let asked = questions
        .filter(|question| question.id.value == name)
        .map(|question| question.text.base.value.as_str())
        .next();
    format!("[{}]", escape(&words.fill(asked.unwrap_or(name))))
}
