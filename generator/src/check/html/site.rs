//! Rules on the pages taken together: links between them, what they share, what must differ.

use super::summary::Summary;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use std::collections::BTreeMap;
use std::sync::Arc;

type Pages<'a> = BTreeMap<&'a str, Arc<Summary>>;

/// Addresses that the form service answers.
const SERVICE: [&str; 3] = ["/saisine", "/cdc/", "/contact"];
/// The map of the site.
const SITEMAP: &str = "plan-du-site/index.html";

pub(super) fn check(pages: &Pages, output: &Output) -> Diagnostics {
    let mut faults = Diagnostics::default();
    dead_links(pages, output, &mut faults);
    same_titles(pages, &mut faults);
    navigation(pages, &mut faults);
    sitemap(pages, &mut faults);
    same_fields(pages, &mut faults);
    faults
}

fn tell(rule: &'static str, message: String, hint: &str, faults: &mut Diagnostics) {
    faults.push(Diagnostic::error_nowhere(rule, message).hint(hint));
}

fn dead_links(pages: &Pages, output: &Output, faults: &mut Diagnostics) {
    for (path, page) in pages {
        for message in page
            .links
            .iter()
            .filter_map(|link| dead(link, path, pages, output))
        {
            tell(
                "page-lien-mort",
                message,
                "Corrigez le lien dans le thème ou dans le texte.",
                faults,
            );
        }
    }
}

/// What is wrong with a link of the page at `path`.
fn dead(link: &str, path: &str, pages: &Pages, output: &Output) -> Option<String> {
    let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    let target = match address {
        "" => path.to_owned(),
        address if address.ends_with('/') => format!("{}index.html", address.trim_start_matches('/')),
        address => address.trim_start_matches('/').to_owned(),
    };
    if SERVICE.iter().any(|start| address.starts_with(start)) {
        return None;
    }
    match pages.get(target.as_str()) {
        Some(page) if is_plain_anchor(anchor) && !page.ids.contains(anchor) => Some(format!(
            "Page « {path} » : le lien « {link} » vise une ancre qui n'existe pas."
        )),
        Some(_) => None,
        None if output.get(&target).is_some() => None,
        None => Some(format!(
            "Page « {path} » : le lien « {link} » ne mène à aucune page."
        )),
    }
}

/// Fragments with `=` carry answers of a questionnaire, not a place in the page.
fn is_plain_anchor(anchor: &str) -> bool {
    !anchor.is_empty() && !anchor.contains('=')
}

/// 8.6: a page that search engines may show has a title of its own.
fn same_titles(pages: &Pages, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, page) in pages.iter().filter(|(_, page)| !page.hidden) {
        if let Some(first) = seen.insert(&page.title, path) {
            let message = format!(
                "Les pages « {first} » et « {path} » ont le même titre : « {} ».",
                page.title
            );
            tell(
                "page-titre-unique",
                message,
                "Changez le titre de l'une des deux.",
                faults,
            );
        }
    }
}

/// 12.1, 12.2, 12.4, 12.5: the same header and the same footer everywhere, with the menu and the map of the site.
fn navigation(pages: &Pages, faults: &mut Diagnostics) {
    let Some(model) = pages.get("index.html").or_else(|| pages.values().next()) else {
        return;
    };
    for (path, page) in pages {
        for (zone, name) in ["l'en-tête", "le pied de page"].into_iter().enumerate() {
            if page.frame[zone] != model.frame[zone] {
                let message = format!("Page « {path} » : {name} n'est pas celui des autres pages.");
                tell(
                    "page-navigation",
                    message,
                    "Le menu et le pied de page sont les mêmes partout.",
                    faults,
                );
            }
        }
    }
    let lacks = |zone: usize, part: &str| !model.frame[zone].is_empty() && !model.frame[zone].contains(part);
    for (zone, part, what) in [
        (0, "id=\"navigation\"", "le menu"),
        (1, "href=\"/plan-du-site/\"", "le lien vers le plan du site"),
    ] {
        if pages.contains_key(SITEMAP) && lacks(zone, part) {
            tell(
                "page-navigation",
                format!("Les pages n'ont pas {what}."),
                "Remettez-le dans le thème.",
                faults,
            );
        }
    }
}

/// Results of a questionnaire: they mean something with answers, and stand below the questionnaire in the map.
const RESULTS: &str = "resultat/";

/// 12.3: the map lists once each page that search engines may show; of a result, the questionnaire.
fn sitemap(pages: &Pages, faults: &mut Diagnostics) {
    let Some(map) = pages.get(SITEMAP) else { return };
    let listed = |address: &str| map.content.iter().filter(|link| *link == address).count();
    let public = pages
        .iter()
        .filter(|(path, page)| !page.hidden && **path != SITEMAP && path.ends_with("index.html"));
    for (path, _) in public {
        let address = format!("/{}", path.trim_end_matches("index.html"));
        let above = address
            .split_once(RESULTS)
            .map_or(address.as_str(), |(above, _)| above);
        let count = listed(above);
        if count != 1 {
            let message = format!("Le plan du site cite {count} fois la page « {above} ».");
            tell(
                "page-plan",
                message,
                "Chaque page publique y figure une fois.",
                faults,
            );
        }
    }
}

/// 11.3: the same personal datum is asked with the same words everywhere.
pub(super) fn same_fields(pages: &Pages, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (path, page) in pages {
        for (token, label) in &page.fields {
            let (first, words) = *seen.entry(token).or_insert((path, label));
            if plain(words) != plain(label) {
                let message = format!(
                    "La même donnée ({token}) s'appelle « {words} » dans « {first} » et « {label} » dans « {path} »."
                );
                tell(
                    "page-meme-champ",
                    message,
                    "Prenez la même étiquette partout.",
                    faults,
                );
            }
        }
    }
}

/// A label without the words that say whether it must be filled, or how.
fn plain(label: &str) -> &str {
    label.split('(').next().unwrap_or_default().trim()
}
