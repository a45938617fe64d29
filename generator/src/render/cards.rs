//! Cards: an address of the site, its title, its sentence, and what kind of page it is.

use super::context::Card;
use super::words::Words;
use crate::site::{LinkCard, Site};

/// The card of an internal address. An unknown one, which the checks report, shows its address.
#[must_use]
pub fn of_address(site: &Site, address: &str, words: Words) -> Card {
    let path = address.split('#').next().unwrap_or_default();
    let slug = path.trim_matches('/').rsplit('/').next().unwrap_or_default();
    let (title, text, tag) = if path.starts_with("/guides/") {
        let guide = site.guides.get(slug);
        (guide.map(|g| &g.title), guide.map(|g| &g.description), "Guide")
    } else if path.starts_with("/diagnostics/") {
        let tree = site.trees.get(slug);
        (
            tree.map(|t| &t.start.title),
            tree.map(|t| &t.start.description),
            "Diagnostic",
        )
    } else if path.starts_with("/courriers/") {
        let letter = site.letters.get(slug);
        (
            letter.map(|l| &l.title),
            letter.map(|l| &l.description),
            "Courrier",
        )
    } else {
        let page = site.pages.get(slug);
        let tag = if slug.starts_with("saisi") {
            "Démarche"
        } else {
            ""
        };
        (page.map(|p| &p.title), page.map(|p| &p.description), tag)
    };
    Card {
        title: title.map_or_else(|| address.to_owned(), |title| words.fill(&title.value)),
        href: address.to_owned(),
        text: text.map(|text| words.fill(&text.value)).unwrap_or_default(),
        tag: tag.to_owned(),
    }
}

/// A card written by an author.
#[must_use]
pub fn of_link(card: &LinkCard, words: Words) -> Card {
    Card {
        title: words.fill(&card.title.value),
        href: card.address.value.clone(),
        text: words.fill(&card.text),
        tag: String::new(),
    }
}
