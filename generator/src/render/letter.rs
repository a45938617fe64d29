//! Letters: the page that is read and filled, and the text that the browser and the form service compose.

use super::context::{Day, Link};
use super::frame::{PageSpec, link};
use super::tree::context::ArticleLine;
use super::tree::{articles, json, typeset, words};
use super::words::{Words, escape};
use super::{Renderer, put};
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
    /// Address of the JSON of a letter that no questionnaire proposes, or empty.
    pub data: String,
    /// The JSON of each questionnaire that proposes it, as a query: `charges=/…json&depot-de-garantie=/…json`.
    pub trees: String,
    /// Name of the letter.
    pub slug: String,
    /// These questionnaires: they compute its figures.
    pub diagnostics: Vec<Link>,
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

/// What the browser fetches for a letter that no questionnaire proposes: as for one that a questionnaire does.
#[derive(Serialize)]
struct Published {
    tree: model::Tree,
}

/// A letter and the questionnaires that propose it.
#[derive(Clone, Copy)]
struct Source<'a> {
    letter: &'a Letter,
    trees: &'a [&'a TreeFiles],
    words: Words<'a>,
}

/// Renders the pages of all letters. `data` is the address of the JSON of each tree.
pub fn render_all(
    renderer: &Renderer,
    data: &BTreeMap<&str, String>,
    output: &mut Output,
    faults: &mut Diagnostics,
) {
    for letter in renderer.site.letters.values() {
        let trees = renderer.site.trees.values();
        let trees: Vec<_> = trees.filter(|tree| tree.proposes(&letter.slug)).collect();
        let addresses = trees.iter().filter_map(|tree| {
            let address = data.get(tree.slug.as_str())?;
            Some(format!("{}={address}", tree.slug))
        });
        let addresses = addresses.collect::<Vec<_>>().join("&");
        let own = if trees.is_empty() {
            publish(letter, renderer.words(), output, faults)
        } else {
            String::new()
        };
        let source = Source {
            letter,
            trees: &trees,
            words: renderer.words(),
        };
        let html = page(renderer, &source, own, addresses, faults);
        put(output, &letter.address(), html, faults);
    }
}

/// Writes a letter that no questionnaire carries; gives back its address.
fn publish(letter: &Letter, words: Words, output: &mut Output, faults: &mut Diagnostics) -> String {
    let Some(mut letter) = letter.compiled.clone() else {
        return String::new();
    };
    typeset::letter(&mut letter, words);
    let name = format!("{}.json", letter.slug);
    let tree = decision_tree::tree_of(letter);
    let json = json(&Published { tree }, faults);
    let address = fingerprint::address(&name, &json);
    // Equal names have equal bytes.
    let _ = output.insert(address.trim_start_matches('/'), json);
    address
}

fn page(
    renderer: &Renderer,
    source: &Source,
    data: String,
    trees: String,
    faults: &mut Diagnostics,
) -> Option<String> {
    let Source { letter, words, .. } = *source;
    let context = LetterContext {
        data,
        trees,
        slug: letter.slug.to_string(),
        diagnostics: source.links(),
        fields: letter
            .fields
            .iter()
            .map(|field| field_context(field, words))
            .collect(),
        blocks: letter.blocks.iter().map(|block| source.block(block)).collect(),
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

impl Source<'_> {
    fn links(&self) -> Vec<Link> {
        let title = |tree: &TreeFiles| self.words.fill(&tree.start.title.value);
        self.trees
            .iter()
            .map(|tree| link(title(tree), tree.address()))
            .collect()
    }

    /// The questionnaires after which a block stands.
    fn trees_of(&self, block: &Block) -> Vec<&TreeFiles> {
        let stands = |tree: &&TreeFiles| block.stands(Some(tree.slug.as_str()));
        self.trees.iter().copied().filter(stands).collect()
    }

    fn block(&self, block: &Block) -> BlockContext {
        let trees = self.trees_of(block);
        let titles = trees
            .iter()
            .map(|tree| format!("« {} »", tree.start.title.value))
            .collect::<Vec<_>>();
        let after = (trees.len() < self.trees.len())
            .then(|| format!("après le questionnaire {}", titles.join(" ou ")));
        let conditions = block.conditions.iter().map(|condition| match trees.first() {
            Some(tree) => words::condition(&condition.value, &tree.source, Voice::Locataire),
            None => condition.value.clone(),
        });
        let cases: Vec<String> = after.into_iter().chain(conditions).collect();
        let paragraphs = block.paragraphs.iter();
        BlockContext {
            case: self.words.fill(&cases.join(" et ")),
            html: paragraphs
                .map(|paragraph| self.paragraph(paragraph, &trees))
                .collect(),
        }
    }

    fn paragraph(&self, paragraph: &Paragraph, trees: &[&TreeFiles]) -> String {
        let runs: String = paragraph
            .iter()
            .map(|run| match run {
                Run::Text(text) => escape(&self.words.fill(text)),
                Run::Break => "<br>\n".to_owned(),
                Run::Slot(name) => self.slot(&name.value, trees),
            })
            .collect();
        format!("<p>{runs}</p>\n")
    }

    /// A blank to fill: « [Vos nom et prénom] ». An answer of a questionnaire is called by its question.
    fn slot(&self, name: &str, trees: &[&TreeFiles]) -> String {
        if let Some(field) = self.letter.fields.iter().find(|field| field.id.value == name) {
            let label = escape(&self.words.fill(&field.label));
            return format!("<span data-champ=\"{}\">[{label}]</span>", escape(name));
        }
        let mut questions = trees.iter().flat_map(|tree| &tree.source.questions);
        let asked = questions
            .find(|question| question.id.value == name)
            .map(|question| question.text.base.value.as_str());
        format!("[{}]", escape(&self.words.fill(asked.unwrap_or(name))))
    }
}
