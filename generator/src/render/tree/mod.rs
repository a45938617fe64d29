//! The pages of a decision tree: start, questions, outcomes; and the tree itself for scripts and for the service.

pub mod context;
mod fork;
mod host;
mod outcome;
mod question;
mod start;
mod statics;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod typeset;
pub(crate) mod words;

use super::words::Words;
use super::{Renderer, put};
use crate::assets::fingerprint;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use crate::parse::fields::Located;
use crate::parse::tree::TreeFiles;
use context::ArticleLine;
use decision_tree::source::QuestionSource;
use decision_tree::{Tree, Voice};
use outcome::Page;
use serde::Serialize;
use statics::Statics;
use std::collections::BTreeMap;

/// Addresses that the pages of one tree share.
pub(super) struct Paths {
    base: String,
    data: String,
    parents: Vec<(String, String)>,
    first_voice: Voice,
    start_script: Vec<String>,
    question_script: Vec<String>,
    outcome_script: Vec<String>,
}

impl Paths {
    fn outcome(&self, id: &str, voice: Voice) -> String {
        outcome_address(&self.base, self.first_voice, id, voice)
    }

    fn question(&self, page: &str) -> String {
        format!("{}q/{page}/", self.base)
    }
}

/// What the reader of the browser fetches: the tree, and where its pages are.
#[derive(Serialize)]
struct Published<'a> {
    tree: Tree,
    /// Last part of the address of each question, by voice then by id.
    pages: BTreeMap<&'static str, BTreeMap<&'a str, String>>,
    /// Names of communes by code, when a question asks for one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    communes: BTreeMap<&'a str, &'a str>,
}

/// Addresses of the results of a tree, in the order of its outcomes, every voice: each stands on its own.
pub(super) fn outcome_addresses(files: &TreeFiles) -> Vec<String> {
    let Some(tree) = &files.compiled.tree else {
        return Vec::new();
    };
    let outcomes = files.source.outcomes.iter();
    outcomes
        .flat_map(|outcome| tree.voices.iter().map(|voice| (&outcome.id.value, *voice)))
        .map(|(id, voice)| outcome_address(&files.address(), tree.voices[0], id, voice))
        .collect()
}

/// `/diagnostics/x/resultat/y/`, with the voice when it is not the first one.
fn outcome_address(base: &str, first: Voice, id: &str, voice: Voice) -> String {
    let suffix = if voice == first {
        String::new()
    } else {
        format!("-{}", voice.id())
    };
    format!("{base}resultat/{id}{suffix}/")
}

/// Renders all pages of a tree; gives back the address of its JSON. A tree that did not compile has none: its faults
/// are told already.
pub(super) fn render(
    renderer: &Renderer,
    files: &TreeFiles,
    output: &mut Output,
    faults: &mut Diagnostics,
) -> Option<String> {
    let (tree, site) = (files.compiled.tree.as_ref()?, files.compiled.site.as_ref()?);
    let statics = Statics::new(files, tree, site);
    let data = publish(renderer, files, tree, &statics, output, faults);
    let script = |name: &str| {
        renderer
            .script(&format!("scripts/tree/{name}.js"))
            .into_iter()
            .collect()
    };
    let title = renderer.words().fill(&files.start.title.value);
    let paths = Paths {
        base: files.address(),
        data,
        parents: vec![
            ("Diagnostics".to_owned(), "/diagnostics/".to_owned()),
            (title, files.address()),
        ],
        first_voice: tree.voices[0],
        start_script: script("start"),
        question_script: script("reader"),
        outcome_script: script("outcome"),
    };
    let page = |voice| Page {
        renderer,
        files,
        tree,
        paths: &paths,
        voice,
    };
    let first = statics.target(&paths, tree, statics.site.start);
    let html = page(tree.voices[0]).start(first, faults);
    put(output, &files.address(), html, faults);
    statics.render(&page, output, faults);
    for source in &files.source.outcomes {
        for voice in &tree.voices {
            let html = page(*voice).outcome(source, faults);
            put(output, &paths.outcome(&source.id.value, *voice), html, faults);
        }
    }
    for number in 0..statics.site.forks.len() {
        let html = page(tree.voices[0]).fork(statics.site, number, faults);
        put(output, &statics::fork_path(&paths, number), html, faults);
    }
    service(files, tree, output, faults);
    Some(paths.data)
}

/// Publishes what the browser fetches; gives back its address.
fn publish(
    renderer: &Renderer,
    files: &TreeFiles,
    tree: &Tree,
    statics: &Statics,
    output: &mut Output,
    faults: &mut Diagnostics,
) -> String {
    let asks_commune = tree
        .questions
        .iter()
        .any(|question| question.kind == decision_tree::model::Kind::Commune);
    let communes = renderer
        .site
        .form
        .iter()
        .filter(|_| asks_commune)
        .flat_map(|form| &form.communes);
    let published = Published {
        tree: typeset::tree(tree, renderer.words()),
        pages: tree
            .voices
            .iter()
            .map(|voice| (voice.id(), statics.canonical(*voice)))
            .collect(),
        communes: communes
            .map(|commune| (commune.insee.as_str(), commune.name.as_str()))
            .collect(),
    };
    let json = json(&published, faults);
    let address = fingerprint::address(&format!("{}.json", files.slug), &json);
    // Equal names have equal bytes.
    let _ = output.insert(address.trim_start_matches('/'), json);
    address
}

/// `.service/trees/<slug>.json`: the tree as the form service walks it again.
fn service(files: &TreeFiles, tree: &Tree, output: &mut Output, faults: &mut Diagnostics) {
    let json = json(tree, faults);
    let path = format!("{}/trees/{}.json", super::shell::FOLDER, files.slug);
    if let Err(path) = output.insert(path, json) {
        faults.push(Diagnostic::error_nowhere(
            "service",
            format!("Deux arbres pour « {path} »."),
        ));
    }
}

/// A value as JSON on one line.
pub(crate) fn json<T: Serialize>(value: &T, faults: &mut Diagnostics) -> Vec<u8> {
    match serde_json::to_vec(value) {
        Ok(mut json) => {
            json.push(b'\n');
            json
        }
        Err(error) => {
            faults.push(Diagnostic::error_nowhere("service", error.to_string()));
            Vec::new()
        }
    }
}

/// The lines of a legal basis; an unknown article, which the checks report, is left out.
pub(crate) fn articles(ids: &[Located<String>], words: Words) -> Vec<ArticleLine> {
    ids.iter()
        .filter_map(|id| words.law.articles.get(&id.value))
        .map(|article| ArticleLine {
            title: words.fill(&words::capital(&article.title)),
            href: article.href.clone().unwrap_or_default(),
            text: words.fill(&article.summary),
            checked: article.checked.filter(|_| article.seen).map(Into::into),
        })
        .collect()
}

/// The file of a question.
fn source_of<'a>(files: &'a TreeFiles, id: &str) -> Option<&'a QuestionSource> {
    files
        .source
        .questions
        .iter()
        .find(|question| question.id.value == id)
}
