//! Footnotes: numbered references in the text, the notes after it.

use super::state::State;
use super::{Writer, note_end};
use crate::body::{Body, PieceKind};
use pulldown_cmark::{Event, Tag};

impl Writer<'_> {
    pub(super) fn reference(&mut self, label: &str, out: &mut State) {
        let number = self.notes.get(label).copied().unwrap_or_default();
        // Only the first reference is where the note leads back to.
        let id = if self.seen.insert(label.to_owned()) {
            format!(" id=\"renvoi-{number}\"")
        } else {
            String::new()
        };
        out.tag(&format!(
            "<sup><a href=\"#note-{number}\"{id}><span class=\"fr-sr-only\">Note </span>{number}</a></sup>"
        ));
    }

    /// The notes, after the text, each with a link back.
    pub(super) fn notes(&mut self, body: &Body, under: u8, out: &mut State) {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (index, piece) in body.pieces.iter().enumerate() {
            let PieceKind::Event(Event::Start(Tag::FootnoteDefinition(label))) = &piece.kind else {
                continue;
            };
            let Some(number) = self.notes.get(&**label).copied() else {
                continue;
            };
            let inner = &body.pieces[index + 1..note_end(&body.pieces, index)];
            let mut note = State::new(under + 1);
            self.pieces(inner, &mut note);
            found.push((number, note.html));
        }
        if found.is_empty() {
            return;
        }
        found.sort_unstable();
        let level = under + 1;
        out.block(&format!(
            "<h{level} id=\"notes-de-la-page\">Notes</h{level}>\n<ol>\n"
        ));
        for (number, html) in found {
            out.block(&format!(
                "<li id=\"note-{number}\">{html}<p><a href=\"#renvoi-{number}\">Retour au texte de la note {number}</a></p></li>\n"
            ));
        }
        out.block("</ol>\n");
    }
}
