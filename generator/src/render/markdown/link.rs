//! Links: those to other sites open a window, and say so.

use super::Host;
use crate::body::{Piece, PieceKind};
use crate::render::words::escape;
use crate::typography;
use pulldown_cmark::{Event, TagEnd};

/// Other sites open in a new window, and say so after the words of the link.
pub(super) fn link(address: &str, title: &str, pieces: &[Piece], host: &dyn Host) -> String {
    let href = escape(address);
    if address.starts_with("https://") {
        let words = if title.is_empty() {
            link_words(pieces, host)
        } else {
            title.to_owned()
        };
        let title = escape(&typography::text(&words));
        return format!(
            "<a href=\"{href}\" target=\"_blank\" rel=\"noopener external\" title=\"{title} – nouvelle fenêtre\">"
        );
    }
    if title.is_empty() {
        format!("<a href=\"{href}\">")
    } else {
        format!(
            "<a href=\"{href}\" title=\"{}\">",
            escape(&typography::text(title))
        )
    }
}

/// The words of the link that opens `pieces`.
fn link_words(pieces: &[Piece], host: &dyn Host) -> String {
    let mut words = String::new();
    for piece in pieces {
        match &piece.kind {
            PieceKind::Event(Event::End(TagEnd::Link)) => break,
            PieceKind::Event(Event::Text(text) | Event::Code(text)) => words.push_str(text),
            PieceKind::Event(Event::SoftBreak | Event::HardBreak) => words.push(' '),
            PieceKind::Slot(slot) => words.push_str(&host.slot(slot)),
            _ => {}
        }
    }
    words
}
