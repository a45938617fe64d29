//! Texts with conditions and values, as the engine wants them: outcomes, summaries and letters.

use super::read::Reader;
use crate::body::{Body, PieceKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::parse::letter::{Block, Run};
use crate::slot;
use decision_tree::source::{Piece, Raw};
use pulldown_cmark::Event;

/// Cuts a text at its `{{ values }}`.
pub(super) fn cut(reader: &Reader, text: &Located<String>, faults: &mut Diagnostics) -> Vec<Piece> {
    let raw = reader.raw(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = raw.value[at..].find("{{").map(|found| found + at) {
        let Some(close) = raw.value[open..].find("}}").map(|found| found + open) else {
            faults.push(
                Diagnostic::error(
                    "emplacement",
                    text.span.clone(),
                    "Ces accolades ne sont pas fermées.",
                )
                .hint(format!(
                    "Fermez par deux accolades : {}.",
                    slot::closed(&raw.value[open..])
                )),
            );
            break;
        };
        if open > at {
            pieces.push(Piece::Text(raw.value[at..open].to_owned()));
        }
        let inner = &raw.value[open + 2..close];
        let start = open + 2 + (inner.len() - inner.trim_start().len());
        let value = inner.trim().to_owned();
        let span = raw.part(start, start + value.len());
        pieces.push(Piece::Value(Raw::new(value, span)));
        at = close + 2;
    }
    if at < raw.value.len() {
        pieces.push(Piece::Text(raw.value[at..].to_owned()));
    }
    pieces
}

/// One text out of three variants: each voice that has its own text gets it, the tenant's is for the others.
pub(super) fn voices(reader: &Reader, variants: &[Option<Vec<Piece>>; 3]) -> Vec<Piece> {
    let names = ["locataire", "bailleur", "aidant"];
    if variants[1..].iter().all(Option::is_none) {
        return variants[0].clone().unwrap_or_default();
    }
    names
        .iter()
        .zip(variants)
        .map(|(name, variant)| Piece::Voice {
            voice: Raw::new((*name).to_owned(), reader.files.number(&reader.source.span(0..0))),
            body: variant
                .clone()
                .or_else(|| variants[0].clone())
                .unwrap_or_default(),
        })
        .collect()
}

/// The engine's pieces of a Markdown body. The words serve the scenarios only: the page keeps the Markdown.
pub(super) fn pieces(reader: &Reader, body: &Body) -> Vec<Piece> {
    let mut stack: Vec<(Option<Opened>, Vec<Piece>)> = vec![(None, Vec::new())];
    for piece in &body.pieces {
        let words = match &piece.kind {
            PieceKind::Open(directive) => {
                let opened = match (directive.name, directive.arg("profil")) {
                    ("si", _) => Some(Opened::If(reader.raw(&directive.title))),
                    ("cas", Some(voice)) => Some(Opened::Voice(reader.raw(voice))),
                    _ => None,
                };
                stack.push((opened, vec![Piece::Text(format!(" {} ", directive.title.value))]));
                continue;
            }
            PieceKind::Close => {
                if stack.len() > 1
                    && let Some((opened, inner)) = stack.pop()
                    && let Some((_, outer)) = stack.last_mut()
                {
                    close(opened, inner, outer);
                }
                continue;
            }
            PieceKind::Slot(name) => {
                let written = piece.span.end - piece.span.start;
                let margin = written.saturating_sub(name.len()) / 2;
                let mut span = piece.span.clone();
                let inside = span.start + margin..span.start + margin + name.len();
                if reader.source.text.get(inside.clone()) == Some(name.as_str()) {
                    span = reader.source.span(inside);
                }
                let value = reader.raw(&Located {
                    value: name.clone(),
                    span,
                });
                push(&mut stack, Piece::Value(value));
                continue;
            }
            PieceKind::Event(Event::Text(text) | Event::Code(text)) => text.to_string(),
            PieceKind::Event(Event::SoftBreak | Event::HardBreak | Event::End(_)) => " ".to_owned(),
            PieceKind::Event(_) => continue,
        };
        push(&mut stack, Piece::Text(words));
    }
    stack.into_iter().flat_map(|(_, pieces)| pieces).collect()
}

enum Opened {
    If(Raw),
    Voice(Raw),
}

fn push(stack: &mut [(Option<Opened>, Vec<Piece>)], piece: Piece) {
    if let Some((_, pieces)) = stack.last_mut() {
        pieces.push(piece);
    }
}

fn close(opened: Option<Opened>, inner: Vec<Piece>, outer: &mut Vec<Piece>) {
    match opened {
        // The title of `:::si` is its condition, not words of the page.
        Some(Opened::If(condition)) => outer.push(Piece::If {
            condition,
            body: inner.into_iter().skip(1).collect(),
        }),
        Some(Opened::Voice(voice)) => outer.push(Piece::Voice { voice, body: inner }),
        None => outer.extend(inner),
    }
}

/// The engine's pieces of a letter: paragraphs parted by an empty line, lines by a line end.
pub(super) fn letter<'b>(reader: &Reader, blocks: impl Iterator<Item = &'b Block>) -> Vec<Piece> {
    blocks
        .map(|block| {
            let inner = paragraphs(reader, block);
            block.conditions.iter().rev().fold(inner, |body, condition| {
                vec![Piece::If {
                    condition: reader.raw(condition),
                    body,
                }]
            })
        })
        .collect::<Vec<_>>()
        .concat()
}

fn paragraphs(reader: &Reader, block: &Block) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for paragraph in &block.paragraphs {
        for run in paragraph {
            pieces.push(match run {
                Run::Text(text) => Piece::Text(text.clone()),
                Run::Break => Piece::Text("\n".to_owned()),
                Run::Slot(name) => Piece::Value(reader.raw(name)),
            });
        }
        pieces.push(Piece::Text("\n\n".to_owned()));
    }
    pieces
}
