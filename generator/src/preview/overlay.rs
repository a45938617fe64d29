//! What the preview adds to a page: the script that reloads it, a line of tools, and the faults on top.

use super::{Shown, faults};
use crate::render::words::escape;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Address of the script that reloads the page.
pub const SCRIPT: &str = "/_apercu/apercu.js";
/// Address of the style of what the preview adds.
pub const STYLE: &str = "/_apercu/apercu.css";
/// Address of the stream of changes.
pub const EVENTS: &str = "/_apercu/changements";

/// The script: reloads at each change, and after the preview was stopped and started again.
pub const SCRIPT_TEXT: &str = include_str!("assets/apercu.js");
/// The style.
pub const STYLE_TEXT: &str = include_str!("assets/apercu.css");

/// The page with what the preview adds to it. `address` is its own: `/guides/bail/`.
#[must_use]
pub fn page(html: &str, address: &str, shown: &Shown) -> String {
    let added = format!(
        "{}{}",
        faults::overlay(shown, address),
        tools(html, address, shown)
    );
    let mut state = DefaultHasher::new();
    (html, &added).hash(&mut state);
    let head = format!(
        "<meta name=\"apercu-etat\" content=\"{:016x}\">\n<link rel=\"stylesheet\" href=\"{STYLE}\">\n<script type=\"module\" src=\"{SCRIPT}\"></script>\n</head>",
        state.finish()
    );
    let html = html.replacen("</head>", &head, 1);
    let body = html
        .find("<body")
        .and_then(|start| html[start..].find('>').map(|end| start + end + 1));
    match body {
        Some(at) => format!("{}\n{added}{}", &html[..at], &html[at..]),
        None => format!("{html}{added}"),
    }
}

/// A page of the preview itself, with these words in its `main`.
#[must_use]
pub fn alone(title: &str, address: &str, main: &str, shown: &Shown) -> String {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0} – Aperçu</title>\n</head>\n<body class=\"apercu\">\n<main class=\"apercu-page\">\n<h1>{0}</h1>\n{main}\n</main>\n</body>\n</html>\n",
        escape(title)
    );
    page(&html, address, shown)
}

/// The tools of the preview, and on the pages of a questionnaire the way to its whole logic.
fn tools(html: &str, address: &str, shown: &Shown) -> String {
    let mut links = vec![
        ("/".to_owned(), "Le site".to_owned()),
        (
            format!("/_apercu/telephone?page={}", escape(address)),
            "Voir en largeur de téléphone".to_owned(),
        ),
        ("/_apercu/relectures".to_owned(), overdue(shown)),
        ("/admin/".to_owned(), "Rédiger dans le navigateur".to_owned()),
    ];
    links.extend(plan(html, shown).map(|address| {
        (
            address,
            "Voir tout le questionnaire : dessin, chemins, scénarios".to_owned(),
        )
    }));
    let items: String = links
        .iter()
        .map(|(address, words)| format!("<li><a href=\"{address}\">{words}</a></li>"))
        .collect();
    format!("<nav class=\"apercu apercu-outils\" aria-label=\"Aperçu\"><ul>{items}</ul></nav>\n")
}

fn overdue(shown: &Shown) -> String {
    match shown.due.iter().filter(|text| text.is_late(shown.today)).count() {
        0 => "Relectures : rien en retard".to_owned(),
        1 => "Relectures : 1 texte en retard".to_owned(),
        late => format!("Relectures : {late} textes en retard"),
    }
}

fn plan(html: &str, shown: &Shown) -> Option<String> {
    let (_, rest) = html.split_once(" data-slug=\"")?;
    let (slug, _) = rest.split_once('"')?;
    let path = format!("diagnostics/{slug}/plan/");
    shown
        .output
        .get(&format!("{path}index.html"))
        .map(|_| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_questionnaire_lead_to_its_plan() {
        let html = "<head></head><body><div data-tree=\"/a\" data-slug=\"t\"></div></body>";
        assert!(!page(html, "/", &Shown::default()).contains("tout le questionnaire"));
        let mut shown = Shown::default();
        let plan = "diagnostics/t/plan/index.html";
        shown.output.insert(plan, b"plan".to_vec()).expect("a free path");
        assert!(page(html, "/", &shown).contains("<a href=\"/diagnostics/t/plan/\">"));
        assert!(!page("<head></head><body></body>", "/", &shown).contains("tout le questionnaire"));
    }

    #[test]
    fn what_is_added_stands_before_the_page_and_runs_nothing_inline() {
        let html = "<html><head></head><body id=\"a\"><main></main></body></html>";
        let page = page(html, "/guides/a/", &Shown::default());
        let at = page.find("apercu-outils").expect("the tools");
        assert!(
            at > page.find("<body id=\"a\">").expect("a body") && at < page.find("<main>").expect("a main")
        );
        assert!(
            page.contains(SCRIPT) && !page.contains("apercu-fautes\""),
            "{page}"
        );
        assert!(!page.contains("<script>") && !page.contains("style="), "{page}");
    }
}
