//! A [`Body`] to HTML. Words get French typography; directives and slots are asked of a host.

mod link;
mod notes;
mod state;
mod tags;

use super::words::escape;
use crate::body::{Body, Directive, Piece, PieceKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::typography;
use pulldown_cmark::{Event, Tag, TagEnd};
use state::State;
use std::collections::{BTreeMap, BTreeSet};

/// What a body cannot know by itself.
pub trait Host {
    /// The HTML of a slot `{{ … }}`.
    fn slot(&self, words: &str) -> String;

    /// The HTML of a directive around its rendered body.
    ///
    /// # Errors
    /// The fault of the component that renders it.
    fn directive(&self, directive: &Directive, place: Place, body: &str) -> Result<String, Diagnostic>;

    /// The HTML of words that may bear links: neither a heading, nor a link, nor code.
    fn text(&self, words: &str) -> String {
        escape(words)
    }

    /// The published address of an image.
    fn image(&self, address: &str) -> String;
}

/// Where a directive stands in its page.
#[derive(Debug, Clone)]
pub struct Place {
    /// Level of its title, from the headings before it.
    pub level: u8,
    /// An identifier that no other element of the page bears.
    pub id: String,
    /// In its file.
    pub span: Span,
}

/// Renders a body that stands under a heading of level `under` (1 below the title of the page).
pub fn html(body: &Body, under: u8, host: &dyn Host, faults: &mut Diagnostics) -> String {
    let mut writer = Writer {
        host,
        faults,
        notes: numbers(body),
        taken: body.headings().into_iter().map(|heading| heading.id).collect(),
        seen: BTreeSet::new(),
    };
    let mut out = State::new(under);
    writer.pieces(&body.pieces, &mut out);
    writer.notes(body, under, &mut out);
    out.html
}

/// Notes are numbered in the order of their first reference.
fn numbers(body: &Body) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    for piece in &body.pieces {
        if let PieceKind::Event(Event::FootnoteReference(label)) = &piece.kind {
            let next = numbers.len() + 1;
            numbers.entry(label.to_string()).or_insert(next);
        }
    }
    numbers
}

struct Writer<'a> {
    host: &'a dyn Host,
    faults: &'a mut Diagnostics,
    notes: BTreeMap<String, usize>,
    taken: BTreeSet<String>,
    seen: BTreeSet<String>,
}

impl Writer<'_> {
    fn pieces(&mut self, pieces: &[Piece], out: &mut State) {
        let mut index = 0;
        while let Some(piece) = pieces.get(index) {
            match &piece.kind {
                PieceKind::Open(directive) => {
                    let end = closing(pieces, index);
                    let inner = pieces.get(index + 1..end).unwrap_or_default();
                    self.directive(directive, &piece.span, inner, out);
                    index = end;
                }
                PieceKind::Event(Event::Start(Tag::FootnoteDefinition(_))) => index = note_end(pieces, index),
                PieceKind::Event(Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    ..
                })) => {
                    if !out.in_image() {
                        let rest = pieces.get(index..).unwrap_or_default();
                        let address = link::address(*link_type, dest_url);
                        out.tag(&link::link(&address, title, rest, self.host));
                    }
                    out.bare += 1;
                }
                PieceKind::Event(event) => self.event(event, out),
                PieceKind::Slot(words) => {
                    let html = self.host.slot(words);
                    out.tag(&html);
                    out.last = Some('0');
                }
                PieceKind::Close => {}
            }
            index += 1;
        }
    }

    fn directive(&mut self, directive: &Directive, span: &Span, inner: &[Piece], out: &mut State) {
        let level = (out.level + 1).min(6);
        let mut inside = State::new(out.level);
        if directive.name == "si" {
            // A passage kept or hidden as a whole: it opens no section, its headings stay those of the page.
            inside.floor = out.floor;
        } else if opens_a_section(directive) {
            inside = State::new(level);
        }
        let place = Place {
            level,
            id: self.free_id(directive),
            span: span.clone(),
        };
        self.pieces(inner, &mut inside);
        match self.host.directive(directive, place, inside.html.trim_end()) {
            Ok(html) => {
                out.block(html.trim());
                out.block("\n");
            }
            Err(mut fault) => {
                fault.place = fault.place.or_else(|| Some(span.clone()));
                self.faults.push(fault);
            }
        }
    }

    fn free_id(&mut self, directive: &Directive) -> String {
        let words = [
            directive.title.value.as_str(),
            directive.arg("legende").map_or("", |text| &text.value),
        ];
        let base = crate::parse::markdown::anchor(&format!("{} {}", directive.name, words.join(" ").trim()));
        let base: String = base.chars().take(60).collect();
        let base = base.trim_end_matches('-');
        let mut id = base.to_owned();
        let mut count = 1;
        while !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{base}-{count}");
        }
        id
    }

    fn event(&mut self, event: &Event, out: &mut State) {
        match event {
            Event::Start(tag) => self.start(tag, out),
            Event::End(end) => Self::end(*end, out),
            Event::Text(text) if out.code => out.tag(&escape(text)),
            Event::Text(text) => {
                let set = typography::after(text, out.last);
                out.last = set.chars().next_back().or(out.last);
                if out.bare > 0 || out.in_image() {
                    out.tag(&escape(&set));
                } else {
                    out.tag(&self.host.text(&set));
                }
            }
            Event::Code(text) if out.in_image() => out.tag(&escape(text)),
            Event::Code(text) => {
                out.tag(&format!("<code>{}</code>", escape(text)));
                out.last = Some('x');
            }
            Event::SoftBreak => {
                out.tag(if out.in_image() { " " } else { "\n" });
                out.last = Some(' ');
            }
            Event::HardBreak if out.in_image() => out.tag(" "),
            Event::HardBreak => out.block("<br>\n"),
            Event::Rule => out.block("<hr>\n"),
            Event::FootnoteReference(label) => self.reference(label, out),
            // Refused or switched off at the parse.
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::TaskListMarker(_) => {}
        }
    }
}

/// Whether a directive has a heading of its own, under which those of its text stand.
fn opens_a_section(directive: &Directive) -> bool {
    match directive.name {
        "a-retenir" | "cas" | "carte" | "tuile" | "lettre" | "arbre" => true,
        "bouton" | "etiquette" | "telechargement" | "chiffre-cle" => false,
        _ => !directive.title.value.is_empty(),
    }
}

/// Index of the piece that closes the directive opened at `open`.
fn closing(pieces: &[Piece], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(open) {
        match piece.kind {
            PieceKind::Open(_) => depth += 1,
            PieceKind::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    pieces.len()
}

/// Index of the end of the note that opens at `start`.
fn note_end(pieces: &[Piece], start: usize) -> usize {
    let ends = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::Event(Event::End(TagEnd::FootnoteDefinition))
        )
    };
    let after = pieces.iter().skip(start).position(ends);
    after.map_or(pieces.len(), |after| start + after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::directive::{CONDITION, GUIDE};
    use crate::parse::markdown;
    use crate::source::Source;

    struct Plain;

    impl Host for Plain {
        fn slot(&self, words: &str) -> String {
            format!("[{words}]")
        }
        fn directive(&self, directive: &Directive, place: Place, body: &str) -> Result<String, Diagnostic> {
            Ok(format!(
                "<{} {} {}>{body}</>",
                directive.name, place.level, place.id
            ))
        }
        fn image(&self, address: &str) -> String {
            address.to_owned()
        }
    }

    fn render(text: &str) -> String {
        let source = Source::new("x.md", text);
        let mut faults = Diagnostics::default();
        let body = markdown::parse(&source, 0..text.len(), &[GUIDE, CONDITION], &mut faults);
        assert_eq!(faults.sorted(), []);
        html(&body, 1, &Plain, &mut Diagnostics::default())
    }

    #[test]
    fn writes_blocks_and_typography() {
        assert_eq!(
            render("## L'été ?\n\nUn **« mot »** :\n`a : b`\n\n- x\n- {{ param(y) }} ;\n"),
            "<h2 id=\"l-ete\">L’été\u{202f}?</h2>\n<p>Un <strong>«\u{a0}mot\u{a0}»</strong>\u{a0}:\n<code>a : b</code></p>\n<ul>\n<li>x</li>\n<li>[param(y)]\u{202f};</li>\n</ul>\n"
        );
    }

    #[test]
    fn links_to_other_sites_say_that_they_open_a_window() {
        assert_eq!(
            render("[la *loi*](https://x.fr/?a&b) [ici](/a/)"),
            "<p><a href=\"https://x.fr/?a&amp;b\" target=\"_blank\" rel=\"noopener external\" title=\"la loi – nouvelle fenêtre\">la <em>loi</em></a> <a href=\"/a/\">ici</a></p>\n"
        );
    }

    #[test]
    fn directives_know_their_level_and_a_free_id() {
        let out = render(
            ":::encart Un\n:::\n## H\n:::cas{profil=bailleur}\n### Dedans\n:::\n### T\n:::encart T\n:::encart T\nx\n:::\n:::\n",
        );
        for expected in [
            "<encart 2 encart-un>",
            "<cas 3 cas><h4 id=\"dedans\">",
            "<encart 4 encart-t><encart 5 encart-t-2>",
        ] {
            assert!(out.contains(expected), "{expected} in {out}");
        }
    }

    #[test]
    fn a_conditional_passage_opens_no_section() {
        let out = render("## Avant\n:::si tard\n## Dedans\n### Plus bas\n:::\n## Après\n");
        for heading in ["<h2 id=\"dedans\">", "<h3 id=\"plus-bas\">", "<h2 id=\"apres\">"] {
            assert!(out.contains(heading), "{heading} in {out}");
        }
    }

    #[test]
    fn tables_and_notes_are_whole() {
        let out = render(
            ":::tableau{légende=\"L\"}\n| A | B |\n|---|--:|\n| 1[^n] | 2 |\n:::\n\n[^n]: Une note.\n",
        );
        assert!(
            out.contains("<th scope=\"col\">A</th>\n<th scope=\"col\" class=\"fr-cell--right\">B</th>"),
            "{out}"
        );
        assert!(
            out.contains("<tbody>\n<tr>\n<td>1<sup><a href=\"#note-1\" id=\"renvoi-1\">"),
            "{out}"
        );
        assert!(out.contains("<li id=\"note-1\"><p>Une note.</p>"), "{out}");
    }

    #[test]
    fn headings_links_code_and_heads_of_tables_never_bear_a_link() {
        struct Loud;
        impl Host for Loud {
            fn slot(&self, words: &str) -> String {
                words.to_owned()
            }
            fn directive(&self, _: &Directive, _: Place, body: &str) -> Result<String, Diagnostic> {
                Ok(body.to_owned())
            }
            fn image(&self, address: &str) -> String {
                address.to_owned()
            }
            fn text(&self, words: &str) -> String {
                words.replace("bail", "BAIL")
            }
        }
        let text =
            "## bail\n\n[le bail](/x/) `bail` **bail** bail ![bail](/i.png)\n\n| bail |\n|---|\n| bail |\n";
        let source = Source::new("x.md", text);
        let mut faults = Diagnostics::default();
        let body = markdown::parse(&source, 0..text.len(), &[GUIDE], &mut faults);
        let out = html(&body, 1, &Loud, &mut Diagnostics::default());
        assert_eq!(out.matches("BAIL").count(), 3, "{out}");
        for linked in ["<strong>BAIL</strong>", " BAIL <img", "<td>BAIL</td>"] {
            assert!(out.contains(linked), "{linked} in {out}");
        }
    }

    #[test]
    fn images_keep_their_words() {
        assert_eq!(
            render("![Un *plan*](/images/p.png)"),
            "<p><img class=\"fr-responsive-img\" src=\"/images/p.png\" alt=\"Un plan\"></p>\n"
        );
    }
}
