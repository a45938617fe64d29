//! The body of a page: Markdown events, directives and slots, each with its place.

use crate::parse::fields::Located;
use crate::source::Span;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// A Markdown text, parsed once; checks and render read the same pieces.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The pieces in reading order. Directives are balanced, and each closes where it was opened.
    pub pieces: Vec<Piece>,
}

/// One event of a body and its place in the file.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of pieces.
#[derive(Debug, Clone)]
pub enum PieceKind {
    /// An event of CommonMark. Headings carry their id.
    Event(Event<'static>),
    /// `{{ … }}` in running text: the words between the braces, trimmed.
    Slot(String),
    /// A line `:::name{key=value} Title`.
    Open(Directive),
    /// The closing line `:::`.
    Close,
}

/// The opening line of a directive.
#[derive(Debug, Clone)]
pub struct Directive {
    /// Known name without accents: `accordeon`, `a-retenir`.
    pub name: &'static str,
    /// Place of the name in the file.
    pub name_span: Span,
    /// Keys without accents, and their values.
    pub args: Vec<(&'static str, Located<String>)>,
    /// Words after the braces; may be empty.
    pub title: Located<String>,
}

impl Directive {
    /// The value of a key.
    #[must_use]
    pub fn arg(&self, key: &str) -> Option<&Located<String>> {
        self.args
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }
}

/// A heading of a body.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl Body {
    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The headings written with `#`, in order.
    #[must_use]
    pub fn headings(&self) -> Vec<Heading> {
        let mut found = Vec::new();
        let mut open: Option<Heading> = None;
        for piece in &self.pieces {
            match &piece.kind {
                PieceKind::Event(Event::Start(Tag::Heading { level, id, .. })) => {
                    open = Some(Heading {
                        level: level_number(*level),
                        id: id.as_deref().unwrap_or_default().to_owned(),
                        text: String::new(),
                        span: piece.span.clone(),
                    });
                }
                PieceKind::Event(Event::End(TagEnd::Heading(_))) => found.extend(open.take()),
                kind => {
                    if let Some(heading) = &mut open {
                        heading.text.push_str(words(kind));
                    }
                }
            }
        }
        found
    }

    /// Addresses of links and images with their places.
    pub fn links(&self) -> impl Iterator<Item = (&str, &Span)> {
        self.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Event(Event::Start(Tag::Link { dest_url, .. })) => Some((&**dest_url, &piece.span)),
            PieceKind::Open(directive) if directive.name != "telechargement" => {
                directive.arg("adresse").map(|a| (a.value.as_str(), &a.span))
            }
            _ => None,
        })
    }

    /// The words alone, blocks parted by a space.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match &piece.kind {
                PieceKind::Event(Event::End(end)) if is_block(*end) => text.push(' '),
                PieceKind::Event(Event::SoftBreak | Event::HardBreak) => text.push(' '),
                PieceKind::Open(directive) => {
                    text.push_str(&directive.title.value);
                    text.push(' ');
                }
                kind => text.push_str(words(kind)),
            }
        }
        text
    }
}

/// The number of a heading level.
#[must_use]
pub fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn words(kind: &PieceKind) -> &str {
    match kind {
        PieceKind::Event(Event::Text(text) | Event::Code(text)) => text,
        PieceKind::Event(Event::SoftBreak | Event::HardBreak) => " ",
        _ => "",
    }
}

fn is_block(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}
