//! What the rules on the whole site keep of each page.

use super::forms;
use super::page::{Attributes, Page, is_in, name, squeezed};
use std::collections::{BTreeMap, BTreeSet};

/// What is kept of a page once it is read.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Title of the window.
    pub(super) title: String,
    /// Whether it asks not to be indexed.
    pub(super) hidden: bool,
    /// Identifiers.
    pub(super) ids: BTreeSet<String>,
    /// Internal addresses that it leads to or loads.
    pub(super) links: BTreeSet<String>,
    /// Addresses of the links of its content.
    pub(super) content: Vec<String>,
    /// Header, then footer, without what says which page is current.
    pub(super) frame: [String; 2],
    /// Label of each field that takes a token of autocompletion.
    pub(super) fields: BTreeMap<String, String>,
}

impl Summary {
    /// Reads a page.
    pub(super) fn of(page: &Page) -> Self {
        let mut summary = Self {
            hidden: page.is_hidden(),
            ..Self::default()
        };
        for element in &page.elements {
            if let Some(id) = element.attribute("id") {
                summary.ids.insert(id.to_owned());
            }
            match name(*element) {
                "title" if !is_in(*element, &["svg"]) => {
                    summary.title = squeezed(&element.text().collect::<String>());
                }
                "header" if element.attribute("role") == Some("banner") => {
                    summary.frame[0] = still(&element.html());
                }
                "footer" => summary.frame[1] = still(&element.html()),
                _ => {}
            }
            for attribute in ["href", "src", "action"] {
                let Some(address) = element.attribute(attribute) else {
                    continue;
                };
                let internal =
                    address.starts_with('#') || address.starts_with('/') && !address.starts_with("//");
                if internal && address != "#" {
                    summary.links.insert(address.to_owned());
                }
                if attribute == "href" && name(*element) == "a" && is_in(*element, &["main"]) {
                    summary.content.push(address.to_owned());
                }
            }
        }
        for field in forms::fields(page) {
            let token = field
                .attribute("autocomplete")
                .filter(|token| !matches!(*token, "off" | "on"));
            if let Some(token) = token {
                summary.fields.insert(token.to_owned(), forms::label(page, field));
            }
        }
        summary
    }
}

/// The HTML of a zone, without the mark of the current page.
fn still(html: &str) -> String {
    let mut text = html.to_owned();
    for mark in [" aria-current=\"page\"", " aria-current=\"true\""] {
        text = text.replace(mark, "");
    }
    text
}
