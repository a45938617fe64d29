//! A decision tree: one folder of `content/diagnostics`, read into the engine's source with exact places.

mod compile;
mod logic;
mod outcome;
mod place;
mod question;
mod read;
mod registry;
mod scenario;
mod text;

pub(crate) use compile::lone_letter;
pub use outcome::OutcomeWords;
pub use place::Files;

use super::fields::Located;
use super::law;
use super::letter::Letter;
use crate::body::Body;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Review, Slug};
use crate::source::{Source, Sources};
use decision_tree::Compiled;
use decision_tree::source::{TreeSource, VoicedSource};
use jiff::civil::Date;
use rayon::prelude::*;
use read::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Folder of the trees.
pub const TREES: &str = "content/diagnostics/";
/// File of the logic, in the folder of a tree.
pub const TREE: &str = "arbre.md";

/// A tree as its authors wrote it: what the engine compiles, and the words that pages add.
#[derive(Debug, Clone)]
pub struct TreeFiles {
    /// Name in the address.
    pub slug: Slug,
    /// What the engine compiles.
    pub source: TreeSource,
    /// The numbering of places in `source`.
    pub files: Files,
    /// The start page.
    pub start: StartPage,
    /// « Je ne sais pas »: the advice in each voice, by question.
    pub dont_know: BTreeMap<String, VoicedSource>,
    /// Words of the outcomes, by id.
    pub outcomes: BTreeMap<String, OutcomeWords>,
    /// What the engine made of it on the day of the build: the tree, its static pages, its proof.
    pub compiled: Arc<Compiled>,
}

/// The words of a start page.
#[derive(Debug, Clone)]
pub struct StartPage {
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines, 160 characters at most.
    pub description: Located<String>,
    /// Who answers for the tree, and until when.
    pub review: Review,
    /// Former addresses, which the server redirects.
    pub aliases: Vec<Located<String>>,
    /// The body of `arbre.md`.
    pub body: Body,
}

impl TreeFiles {
    /// Address of the start page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/diagnostics/{}/", self.slug)
    }

    /// Whether one of its outcomes proposes this letter.
    #[must_use]
    pub fn proposes(&self, letter: &Slug) -> bool {
        let mut lines = self.source.outcomes.iter().flat_map(|outcome| &outcome.letters);
        lines.any(|line| line.value.split_whitespace().next() == Some(letter.as_str()))
    }
}

/// What was compiled of each tree on the last day, and of which source.
#[derive(Default)]
pub struct Memory {
    day: Option<Date>,
    known: BTreeMap<Slug, (TreeSource, Arc<Compiled>)>,
}

/// Reads, compiles and proves the trees on every core, in the order of their slugs. The letters and the law are those
/// of the same sources. A tree that the memory knows is not compiled again.
pub fn parse(
    sources: &Sources,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    memory: &mut Memory,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, TreeFiles> {
    let mut trees = read_all(sources, letters, today, faults);
    let last = std::mem::take(&mut memory.known);
    let same_day = memory.day == Some(today);
    let known = |tree: &TreeFiles| {
        let (source, compiled) = last.get(&tree.slug)?;
        (same_day && *source == tree.source).then(|| compiled.clone())
    };
    let found: Vec<Diagnostics> = trees
        .par_iter_mut()
        .map(|(_, tree)| compile::tree(tree, known(tree), today))
        .collect();
    for one in found {
        faults.extend(one);
    }
    memory.day = Some(today);
    let compiled = trees
        .values()
        .map(|tree| (tree.slug.clone(), (tree.source.clone(), tree.compiled.clone())));
    memory.known = compiled.collect();
    trees
}

/// The trees as written, not yet compiled.
fn read_all(
    sources: &Sources,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, TreeFiles> {
    let names: BTreeSet<&str> = sources
        .under(TREES)
        .filter_map(|source| source.path.strip_prefix(TREES)?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    let mut trees = BTreeMap::new();
    for name in names {
        let folder = format!("{TREES}{name}/");
        let Some(slug) = Slug::new(name) else {
            faults.push(
                Diagnostic::error_nowhere(
                    "nom-de-fichier",
                    format!("Le dossier « {folder} » ne peut pas servir d'adresse."),
                )
                .hint("Nommez le dossier en minuscules sans accent, avec des traits d'union."),
            );
            continue;
        };
        if let Some(tree) = tree(sources, &folder, slug.clone(), letters, today, faults) {
            trees.insert(slug, tree);
        }
    }
    trees
}

fn tree(
    sources: &Sources,
    folder: &str,
    slug: Slug,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    faults: &mut Diagnostics,
) -> Option<TreeFiles> {
    let Some(logic) = sources.text(&format!("{folder}{TREE}")) else {
        let first = sources.under(folder).next()?;
        faults.push(
            Diagnostic::error(
                "arbre-fichier",
                first.span(0..0),
                format!("Il manque le fichier {folder}{TREE}."),
            )
            .hint("Ce fichier porte l'ordre des questions, les faits, les calculs et les issues."),
        );
        return None;
    };
    let mut files = Files::default();
    files.add(logic);
    for source in sources.under(folder) {
        files.add(source);
    }
    for path in [law::ARTICLES, law::PARAMETERS] {
        sources
            .text(path)
            .into_iter()
            .for_each(|source| files.add(source));
    }
    for letter in letters.values() {
        sources
            .text(&letter.path)
            .into_iter()
            .for_each(|source| files.add(source));
    }
    let mut source = TreeSource {
        slug: slug.as_str().to_owned(),
        ..TreeSource::default()
    };
    let start = logic::read(
        &Reader {
            source: logic,
            files: &files,
        },
        &mut source,
        today,
        faults,
    )?;
    let mut dont_know = BTreeMap::new();
    let mut outcomes = BTreeMap::new();
    for file in sources.under(folder) {
        read_file(
            file,
            folder,
            &files,
            &mut source,
            &mut dont_know,
            &mut outcomes,
            faults,
        );
    }
    source.letters = letters
        .values()
        .map(|letter| registry::letter_source(sources, &files, letter, Some(slug.as_str())))
        .collect();
    registry::registries(sources, &files, &mut source);
    Some(TreeFiles {
        slug,
        source,
        files,
        start,
        dont_know,
        outcomes,
        compiled: Arc::default(),
    })
}

/// Reads one file of the folder by its place in it; an unknown one is reported.
fn read_file(
    file: &Source,
    folder: &str,
    files: &Files,
    source: &mut TreeSource,
    dont_know: &mut BTreeMap<String, VoicedSource>,
    outcomes: &mut BTreeMap<String, OutcomeWords>,
    faults: &mut Diagnostics,
) {
    let reader = Reader { source: file, files };
    let name = file.path.strip_prefix(folder).unwrap_or_default();
    let id = |name: &str| Located {
        value: name.to_owned(),
        span: file.span(0..0),
    };
    let stem = name.strip_suffix(".md");
    if let Some(name) = stem.and_then(|stem| stem.strip_prefix("questions/")) {
        if let Some((question, advice)) = question::read(&reader, &id(name), faults) {
            dont_know.extend(advice.map(|advice| (name.to_owned(), advice)));
            source.questions.push(question);
        }
    } else if let Some(name) = stem.and_then(|stem| stem.strip_prefix("issues/")) {
        if let Some((outcome, words)) = outcome::read(&reader, &id(name), faults) {
            outcomes.insert(name.to_owned(), words);
            source.outcomes.push(outcome);
        }
    } else if name == "scenarios.yaml" {
        source.scenarios = scenario::read(&reader, faults);
    } else if name != TREE {
        faults.push(
            Diagnostic::error(
                "arbre-fichier",
                file.span(0..0),
                format!("Personne ne lit le fichier « {name} »."),
            )
            .hint("Un questionnaire a : arbre.md, questions/*.md, issues/*.md et scenarios.yaml."),
        );
    }
}

#[cfg(test)]
mod tests;
