//! Links: those to other sites open a window, and say so.

use super::Host;
use crate::body::{Piece, PieceKind};
use crate::render::words::escape;
use crate::typography;
use pulldown_cmark::{Event, LinkType, TagEnd};
use pulldown_cmark_escape::escape_href;
use std::borrow::Cow;

/// The address that a link leads to: `<nom@exemple.fr>` is written without its scheme.
pub(super) fn address(kind: LinkType, written: &str) -> Cow<'_, str> {
    match kind {
        LinkType::Email => format!("mailto:{written}").into(),
        _ => written.into(),
    }
}

/// An address between quotes: bytes that no address may hold are percent-encoded (RFC 3986), marks of HTML escaped.
pub(super) fn href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    // A string takes all that is written into it.
    let _ = escape_href(&mut out, address);
    out
}

/// Other sites open in a new window, and say so after the words of the link.
pub(super) fn link(address: &str, title: &str, pieces: &[Piece], host: &dyn Host) -> String {
    let href = href(address);
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
