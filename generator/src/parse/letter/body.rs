//! The text of a letter, line by line: paragraphs, slots, and blocks that depend on a fact.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::source::{Source, Span};
use std::ops::Range;

/// Paragraphs under the same conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// All must hold (`:::si` blocks may nest); empty for the text that always stands.
    pub conditions: Vec<Located<String>>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph: its runs in order.
pub type Paragraph = Vec<Run>;

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Text(String),
    /// `{{ name }}`.
    Slot(Located<String>),
    /// End of a line that the author broke.
    Break,
}

/// The body, line by line: `:::si condition` … `:::`, blank lines between paragraphs.
pub(super) fn blocks(source: &Source, body: Range<usize>, faults: &mut Diagnostics) -> Vec<Block> {
    let mut reader = Reader {
        source,
        faults,
        open: Vec::new(),
        blocks: Vec::new(),
        paragraph: Vec::new(),
    };
    let mut offset = body.start;
    for line in source.text[body].split_inclusive('\n') {
        reader.line(line, offset);
        offset += line.len();
    }
    reader.finish()
}

struct Reader<'s, 'd> {
    source: &'s Source,
    faults: &'d mut Diagnostics,
    /// Conditions open at this line, each with the place of its opening line.
    open: Vec<(Located<String>, Span)>,
    blocks: Vec<Block>,
    paragraph: Paragraph,
}

impl Reader<'_, '_> {
    fn line(&mut self, line: &str, offset: usize) {
        let trimmed = line.trim();
        let start = offset + (line.len() - line.trim_start().len());
        let span = self.source.span(start..start + trimmed.len());
        if let Some(directive) = trimmed.strip_prefix(":::") {
            self.end_paragraph();
            self.directive(directive, start + 3, span);
        } else if trimmed.is_empty() {
            self.end_paragraph();
        } else {
            if !self.paragraph.is_empty() {
                self.paragraph.push(Run::Break);
            }
            self.runs(trimmed, start);
        }
    }

    fn directive(&mut self, words: &str, start: usize, span: Span) {
        if words.trim().is_empty() {
            if self.open.pop().is_none() {
                self.faults.push(
                    Diagnostic::error("directive", span, "Cette ligne « ::: » ne ferme rien.")
                        .hint("Retirez-la, ou ouvrez un bloc avec « :::si un fait »."),
                );
            }
        } else if let Some(condition) = words.strip_prefix("si ") {
            let skip = 3 + condition.len() - condition.trim_start().len();
            let value = condition.trim().to_owned();
            let place = self.source.span(start + skip..start + skip + value.len());
            self.open.push((Located { value, span: place }, span));
        } else {
            self.faults.push(
                Diagnostic::error(
                    "directive",
                    span,
                    "Une lettre ne connaît que les blocs « :::si un fait ».",
                )
                .hint("Écrivez « :::si », le nom d'un fait, puis « ::: » à la fin du bloc."),
            );
        }
    }

    fn runs(&mut self, text: &str, start: usize) {
        let mut rest = text;
        let mut offset = start;
        while let Some(open) = rest.find("{{") {
            let Some(length) = rest[open..].find("}}") else {
                self.faults.push(
                    Diagnostic::error(
                        "accolades",
                        self.source.span(offset + open..start + text.len()),
                        "Ces accolades ne sont pas fermées.",
                    )
                    .hint("Écrivez le nom entre « {{ » et « }} », sur une même ligne."),
                );
                break;
            };
            if open > 0 {
                self.paragraph.push(Run::Text(rest[..open].to_owned()));
            }
            let inner = &rest[open + 2..open + length];
            let name_start = offset + open + 2 + (inner.len() - inner.trim_start().len());
            let name = inner.trim().to_owned();
            let span = self.source.span(name_start..name_start + name.len());
            self.paragraph.push(Run::Slot(Located { value: name, span }));
            offset += open + length + 2;
            rest = &rest[open + length + 2..];
        }
        if !rest.is_empty() {
            self.paragraph.push(Run::Text(rest.to_owned()));
        }
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        let conditions: Vec<_> = self.open.iter().map(|(condition, _)| condition.clone()).collect();
        match self.blocks.last_mut() {
            Some(block) if block.conditions == conditions => block.paragraphs.push(paragraph),
            _ => self.blocks.push(Block {
                conditions,
                paragraphs: vec![paragraph],
            }),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        for (_, span) in std::mem::take(&mut self.open) {
            self.faults.push(
                Diagnostic::error("directive", span, "Ce bloc n'est pas fermé.")
                    .hint("Ajoutez une ligne « ::: » à la fin du bloc."),
            );
        }
        self.blocks
    }
}
