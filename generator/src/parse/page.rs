//! Pages: `content/pages/*.md`, and the home page `accueil.md` with keys of its own.

use super::directive::GUIDE;
use super::fields::Fields;
use super::guide::review;
use super::publication::{self, Reading};
use super::yaml::Node;
use super::{front_matter, markdown, slug_of};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Home, LinkCard, Page, Slug};
use crate::source::{Source, Sources};
use std::collections::BTreeMap;

/// Folder of the pages.
pub const PAGES: &str = "content/pages/";
/// The home page.
pub const HOME: &str = "content/pages/accueil.md";
/// Addresses that the generator or the form service answer themselves.
const TAKEN: [&str; 5] = ["assets", "saisine", "cdc", "contact", "index"];

/// Reads every page but the home page.
pub fn parse(
    sources: &Sources,
    reading: impl Into<Reading>,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, Page> {
    let reading = reading.into();
    let files = sources
        .under(PAGES)
        .filter(|source| source.path.ends_with(".md") && &*source.path != HOME);
    files
        .filter_map(|source| page(source, reading, faults))
        .map(|page| (page.slug.clone(), page))
        .collect()
}

/// Reads one page other than the home page; nothing when readers do not see it or it cannot be read.
pub fn page(source: &Source, reading: Reading, faults: &mut Diagnostics) -> Option<Page> {
    let slug = slug_of(source, PAGES, faults);
    let (head, body) = front_matter::read(source, faults)?;
    let mut fields = Fields::new(&head, faults);
    let title = fields.required("titre");
    let description = fields.required("description");
    let review = review(&mut fields, reading.today);
    let indexable = fields.flag("indexable", true);
    let aliases = publication::aliases(&mut fields);
    let shown = publication::shown(&mut fields, reading.today);
    let to_complete = fields.texts("a_completer");
    fields.finish();
    let body = markdown::parse(source, body, &[GUIDE], faults);
    let slug = slug.filter(|_| shown.is_taken(reading))?;
    if TAKEN.contains(&slug.as_str()) {
        let message = format!("L'adresse « /{slug}/ » est déjà prise par le service.");
        faults.push(
            Diagnostic::error("adresse-prise", source.span(0..0), message).hint("Renommez ce fichier."),
        );
    }
    let page = Page {
        slug,
        path: source.path.clone(),
        title,
        description,
        review,
        indexable,
        aliases,
        shown,
        to_complete,
        body,
    };
    let indexable = page.indexable && !page.is_error();
    Some(Page { indexable, ..page })
}

/// Reads the home page. A missing one is reported.
pub fn home(sources: &Sources, faults: &mut Diagnostics) -> Option<Home> {
    let Some(source) = sources.text(HOME) else {
        faults.push(
            Diagnostic::error_nowhere("fichier-manquant", format!("Le fichier « {HOME} » n'existe pas."))
                .hint("Créez-le : c'est la page d'accueil du site."),
        );
        return None;
    };
    let (head, body) = front_matter::read(source, faults)?;
    let mut fields = Fields::new(&head, faults);
    let title = fields.required("titre");
    let description = fields.required("description");
    let lead = fields.required("accroche");
    let [entries, motives, urgent, help] =
        ["entrees", "motifs", "urgences", "aide"].map(|key| fields.list(key));
    let commission = fields.texts("commission");
    let assurances = fields.texts("garanties");
    // The home page may say who answers for it; nothing is shown of it.
    for key in ["responsable", "revue_le", "prochaine_revue"] {
        fields.text(key);
    }
    fields.finish();
    let body = markdown::parse(source, body, &[GUIDE], faults);
    let [entries, motives, urgent, help] = [entries, motives, urgent, help].map(|nodes| cards(nodes, faults));
    Some(Home {
        path: source.path.clone(),
        title,
        description,
        lead,
        entries,
        motives,
        urgent,
        commission,
        help,
        assurances,
        body,
    })
}

pub(super) fn cards(nodes: &[Node], faults: &mut Diagnostics) -> Vec<LinkCard> {
    nodes.iter().map(|node| card(node, faults)).collect()
}

fn card(node: &Node, faults: &mut Diagnostics) -> LinkCard {
    let mut fields = Fields::new(node, faults);
    let card = LinkCard {
        title: fields.required("titre"),
        address: fields.required("adresse"),
        text: fields.text("texte").map(|text| text.value).unwrap_or_default(),
    };
    fields.finish();
    card
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "---\ntitre: T\ndescription: D\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2026-07-01\n---\n";

    #[test]
    fn error_pages_are_files_and_never_indexed() {
        let mut sources = Sources::default();
        sources.insert("content/pages/404.md", HEAD);
        sources.insert("content/pages/mentions-legales.md", HEAD);
        sources.insert("content/pages/saisine.md", HEAD);
        let mut faults = Diagnostics::default();
        let pages = parse(&sources, jiff::civil::Date::constant(2026, 11, 23), &mut faults);
        assert_eq!(
            (pages["404"].address().as_str(), pages["404"].indexable),
            ("/404.html", false)
        );
        assert_eq!(pages["mentions-legales"].address(), "/mentions-legales/");
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["adresse-prise"]);
    }

    #[test]
    fn the_home_page_has_its_own_keys() {
        let mut sources = Sources::default();
        sources.insert(HOME, "---\ntitre: T\ndescription: D\naccroche: A\nentrees:\n  - {titre: L, adresse: /guides/, texte: x}\nmotif: []\n---\n");
        let mut faults = Diagnostics::default();
        let home = home(&sources, &mut faults).expect("a home page");
        assert_eq!(home.entries[0].address.value, "/guides/");
        let faults = faults.sorted();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].hint.as_deref(), Some("Vouliez-vous dire « motifs » ?"));
    }
}
