//! What every page shares, and what is proper to one.

use super::accessibility;
use super::context::{Frame, Link, PageFrame, SiteFrame};
use super::words::Words;
use crate::assets::Assets;
use crate::site::{Brand, MenuLink, Site};

/// What a page says of itself; the frame is made of it.
#[derive(Debug, Clone, Default)]
pub struct PageSpec {
    /// The only `h1`, and first words of the `<title>`.
    pub heading: String,
    /// Words of the `<title>` before the name of the site, when the heading does not do.
    pub title: Option<String>,
    /// Meta description.
    pub description: String,
    /// Address on the site.
    pub path: String,
    /// Labels and addresses from below the home page to the parent.
    pub parents: Vec<(String, String)>,
    /// Whether search engines may index it.
    pub indexable: bool,
    /// Fingerprinted module scripts of this page alone.
    pub scripts: Vec<String>,
    /// For the preview: why readers do not see this page; empty when they do.
    pub notice: String,
}

/// Makes the frame of every page of a site.
#[derive(Debug, Clone)]
pub struct Frames {
    site: SiteFrame,
}

impl Frames {
    /// The frame of a site, no page being current.
    #[must_use]
    pub fn new(site: &Site, assets: &Assets, words: Words) -> Self {
        let settings = &site.settings;
        let links = |menu: &[MenuLink]| menu.iter().map(|link| menu_link(link, words)).collect();
        Self {
            site: SiteFrame {
                title: words.fill(&settings.title.value),
                tagline: words.fill(&settings.promise.value),
                brand: match settings.brand {
                    Brand::State => "etat".to_owned(),
                    Brand::Neutral => "neutre".to_owned(),
                },
                brand_lines: settings.brand_lines.iter().map(|line| words.fill(line)).collect(),
                referral: site.referral_mode().to_owned(),
                beta: settings.beta,
                base_url: settings.base_url.value.clone(),
                menu: links(&settings.menu),
                shortcuts: links(&settings.shortcuts),
                footer_text: words.fill(&settings.footer_text),
                footer_official: links(&settings.footer_official),
                footer_links: computed(links(&settings.footer_links), site, words),
                styles: assets.styles.clone(),
                print_style: assets.print_style.clone(),
                scripts: assets.scripts.clone(),
                scheme_script: assets.scheme_script.clone(),
                fonts: assets.fonts.clone(),
                favicons: assets.favicons.clone(),
            },
        }
    }

    /// The frame of one page: its section is current in the menu.
    #[must_use]
    pub fn page(&self, spec: PageSpec, words: Words) -> Frame {
        let mut site = self.site.clone();
        for link in &mut site.menu {
            link.current = link.href == spec.path || link.href != "/" && spec.path.starts_with(&link.href);
        }
        let heading = words.fill(&spec.heading);
        let home = spec.path == "/";
        let mut titles = vec![
            spec.title
                .map_or_else(|| heading.clone(), |title| words.fill(&title)),
        ];
        titles.extend(spec.parents.last().map(|(label, _)| words.fill(label)));
        titles.push(site.title.clone());
        let mut breadcrumb = Vec::new();
        if !home {
            breadcrumb.push(link("Accueil".to_owned(), "/".to_owned()));
            breadcrumb.extend(
                spec.parents
                    .into_iter()
                    .map(|(label, href)| link(words.fill(&label), href)),
            );
        }
        let page = PageFrame {
            title: titles.join(" – "),
            heading,
            description: words.fill(&spec.description),
            canonical: format!("{}{}", site.base_url, spec.path),
            path: spec.path,
            breadcrumb,
            indexable: spec.indexable,
            scripts: spec.scripts,
            notice: spec.notice,
        };
        Frame { site, page }
    }
}

/// The link to the declaration says the state that was computed, whatever its label.
fn computed(mut links: Vec<Link>, site: &Site, words: Words) -> Vec<Link> {
    for link in links
        .iter_mut()
        .filter(|link| link.href == accessibility::ADDRESS)
    {
        link.label = words.fill(&accessibility::mention(site.audit.as_ref(), site.today));
    }
    links
}

fn menu_link(menu: &MenuLink, words: Words) -> Link {
    link(words.fill(&menu.title.value), menu.address.value.clone())
}

/// A link that is not the current page.
#[must_use]
pub fn link(label: String, href: String) -> Link {
    Link {
        label,
        href,
        current: false,
    }
}
