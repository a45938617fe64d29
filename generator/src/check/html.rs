//! Rules on the finished pages, whoever wrote them: authors, templates or the generator.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use std::collections::{BTreeMap, BTreeSet};

/// Names and explanations of these rules.
pub const RULES: &[(&str, &str)] = &[
    ("page-lien-mort", include_str!("html_dead_link.md")),
    ("page-id-double", include_str!("html_same_id.md")),
    ("page-titre", include_str!("html_title.md")),
];

/// Addresses that the form service answers.
const SERVICE: [&str; 3] = ["/saisine", "/contact", "/cdc/"];

/// What the rules look at in one page.
#[derive(Debug, Default)]
struct Page {
    ids: BTreeSet<String>,
    repeated: BTreeSet<String>,
    links: BTreeSet<String>,
    titles: usize,
    headings: usize,
}

/// Checks every page of the output.
#[must_use]
pub fn check(output: &Output) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let pages: BTreeMap<&str, Page> = output
        .files()
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with('.'))
        .map(|(path, bytes)| (path, read(&String::from_utf8_lossy(bytes))))
        .collect();
    for (path, page) in &pages {
        titles(path, page, &mut faults);
        for id in &page.repeated {
            let message = format!("Page « {path} » : l'identifiant « {id} » est écrit deux fois.");
            faults.push(
                Diagnostic::error_nowhere("page-id-double", message)
                    .hint("Changez l'un des deux dans le thème ou dans le texte."),
            );
        }
        for link in &page.links {
            if let Some(message) = dead(link, path, &pages, output) {
                faults.push(
                    Diagnostic::error_nowhere("page-lien-mort", message)
                        .hint("Corrigez le lien dans le thème ou dans le texte."),
                );
            }
        }
    }
    faults
}

fn titles(path: &str, page: &Page, faults: &mut Diagnostics) {
    if page.titles != 1 || page.headings != 1 {
        let message = format!(
            "Page « {path} » : {} titre de fenêtre et {} titre de niveau 1 ; il faut un de chaque.",
            page.titles, page.headings
        );
        faults.push(
            Diagnostic::error_nowhere("page-titre", message).hint("Vérifiez le gabarit de cette page."),
        );
    }
}

/// What is wrong with a link of the page at `path`.
fn dead(link: &str, path: &str, pages: &BTreeMap<&str, Page>, output: &Output) -> Option<String> {
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

/// Reads the tags of a page that the generator wrote: attributes are always between double quotes.
fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        // A template is not in the page until a script puts it there, in the place of something else.
        if rest.starts_with("template") {
            rest = rest.split_once("</template>").map_or("", |(_, after)| after);
            continue;
        }
        let len = tag_len(rest);
        tag(&rest[..len], &mut page);
        rest = &rest[len..];
    }
    page
}

/// Length of a tag up to its `>`, quotes respected.
fn tag_len(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn tag(text: &str, page: &mut Page) {
    let name_len = text
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    match &text[..name_len] {
        // The title of a drawing has an id, for the drawing to be named by it; that of the page has none.
        "title" if name_len == text.len() => page.titles += 1,
        "h1" => page.headings += 1,
        _ => {}
    }
    for (key, value) in attributes(&text[name_len..]) {
        let value = value.replace("&amp;", "&");
        match key {
            "id" if page.ids.contains(&value) => {
                page.repeated.insert(value);
            }
            "id" => {
                page.ids.insert(value);
            }
            "href" | "src" | "action" => {
                let internal = value.starts_with('#') || value.starts_with('/') && !value.starts_with("//");
                if internal && value != "#" {
                    page.links.insert(value);
                }
            }
            _ => {}
        }
    }
}

fn attributes(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(equal) = rest.find("=\"") {
        let key = rest[..equal]
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        let value = &rest[equal + 2..];
        let Some(end) = value.find('"') else { break };
        found.push((key, &value[..end]));
        rest = &value[end + 1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pages: &[(&str, &str)]) -> Vec<String> {
        let mut output = Output::default();
        for (path, body) in pages {
            let html = format!("<title>T</title><h1>H</h1>{body}");
            output.insert(*path, html.into_bytes()).expect("a free path");
        }
        check(&output)
            .sorted()
            .into_iter()
            .map(|fault| fault.message)
            .collect()
    }

    #[test]
    fn finished_pages_hold_together() {
        let sound = "<p id=\"x\"><a href=\"/a/#y\">a</a> <a href=\"#x\">b</a> <a href=\"/saisine?motif=DG\">c</a> <a href=\"/a/#v=1&amp;b=2\">d</a> <a title=\"1 > 0\" href=\"https://x.fr\">e</a></p>";
        assert_eq!(
            told(&[("index.html", sound), ("a/index.html", "<h2 id=\"y\">Y</h2>")]),
            [""; 0]
        );
    }

    #[test]
    fn dead_links_repeated_ids_and_titles_are_told() {
        let body = "<!-- <a href=\"/no/\"> --><h1>2</h1><a href=\"/b/\">b</a><a href=\"/#z\">c</a><i id=\"k\"></i><i id=\"k\"></i>";
        let told = told(&[("index.html", body)]);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().any(|text| text.contains("« /#z » vise une ancre")));
    }
}
