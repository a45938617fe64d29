//! The lists of diagnostics and of letters; the words of the list of guides.

use super::context::{Card, CardGroup, IndexContext};
use super::frame::PageSpec;
use super::{Renderer, cards};
use crate::diagnostic::Diagnostics;
use crate::parse::directive::without_accents;
use crate::site::Site;

/// One list: its address, and the words it has unless a page of the same name gives others.
struct List {
    slug: &'static str,
    title: &'static str,
    description: &'static str,
}

const GUIDES: List = List {
    slug: "guides",
    title: "Guides",
    description: "Tous les guides pour comprendre vos droits et vos obligations de locataire ou de bailleur.",
};
const DIAGNOSTICS: List = List {
    slug: "diagnostics",
    title: "Diagnostics",
    description: "Répondez à quelques questions pour connaître votre situation, les sommes et les délais.",
};
const LETTERS: List = List {
    slug: "courriers",
    title: "Courriers",
    description: "Des lettres à compléter pour écrire au bailleur, au locataire ou à la commission de conciliation.",
};

/// Slugs of the pages whose words the lists take.
pub const LISTS: [&str; 3] = [GUIDES.slug, DIAGNOSTICS.slug, LETTERS.slug];

/// The words of the list of guides.
pub struct ListWords {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Sentence under the heading.
    pub lead: String,
}

/// The words of the list of guides: those of the page of its name, if any.
#[must_use]
pub fn guides_words(site: &Site) -> ListWords {
    words_of(site, &GUIDES)
}

fn words_of(site: &Site, list: &List) -> ListWords {
    let page = site.pages.get(list.slug);
    let description = page.map_or(list.description, |page| &page.description.value);
    let lead = page
        .map(|page| page.body.plain_text())
        .filter(|text| !text.trim().is_empty());
    ListWords {
        title: page.map_or(list.title, |page| &page.title.value).to_owned(),
        lead: lead.as_deref().map_or(description, str::trim).to_owned(),
        description: description.to_owned(),
    }
}

/// Renders the list of diagnostics.
pub fn diagnostics(renderer: &Renderer, faults: &mut Diagnostics) -> Option<String> {
    let addresses = renderer
        .site
        .trees
        .values()
        .map(crate::parse::tree::TreeFiles::address);
    let groups = vec![one_group(renderer, "Choisissez votre situation", addresses)];
    list(renderer, &DIAGNOSTICS, groups, faults)
}

/// Renders the list of letters.
pub fn letters(renderer: &Renderer, faults: &mut Diagnostics) -> Option<String> {
    let addresses = renderer
        .site
        .letters
        .values()
        .map(crate::parse::letter::Letter::address);
    let groups = vec![one_group(renderer, "Choisissez votre courrier", addresses)];
    list(renderer, &LETTERS, groups, faults)
}

fn one_group(renderer: &Renderer, title: &str, addresses: impl Iterator<Item = String>) -> CardGroup {
    let cards =
        addresses.map(|address| untagged(cards::of_address(renderer.site, &address, renderer.words())));
    CardGroup {
        title: title.to_owned(),
        cards: in_order(cards.collect()),
    }
}

/// In the order of their titles, as a French reader expects it: accents do not count.
fn in_order(mut cards: Vec<Card>) -> Vec<Card> {
    cards.sort_by_cached_key(|card| without_accents(&card.title));
    cards
}

/// In a list of one kind, the kind says nothing.
fn untagged(card: Card) -> Card {
    Card {
        tag: String::new(),
        ..card
    }
}

fn list(
    renderer: &Renderer,
    list: &List,
    groups: Vec<CardGroup>,
    faults: &mut Diagnostics,
) -> Option<String> {
    let words = words_of(renderer.site, list);
    let context = IndexContext {
        lead: renderer.words().fill(&words.lead),
        groups: groups
            .into_iter()
            .filter(|group| !group.cards.is_empty())
            .collect(),
    };
    let spec = PageSpec {
        heading: words.title,
        description: words.description,
        path: format!("/{}/", list.slug),
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("index.html", spec, "index", &context, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_count_in_the_order() {
        let card = |title: &str| Card {
            title: title.to_owned(),
            href: String::new(),
            text: String::new(),
            tag: String::new(),
        };
        let cards = in_order(vec![
            card("Préavis"),
            card("État des lieux"),
            card("Dépôt"),
            card("Fin"),
        ]);
        let titles: Vec<_> = cards.iter().map(|card| card.title.as_str()).collect();
        assert_eq!(titles, ["Dépôt", "État des lieux", "Fin", "Préavis"]);
    }
}
