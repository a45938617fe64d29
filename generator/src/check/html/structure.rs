//! Language, headings, landmarks, skip links, lists and quotations.

use super::page::{Attributes, Page, around, is_in, name, squeezed, start, words};
use scraper::ElementRef;

/// Languages that the site is written in.
const LANGUAGES: [&str; 1] = ["fr"];

/// 8.1: the first bytes say that it is HTML.
pub(super) fn doctype(page: &Page, wrong: &mut Vec<String>) {
    let first = page.text.trim_start_matches('\u{feff}').get(..15);
    if !first.is_some_and(|text| text.eq_ignore_ascii_case("<!doctype html>")) {
        wrong.push("elle ne commence pas par « <!DOCTYPE html> »".to_owned());
    }
}

/// 8.3, 8.4, 8.8: the language of the page, and codes that exist.
pub(super) fn language(page: &Page, wrong: &mut Vec<String>) {
    let own = page
        .named(&["html"])
        .next()
        .and_then(|html| html.attribute("lang"));
    if !own.is_some_and(|code| LANGUAGES.contains(&code)) {
        wrong.push(format!("sa langue est « {} »", own.unwrap_or_default()));
    }
    for attribute in ["lang", "hreflang"] {
        for (_, code) in page.with(attribute).filter(|(_, code)| !is_language(code)) {
            wrong.push(format!("« {code} » n'est pas un code de langue"));
        }
    }
}

/// A primary language of two or three letters, then parts of at most eight letters or digits (BCP 47).
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// 8.10: no text that is read from right to left without its direction.
pub(super) fn direction(page: &Page, wrong: &mut Vec<String>) {
    let is_rtl =
        |c: char| matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    for element in &page.elements {
        let own = element.children().filter_map(|child| child.value().as_text());
        let marked = || {
            element.attribute("dir") == Some("rtl")
                || around(*element).any(|parent| parent.attribute("dir") == Some("rtl"))
        };
        if own.into_iter().any(|text| text.chars().any(is_rtl)) && !marked() {
            wrong.push(format!(
                "« {} » se lit de droite à gauche",
                start(&words(*element))
            ));
        }
    }
}

/// 9.1: no level is jumped over, no heading is empty, no paragraph poses as a heading.
pub(super) fn headings(page: &Page, wrong: &mut Vec<String>) {
    let mut last = 1;
    for heading in page.named(&["h1", "h2", "h3", "h4", "h5", "h6"]) {
        let text = words(heading);
        let level = usize::from(name(heading).as_bytes()[1] - b'0');
        if text.is_empty() {
            wrong.push(format!("un titre de niveau {level} est vide"));
        }
        // The window of display settings lies outside the content, with a heading of its own.
        if is_in(heading, &["dialog", "footer", "header"]) {
            continue;
        }
        if level > last + 1 {
            wrong.push(format!(
                "le titre « {} » passe du niveau {last} au niveau {level}",
                start(&text)
            ));
        }
        last = level;
    }
    for paragraph in page.named(&["p"]) {
        let mut inside = paragraph.child_elements();
        let only = inside.next().filter(|_| inside.next().is_none());
        let bold = only.filter(|child| matches!(name(*child), "strong" | "b"));
        if is_in(paragraph, &["main"]) && bold.is_some_and(|child| looks_like_heading(paragraph, child)) {
            wrong.push(format!(
                "le paragraphe en gras « {} » tient lieu de titre",
                start(&words(paragraph))
            ));
        }
    }
}

fn looks_like_heading(paragraph: ElementRef, bold: ElementRef) -> bool {
    let text = words(paragraph);
    text == words(bold)
        && !text.ends_with(['.', '!', '?', ':', ';'])
        && !is_in(paragraph, &["li", "td", "th", "dd", "label", "legend"])
        && paragraph.attribute("class").is_none()
}

/// 9.2, 12.6: one banner, one main, one footer; several navigations have names of their own.
pub(super) fn landmarks(page: &Page, wrong: &mut Vec<String>) {
    let role = |element: ElementRef, role: &str| element.attribute("role") == Some(role);
    for (tag, wanted, what) in [
        ("header", Some("banner"), "en-tête"),
        ("main", None, "contenu principal"),
        ("footer", Some("contentinfo"), "pied de page"),
    ] {
        let count = page
            .named(&[tag])
            .filter(|element| wanted.is_none_or(|wanted| role(*element, wanted)))
            .count();
        if count != 1 {
            wrong.push(format!("{count} zone « {what} » ; il en faut une"));
        }
    }
    let mut names: Vec<String> = Vec::new();
    for zone in page.named(&["nav"]) {
        let label = page.label_of_zone(zone);
        if label.is_empty() || names.contains(&label) {
            wrong.push(format!(
                "une zone de navigation n'a pas de nom à elle (« {label} »)"
            ));
        }
        names.push(label);
    }
}

impl<'a> Page<'a> {
    /// A zone is named by its attributes alone, never by all its words.
    fn label_of_zone(&self, zone: ElementRef<'a>) -> String {
        if zone.attribute("aria-labelledby").is_some() || zone.attribute("aria-label").is_some() {
            self.label(zone)
        } else {
            String::new()
        }
    }
}

/// 12.7: the first link leads to the content, and each skip link to a place that takes the focus.
pub(super) fn skip_links(page: &Page, wrong: &mut Vec<String>) {
    let first = page.named(&["a", "button", "input", "select", "textarea"]).next();
    let first = first.and_then(|link| link.attribute("href")).unwrap_or_default();
    if first != "#contenu" {
        wrong.push("son premier élément n'est pas le lien vers « #contenu »".to_owned());
    }
    let is_skip = |link: &ElementRef| {
        around(*link).any(|parent| {
            parent
                .attribute("class")
                .is_some_and(|class| class.contains("fr-skiplinks"))
        })
    };
    for link in page.named(&["a"]).filter(is_skip) {
        let href = link.attribute("href").unwrap_or_default();
        let target = href.strip_prefix('#').and_then(|id| page.by_id(id));
        match target {
            None => wrong.push(format!("le lien d'évitement « {href} » ne mène nulle part")),
            Some(target) if !takes_focus(target) => {
                wrong.push(format!(
                    "la cible du lien d'évitement « {href} » ne prend pas le focus"
                ));
            }
            Some(_) => {}
        }
    }
    let main = page.named(&["main"]).next();
    if main.is_some_and(|main| main.attribute("id") != Some("contenu")) {
        wrong.push("le contenu principal n'a pas l'identifiant « contenu »".to_owned());
    }
}

fn takes_focus(element: ElementRef) -> bool {
    element.attribute("tabindex").is_some()
        || matches!(name(element), "a" | "button" | "input" | "select" | "textarea")
}

/// 9.3: what is typed as a list is a list, and a list holds its items alone.
pub(super) fn lists(page: &Page, wrong: &mut Vec<String>) {
    for list in page.named(&["ul", "ol"]) {
        if let Some(child) = list
            .child_elements()
            .find(|child| !matches!(name(*child), "li" | "script" | "template"))
        {
            wrong.push(format!(
                "une liste contient un élément « {} » hors de ses points",
                name(child)
            ));
        }
    }
    for paragraph in page
        .named(&["p"])
        .filter(|paragraph| is_in(*paragraph, &["main"]))
    {
        let text = squeezed(&paragraph.text().collect::<String>());
        let numbered = text.split_once([')', '.']).is_some_and(|(number, rest)| {
            !number.is_empty()
                && number.len() < 3
                && rest.starts_with(' ')
                && number.chars().all(|c| c.is_ascii_digit())
        });
        if text.starts_with(['•', '▪', '·', '*'])
            || text.starts_with("- ")
            || text.starts_with("– ")
            || numbered
        {
            wrong.push(format!(
                "« {} » est un point de liste écrit à la main",
                start(&text)
            ));
        }
    }
}

/// Longest passage between quotation marks that a sentence may carry, in characters.
const LONG_QUOTE: usize = 240;

/// 9.4: a long passage of somebody else is marked as a quotation.
pub(super) fn quotations(page: &Page, wrong: &mut Vec<String>) {
    for paragraph in page.named(&["p", "li"]) {
        if is_in(paragraph, &["blockquote", "q"]) || !is_in(paragraph, &["main"]) {
            continue;
        }
        let text = words(paragraph);
        let quoted = text.split('«').skip(1).filter_map(|rest| rest.split('»').next());
        if let Some(long) = quoted.max_by_key(|quote| quote.chars().count())
            && long.chars().count() > LONG_QUOTE
        {
            wrong.push(format!(
                "la citation « {} » n'est pas dans une balise de citation",
                start(long.trim())
            ));
        }
    }
}
