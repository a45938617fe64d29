//! Rules on the finished pages, whoever wrote them: authors, templates or the generator.

mod forms;
pub mod page;
mod rules;
mod site;
mod structure;
mod summary;
mod words;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use page::Page;
use rayon::prelude::*;
pub use rules::RULES;
use scraper::Html;
use std::collections::BTreeMap;
use std::sync::Arc;
use summary::Summary;

/// A rule on each page.
pub struct Rule {
    /// Name, as diagnostics bear it.
    pub name: &'static str,
    /// What it asks and why, in French, for `generator explain`.
    pub explanation: &'static str,
    /// The cure, in French.
    pub hint: &'static str,
    /// Adds what is wrong: the end of a sentence that begins with the path of the page.
    check: fn(&Page, &mut Vec<String>),
}

/// Names and explanations of the rules on the pages taken together.
pub const SITE_RULES: &[(&str, &str)] = &[
    ("page-lien-mort", include_str!("dead_link.md")),
    ("page-titre-unique", include_str!("same_title.md")),
    ("page-navigation", include_str!("navigation.md")),
    ("page-plan", include_str!("sitemap.md")),
    ("page-meme-champ", include_str!("same_field.md")),
];

/// What a check keeps of each page, for as long as its bytes are the same.
#[derive(Default)]
pub struct Memory(BTreeMap<String, Remembered>);

/// A page that was read: its bytes, what the rules on the site keep of it, and its own faults.
type Remembered = (Arc<[u8]>, Arc<Summary>, Diagnostics);

/// Checks every public page of the output, alone and with the others.
#[must_use]
pub fn check(output: &Output) -> Diagnostics {
    check_again(output, &mut Memory::default())
}

/// The same check; a page that the memory knows with the same bytes is not read again.
#[must_use]
pub fn check_again(output: &Output, memory: &mut Memory) -> Diagnostics {
    let pages = output
        .files()
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with('.'));
    let last = std::mem::take(&mut memory.0);
    let known = |path: &str, bytes: &Arc<[u8]>| last.get(path).filter(|(before, ..)| before == bytes);
    let (old, new): (Vec<_>, Vec<_>) = pages.partition(|(path, bytes)| known(path, bytes).is_some());
    let read: Vec<(String, Remembered)> = new
        .par_iter()
        .map(|(path, bytes)| {
            let (summary, found) = one(path, bytes);
            ((*path).to_owned(), ((*bytes).clone(), Arc::new(summary), found))
        })
        .collect();
    let old = old
        .into_iter()
        .filter_map(|(path, bytes)| Some((path.to_owned(), known(path, bytes)?.clone())));
    memory.0 = old.chain(read).collect();
    let mut faults = Diagnostics::default();
    let mut summaries = BTreeMap::new();
    for (path, (_, summary, found)) in &memory.0 {
        faults.extend(found.clone());
        summaries.insert(path.as_str(), summary.clone());
    }
    faults.extend(site::check(&summaries, output));
    faults
}

/// Checks pages by themselves: those of the form service, that are no files of the site.
#[must_use]
pub fn check_alone(pages: &[(&str, &[u8])]) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let mut summaries = BTreeMap::new();
    for (path, bytes) in pages {
        let (summary, found) = one(path, bytes);
        faults.extend(found);
        summaries.insert(*path, Arc::new(summary));
    }
    site::same_fields(&summaries, &mut faults);
    faults
}

fn one(path: &str, bytes: &[u8]) -> (Summary, Diagnostics) {
    let text = String::from_utf8_lossy(bytes);
    let html = Html::parse_document(&text);
    let page = Page::new(path, &text, &html);
    let mut faults = Diagnostics::default();
    for rule in RULES {
        let mut wrong = Vec::new();
        (rule.check)(&page, &mut wrong);
        wrong.dedup();
        for what in wrong {
            faults.push(
                Diagnostic::error_nowhere(rule.name, format!("Page « {path} » : {what}.")).hint(rule.hint),
            );
        }
    }
    (Summary::of(&page), faults)
}
