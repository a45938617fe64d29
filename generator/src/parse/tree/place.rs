//! Places of the tree engine (a file number and bytes) and places of the generator (a path and bytes).

use crate::parse::fields::Located;
use crate::source::{Source, Span};
use decision_tree::source::{Raw, Span as TreeSpan};
use std::sync::Arc;

/// The files of one tree, in the order they were met: their index is what the engine keeps.
#[derive(Debug, Clone, Default)]
pub struct Files(Vec<Source>);

impl Files {
    /// Adds a file, so that places in it can be numbered.
    pub fn add(&mut self, source: &Source) {
        if self.index(&source.path).is_none() {
            self.0.push(source.clone());
        }
    }

    fn index(&self, path: &Arc<str>) -> Option<usize> {
        self.0.iter().position(|file| file.path == *path)
    }

    /// The engine's name of a place. A place in an unknown file becomes the start of the first one.
    #[must_use]
    pub fn number(&self, span: &Span) -> TreeSpan {
        let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        match self.index(&span.path) {
            Some(index) => TreeSpan::new(small(index), small(span.start), small(span.end)),
            None => TreeSpan::default(),
        }
    }

    /// The generator's name of a place, for a diagnostic.
    #[must_use]
    pub fn place(&self, span: TreeSpan) -> Option<Span> {
        let file = self.0.get(usize::try_from(span.file).ok()?)?;
        Some(file.span(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?))
    }

    /// A located text as the engine wants it. Quotes around a value are left out of its place, so that
    /// places inside an expression stay exact.
    #[must_use]
    pub fn raw(&self, text: &Located<String>) -> Raw {
        let mut span = text.span.clone();
        if let Some(file) = self.index(&span.path).and_then(|index| self.0.get(index)) {
            let written = &file.text[span.start..span.end];
            if written.len() == text.value.len() + 2
                && written.get(1..written.len() - 1) == Some(text.value.as_str())
            {
                span.start += 1;
                span.end -= 1;
            } else if let Some(at) = written
                .find(text.value.as_str())
                .filter(|_| written.trim() == text.value)
            {
                span = file.span(span.start + at..span.start + at + text.value.len());
            }
        }
        Raw::new(text.value.clone(), self.number(&span))
    }
}
