//! The search page, its synonyms, and the index that the browser searches.

use super::context::{Link, SearchContext};
use super::frame::{PageSpec, link};
use super::glossary::capital;
use super::{Renderer, cards, commune, markdown, put, put_file, sitemap};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use crate::parse::directive::without_accents;
use search_index::Page;
use serde::Serialize;

/// Slug of the page whose words the search page takes; without it there is no search.
pub const SLUG: &str = "recherche";
/// Address of the search page.
pub const ADDRESS: &str = "/recherche/";
/// Folder of the index. The service lets pages and workers below `/recherche/` run WebAssembly, and no other.
pub const INDEX: &str = "recherche/index/";
const SYNONYMS: &str = "/recherche/synonymes.json";
/// Pages that are read to check the others: found by their links, not by a search.
const PROOFS: [&str; 5] = ["/q/", "/resultat/", "/preuves/", "/plan/", "/conformite/"];
/// Pages that only list others.
const LISTS: [&str; 5] = [
    "/recherche/",
    "/plan-du-site/",
    "/guides/",
    "/diagnostics/",
    "/courriers/",
];

/// A line of `synonymes.json`.
#[derive(Serialize)]
struct Synonym<'a> {
    mots: Vec<&'a str>,
    cherche: &'a str,
}

/// Renders the search page and the synonyms.
pub fn render(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    let site = renderer.site;
    let Some(page) = site.pages.get(SLUG) else { return };
    let words = renderer.words();
    let motives = site.home.iter().flat_map(|home| &home.motives);
    let context = SearchContext {
        body: markdown::html(&page.body, 1, &renderer.host(), faults),
        suggestions: motives.map(|card| cards::of_link(card, words)).collect(),
        index: format!("/{INDEX}"),
        synonyms: SYNONYMS.to_owned(),
        pages: from_a_to_z(renderer),
    };
    let spec = PageSpec {
        heading: page.title.value.clone(),
        description: page.description.value.clone(),
        path: ADDRESS.to_owned(),
        indexable: page.indexable,
        scripts: renderer.script("scripts/search/search.js").into_iter().collect(),
        ..PageSpec::default()
    };
    let html = renderer.page("search.html", spec, "search", &context, faults);
    put(output, ADDRESS, html, faults);
    let synonyms: Vec<Synonym> = site
        .synonyms
        .iter()
        .map(|synonym| Synonym {
            mots: synonym.typed.iter().map(|word| word.value.as_str()).collect(),
            cherche: &synonym.searched.value,
        })
        .collect();
    match serde_json::to_string(&synonyms) {
        Ok(json) => put(output, SYNONYMS, Some(json + "\n"), faults),
        Err(error) => faults.push(Diagnostic::error_nowhere("service", error.to_string())),
    }
}

/// Every public page under its title, for readers without script.
fn from_a_to_z(renderer: &Renderer) -> Vec<Link> {
    let words = renderer.words();
    let mut links: Vec<Link> = sitemap::pages(renderer.site)
        .into_iter()
        .filter(|(_, address)| !is_elsewhere(address))
        .map(|(title, address)| link(words.fill(&capital(&title)), address))
        .collect();
    links.sort_by_cached_key(|link| without_accents(&link.label).to_lowercase());
    links
}

/// Each commune is found from the page of communes, and proofs from their questionnaire.
fn is_elsewhere(address: &str) -> bool {
    let commune = address
        .strip_prefix(commune::ADDRESS)
        .is_some_and(|rest| !rest.is_empty());
    commune || address.ends_with("/preuves/")
}

/// Adds the index of the pages already in `output`. Nothing without a search page.
pub fn index(output: &mut Output, faults: &mut Diagnostics) {
    if output.get("recherche/index.html").is_none() {
        return;
    }
    let texts: Vec<(String, String)> = output
        .files()
        .filter_map(|(path, bytes)| {
            let address = format!("/{}", path.strip_suffix("index.html")?);
            let html = std::str::from_utf8(bytes).ok()?;
            is_found(&address, html).then(|| (address, html.to_owned()))
        })
        .collect();
    let pages: Vec<Page> = texts
        .iter()
        .map(|(address, html)| Page { address, html })
        .collect();
    match search_index::build(&pages) {
        Ok(files) => {
            for (path, bytes) in files {
                put_file(output, &format!("{INDEX}{path}"), bytes, faults);
            }
        }
        Err(reason) => faults.push(Diagnostic::error_nowhere(
            "service",
            format!("L'index de recherche n'a pas pu être construit : {reason}."),
        )),
    }
}

/// Whether a search may find the page: it is public, and one reads it for itself.
fn is_found(address: &str, html: &str) -> bool {
    !address.starts_with("/.")
        && !PROOFS.iter().any(|part| address.contains(part))
        && !LISTS.contains(&address)
        && !html.contains("<meta name=\"robots\" content=\"noindex\">")
}

#[cfg(test)]
mod tests {
    use super::is_found;

    #[test]
    fn questions_proofs_and_hidden_pages_are_not_found() {
        assert!(is_found("/guides/charges/", "<html>"));
        for address in [
            "/guides/",
            "/diagnostics/charges/q/a/",
            "/diagnostics/charges/preuves/",
            "/.service/x/",
        ] {
            assert!(!is_found(address, "<html>"), "{address}");
        }
        assert!(!is_found("/a/", "<meta name=\"robots\" content=\"noindex\">"));
    }
}
