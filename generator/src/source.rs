//! The sources of a site, as text, and places within them.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::Arc;

/// One text file of `content` or `theme`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the root, with `/` between its parts: `content/guides/x.md`.
    pub path: Arc<str>,
    /// The text, UTF-8, line ends as found.
    pub text: Arc<str>,
}

impl Source {
    /// A source from its path and text.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    /// The place of a range of bytes of this source. The range is cut to the text.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.text.len());
        Span {
            path: self.path.clone(),
            start: range.start.min(end),
            end,
        }
    }
}

/// A place in a source: a path and a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Path of the source, as in [`Source::path`].
    pub path: Arc<str>,
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

/// Everything read from the disk: texts by path, and other files as bytes.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Text files (`.md`, `.yaml`, `.html`, `.css`, `.js`, `.json`), in the order of their paths.
    pub texts: BTreeMap<Arc<str>, Source>,
    /// Other files (images, fonts), in the order of their paths.
    pub bytes: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl Sources {
    /// Adds a text.
    pub fn insert(&mut self, path: &str, text: &str) {
        let source = Source::new(path, text);
        self.texts.insert(source.path.clone(), source);
    }

    /// The text at this exact path.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&Source> {
        self.texts.get(path)
    }

    /// The texts below a folder (`content/guides/`), in the order of their paths.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Source> {
        self.texts
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(_, source)| source)
    }
}
