//! Question pages: those that links alone reach, and one more for each question that only the script asks.

use super::context::{AnswerLink, Named};
use super::outcome::Page;
use super::question::{Static, differs};
use super::{Paths, put, source_of};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::tree::TreeFiles;
use decision_tree::states::{StaticPage, StaticSite, Target};
use decision_tree::{Tree, Voice};
use std::collections::BTreeMap;

/// The question pages of one tree.
pub(super) struct Statics<'a> {
    pub(super) site: &'a StaticSite,
    tree: &'a Tree,
    /// Page of a question for a voice (nothing when the words are everybody's), by question then voice.
    ids: BTreeMap<(usize, Option<Voice>), String>,
    /// Number of the question on each static page; 0 when it depends on the path.
    numbers: Vec<usize>,
    differs: Vec<Vec<Voice>>,
}

impl<'a> Statics<'a> {
    /// Names the pages of all questions, in all voices.
    pub(super) fn new(files: &TreeFiles, tree: &'a Tree, site: &'a StaticSite) -> Self {
        let mut ids: BTreeMap<(usize, Option<Voice>), String> = BTreeMap::new();
        for page in &site.pages {
            ids.entry((page.question, page.voice))
                .or_insert_with(|| page.id.clone());
        }
        let mut taken: Vec<String> = site.pages.iter().map(|page| page.id.clone()).collect();
        let differs: Vec<Vec<Voice>> = tree
            .questions
            .iter()
            .map(|question| {
                let source = source_of(files, &question.id);
                let advice = files.dont_know.get(&question.id);
                let own = |voice: &Voice| source.is_some_and(|source| differs(source, advice, *voice));
                tree.voices.iter().copied().filter(own).collect()
            })
            .collect();
        for (index, question) in tree.questions.iter().enumerate() {
            for voice in std::iter::once(None).chain(differs[index].iter().copied().map(Some)) {
                ids.entry((index, voice))
                    .or_insert_with(|| free_name(&question.id, voice, &mut taken));
            }
        }
        let numbers = numbers(site);
        Self {
            site,
            tree,
            ids,
            numbers,
            differs,
        }
    }

    /// The page of every question for a voice, by id of question.
    pub(super) fn canonical(&self, voice: Voice) -> BTreeMap<&'a str, String> {
        let page = |index: usize| {
            let own = self.differs[index].contains(&voice).then_some(voice);
            self.ids.get(&(index, own)).cloned().unwrap_or_default()
        };
        self.tree
            .questions
            .iter()
            .enumerate()
            .map(|(index, question)| (question.id.as_str(), page(index)))
            .collect()
    }

    /// The address that a link leads to.
    pub(super) fn target(&self, paths: &Paths, tree: &Tree, target: Target) -> String {
        match target {
            Target::Page(index) => self
                .site
                .pages
                .get(index)
                .map_or_else(|| paths.base.clone(), |page| paths.question(&page.id)),
            Target::Outcome(index, voice) => {
                let id = tree.outcomes.get(index).map_or("", |outcome| &outcome.id);
                paths.outcome(id, voice.unwrap_or(tree.voices[0]))
            }
            Target::Fork(number) => fork_path(paths, number),
        }
    }

    /// Renders every page.
    pub(super) fn render<'p>(
        &self,
        page: &dyn Fn(Voice) -> Page<'p>,
        output: &mut Output,
        faults: &mut Diagnostics,
    ) {
        for (number, found) in self.numbers.iter().zip(&self.site.pages) {
            let view = page(found.voice.unwrap_or(self.tree.voices[0]));
            let told = Static {
                path: view.paths.question(&found.id),
                number: *number,
                links: self.links(&view, found),
                so_far: self.so_far(&view, found),
            };
            self.one(&view, found.question, told, output, faults);
        }
        let reached = |id: &String| self.site.pages.iter().any(|page| page.id == *id);
        for ((question, voice), id) in self.ids.iter().filter(|(_, id)| !reached(id)) {
            let view = page(voice.unwrap_or(self.tree.voices[0]));
            let path = view.paths.question(id);
            let told = Static {
                path,
                number: 0,
                links: Vec::new(),
                so_far: Vec::new(),
            };
            self.one(&view, *question, told, output, faults);
        }
    }

    fn one(&self, view: &Page, question: usize, told: Static, output: &mut Output, faults: &mut Diagnostics) {
        let Some(source) = self
            .tree
            .questions
            .get(question)
            .and_then(|question| source_of(view.files, &question.id))
        else {
            return;
        };
        let path = told.path.clone();
        let html = view.question(source, told, faults);
        put(output, &path, html, faults);
    }

    fn links(&self, view: &Page, page: &StaticPage) -> Vec<AnswerLink> {
        let fill = view.renderer.words();
        let question = &self.tree.questions[page.question];
        let source = source_of(view.files, &question.id);
        let advice = view.advice(&question.id);
        let hint = |link: &decision_tree::states::StaticLink| {
            let choice = link
                .choice
                .and_then(|index| source?.choices.get(index)?.help.as_ref());
            let unknown = link.choice.is_none() && link.label == "Je ne sais pas";
            choice.map_or_else(
                || if unknown { advice.clone() } else { String::new() },
                |help| fill.fill(&help.value),
            )
        };
        page.links
            .iter()
            .map(|link| AnswerLink {
                label: fill.fill(&link.label),
                href: self.target(view.paths, self.tree, link.to),
                hint: hint(link),
            })
            .collect()
    }

    fn so_far(&self, view: &Page, page: &StaticPage) -> Vec<Named> {
        let fill = view.renderer.words();
        let words = |(question, answer): &(usize, String)| {
            let question = self.tree.questions.get(*question)?;
            Some(Named {
                name: fill.fill(question.text.get(view.voice)),
                text: fill.fill(answer),
            })
        };
        page.known.iter().filter_map(words).collect()
    }
}

/// `/diagnostics/x/resultat/selon-1/`.
pub(super) fn fork_path(paths: &Paths, number: usize) -> String {
    format!("{}resultat/selon-{}/", paths.base, number + 1)
}

fn free_name(id: &str, voice: Option<Voice>, taken: &mut Vec<String>) -> String {
    let mut name = voice.map_or_else(|| id.to_owned(), |voice| format!("{id}-{}", voice.id()));
    while taken.contains(&name) {
        name.push_str("-autre");
    }
    taken.push(name.clone());
    name
}

/// The number of the question on each page, when all paths to it have the same length.
fn numbers(site: &StaticSite) -> Vec<usize> {
    let mut order: Vec<usize> = (0..site.pages.len()).collect();
    order.sort_by_key(|page| site.pages[*page].question);
    let mut range: Vec<Option<(usize, usize)>> = vec![None; site.pages.len()];
    if let Target::Page(start) = site.start {
        range[start] = Some((1, 1));
    }
    for page in order {
        let Some((min, max)) = range[page] else { continue };
        for link in &site.pages[page].links {
            if let Target::Page(next) = link.to {
                let (low, high) = range[next].unwrap_or((min + 1, max + 1));
                range[next] = Some((low.min(min + 1), high.max(max + 1)));
            }
        }
    }
    range
        .into_iter()
        .map(|range| range.filter(|(min, max)| min == max).map_or(0, |(min, _)| min))
        .collect()
}
