//! No emoji: screen readers spell them, and they date. No list made of typed marks.

use crate::body::{Piece, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use pulldown_cmark::{Event, Tag};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for body in content.every_body() {
        let mut starts = false;
        for piece in &body.pieces {
            match &piece.kind {
                PieceKind::Event(Event::Text(text)) => {
                    one(piece, text, starts, faults);
                    starts = false;
                }
                PieceKind::Event(Event::Start(Tag::Paragraph) | Event::SoftBreak | Event::HardBreak) => {
                    starts = true;
                }
                _ => starts = false,
            }
        }
    }
}

fn one(piece: &Piece, text: &str, starts: bool, faults: &mut Diagnostics) {
    if let Some(emoji) = text.chars().find(|c| is_emoji(*c)) {
        let message = format!("« {emoji} » est un émoji : les lecteurs d'écran l'épellent.");
        faults.push(
            Diagnostic::error("emoji", piece.span.clone(), message).hint("Retirez-le, ou écrivez le mot."),
        );
    }
    let mark = text
        .chars()
        .next()
        .filter(|c| matches!(c, '•' | '·' | '–' | '—' | '►' | '▪'));
    if let Some(mark) = mark.filter(|_| starts && text.chars().nth(1) == Some(' ')) {
        let message =
            format!("Cette ligne commence par « {mark} » : ce n'est pas une liste pour un lecteur d'écran.");
        faults.push(
            Diagnostic::warning("fausse-liste", piece.span.clone(), message).hint(format!(
                "Remplacez « {mark} » par « - » au début de chaque ligne."
            )),
        );
    }
}

/// Pictures of the blocks that Unicode gives to emoji; arrows and marks of typography are not.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn emoji_and_typed_lists_are_told() {
        let rules = |body| {
            told("", body)
                .into_iter()
                .map(|(rule, _)| rule)
                .collect::<Vec<_>>()
        };
        assert_eq!(rules("Bravo 🎉 !\n"), ["emoji"]);
        assert_eq!(rules("Il faut :\n• un bail\n• un reçu\n"), ["fausse-liste"; 2]);
        assert_eq!(
            rules("– une incise – dans une phrase → suite, 2 × 3 « a »\n"),
            ["fausse-liste"]
        );
        assert_eq!(
            rules("Une phrase – une incise – et la suite → ici.\n\n- un\n"),
            [""; 0]
        );
    }
}
