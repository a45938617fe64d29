//! Text to values that keep their places. Parsing gathers every fault and never stops at the first.

pub mod audit;
pub mod contacts;
pub mod dates;
pub mod directive;
pub mod faq;
pub mod fields;
pub mod form;
pub mod front_matter;
pub mod glossary;
pub mod guide;
pub mod law;
pub mod letter;
mod list;
pub mod markdown;
pub mod page;
pub mod places;
pub mod plain_words;
pub mod publication;
pub mod settings;
pub mod synonyms;
pub mod territory;
pub mod theme;
pub mod tree;
pub mod yaml;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Site, Slug};
use crate::source::{Source, Sources};
use crate::theme::Theme;
use publication::Reading;

/// Reads everything: the site at a day (or another [`Reading`]), and the theme.
#[must_use]
pub fn parse(sources: &Sources, reading: impl Into<Reading>) -> (Site, Theme, Diagnostics) {
    parse_again(sources, reading.into(), &mut tree::Memory::default())
}

/// The same reading; questionnaires that the memory knows are not proved again.
#[must_use]
pub fn parse_again(
    sources: &Sources,
    reading: Reading,
    memory: &mut tree::Memory,
) -> (Site, Theme, Diagnostics) {
    let today = reading.today;
    let mut faults = Diagnostics::default();
    let settings = settings::parse(sources, &mut faults);
    let theme = theme::parse(sources, settings.brand, &mut faults);
    let letters = letter::parse(sources, today, &mut faults);
    let mut commissions = places::parse(sources, &mut faults);
    places::complete(&mut commissions, &settings.contacts);
    let site = Site {
        today,
        settings,
        guides: guide::parse(sources, reading, &mut faults),
        pages: page::parse(sources, reading, &mut faults),
        home: page::home(sources, &mut faults),
        law: law::parse(sources, &mut faults),
        commissions,
        trees: tree::parse(sources, &letters, today, memory, &mut faults),
        letters,
        form: form::parse(sources, &mut faults),
        terms: glossary::parse(sources, today, &mut faults),
        faq: faq::parse(sources, today, &mut faults),
        territory: territory::parse(sources, today, &mut faults),
        synonyms: synonyms::parse(sources, &mut faults),
        plain_words: plain_words::parse(sources, &mut faults),
        audit: audit::parse(sources, &mut faults),
    };
    (site, theme, faults)
}

/// The slug that the name of a Markdown file gives: `content/guides/charges.md` is `charges`. A wrong one is reported.
pub(crate) fn slug_of(source: &Source, folder: &str, faults: &mut Diagnostics) -> Option<Slug> {
    let name = source.path.strip_prefix(folder)?.strip_suffix(".md")?;
    let slug = Slug::new(name);
    if slug.is_none() {
        faults.push(
            Diagnostic::error(
                "slug",
                source.span(0..0),
                format!("Le nom de fichier « {name}.md » ne peut pas servir d'adresse."),
            )
            .hint("Renommez-le en minuscules sans accent, avec des traits d'union : « etat-des-lieux.md »."),
        );
    }
    slug
}
