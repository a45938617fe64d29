//! The « plan du site » for people, `sitemap.xml` and `robots.txt` for engines.

use super::Renderer;
use super::context::{Link, LinkGroup, SitemapContext};
use super::frame::{PageSpec, link};
use super::words::escape;
use crate::diagnostic::Diagnostics;
use crate::parse::directive::without_accents;
use crate::site::Site;
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt::Write;

/// Slug of the « plan du site »: a page of this name gives its words.
pub const SLUG: &str = "plan-du-site";

/// A public page: title, address, day of its last review, whether engines may index it.
struct Entry<'a> {
    title: Cow<'a, str>,
    address: String,
    reviewed: Option<Date>,
    indexable: bool,
}

fn entry<'a>(title: impl Into<Cow<'a, str>>, address: &str, reviewed: Option<Date>) -> Entry<'a> {
    Entry {
        title: title.into(),
        address: address.to_owned(),
        reviewed,
        indexable: true,
    }
}

/// The public pages, section by section.
fn sections(site: &Site) -> Vec<(&'static str, Vec<Entry<'_>>)> {
    let mut main = vec![entry("Accueil", "/", None)];
    main.extend(
        site.pages
            .values()
            .filter(|page| !page.is_error() && !is_generated(page.slug.as_str()))
            .map(|page| Entry {
                indexable: page.indexable,
                ..entry(
                    page.title.value.as_str(),
                    &page.address(),
                    Some(page.review.reviewed.value),
                )
            }),
    );
    main.push(entry("Plan du site", "/plan-du-site/", None));
    let mut guides = vec![entry("Tous les guides", "/guides/", None)];
    guides.extend(site.guides.values().map(|guide| {
        entry(
            guide.title.value.as_str(),
            &guide.address(),
            Some(guide.review.reviewed.value),
        )
    }));
    let mut trees = vec![entry("Tous les diagnostics", "/diagnostics/", None)];
    trees.extend(site.trees.values().map(|tree| {
        entry(
            tree.start.title.value.as_str(),
            &tree.address(),
            Some(tree.start.review.reviewed.value),
        )
    }));
    trees.extend(site.trees.values().map(|tree| {
        entry(
            format!("{} : fiche de preuve", tree.start.title.value),
            &super::proof::sheet_address(&tree.slug),
            Some(tree.start.review.reviewed.value),
        )
    }));
    if !site.trees.is_empty() {
        let title = super::conformance::TITLE;
        trees.push(entry(title, super::conformance::ADDRESS, None));
    }
    let mut letters = vec![entry("Tous les courriers", "/courriers/", None)];
    letters.extend(site.letters.values().map(|letter| {
        entry(
            letter.title.value.as_str(),
            &letter.address(),
            Some(letter.review.reviewed.value),
        )
    }));
    if site.pages.contains_key(super::search::SLUG) {
        main.push(entry("Recherche", super::search::ADDRESS, None));
    }
    if let Some(page) = site.pages.get(super::footprint::SLUG) {
        let reviewed = Some(page.review.reviewed.value);
        main.push(entry(page.title.value.as_str(), &page.address(), reviewed));
    }
    if !site.faq.is_empty() {
        main.push(entry("Questions fréquentes", crate::parse::faq::ADDRESS, None));
    }
    let mut sections = vec![
        ("Le service", main),
        ("Guides", guides),
        ("Diagnostics", trees),
        ("Courriers", letters),
    ];
    let communes = super::commune::all(site);
    if !communes.is_empty() {
        let mut entries = vec![entry("Votre commune", super::commune::ADDRESS, None)];
        let pages = communes
            .into_iter()
            .map(|commune| entry(commune.name.as_str(), &super::commune::address(commune), None));
        entries.extend(pages);
        sections.push(("Communes", entries));
    }
    if !site.terms.is_empty() {
        let mut terms = vec![entry("Tout le glossaire", super::glossary::ADDRESS, None)];
        terms.extend(site.terms.values().map(|term| {
            let reviewed = Some(term.review.reviewed.value);
            entry(term.name.value.as_str(), &term.address(), reviewed)
        }));
        sections.push(("Glossaire", terms));
    }
    for (_, entries) in &mut sections {
        // The first entry leads to the section itself.
        entries[1..].sort_by_cached_key(|entry| without_accents(&entry.title));
    }
    sections
}

/// Title and address of every public page.
#[must_use]
pub fn pages(site: &Site) -> Vec<(String, String)> {
    sections(site)
        .into_iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| (entry.title.into_owned(), entry.address))
        .collect()
}

/// Address of `security.txt`.
pub const SECURITY: &str = "/.well-known/security.txt";
/// Days after which whoever reads it should ask for a newer one; each build writes it again.
const SECURITY_DAYS: i64 = 180;

/// `security.txt` (RFC 9116): whom to tell of a vulnerability. Nothing without a contact in the settings.
#[must_use]
pub fn security(site: &Site) -> Option<String> {
    let contact = &site.settings.security_contact.as_ref()?.value;
    let base = &site.settings.base_url.value;
    let expires = site
        .today
        .checked_add(jiff::Span::new().days(SECURITY_DAYS))
        .ok()?;
    Some(format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: fr, en\nCanonical: {base}{SECURITY}\n"
    ))
}

/// Whether the generator makes the page and takes only its words from the file.
#[must_use]
pub fn is_generated(slug: &str) -> bool {
    [
        SLUG,
        super::glossary::SLUG,
        super::faq::SLUG,
        super::commune::SLUG,
        super::search::SLUG,
        super::footprint::SLUG,
    ]
    .contains(&slug)
        || super::index::LISTS.contains(&slug)
}

/// Renders the « plan du site ».
pub fn render(renderer: &Renderer, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let groups = sections(renderer.site)
        .into_iter()
        .map(|(title, entries)| LinkGroup {
            title: title.to_owned(),
            links: entries
                .into_iter()
                .map(|entry| -> Link { link(words.fill(&entry.title), entry.address) })
                .collect(),
        });
    let context = SitemapContext {
        groups: groups.collect(),
    };
    let page = renderer.site.pages.get(SLUG);
    let spec = PageSpec {
        heading: page.map_or("Plan du site", |page| &page.title.value).to_owned(),
        description: page
            .map_or("Toutes les pages du site, rubrique par rubrique.", |page| {
                &page.description.value
            })
            .to_owned(),
        path: format!("/{SLUG}/"),
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("sitemap.html", spec, "sitemap", &context, faults)
}

/// The results of questionnaires: found by engines, too many for the « plan du site ».
fn results(site: &Site) -> Vec<Entry<'_>> {
    let trees = site.trees.values();
    trees
        .flat_map(|tree| {
            let reviewed = Some(tree.start.review.reviewed.value);
            let addresses = super::tree::outcome_addresses(tree).into_iter();
            addresses.map(move |address| entry("", &address, reviewed))
        })
        .collect()
}

/// `sitemap.xml`: the pages that engines may index.
#[must_use]
pub fn xml(site: &Site) -> String {
    let base = &site.settings.base_url.value;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = sections(site).into_iter().flat_map(|(_, entries)| entries);
    for entry in pages.chain(results(site)).filter(|entry| entry.indexable) {
        let day = entry
            .reviewed
            .map(|day| format!("<lastmod>{day}</lastmod>"))
            .unwrap_or_default();
        // Writing into a string cannot fail.
        let _ = writeln!(
            xml,
            "<url><loc>{}</loc>{day}</url>",
            escape(&format!("{base}{}", entry.address))
        );
    }
    xml.push_str("</urlset>\n");
    xml
}

/// `robots.txt`: engines stay out of what belongs to one person.
#[must_use]
pub fn robots(site: &Site) -> String {
    let base = &site.settings.base_url.value;
    format!("User-agent: *\nDisallow: /saisine/\nDisallow: /cdc/\n\nSitemap: {base}/sitemap.xml\n")
}
