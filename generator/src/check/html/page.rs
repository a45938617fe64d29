//! A finished page as the rules read it: its elements in order, and the words that they say.

use scraper::{ElementRef, Html};

/// A finished page. What stands in a `<template>` is not in the page until a script puts it there.
pub struct Page<'a> {
    /// Path in the output: `guides/bail/index.html`.
    pub path: &'a str,
    /// The bytes as they are served.
    pub text: &'a str,
    /// Elements in the order of the document.
    pub elements: Vec<ElementRef<'a>>,
}

impl<'a> Page<'a> {
    /// Reads a parsed page.
    #[must_use]
    pub fn new(path: &'a str, text: &'a str, html: &'a Html) -> Self {
        let mut elements = Vec::new();
        gather(html.root_element(), &mut elements);
        Self { path, text, elements }
    }

    /// The elements with one of these names, in order.
    pub fn named<'s>(&'s self, names: &'s [&'s str]) -> impl Iterator<Item = ElementRef<'a>> + 's {
        self.elements
            .iter()
            .copied()
            .filter(|element| names.contains(&name(*element)))
    }

    /// The elements that bear this attribute, with its value.
    pub fn with<'s>(&'s self, attribute: &'s str) -> impl Iterator<Item = (ElementRef<'a>, &'a str)> + 's {
        let elements = self.elements.iter().copied();
        elements.filter_map(move |element| Some((element, element.attribute(attribute)?)))
    }

    /// The element with this identifier.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<ElementRef<'a>> {
        self.with("id")
            .find(|(_, found)| *found == id)
            .map(|(element, _)| element)
    }

    /// Whether the page asks not to be indexed.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.named(&["meta"]).any(|meta| {
            meta.attribute("name") == Some("robots")
                && meta
                    .attribute("content")
                    .is_some_and(|text| text.contains("noindex"))
        })
    }

    /// The name that assistive tools say for an element: `aria-labelledby`, `aria-label`, then its words.
    #[must_use]
    pub fn label(&self, element: ElementRef<'a>) -> String {
        if let Some(ids) = element.attribute("aria-labelledby") {
            let words: Vec<_> = ids
                .split_whitespace()
                .filter_map(|id| self.by_id(id).map(words))
                .collect();
            return words.join(" ");
        }
        match element.attribute("aria-label") {
            Some(label) if !label.trim().is_empty() => squeezed(label),
            _ => words(element),
        }
    }
}

fn gather<'a>(element: ElementRef<'a>, found: &mut Vec<ElementRef<'a>>) {
    found.push(element);
    if name(element) != "template" {
        for child in element.child_elements() {
            gather(child, found);
        }
    }
}

/// Reads the attributes of an element.
pub trait Attributes<'a> {
    /// The value of an attribute of HTML. Elements have few: comparing names is quicker than making an atom of one,
    /// as the reader's own look-up does.
    fn attribute(&self, name: &str) -> Option<&'a str>;
}

impl<'a> Attributes<'a> for ElementRef<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut all = self.value().attrs.iter();
        all.find(|(found, _)| &*found.local == name && found.ns.is_empty())
            .map(|(_, value)| &**value)
    }
}

/// Name of an element, in lower case.
#[must_use]
pub fn name(element: ElementRef<'_>) -> &str {
    element.value().name()
}

/// The words of an element as they are said: pictures by their alternative, hidden parts left out.
#[must_use]
pub fn words(element: ElementRef) -> String {
    let mut said = String::new();
    say(element, &mut said);
    squeezed(&said)
}

fn say(element: ElementRef, said: &mut String) {
    if element.attribute("aria-hidden") == Some("true")
        || matches!(name(element), "script" | "style" | "template")
    {
        return;
    }
    if name(element) == "img" {
        said.push_str(element.attribute("alt").unwrap_or_default());
        return;
    }
    if let Some(label) = element.attribute("aria-label") {
        said.push_str(label);
        return;
    }
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            said.push_str(text);
        } else if let Some(child) = ElementRef::wrap(child) {
            if !matches!(
                name(child),
                "span" | "a" | "strong" | "em" | "abbr" | "sup" | "sub" | "time" | "q"
            ) {
                said.push(' ');
            }
            say(child, said);
            if name(child) == "br" {
                said.push(' ');
            }
        }
    }
}

/// One space between words, plain spaces and apostrophes.
#[must_use]
pub fn squeezed(text: &str) -> String {
    let plain = text.replace('’', "'").replace('\u{2011}', "-");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements around one, from the nearest.
pub fn around(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// Whether one of these elements stands around.
#[must_use]
pub fn is_in(element: ElementRef, names: &[&str]) -> bool {
    around(element).any(|parent| names.contains(&name(parent)))
}

/// The first words of a text, for a message.
#[must_use]
pub fn start(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
