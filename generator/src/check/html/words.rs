//! Links, pictures, tables, and elements that must not be there.

use super::page::{Attributes, Page, around, is_in, name, squeezed, start, words};
use scraper::ElementRef;

/// Words that say nothing out of their sentence.
const EMPTY: [&str; 8] = [
    "ici",
    "cliquez ici",
    "cliquer ici",
    "lien",
    "ce lien",
    "en savoir plus",
    "lire la suite",
    "suite",
];

/// 6.1, 6.2, 13.2: every link has words that say where it leads; a new window is announced.
pub(super) fn links(page: &Page, wrong: &mut Vec<String>) {
    for link in page.named(&["a"]).filter(|link| link.attribute("href").is_some()) {
        let label = page.label(link);
        let seen = words(link);
        let plain = label.trim_end_matches('.').to_lowercase();
        if label.is_empty() {
            wrong.push(format!(
                "le lien vers « {} » est vide",
                link.attribute("href").unwrap_or_default()
            ));
        } else if EMPTY.contains(&plain.as_str()) || plain.starts_with("http") {
            wrong.push(format!("le lien « {label} » ne dit pas où il mène"));
        }
        let title = link.attribute("title").map(squeezed);
        if title
            .as_ref()
            .is_some_and(|title| !title.to_lowercase().contains(&without_badge(&seen)))
        {
            wrong.push(format!("l'infobulle du lien « {seen} » ne reprend pas ses mots"));
        }
        let told = || {
            format!("{label} {}", title.clone().unwrap_or_default())
                .to_lowercase()
                .contains("nouvelle fenêtre")
        };
        if link.attribute("target") == Some("_blank") && !told() {
            wrong.push(format!("le lien « {label} » n'annonce pas sa nouvelle fenêtre"));
        }
    }
}

/// The name of the service carries a badge that its title need not repeat.
fn without_badge(text: &str) -> String {
    text.trim_end_matches("Bêta").trim().to_lowercase()
}

/// Formats that a browser does not show by itself.
const DOCUMENTS: [&str; 6] = [".pdf", ".odt", ".ods", ".docx", ".doc", ".csv"];

/// 13.3: the link to a document says its format and its weight.
pub(super) fn downloads(page: &Page, wrong: &mut Vec<String>) {
    for link in page.named(&["a"]) {
        let href = link.attribute("href").unwrap_or_default().to_lowercase();
        let ends = DOCUMENTS.iter().find(|end| href.ends_with(*end));
        let text = page.label(link).to_lowercase();
        let weighs = [" ko", " mo", " octets"].iter().any(|unit| text.contains(unit));
        if let Some(end) = ends.filter(|end| !text.contains(&end[1..]) || !weighs) {
            wrong.push(format!(
                "le lien vers un document {end} (« {text} ») ne dit pas son format et son poids"
            ));
        }
    }
}

/// Longest alternative of a picture, in characters: beyond, it is a description.
const LONG_ALTERNATIVE: usize = 150;

/// 1.1, 1.2, 1.3, 1.9: each picture is named or put aside, and its name says something.
pub(super) fn pictures(page: &Page, wrong: &mut Vec<String>) {
    for image in page.named(&["img"]) {
        let source = image.attribute("src").unwrap_or_default();
        let Some(alt) = image.attribute("alt") else {
            wrong.push(format!("l'image « {source} » n'a pas d'attribut alt"));
            continue;
        };
        let file = source.rsplit('/').next().unwrap_or_default();
        let lower = squeezed(alt).to_lowercase();
        let says_nothing = ["image de", "image d'", "photo de", "photo d'", "illustration de"]
            .iter()
            .any(|start| lower.starts_with(start));
        if alt.is_empty() && (image.attribute("title").is_some() || image.attribute("aria-label").is_some()) {
            wrong.push(format!(
                "l'image décorative « {source} » a un autre nom que son alt vide"
            ));
        } else if !alt.is_empty() && (says_nothing || alt == file || alt.chars().count() > LONG_ALTERNATIVE) {
            wrong.push(format!(
                "l'alternative « {} » n'est pas une alternative",
                start(alt)
            ));
        }
    }
    for drawing in page.named(&["svg"]) {
        let named = drawing.attribute("role") == Some("img") && !page.label(drawing).is_empty();
        let inside = is_in(drawing, &["svg"])
            || around(drawing).any(|parent| parent.attribute("aria-hidden") == Some("true"));
        if !inside && !named && drawing.attribute("aria-hidden") != Some("true") {
            wrong.push("un dessin (svg) n'est ni nommé ni mis à part".to_owned());
        }
    }
    for figure in page.named(&["figure"]) {
        let caption = figure
            .child_elements()
            .find(|child| name(*child) == "figcaption")
            .map(words);
        let holds_picture = figure
            .descendent_elements()
            .any(|element| matches!(name(element), "img" | "svg"));
        if holds_picture
            && caption.is_some_and(|caption| {
                !page.label(figure).contains(&caption) || figure.attribute("role").is_none()
            })
        {
            wrong.push("la légende d'une figure n'est pas reliée à son image".to_owned());
        }
    }
}

/// 5.1, 5.3 to 5.8: a table has a caption, headers with their scope, and no merged cell.
pub(super) fn tables(page: &Page, wrong: &mut Vec<String>) {
    for table in page.named(&["table"]) {
        let first = table.child_elements().next();
        let caption = first
            .filter(|first| name(*first) == "caption")
            .map(words)
            .unwrap_or_default();
        if caption.is_empty() || caption.to_lowercase().starts_with("tableau 1") {
            wrong.push("un tableau n'a pas de titre".to_owned());
        }
        if table
            .attribute("role")
            .is_some_and(|role| role == "presentation" || role == "none")
        {
            wrong.push("un tableau sert à mettre en page".to_owned());
        }
        let cells: Vec<_> = table
            .descendent_elements()
            .filter(|cell| matches!(name(*cell), "th" | "td"))
            .collect();
        let headers = cells.iter().filter(|cell| name(**cell) == "th");
        if headers.clone().count() == 0 {
            wrong.push(format!("le tableau « {} » n'a pas d'en-tête", start(&caption)));
        }
        for header in headers {
            if !matches!(header.attribute("scope"), Some("col" | "row")) {
                wrong.push(format!(
                    "l'en-tête « {} » ne dit pas ce qu'il couvre (scope)",
                    start(&words(*header))
                ));
            } else if words(*header).is_empty() {
                wrong.push(format!("un en-tête du tableau « {} » est vide", start(&caption)));
            }
        }
        if cells
            .iter()
            .any(|cell| cell.attribute("colspan").is_some() || cell.attribute("rowspan").is_some())
        {
            wrong.push(format!(
                "le tableau « {} » a des cellules fusionnées",
                start(&caption)
            ));
        }
    }
}

/// Elements that this site never has: they would open criteria that nobody checks.
const FORBIDDEN: [&str; 17] = [
    "iframe", "frame", "frameset", "object", "embed", "applet", "audio", "video", "track", "canvas",
    "marquee", "blink", "center", "font", "big", "u", "strike",
];

/// 1.4, 1.5, 2.1, 2.2, 4.1 to 4.13, 13.1, 13.7, 13.8: nothing that moves, plays, frames or leaves by itself.
pub(super) fn forbidden(page: &Page, wrong: &mut Vec<String>) {
    for element in page.named(&FORBIDDEN) {
        wrong.push(format!("elle contient un élément « {} »", name(element)));
    }
    let refresh = |meta: &ElementRef| {
        meta.attribute("http-equiv")
            .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
    };
    if page.named(&["meta"]).any(|meta| refresh(&meta)) {
        wrong.push("elle se recharge ou s'en va d'elle-même (meta refresh)".to_owned());
    }
    for (_, source) in page.with("src") {
        if source.contains("captcha") || source.ends_with(".gif") || source.ends_with(".apng") {
            wrong.push(format!("elle charge « {source} »"));
        }
    }
    for attribute in ["autoplay", "autofocus", "accesskey"] {
        for (element, _) in page.with(attribute) {
            wrong.push(format!(
                "un élément « {} » a l'attribut {attribute}",
                name(element)
            ));
        }
    }
}

/// Attributes that dress an element in place of the style sheet.
const DRESS: [&str; 9] = [
    "style",
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "valign",
    "color",
    "face",
];

/// 8.9, 10.1: the style sheet alone dresses the page; no element is there for its looks.
pub(super) fn presentation(page: &Page, wrong: &mut Vec<String>) {
    for attribute in DRESS {
        let found = page
            .with(attribute)
            .filter(|(element, _)| !is_in(*element, &["svg"]) && name(*element) != "svg");
        for (element, _) in found {
            wrong.push(format!(
                "un élément « {} » porte l'attribut {attribute}",
                name(element)
            ));
        }
    }
    for element in page.named(&["p", "b", "i", "li", "blockquote", "dd", "dt"]) {
        let empty = words(element).is_empty() && element.child_elements().next().is_none();
        let filled_later = element
            .value()
            .attrs()
            .any(|(key, _)| key.starts_with("data-") || key == "id" || key == "role" || key == "aria-live");
        if matches!(name(element), "b" | "i") || empty && !filled_later {
            wrong.push(format!(
                "un élément « {} » n'est là que pour l'apparence",
                name(element)
            ));
        }
    }
    for line in page.named(&["br"]) {
        let next = line
            .next_siblings()
            .find(|node| node.value().as_text().is_none_or(|text| !text.trim().is_empty()));
        if next
            .and_then(ElementRef::wrap)
            .is_some_and(|next| name(next) == "br")
        {
            wrong.push("des retours à la ligne font un espace".to_owned());
        }
    }
    if page.text.contains("\u{a0}\u{a0}") || page.text.contains("&nbsp;&nbsp;") {
        wrong.push("des espaces insécables font un retrait".to_owned());
    }
}

/// 13.5: no emoji, no smiley, no arrow in the place of a word.
pub(super) fn cryptic(page: &Page, wrong: &mut Vec<String>) {
    let is_sign = |c: char| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    for element in &page.elements {
        if element.attribute("aria-hidden") == Some("true")
            || around(*element).any(|parent| parent.attribute("aria-hidden") == Some("true"))
            || matches!(name(*element), "script" | "style")
        {
            continue;
        }
        let own: String = element
            .children()
            .filter_map(|child| child.value().as_text())
            .map(|text| &**text)
            .collect();
        if own.chars().any(is_sign)
            || own
                .split_whitespace()
                .any(|word| matches!(word, ":-)" | ":)" | ";-)" | ":-(" | ":(" | "^^"))
        {
            wrong.push(format!(
                "« {} » contient un signe que tout le monde ne lit pas",
                start(&squeezed(&own))
            ));
        }
    }
}
