//! The parts of the site that are rendered by themselves: on every core in a build, one alone when the preview is
//! asked for it.

use super::guides::{self, Filter};
use super::{
    Renderer, accessibility, commune, conformance, faq, feeds, glossary, guide, home, index, letter, page,
    proof, put, search, sitemap, tree,
};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::tree::TreeFiles;
use crate::site::{Guide, Home, Page, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A part that needs no other one.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// The home page.
    Home(&'a Home),
    /// A guide.
    Guide(&'a Guide),
    /// A page.
    Page(&'a Page),
    /// A list of guides.
    Guides(Filter<'a>),
    /// The list of the questionnaires.
    Diagnostics,
    /// The list of the letters.
    Letters,
    /// The pages of a questionnaire.
    Tree(&'a TreeFiles),
    /// What was proved of a questionnaire.
    Proof(&'a TreeFiles),
    /// The communes.
    Communes,
    /// The frequent questions.
    Faq,
    /// The search page.
    Search,
    /// The « plan du site », and what engines read.
    Sitemap,
}

/// What a part gave.
#[derive(Default)]
struct Rendered<'a> {
    output: Output,
    faults: Diagnostics,
    /// Name of a questionnaire and address of its JSON.
    data: Option<(&'a str, String)>,
}

/// The parts of a site, in a fixed order.
#[must_use]
pub fn parts(site: &Site) -> Vec<Part<'_>> {
    let pages = site
        .pages
        .values()
        .filter(|page| !sitemap::is_generated(page.slug.as_str()));
    let trees = site.trees.values();
    // The long ones first, so that no core waits for the last.
    trees
        .clone()
        .map(Part::Tree)
        .chain(trees.map(Part::Proof))
        .chain(guides::filters(site).into_iter().map(Part::Guides))
        .chain([
            Part::Sitemap,
            Part::Search,
            Part::Communes,
            Part::Faq,
            Part::Diagnostics,
            Part::Letters,
        ])
        .chain(site.home.iter().map(Part::Home))
        .chain(pages.map(Part::Page))
        .chain(site.guides.values().map(Part::Guide))
        .collect()
}

/// Renders every part on every core, then what stands on them: letters and the comparison of engines call for the
/// data of questionnaires, a term of the glossary for the pages that use it.
pub fn render_all(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    let parts = parts(renderer.site);
    let rendered: Vec<Rendered> = parts.par_iter().map(|part| part.rendered(renderer)).collect();
    let mut data = BTreeMap::new();
    for one in rendered {
        faults.extend(one.faults);
        data.extend(one.data);
        for (path, bytes) in one.output.into_files() {
            super::put_file(output, &path, bytes, faults);
        }
    }
    letter::render_all(renderer, &data, output, faults);
    let html = conformance::render(renderer, &data, output, faults);
    put(output, conformance::ADDRESS, html, faults);
    glossary::render_all(renderer, output, faults);
}

impl<'a> Part<'a> {
    /// Renders this part alone.
    #[must_use]
    pub fn render(self, renderer: &Renderer<'a>) -> Output {
        self.rendered(renderer).output
    }

    fn rendered(self, renderer: &Renderer<'a>) -> Rendered<'a> {
        let mut rendered = Rendered::default();
        let Rendered { output, faults, data } = &mut rendered;
        match self {
            Part::Home(home) => {
                let html = home::render(renderer, home, faults);
                put(output, "/", html, faults);
            }
            Part::Guide(guide) => {
                let html = guide::render(renderer, guide, faults);
                put(output, &guide.address(), html, faults);
            }
            Part::Page(page) => {
                let html = plain_page(renderer, page, faults);
                put(output, &page.address(), html, faults);
            }
            Part::Guides(filter) => {
                let html = guides::list(renderer, filter, faults);
                put(output, &filter.address(), html, faults);
            }
            Part::Diagnostics => {
                let html = index::diagnostics(renderer, faults);
                put(output, "/diagnostics/", html, faults);
            }
            Part::Letters => {
                let html = index::letters(renderer, faults);
                put(output, "/courriers/", html, faults);
            }
            Part::Tree(files) => {
                *data = tree::render(renderer, files, output, faults)
                    .map(|address| (files.slug.as_str(), address));
            }
            Part::Proof(files) => proof::render(renderer, files, output, faults),
            Part::Communes => commune::render_all(renderer, output, faults),
            Part::Faq => faq::render(renderer, output, faults),
            Part::Search => search::render(renderer, output, faults),
            Part::Sitemap => engines(renderer, output, faults),
        }
        rendered
    }

    /// The part that renders the file at this path, when its path tells; nothing for what stands on other parts.
    #[must_use]
    pub fn of(site: &'a Site, path: &str) -> Option<Self> {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let parts: Vec<&str> = address.trim_end_matches('/').split('/').collect();
        match parts.as_slice() {
            [""] => site.home.as_ref().map(Part::Home),
            ["guides", slug] if site.guides.contains_key(*slug) => site.guides.get(*slug).map(Part::Guide),
            ["guides", ..] => guides::filters(site)
                .into_iter()
                .find(|filter| filter.address().trim_start_matches('/') == address)
                .map(Part::Guides),
            ["diagnostics"] => Some(Part::Diagnostics),
            ["courriers"] => Some(Part::Letters),
            ["diagnostics", slug, "preuves" | "plan"] => site.trees.get(*slug).map(Part::Proof),
            ["diagnostics", slug, ..] => site.trees.get(*slug).map(Part::Tree),
            ["communes", ..] => Some(Part::Communes),
            ["questions-frequentes"] => Some(Part::Faq),
            ["recherche"] => Some(Part::Search),
            ["plan-du-site" | "sitemap.xml" | "robots.txt" | "nouveautes.xml"] => Some(Part::Sitemap),
            [name] => {
                let slug = name.strip_suffix(".html").unwrap_or(name);
                let page = site.pages.get(slug)?;
                (!sitemap::is_generated(slug)).then_some(Part::Page(page))
            }
            _ => None,
        }
    }
}

fn plain_page(renderer: &Renderer, page: &Page, faults: &mut Diagnostics) -> Option<String> {
    match &renderer.site.audit {
        Some(audit) if page.slug.as_str() == accessibility::SLUG => {
            accessibility::render(renderer, page, audit, faults)
        }
        _ => page::render(renderer, page, faults),
    }
}

fn engines(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    let site = renderer.site;
    let html = sitemap::render(renderer, faults);
    put(output, "/plan-du-site/", html, faults);
    put(output, "/sitemap.xml", Some(sitemap::xml(site)), faults);
    put(output, "/robots.txt", Some(sitemap::robots(site)), faults);
    put(output, sitemap::SECURITY, sitemap::security(site), faults);
    let feed = feeds::atom(site, renderer.words());
    put(output, feeds::ADDRESS, Some(feed), faults);
}
