//! The site between a saving and the end of the next whole build: the saved text is read at once, and a page is
//! rendered when a browser asks for it, so that all that depends on the text is right.

use crate::diagnostic::Diagnostics;
use crate::parse::guide::{self, GUIDES};
use crate::parse::page::{self, HOME, PAGES};
use crate::parse::publication::Reading;
use crate::render::Renderer;
use crate::render::part::Part;
use crate::site::Slug;
use crate::source::{Source, Sources};
use crate::{Read, load};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The last site read, kept up to date text by text.
pub(super) struct Live {
    read: Read,
    /// The number of the last change that it holds.
    pub(super) generation: u64,
    /// Files rendered since that change.
    rendered: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Live {
    /// A site as a whole build read it.
    #[must_use]
    pub(super) fn new(read: Read, generation: u64) -> Self {
        Self {
            read,
            generation,
            rendered: Mutex::default(),
        }
    }

    /// Reads the changed files again. `false` when one is no guide and no page, or is faulty: a whole build must
    /// follow, and this site is not to be shown any more.
    pub(super) fn change(&mut self, root: &Path, paths: &[PathBuf], today: Date, generation: u64) -> bool {
        self.generation = generation;
        self.rendered = Mutex::default();
        // What the calendar says of every text changes at midnight.
        today == self.read.site.today && paths.iter().all(|path| self.change_one(root, path))
    }

    fn change_one(&mut self, root: &Path, path: &Path) -> bool {
        let name = load::relative(root, path);
        if load::is_leftover(&name) || path.is_dir() {
            return true;
        }
        let text = load::file(path);
        if text.is_none() && path.exists() {
            return false;
        }
        let source = text.map(|text| Source::new(name.clone(), text));
        let mut faults = Diagnostics::default();
        let taken = self.take(&name, source.as_ref(), &mut faults);
        taken && !faults.has_errors()
    }

    fn take(&mut self, name: &str, source: Option<&Source>, faults: &mut Diagnostics) -> bool {
        let site = &mut self.read.site;
        let reading = Reading {
            today: site.today,
            unpublished: true,
        };
        let slug = |folder: &str| Slug::new(name.strip_prefix(folder)?.strip_suffix(".md")?);
        if name == HOME {
            let mut alone = Sources::default();
            if let Some(source) = source {
                alone.insert(name, &source.text);
            }
            site.home = page::home(&alone, faults);
        } else if let Some(slug) = slug(GUIDES) {
            match source.and_then(|source| guide::guide(source, reading, faults)) {
                Some(guide) => site.guides.insert(slug, guide),
                None => site.guides.remove(&slug),
            };
        } else if let Some(slug) = slug(PAGES) {
            match source.and_then(|source| page::page(source, reading, faults)) {
                Some(page) => site.pages.insert(slug, page),
                None => site.pages.remove(&slug),
            };
        } else {
            return false;
        }
        true
    }

    /// The file at this path of the output; nothing for what only a whole build gives.
    #[must_use]
    pub(super) fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if !rendered.contains_key(path) {
            let part = Part::of(&self.read.site, path)?;
            let renderer = Renderer::new(&self.read.site, &self.read.assets, self.read.templates.clone());
            rendered.extend(part.render(&renderer).into_files());
        }
        rendered.get(path).cloned()
    }
}
