//! Cuts the texts of a body at their slots.

use crate::body::{Piece, PieceKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::slot::{self, Part};
use crate::source::Source;
use pulldown_cmark::Event;
use std::ops::Range;

/// Adds the parts of a text piece to `pieces`, each with its place.
pub(super) fn split(
    text: &str,
    piece: &Piece,
    source: &Source,
    pieces: &mut Vec<Piece>,
    faults: &mut Diagnostics,
) {
    // Escapes and entities make the text shorter than its source: then the whole text is the place.
    let exact = text.len() == piece.span.end - piece.span.start;
    let span = |range: Range<usize>| {
        if exact {
            source.span(piece.span.start + range.start..piece.span.start + range.end)
        } else {
            piece.span.clone()
        }
    };
    for (part, range) in slot::split(text) {
        let kind = match part {
            Part::Text(words) => PieceKind::Event(Event::Text(words.to_owned().into())),
            Part::Slot(words) => PieceKind::Slot(words.to_owned()),
            Part::Unclosed => {
                let hint = format!(
                    "Fermez par deux accolades : {}.",
                    slot::closed(&text[range.start..])
                );
                faults.push(
                    Diagnostic::error("emplacement", span(range), "Ces accolades ne sont pas fermées.")
                        .hint(hint),
                );
                continue;
            }
        };
        let span = span(range);
        pieces.push(Piece { kind, span });
    }
}
