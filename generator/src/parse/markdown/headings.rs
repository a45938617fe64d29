//! The anchors of headings.

use crate::body::{Body, PieceKind, level_number};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::directive::without_accents;
use pulldown_cmark::{CowStr, Event, Tag};
use std::collections::BTreeSet;

/// Anchors that the layouts use.
const TAKEN: &[&str] = &[
    "aide",
    "bouton-menu",
    "commission",
    "contenu",
    "et-maintenant",
    "fil-d-ariane",
    "haut",
    "menu",
    "motifs",
    "navigation",
    "pied-de-page",
    "sommaire",
    "sources",
    "urgent",
    "utile",
    "voir-aussi",
];

/// Gives each heading an anchor made of its words, once only in the page; a level 1 is refused.
pub(super) fn number(body: &mut Body, faults: &mut Diagnostics) {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|&id| id.to_owned()).collect();
    let mut ids = body
        .headings()
        .into_iter()
        .map(|heading| (unique(&anchor(&heading.text), &mut taken), heading.text))
        .collect::<Vec<_>>()
        .into_iter();
    for piece in &mut body.pieces {
        if let PieceKind::Event(Event::Start(Tag::Heading { level, id, .. })) = &mut piece.kind {
            let (anchor, text) = ids.next().unzip();
            let text = text.unwrap_or_default();
            *id = anchor.map(CowStr::from);
            if level_number(*level) == 1 {
                faults.push(
                    Diagnostic::error(
                        "titre-niveau",
                        piece.span.clone(),
                        "Le titre de niveau 1 est celui de la page.",
                    )
                    .hint(format!("Ajoutez un dièse : « ## {} ».", text.trim())),
                );
            }
        }
    }
}

/// An anchor from the words of a heading: « L'été dernier » gives `l-ete-dernier`.
#[must_use]
pub fn anchor(words: &str) -> String {
    let mut id = String::new();
    for c in without_accents(words).chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        "titre".to_owned()
    } else {
        id.to_owned()
    }
}

fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = id.to_owned();
    let mut count = 1;
    while !taken.insert(candidate.clone()) {
        count += 1;
        candidate = format!("{id}-{count}");
    }
    candidate
}
