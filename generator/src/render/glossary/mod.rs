//! The glossary: an index from A to Z, and one page a term.

pub mod link;

use super::context::{Card, Letter, SourceLine, TermContext, TermsContext};
use super::frame::{PageSpec, link as plain_link};
use super::{Renderer, guide, markdown, put};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::directive::without_accents;
use crate::parse::glossary::Term;

/// Address of the index.
pub const ADDRESS: &str = "/glossaire/";
/// Slug of the page that gives the index its words.
pub const SLUG: &str = "glossaire";
const TITLE: &str = "Glossaire";
const DESCRIPTION: &str = "Les mots de la location et de la conciliation, expliqués en français courant.";

/// Renders every page of the glossary. Nothing without terms: to be called once the other pages are rendered,
/// since a term says where it is used.
pub fn render_all(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    if renderer.site.terms.is_empty() {
        return;
    }
    // Definitions use one another: all are rendered before any says where it is used.
    let bodies: Vec<(&Term, String)> = renderer
        .site
        .terms
        .values()
        .map(|term| {
            let title = renderer.words().fill(&capital(&term.name.value));
            let linker = renderer
                .glossary
                .page(&title, &term.address(), Some(term.slug.as_str()));
            let host = renderer.host().with_terms(&linker);
            (term, markdown::html(&term.body, 1, &host, faults))
        })
        .collect();
    for (term, body) in bodies {
        let html = page(renderer, term, body, faults);
        put(output, &term.address(), html, faults);
    }
    let html = index(renderer, faults);
    put(output, ADDRESS, html, faults);
}

fn page(renderer: &Renderer, term: &Term, body: String, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let sources: Vec<SourceLine> = term
        .sources
        .iter()
        .map(|source| guide::source_line(renderer, source))
        .collect();
    let uses = renderer.glossary.uses(term.slug.as_str()).into_iter();
    let context = TermContext {
        definition: words.fill(&term.definition.value),
        variants: term
            .variants
            .iter()
            .map(|spelling| words.fill(&spelling.value))
            .collect(),
        body,
        sources,
        uses: uses.map(|used| plain_link(used.title, used.address)).collect(),
        related: term
            .related
            .iter()
            .filter_map(|slug| renderer.site.terms.get(slug.value.as_str()))
            .map(|term| card(renderer, term))
            .collect(),
        reviewed: term.review.reviewed.value.into(),
    };
    let spec = PageSpec {
        heading: capital(&term.name.value),
        description: term.definition.value.clone(),
        path: term.address(),
        parents: vec![(TITLE.to_owned(), ADDRESS.to_owned())],
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("term.html", spec, "term", &context, faults)
}

fn index(renderer: &Renderer, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let mut terms: Vec<&Term> = renderer.site.terms.values().collect();
    terms.sort_by_cached_key(|term| without_accents(&term.name.value).to_lowercase());
    let letters = ('A'..='Z').map(|letter| Letter {
        letter: letter.to_string(),
        anchor: format!("lettre-{}", letter.to_ascii_lowercase()),
        terms: terms
            .iter()
            .filter(|term| initial(&term.name.value) == letter)
            .map(|term| card(renderer, term))
            .collect(),
    });
    let page = renderer.site.pages.get(SLUG);
    let description = page.map_or(DESCRIPTION, |page| &page.description.value);
    let lead = page.map(|page| page.body.plain_text());
    let lead = lead.as_deref().map_or("", str::trim);
    let context = TermsContext {
        lead: words.fill(if lead.is_empty() { description } else { lead }),
        letters: letters.collect(),
    };
    let spec = PageSpec {
        heading: page.map_or(TITLE, |page| &page.title.value).to_owned(),
        description: description.to_owned(),
        path: ADDRESS.to_owned(),
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("glossary.html", spec, "glossary", &context, faults)
}

fn card(renderer: &Renderer, term: &Term) -> Card {
    Card {
        title: renderer.words().fill(&capital(&term.name.value)),
        href: term.address(),
        text: renderer.words().fill(&term.definition.value),
        tag: String::new(),
    }
}

/// The letter that the term is filed under; a digit goes with A.
fn initial(name: &str) -> char {
    without_accents(name)
        .chars()
        .find_map(|c| c.is_ascii_alphabetic().then(|| c.to_ascii_uppercase()))
        .unwrap_or('A')
}

/// The term as a title: its first letter is a capital.
#[must_use]
pub fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_filed_without_accents() {
        assert_eq!(initial("état des lieux"), 'E');
        assert_eq!(initial("« bail »"), 'B');
        assert_eq!(capital("état des lieux"), "État des lieux");
    }
}
