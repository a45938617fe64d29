//! The list of guides, and the same list for one side, one subject or both: a page each, so that filtering is
//! following a link and needs no script.

use super::context::{FilterLink, GuideLine, GuidesContext};
use super::frame::PageSpec;
use super::guide::{audience, minutes};
use super::{Renderer, index};
use crate::diagnostic::Diagnostics;
use crate::parse::directive::without_accents;
use crate::site::{Audience, Guide, GuideTheme, Site};

/// Address of the whole list.
const ADDRESS: &str = "/guides/";
/// Guides without a motive.
const OTHERS: (&str, &str) = ("demarches", "La conciliation et les démarches");

/// What a list keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter<'a> {
    side: Option<Audience>,
    /// Id of a subject.
    theme: Option<&'a str>,
}

const SIDES: [Option<Audience>; 3] = [None, Some(Audience::Tenant), Some(Audience::Landlord)];

impl Filter<'_> {
    fn keeps(self, site: &Site, guide: &Guide) -> bool {
        let side = self
            .side
            .is_none_or(|side| guide.audience.is_empty() || guide.audience.contains(&side));
        side && self
            .theme
            .is_none_or(|theme| themes_of(site, guide).iter().any(|(id, _)| *id == theme))
    }

    /// Whether it keeps everything.
    fn is_whole(self) -> bool {
        self.side.is_none() && self.theme.is_none()
    }

    /// The address of the list.
    #[must_use]
    pub fn address(self) -> String {
        let side = match self.side {
            None => "",
            Some(Audience::Tenant) => "locataire/",
            Some(Audience::Landlord) => "bailleur/",
        };
        let theme = self.theme.map_or_else(String::new, |id| format!("sujet/{id}/"));
        format!("{ADDRESS}{side}{theme}")
    }
}

/// Every subject, in the order of the settings; the last one holds the guides without a motive.
fn themes(site: &Site) -> Vec<(&str, &str)> {
    let written = site.settings.themes.iter().map(named);
    written.chain([OTHERS]).collect()
}

fn named(theme: &GuideTheme) -> (&str, &str) {
    (&theme.id.value, &theme.title.value)
}

/// The subjects of one guide.
fn themes_of<'a>(site: &'a Site, guide: &Guide) -> Vec<(&'a str, &'a str)> {
    let is_about = |theme: &&GuideTheme| {
        let motives = &theme.motives;
        let mut of_guide = guide.motives.iter();
        of_guide.any(|motive| motives.iter().any(|known| known.value == motive.value))
    };
    let found: Vec<_> = site.settings.themes.iter().filter(is_about).map(named).collect();
    if found.is_empty() { vec![OTHERS] } else { found }
}

/// The whole list, and each narrower one that holds a guide.
#[must_use]
pub fn filters(site: &Site) -> Vec<Filter<'_>> {
    let all = themes(site);
    let every = SIDES.into_iter().flat_map(|side| {
        let kinds = std::iter::once(None).chain(all.iter().map(|(id, _)| Some(*id)));
        kinds.map(move |theme| Filter { side, theme }).collect::<Vec<_>>()
    });
    every
        .filter(|filter| filter.is_whole() || count(site, *filter) > 0)
        .collect()
}

/// The addresses of the lists that hold a guide.
#[must_use]
pub fn addresses(site: &Site) -> Vec<String> {
    let filters = filters(site).into_iter();
    filters
        .filter(|filter| count(site, *filter) > 0)
        .map(Filter::address)
        .collect()
}

fn count(site: &Site, filter: Filter) -> usize {
    site.guides
        .values()
        .filter(|guide| filter.keeps(site, guide))
        .count()
}

/// Renders a list.
pub(super) fn list(renderer: &Renderer, filter: Filter, faults: &mut Diagnostics) -> Option<String> {
    let site = renderer.site;
    let words = renderer.words();
    let mut guides: Vec<&Guide> = site
        .guides
        .values()
        .filter(|guide| filter.keeps(site, guide))
        .collect();
    guides.sort_by_cached_key(|guide| without_accents(&guide.title.value).to_lowercase());
    let all = themes(site);
    let theme = filter
        .theme
        .and_then(|id| all.iter().find(|(known, _)| *known == id));
    let page = index::guides_words(site);
    let side = match filter.side {
        None => "",
        Some(Audience::Tenant) => " pour le locataire",
        Some(Audience::Landlord) => " pour le bailleur",
    };
    let subject = theme.map_or_else(String::new, |(_, title)| format!(" : {title}"));
    let whole = filter.is_whole();
    let said = match guides.len() {
        0 => "Aucun guide".to_owned(),
        1 => "1 guide".to_owned(),
        many => format!("{many} guides"),
    };
    let context = GuidesContext {
        lead: words.fill(&page.lead),
        count: words.fill(&format!("{said}{side}{subject}")),
        sides: SIDES
            .iter()
            .map(|side| {
                filter_link(
                    renderer,
                    side_label(*side),
                    Filter {
                        side: *side,
                        ..filter
                    },
                    filter,
                )
            })
            .collect(),
        themes: std::iter::once((None, "Tous les sujets"))
            .chain(all.iter().map(|(id, title)| (Some(*id), *title)))
            .map(|(theme, title)| filter_link(renderer, title, Filter { theme, ..filter }, filter))
            .collect(),
        guides: guides.into_iter().map(|guide| line(renderer, guide)).collect(),
    };
    let heading = if whole {
        page.title.clone()
    } else {
        format!("{}{side}{subject}", page.title)
    };
    let spec = PageSpec {
        description: if whole {
            page.description
        } else {
            format!("{heading}. {}", page.description)
                .chars()
                .take(160)
                .collect()
        },
        heading,
        path: filter.address(),
        parents: if whole {
            Vec::new()
        } else {
            vec![(page.title, ADDRESS.to_owned())]
        },
        // The whole list says it all to engines.
        indexable: whole,
        ..PageSpec::default()
    };
    renderer.page("guides.html", spec, "guides", &context, faults)
}

fn side_label(side: Option<Audience>) -> &'static str {
    match side {
        None => "Locataire et bailleur",
        Some(Audience::Tenant) => "Locataire",
        Some(Audience::Landlord) => "Bailleur",
    }
}

fn filter_link(renderer: &Renderer, label: &str, to: Filter, current: Filter) -> FilterLink {
    let count = count(renderer.site, to);
    FilterLink {
        label: renderer.words().fill(label),
        href: if count > 0 { to.address() } else { String::new() },
        count,
        current: to == current,
    }
}

fn line(renderer: &Renderer, guide: &Guide) -> GuideLine {
    let words = renderer.words();
    let mut tags: Vec<String> = guide
        .audience
        .iter()
        .map(|side| audience(*side).to_owned())
        .collect();
    let themes = themes_of(renderer.site, guide);
    tags.extend(themes.into_iter().map(|(_, title)| words.fill(title)));
    GuideLine {
        title: words.fill(&guide.title.value),
        href: guide.address(),
        text: words.fill(&guide.description.value),
        tags,
        minutes: minutes(guide.words),
        reviewed: guide.review.reviewed.value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::source::Sources;
    use jiff::civil::Date;

    fn site() -> Site {
        let mut sources = Sources::default();
        sources.insert(
            parse::settings::SETTINGS,
            "titre: T\npromesse: P\nadresse: https://exemple.fr\nthemes:\n  - {id: edl, titre: État des lieux, motifs: [EDL-E, EDL-S]}\n",
        );
        for (name, keys) in [
            ("a", "public: locataire\nmotif: EDL-S\n"),
            ("b", "public: [locataire, bailleur]\n"),
        ] {
            sources.insert(
                &format!("content/guides/{name}.md"),
                &format!("---\ntitre: {name}\ndescription: D\nreponse: R\n{keys}responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n---\n"),
            );
        }
        parse::parse(&sources, Date::constant(2026, 11, 23)).0
    }

    #[test]
    fn a_list_keeps_what_its_side_and_subject_say() {
        let site = site();
        let counted = |side, theme| count(&site, Filter { side, theme });
        assert_eq!(counted(None, None), 2);
        assert_eq!(counted(Some(Audience::Landlord), None), 1);
        assert_eq!(counted(None, Some("edl")), 1);
        assert_eq!(counted(Some(Audience::Landlord), Some("edl")), 0);
        assert_eq!(counted(None, Some(OTHERS.0)), 1);
    }

    #[test]
    fn a_list_without_guide_has_no_page() {
        let addresses = addresses(&site());
        assert!(
            addresses.contains(&"/guides/locataire/sujet/edl/".to_owned()),
            "{addresses:?}"
        );
        assert!(
            !addresses.contains(&"/guides/bailleur/sujet/edl/".to_owned()),
            "{addresses:?}"
        );
    }
}
