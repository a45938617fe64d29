//! The text of a letter, line by line: paragraphs, slots, and blocks that depend on a fact.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::slot;
use crate::source::{Source, Span};
use std::ops::Range;

/// Paragraphs under the same conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `:::arbre`: the questionnaires after which it stands; empty for all, and for none.
    pub trees: Vec<Located<String>>,
    /// All must hold (`:::si` blocks may nest); empty for the text that always stands.
    pub conditions: Vec<Located<String>>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

impl Block {
    /// Whether it stands in the letter written after this questionnaire, or after none.
    #[must_use]
    pub fn stands(&self, tree: Option<&str>) -> bool {
        self.trees.is_empty() || tree.is_some_and(|slug| self.trees.iter().any(|known| known.value == slug))
    }
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

/// The body, line by line: `:::si condition` … `:::`, `:::arbre slug` … `:::`, blank lines between paragraphs.
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

/// What opens a block.
enum Guard {
    If(Located<String>),
    Trees(Vec<Located<String>>),
}

struct Reader<'s, 'd> {
    source: &'s Source,
    faults: &'d mut Diagnostics,
    /// What is open at this line, each with the place of its opening line.
    open: Vec<(Guard, Span)>,
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
            let condition = self.located(condition, start + 3);
            self.open.push((Guard::If(condition), span));
        } else if let Some(slugs) = words.strip_prefix("arbre ") {
            let mut at = start + 6;
            let slug = |slug: &str| {
                at += slug.len() + 1;
                self.located(slug, at - slug.len() - 1)
            };
            let trees = slugs.split(',').map(slug).collect();
            self.open.push((Guard::Trees(trees), span));
        } else {
            self.faults.push(
                Diagnostic::error(
                    "directive",
                    span,
                    "Une lettre ne connaît que les blocs « :::si un fait » et « :::arbre un questionnaire ».",
                )
                .hint("Écrivez « :::si » et le nom d'un fait, ou « :::arbre » et le nom d'un questionnaire, puis « ::: » à la fin du bloc."),
            );
        }
    }

    /// A text without the spaces around it, and its place; it begins at this offset.
    fn located(&self, text: &str, start: usize) -> Located<String> {
        let start = start + text.len() - text.trim_start().len();
        let value = text.trim().to_owned();
        let span = self.source.span(start..start + value.len());
        Located { value, span }
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
                    .hint(format!(
                        "Fermez-les sur la même ligne : {}.",
                        slot::closed(&rest[open..])
                    )),
                );
                break;
            };
            if open > 0 {
                self.paragraph.push(Run::Text(rest[..open].to_owned()));
            }
            let inner = &rest[open + 2..open + length];
            self.paragraph
                .push(Run::Slot(self.located(inner, offset + open + 2)));
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
        let mut trees = Vec::new();
        let mut conditions = Vec::new();
        for (guard, _) in &self.open {
            match guard {
                Guard::If(condition) => conditions.push(condition.clone()),
                Guard::Trees(slugs) => trees.clone_from(slugs),
            }
        }
        match self.blocks.last_mut() {
            Some(block) if block.trees == trees && block.conditions == conditions => {
                block.paragraphs.push(paragraph);
            }
            _ => self.blocks.push(Block {
                trees,
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
