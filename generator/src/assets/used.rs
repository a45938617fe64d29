//! The names that pages can bear: read in the words of templates and scripts, once for all sheets.

use crate::source::Sources;
use std::collections::BTreeSet;

/// Where names are written.
const FOLDERS: [&str; 3] = ["theme/layouts/", "theme/components/", "theme/scripts/"];
/// What the generator and the form service write themselves.
const WRITTEN: [&str; 7] = [
    "fr-btn fr-btn--secondary fr-btns-group fr-btns-group--inline-md",
    "fr-cell--right fr-cell--center",
    "fr-responsive-img",
    "fr-sr-only",
    "fr-skiplinks",
    "fr-table",
    "fr-link",
];
/// Classes of the design system: the only ones that may be found useless. Ours are all kept.
const SYSTEM: &str = "fr-";

/// The names in use.
#[derive(Debug, Clone, Default)]
pub struct Used {
    names: BTreeSet<String>,
    /// Starts of names whose end a template computes: `fr-alert--`.
    starts: BTreeSet<String>,
}

impl Used {
    /// The names that the theme and the programs write.
    #[must_use]
    pub fn by(sources: &Sources) -> Self {
        let texts = FOLDERS.iter().flat_map(|folder| sources.under(folder));
        let texts = texts.filter(|source| !source.path.ends_with(".css") && !source.path.ends_with(".yaml"));
        Self::of(texts.map(|source| &*source.text).chain(WRITTEN))
    }

    /// The names in these texts.
    #[must_use]
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut used = Self::default();
        let words = texts
            .into_iter()
            .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_'));
        for word in words.filter(|word| word.starts_with(SYSTEM) || word.starts_with("--")) {
            if word.ends_with('-') {
                used.starts.insert(word.to_owned());
            } else {
                used.names.insert(word.to_owned());
            }
        }
        // Comments speak of « fr-icon-… »: the names of icons are always written whole.
        for vague in [SYSTEM, "fr-icon-"] {
            used.starts.remove(vague);
        }
        used
    }

    /// Whether a page may bear this class.
    #[must_use]
    pub fn class(&self, class: &str) -> bool {
        !class.starts_with(SYSTEM)
            || self.names.contains(class)
            || self.starts.iter().any(|start| class.starts_with(start.as_str()))
    }

    /// Whether a script reads this custom property.
    #[must_use]
    pub fn property(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
