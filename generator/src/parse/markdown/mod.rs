//! Markdown to the pieces of a [`Body`]: one parse, exact places, directives and slots told apart.

pub mod headings;
mod html;
mod slots;

pub use headings::anchor;

use super::directive::{self, Spec};
use crate::body::{Body, Piece, PieceKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Source;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Parses `source[range]`. `known` lists the directives that are allowed there.
pub fn parse(
    source: &Source,
    range: Range<usize>,
    known: &[&'static [Spec]],
    faults: &mut Diagnostics,
) -> Body {
    let (masked, lines) = directive::mask(&source.text[range.clone()]);
    let mut reader = Reader {
        source,
        base: range.start,
        known,
        lines: &lines,
        next_line: 0,
        pieces: Vec::new(),
        depth: 0,
        open: Vec::new(),
        broken: false,
        tags: Vec::new(),
        block_told: false,
        told_to: 0,
        faults,
    };
    // Smart punctuation stays off: its quotes are English. Heading attributes too: they would eat `{{ … }}`.
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, place) in Parser::new_ext(&masked, options).into_offset_iter() {
        reader.take(event, place);
    }
    reader.finish()
}

struct Reader<'a> {
    source: &'a Source,
    base: usize,
    known: &'a [&'static [Spec]],
    lines: &'a [directive::Line],
    next_line: usize,
    pieces: Vec<Piece>,
    /// How many blocks are open.
    depth: usize,
    /// Open directives: index of the piece, and the depth at which it must close.
    open: Vec<(usize, usize)>,
    broken: bool,
    /// Names of the HTML tags already told, whose closing tags are still to come.
    tags: Vec<String>,
    /// Whether the HTML block being read was told: it is one fault.
    block_told: bool,
    /// Where the last HTML fault ends: what lies before was told with it.
    told_to: usize,
    faults: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn take(&mut self, event: Event, place: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.block_told = false,
            Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(_) => self.html(place, true),
            Event::InlineHtml(_) => self.html(place, false),
            Event::Start(tag) => {
                self.depth += 1;
                self.push(PieceKind::Event(Event::Start(tag).into_static()), place);
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                self.push(PieceKind::Event(Event::End(end)), place);
            }
            Event::Text(text) => self.text(text, place),
            event => self.push(PieceKind::Event(event.into_static()), place),
        }
    }

    fn push(&mut self, kind: PieceKind, place: Range<usize>) {
        let span = self.source.span(place.start + self.base..place.end + self.base);
        self.pieces.push(Piece { kind, span });
    }

    /// Neighbouring texts are one: the parser cuts at every `[` or `&`.
    fn text(&mut self, text: CowStr, place: Range<usize>) {
        let start = place.start + self.base;
        if let Some(Piece {
            kind: PieceKind::Event(Event::Text(before)),
            span,
        }) = self.pieces.last_mut()
            && span.end == start
        {
            *before = format!("{before}{text}").into();
            span.end = place.end + self.base;
        } else {
            self.push(PieceKind::Event(Event::Text(text.into_static())), place);
        }
    }

    /// HTML events are masked directive lines, or the author's own tags, which are refused.
    fn html(&mut self, place: Range<usize>, block: bool) {
        let Some(line) = self
            .lines
            .iter()
            .find(|line| line.range.start >= place.start && line.range.end <= place.end)
        else {
            if !(block && self.block_told) {
                self.refuse(place.start + self.base);
            }
            self.block_told = block;
            return;
        };
        self.next_line += 1;
        let range = line.range.start + self.base..line.range.end + self.base;
        if line.closes {
            self.close(range);
        } else {
            let found = directive::read(self.source, range, self.known, self.faults);
            self.broken |= found.is_none();
            if let Some(found) = found {
                self.open.push((self.pieces.len(), self.depth));
                self.push(PieceKind::Open(found), line.range.clone());
            } else {
                // The closing line of an unknown directive must find something to close.
                self.open.push((usize::MAX, self.depth));
            }
        }
    }

    /// Tells a tag of the author's, once with its closing tag.
    fn refuse(&mut self, start: usize) {
        let text = &self.source.text[start..];
        let tag = html::tag(text);
        let known = self.tags.iter().rposition(|name| tag.closes && *name == tag.name);
        if let Some(at) = known {
            self.tags.remove(at);
            return;
        }
        if start < self.told_to {
            return;
        }
        self.told_to = start + tag.len;
        let cure = html::cure(&tag, text);
        self.faults.push(
            Diagnostic::error(
                "html-brut",
                self.source.span(start..start + tag.len),
                "Ceci est du code HTML : les textes n'en contiennent pas.",
            )
            .hint(cure),
        );
        if tag.waits {
            self.tags.push(tag.name);
        }
    }

    fn close(&mut self, range: Range<usize>) {
        let place = self.source.span(range.clone());
        match self.open.pop() {
            None => {
                self.broken = true;
                let table = matches!(
                    self.pieces.last().map(|piece| &piece.kind),
                    Some(PieceKind::Event(Event::End(TagEnd::Table)))
                );
                let hint = if table {
                    "Ajoutez au-dessus du tableau une ligne « :::tableau{légende=\"Ce que montre le tableau\"} »."
                } else {
                    "Retirez-la, ou ajoutez plus haut la ligne qui ouvre l'encadré, par exemple « :::encart »."
                };
                self.faults.push(
                    Diagnostic::error("directive-fermeture", place, "Cette ligne « ::: » ne ferme rien.")
                        .hint(hint),
                );
            }
            Some((_, depth)) if depth != self.depth => {
                self.broken = true;
                self.faults.push(
                    Diagnostic::error("directive-fermeture", place, "Cet encadré ne se ferme pas là où il s'ouvre (liste ou citation).")
                        .hint("Alignez les deux lignes « ::: » sur le même retrait, et laissez une ligne vide avant la seconde."),
                );
            }
            Some((usize::MAX, _)) => {}
            Some(_) => self.push(PieceKind::Close, range.start - self.base..range.end - self.base),
        }
    }

    fn finish(mut self) -> Body {
        for (index, _) in &self.open {
            if let Some(piece) = self.pieces.get(*index) {
                self.broken = true;
                self.faults.push(
                    Diagnostic::error(
                        "directive-fermeture",
                        piece.span.clone(),
                        "Cet encadré n'est pas fermé.",
                    )
                    .hint("Ajoutez une ligne « ::: » après son contenu."),
                );
            }
        }
        if self.next_line < self.lines.len() && !self.broken {
            self.lost_lines();
        }
        if self.broken {
            self.pieces
                .retain(|piece| !matches!(piece.kind, PieceKind::Open(_) | PieceKind::Close));
        }
        let pieces = self.slots();
        let mut body = Body { pieces };
        headings::number(&mut body, self.faults);
        body
    }

    /// A directive line that the parser took for code or for the inside of a link stands too far to the right.
    fn lost_lines(&mut self) {
        for line in self.lines {
            let range = line.range.start + self.base..line.range.end + self.base;
            let seen = self.pieces.iter().any(|piece| {
                matches!(piece.kind, PieceKind::Open(_) | PieceKind::Close) && piece.span.start == range.start
            });
            if !seen {
                self.broken = true;
                self.faults.push(
                    Diagnostic::error(
                        "directive-retrait",
                        self.source.span(range),
                        "Cet encadré est lu comme du code.",
                    )
                    .hint("Ramenez la ligne au début, ou au retrait de la liste qui la contient."),
                );
            }
        }
    }

    /// Cuts texts at `{{ … }}`, outside code.
    fn slots(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        let mut in_code = false;
        for piece in std::mem::take(&mut self.pieces) {
            match &piece.kind {
                PieceKind::Event(Event::Start(Tag::CodeBlock(_))) => in_code = true,
                PieceKind::Event(Event::End(TagEnd::CodeBlock)) => in_code = false,
                PieceKind::Event(Event::Text(text)) if !in_code && text.contains("{{") => {
                    slots::split(text, &piece, self.source, &mut pieces, self.faults);
                    continue;
                }
                _ => {}
            }
            pieces.push(piece);
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::directive::GUIDE;

    fn body(text: &str) -> (Body, Vec<Diagnostic>) {
        let source = Source::new("x.md", format!("---\n---\n{text}"));
        let mut faults = Diagnostics::default();
        let body = parse(&source, 8..source.text.len(), &[GUIDE], &mut faults);
        (body, faults.sorted())
    }

    fn shape(body: &Body) -> String {
        body.pieces
            .iter()
            .map(|piece| match &piece.kind {
                PieceKind::Open(directive) => format!("[{}", directive.name),
                PieceKind::Close => "]".to_owned(),
                PieceKind::Slot(slot) => format!("({slot})"),
                PieceKind::Event(Event::Text(text)) => format!("'{text}'"),
                PieceKind::Event(Event::Start(Tag::Paragraph)) => "<p".to_owned(),
                PieceKind::Event(Event::End(TagEnd::Paragraph)) => ">".to_owned(),
                PieceKind::Event(_) => ".".to_owned(),
            })
            .collect()
    }

    #[test]
    fn directives_nest_and_interrupt() {
        let (body, faults) = body("Avant\n:::encart Titre\n:::alerte{type=info}\nDedans\n:::\n:::\nAprès\n");
        assert_eq!(faults, []);
        assert_eq!(shape(&body), "<p'Avant'>[encart[alerte<p'Dedans'>]]<p'Après'>");
        let place = &body.pieces[3].span;
        assert_eq!((place.start, place.end), (14, 29));
    }

    #[test]
    fn directives_live_in_lists_and_not_in_code() {
        let (body, faults) = body("- un\n\n  :::encart\n  deux\n  :::\n\n```\n:::encart\n```\n");
        assert_eq!(faults, []);
        assert!(shape(&body).contains("[encart<p'deux'>]"), "{}", shape(&body));
        assert!(shape(&body).contains("':::encart\n'"));
    }

    #[test]
    fn slots_are_cut_out_of_texts_with_their_place() {
        let (body, faults) = body("Été : {{ param(a_b) }} et [lien]({{x}}) `{{ code }}`\n");
        assert_eq!(faults, []);
        assert_eq!(body.pieces[2].span.start, 8 + "Été : ".len());
        assert!(
            shape(&body).starts_with("<p'Été : '(param(a_b))' et "),
            "{}",
            shape(&body)
        );
        assert_eq!(
            shape(&body).matches('(').count() - shape(&body).matches("param(").count(),
            1
        );
    }

    #[test]
    fn headings_get_unique_french_anchors() {
        let (body, faults) = body("## L'été {{ param(x) }}\n\n### Où ?\n\n### Où ?\n\n## Sources\n");
        assert_eq!(faults, []);
        let ids: Vec<_> = body.headings().into_iter().map(|heading| heading.id).collect();
        assert_eq!(ids, ["l-ete", "ou", "ou-2", "sources-2"]);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, rule, start) in [
            ("a <b>gras</b>", "html-brut", 10),
            ("<div>\n</div>", "html-brut", 8),
            (":::encart\na", "directive-fermeture", 8),
            ("a\n\n:::", "directive-fermeture", 11),
            ("- a\n\n  :::encart\n  b\n\n:::\n", "directive-fermeture", 30),
            ("{{ param(x)", "emplacement", 8),
            ("# Titre", "titre-niveau", 8),
            ("    :::encart\n    :::", "directive-retrait", 12),
        ] {
            let faults = body(text).1;
            assert_eq!(
                faults.first().map(|fault| fault.rule),
                Some(rule),
                "{text:?} {faults:?}"
            );
            let place = faults.first().and_then(|fault| fault.place.clone());
            assert_eq!(place.map(|place| place.start), Some(start), "{text:?}");
        }
    }
}
