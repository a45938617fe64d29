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
pub use rules::RULES;
use scraper::Html;
use std::collections::BTreeMap;
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

/// Checks every public page of the output, alone and with the others.
#[must_use]
pub fn check(output: &Output) -> Diagnostics {
    let files = output.files();
    let pages: Vec<(&str, &[u8])> = files
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with('.'))
        .map(|(path, bytes)| (path, &bytes[..]))
        .collect();
    let (summaries, mut faults) = read_all(&pages);
    faults.extend(site::check(&summaries, output));
    faults
}

/// Checks pages by themselves: those of the form service, that are no files of the site.
#[must_use]
pub fn check_alone(pages: &[(&str, &[u8])]) -> Diagnostics {
    let (summaries, mut faults) = read_all(pages);
    site::same_fields(&summaries, &mut faults);
    faults
}

/// Reads the pages on every core; the faults are in the order of the pages, however many cores there are.
fn read_all<'a>(pages: &[(&'a str, &'a [u8])]) -> (BTreeMap<&'a str, Summary>, Diagnostics) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = pages.len().div_ceil(cores).max(1);
    let read = std::thread::scope(|scope| {
        let workers: Vec<_> = pages
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || {
                    chunk
                        .iter()
                        .map(|(path, bytes)| (*path, one(path, bytes)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let done = workers.into_iter().map(|worker| match worker.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect::<Vec<_>>()
    });
    let mut faults = Diagnostics::default();
    let mut summaries = BTreeMap::new();
    for (path, (summary, found)) in read {
        faults.extend(found);
        summaries.insert(path, summary);
    }
    (summaries, faults)
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
