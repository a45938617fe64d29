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
        one(body, faults);
    }
}

fn one(body: &Body, faults: &mut Diagnostics) {
    for (index, piece) in body.pieces.iter().enumerate() {
        if !matches!(piece.kind, PieceKind::Event(Event::Start(Tag::Link { .. }))) {
            continue;
        }
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
                .hint("Nommez la page : « lisez le guide sur le dépôt de garantie »."),
            );
        }
    }
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
