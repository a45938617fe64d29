//! The first use of each term in a page becomes a link to its definition.

use crate::render::words::escape;
use crate::site::Site;
use crate::typography;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// A page that uses a term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Title of the page.
    pub title: String,
    /// Its address.
    pub address: String,
}

/// The spellings of every linked term, and the pages that used them so far.
#[derive(Debug, Default)]
pub struct Glossary {
    /// By first letter, in lower case: spelling as readers see it, and the slug of its term; the longest first.
    spellings: BTreeMap<char, Vec<(Vec<char>, String)>>,
    uses: Mutex<BTreeMap<String, BTreeSet<Use>>>,
}

impl Glossary {
    /// The glossary of a site.
    #[must_use]
    pub fn new(site: &Site) -> Self {
        let terms = site.terms.values().filter(|term| term.linked);
        let spellings: Vec<(Vec<char>, String)> = terms
            .flat_map(|term| {
                term.spellings().map(|spelling| {
                    let shown = typography::text(&spelling.value);
                    (shown.chars().map(plain).collect(), term.slug.to_string())
                })
            })
            .filter(|(spelling, _): &(Vec<char>, String)| !spelling.is_empty())
            .collect();
        Self::of(spellings)
    }

    fn of(mut spellings: Vec<(Vec<char>, String)>) -> Self {
        spellings.sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        let mut by_letter: BTreeMap<char, Vec<_>> = BTreeMap::new();
        for spelling in spellings {
            by_letter.entry(lower(spelling.0[0])).or_default().push(spelling);
        }
        Self {
            spellings: by_letter,
            uses: Mutex::default(),
        }
    }

    /// Links terms in one page. `own`: the slug of the term whose page this is.
    #[must_use]
    pub fn page(&self, title: &str, address: &str, own: Option<&str>) -> Linker<'_> {
        Linker {
            glossary: self,
            page: Use {
                title: title.to_owned(),
                address: address.to_owned(),
            },
            done: RefCell::new(own.map(ToOwned::to_owned).into_iter().collect()),
        }
    }

    /// The pages that use a term, among those rendered so far.
    #[must_use]
    pub fn uses(&self, slug: &str) -> Vec<Use> {
        let uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        uses.get(slug)
            .map(|pages| pages.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// The longest spelling that starts `rest`, ends with it as a word, and whose term is still to be linked.
    fn longest(&self, rest: &[char], done: &BTreeSet<String>) -> Option<Found<'_>> {
        let mut same_letter = self.spellings.get(&lower(*rest.first()?))?.iter();
        let found = same_letter.find(|(spelling, _)| {
            let ends = rest.get(spelling.len()).is_none_or(|c| !in_word(*c));
            ends && starts(rest, spelling)
        })?;
        Some(Found {
            length: found.0.len(),
            slug: &found.1,
            linked: !done.contains(&found.1),
        })
    }
}

struct Found<'a> {
    length: usize,
    slug: &'a str,
    /// Whether it is the first use in the page.
    linked: bool,
}

/// Links the terms of one page, each once.
#[derive(Debug)]
pub struct Linker<'a> {
    glossary: &'a Glossary,
    page: Use,
    /// Slugs that need no link any more.
    done: RefCell<BTreeSet<String>>,
}

impl Linker<'_> {
    /// The HTML of a stretch of words, already set in French typography.
    #[must_use]
    pub fn html(&self, words: &str) -> String {
        if self.glossary.spellings.is_empty() {
            return escape(words);
        }
        let chars: Vec<char> = words.chars().collect();
        let shape: Vec<char> = chars.iter().map(|c| plain(*c)).collect();
        let mut done = self.done.borrow_mut();
        let mut html = String::with_capacity(words.len() + 64);
        let (mut from, mut index) = (0, 0);
        while index < chars.len() {
            let at_start = index == 0 || !in_word(chars[index - 1]);
            let found = if at_start && in_word(chars[index]) {
                self.glossary.longest(&shape[index..], &done)
            } else {
                None
            };
            let Some(found) = found else {
                index += 1;
                continue;
            };
            let end = index + found.length;
            if found.linked {
                let text = |range: &[char]| escape(&range.iter().collect::<String>());
                html.push_str(&text(&chars[from..index]));
                // Writing into a string cannot fail.
                let _ = write!(
                    html,
                    "<a class=\"ml-term\" href=\"/glossaire/{}/\">{}</a>",
                    found.slug,
                    text(&chars[index..end])
                );
                from = end;
                done.insert(found.slug.to_owned());
                let mut uses = self.glossary.uses.lock().unwrap_or_else(PoisonError::into_inner);
                uses.entry(found.slug.to_owned())
                    .or_default()
                    .insert(self.page.clone());
            }
            index = end;
        }
        html.push_str(&escape(&chars[from..].iter().collect::<String>()));
        html
    }
}

/// Whether `rest` starts with the spelling. A capital may open a sentence; elsewhere letters are as spelled,
/// so that « CDC » is not found in « cdc ».
fn starts(rest: &[char], spelling: &[char]) -> bool {
    let Some(start) = rest.get(..spelling.len()) else {
        return false;
    };
    let first = start[0] == spelling[0] || start[0].to_lowercase().eq(std::iter::once(spelling[0]));
    first && start[1..] == spelling[1..]
}

/// The small letter of a letter.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Letters, digits and hyphens make words: « avis » is not in « vis-à-vis ».
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// No-break spaces count as spaces, and both apostrophes are one.
fn plain(c: char) -> char {
    match c {
        '\u{a0}' | '\u{202f}' | '\n' => ' ',
        '\'' => '’',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(spellings: &[(&str, &str)]) -> Glossary {
        let found = spellings.iter();
        Glossary::of(
            found
                .map(|(text, slug)| (text.chars().collect(), (*slug).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn the_longest_term_wins_and_is_linked_once() {
        let glossary = glossary(&[("dépôt", "depot"), ("dépôt de garantie", "depot-de-garantie")]);
        let page = glossary.page("T", "/t/", None);
        assert_eq!(
            page.html("Le dépôt\u{a0}de garantie, ce dépôt de garantie & le dépôt."),
            "Le <a class=\"ml-term\" href=\"/glossaire/depot-de-garantie/\">dépôt\u{a0}de garantie</a>, ce dépôt de garantie &amp; le <a class=\"ml-term\" href=\"/glossaire/depot/\">dépôt</a>."
        );
        assert_eq!(page.html("dépôt"), "dépôt");
        assert_eq!(glossary.uses("depot").len(), 1);
        assert_eq!(glossary.uses("autre"), []);
    }

    #[test]
    fn words_are_whole_and_abbreviations_keep_their_capitals() {
        let glossary = glossary(&[("avis", "avis"), ("CDC", "cdc")]);
        let page = glossary.page("T", "/t/", None);
        for kept in ["vis-à-vis, ravis, avisé, sous-avis", "la cdc, Cdc, CDCs"] {
            assert_eq!(page.html(kept), kept);
        }
        assert!(page.html("l’avis").starts_with("l’<a"));
        assert!(
            glossary
                .page("T", "/t/", None)
                .html("Avis de la CDC.")
                .contains(">Avis</a>")
        );
    }

    #[test]
    fn a_term_is_not_linked_in_its_own_page() {
        let glossary = glossary(&[("avis", "avis")]);
        assert_eq!(
            glossary
                .page("Avis", "/glossaire/avis/", Some("avis"))
                .html("un avis"),
            "un avis"
        );
        assert_eq!(glossary.uses("avis"), []);
    }
}
