//! The words of a link say where it leads, alone.

use crate::body::{Body, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Words that say nothing out of their sentence.
const EMPTY: [&str; 8] = [
    "",
    "ici",
    "cliquez ici",
    "cliquer ici",
    "lien",
    "ce lien",
    "en savoir plus",
    "lire la suite",
];

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        one(content, body, faults);
    }
}

fn one(content: &Content, body: &Body, faults: &mut Diagnostics) {
    for (index, piece) in body.pieces.iter().enumerate() {
        let PieceKind::Event(Event::Start(Tag::Link { dest_url, .. })) = &piece.kind else {
            continue;
        };
        let mut words = String::new();
        for inside in body.pieces.iter().skip(index + 1) {
            match &inside.kind {
                PieceKind::Event(Event::End(TagEnd::Link)) => break,
                PieceKind::Event(Event::Text(text) | Event::Code(text)) => words.push_str(text),
                PieceKind::Slot(slot) => words.push_str(slot),
                _ => words.push(' '),
            }
        }
        let words: Vec<_> = words.split_whitespace().collect();
        let plain = words.join(" ").trim_end_matches('.').to_lowercase();
        if EMPTY.contains(&plain.as_str()) {
            faults.push(
                Diagnostic::error(
                    "lien-mots",
                    piece.span.clone(),
                    "Les mots de ce lien ne disent pas où il mène.",
                )
                .hint(cure(content, dest_url)),
            );
        }
    }
}

/// The link with the title of the page where it leads, when that page is of this site.
fn cure(content: &Content, address: &str) -> String {
    let site = content.site;
    let page = address.split(['#', '?']).next().unwrap_or_default();
    let guides = site.guides.values().map(|guide| (guide.address(), &guide.title));
    let pages = site.pages.values().map(|page| (page.address(), &page.title));
    let letters = site
        .letters
        .values()
        .map(|letter| (letter.address(), &letter.title));
    let trees = site
        .trees
        .values()
        .map(|tree| (tree.address(), &tree.start.title));
    let mut known = guides.chain(pages).chain(letters).chain(trees);
    let title = known
        .find(|(known, _)| known == page)
        .map(|(_, title)| title.value.as_str());
    let words = title.unwrap_or("le nom de la page");
    format!("Nommez la page entre les crochets : « [{words}]({address}) ».")
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn words_that_say_nothing_are_told() {
        let told = told(
            "",
            "[Cliquez **ici**](/) [](/) [Accueil](/) [en savoir plus.](/)\n",
        );
        assert_eq!(told.iter().filter(|(rule, _)| *rule == "lien-mots").count(), 3);
    }
}
