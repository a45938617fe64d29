//! Every address of the site and the anchors of its page.

use crate::body::Body;
use crate::nearest::nearest;
use crate::parse::faq;
use crate::render::{commune, guides};
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};

/// Addresses that links may lead to.
#[derive(Debug, Default)]
pub struct Addresses {
    /// Anchors by address. `None`: the page is made elsewhere and its anchors are not known here.
    pages: BTreeMap<String, Option<BTreeSet<String>>>,
}

/// What is wrong with a link.
#[derive(Debug, PartialEq, Eq)]
pub enum Dead {
    /// No page; the nearest address.
    Page(Option<String>),
    /// The page has no such anchor; the nearest one.
    Anchor(Option<String>),
}

impl Addresses {
    /// The addresses of a site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut pages = BTreeMap::new();
        for fixed in [
            "/",
            "/guides/",
            "/diagnostics/",
            "/courriers/",
            "/plan-du-site/",
            "/saisine",
            "/contact",
            "/nouveautes.xml",
            "/sitemap.xml",
        ] {
            pages.insert(fixed.to_owned(), None);
        }
        for guide in site.guides.values() {
            pages.insert(
                guide.address(),
                Some(anchors(
                    &guide.body,
                    &["sources", "sommaire", "et-maintenant", "voir-aussi"],
                )),
            );
        }
        for page in site.pages.values() {
            pages
                .entry(page.address())
                .or_insert_with(|| Some(anchors(&page.body, &[])));
        }
        for list in guides::addresses(site) {
            pages.insert(list, None);
        }
        for commune in commune::all(site) {
            pages.insert(commune::ADDRESS.to_owned(), None);
            pages.insert(commune::address(commune), None);
        }
        for term in site.terms.values() {
            pages.insert("/glossaire/".to_owned(), None);
            pages.insert(term.address(), Some(anchors(&term.body, &["sources", "emplois"])));
        }
        for theme in &site.faq {
            let own = format!("theme-{}", theme.slug);
            let found = pages
                .entry(faq::ADDRESS.to_owned())
                .or_insert_with(|| Some(BTreeSet::new()));
            if let Some(known) = found {
                known.extend(anchors(&theme.body, &[&own]));
            }
        }
        for letter in site.letters.values() {
            pages.insert(letter.address(), None);
        }
        for tree in site.trees.values() {
            pages.insert(tree.address(), None);
            for outcome in tree.outcomes.keys() {
                for side in ["", "-bailleur"] {
                    pages.insert(format!("{}resultat/{outcome}{side}/", tree.address()), None);
                }
            }
        }
        Self { pages }
    }

    /// Whether an internal address (`/guides/x/#y`, or `#y` on the page `from`) leads somewhere.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn find(&self, address: &str, from: &str) -> Result<(), Dead> {
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default();
        let path = if path.is_empty() { from } else { path };
        let Some(anchors) = self.pages.get(path) else {
            return Err(Dead::Page(self.nearest(path)));
        };
        match anchors {
            Some(anchors) if !anchor.is_empty() && !anchors.contains(anchor) => {
                let near = nearest(anchor, anchors.iter().map(String::as_str));
                Err(Dead::Anchor(near.map(ToOwned::to_owned)))
            }
            _ => Ok(()),
        }
    }

    /// The address that the author most likely meant: a final `/` is forgotten, a letter is wrong.
    fn nearest(&self, path: &str) -> Option<String> {
        let with_slash = format!("{}/", path.trim_end_matches('/'));
        if self.pages.contains_key(&with_slash) {
            return Some(with_slash);
        }
        nearest(path, self.pages.keys().map(String::as_str)).map(ToOwned::to_owned)
    }
}

fn anchors(body: &Body, layout: &[&str]) -> BTreeSet<String> {
    let headings = body.headings().into_iter().map(|heading| heading.id);
    headings.chain(layout.iter().map(|&id| id.to_owned())).collect()
}
