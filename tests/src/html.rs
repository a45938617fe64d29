//! Built pages, read as a browser without scripts would.

use std::path::Path;

use scraper::{ElementRef, Html, Selector};

/// One page of the built site.
#[derive(Clone)]
pub struct Page {
    /// Address on the site: `/`, `/guides/depot-de-garantie/`, `/404.html`.
    pub address: String,
    /// The HTML as it stands on the disk.
    pub text: String,
}

impl Page {
    pub(crate) fn read(dist: &Path, file: &Path) -> Self {
        let relative = file
            .strip_prefix(dist)
            .expect("a page lies in dist")
            .to_string_lossy();
        let address = match relative.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{relative}"),
        };
        Self {
            address,
            text: std::fs::read_to_string(file).expect("a page is UTF-8"),
        }
    }

    /// The parsed document.
    #[must_use]
    pub fn document(&self) -> Html {
        Html::parse_document(&self.text)
    }
}

/// All elements that match a CSS selector, in document order. What stands in a `template` is no part of
/// the page until a script puts it there, and is left out.
///
/// # Panics
/// When the selector is wrong.
#[must_use]
pub fn select<'a>(document: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(css).unwrap_or_else(|error| panic!("wrong selector {css}: {error}"));
    let inert = |element: &ElementRef| {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.any(|parent| parent.value().name() == "template")
    };
    document
        .select(&selector)
        .filter(|element| !inert(element))
        .collect()
}

/// The text of an element, with single spaces.
#[must_use]
pub fn text(element: &ElementRef) -> String {
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// Values of an attribute on all elements that match.
#[must_use]
pub fn attributes(document: &Html, css: &str, name: &str) -> Vec<String> {
    select(document, css)
        .iter()
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

/// The text of a whole page, with single spaces.
#[must_use]
pub fn page_text(page: &str) -> String {
    text(&Html::parse_document(page).root_element())
}
