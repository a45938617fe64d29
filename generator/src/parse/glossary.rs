//! Terms of the glossary: `content/glossaire/*.md`.

use super::directive::GUIDE;
use super::fields::{Fields, Located};
use super::guide::{references, review};
use super::{front_matter, markdown, slug_of};
use crate::body::Body;
use crate::diagnostic::Diagnostics;
use crate::site::{Reference, Review, Slug};
use crate::source::{Source, Sources};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folder of the glossary.
pub const GLOSSARY: &str = "content/glossaire/";

/// A word of the law, said in plain French.
#[derive(Debug, Clone)]
pub struct Term {
    /// Name in the address.
    pub slug: Slug,
    /// Path of the file.
    pub path: Arc<str>,
    /// The term as it stands in a sentence: « dépôt de garantie », « CDC ».
    pub name: Located<String>,
    /// Other spellings that count as the term: its plural, its abbreviation.
    pub variants: Vec<Located<String>>,
    /// Whether its first use in a page becomes a link. Everyday words say no.
    pub linked: bool,
    /// What it means, in one sentence.
    pub definition: Located<String>,
    /// Who answers for it, and until when.
    pub review: Review,
    /// What it stands on.
    pub sources: Vec<Reference>,
    /// Slugs of related terms.
    pub related: Vec<Located<String>>,
    /// Legal meaning, example.
    pub body: Body,
}

impl Term {
    /// Its address on the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/glossaire/{}/", self.slug)
    }

    /// Every spelling that counts as the term.
    pub fn spellings(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.name).chain(&self.variants)
    }
}

/// Reads every term that is not a draft.
pub fn parse(sources: &Sources, today: Date, faults: &mut Diagnostics) -> BTreeMap<Slug, Term> {
    let files = sources
        .under(GLOSSARY)
        .filter(|source| source.path.ends_with(".md"));
    files
        .filter_map(|source| term(source, today, faults))
        .map(|term| (term.slug.clone(), term))
        .collect()
}

fn term(source: &Source, today: Date, faults: &mut Diagnostics) -> Option<Term> {
    let slug = slug_of(source, GLOSSARY, faults);
    let (head, body) = front_matter::read(source, faults)?;
    let mut fields = Fields::new(&head, faults);
    let name = fields.required("terme");
    let variants = fields.texts("variantes");
    let linked = fields.flag("lier", true);
    let definition = fields.required("definition");
    let review = review(&mut fields, today);
    let sources = fields.list("sources");
    let related = fields.texts("voir_aussi");
    let draft = fields.flag("brouillon", false);
    fields.finish();
    let sources = references(sources, today, faults);
    let body = markdown::parse(source, body, &[GUIDE], faults);
    let slug = slug.filter(|_| !draft)?;
    Some(Term {
        slug,
        path: source.path.clone(),
        name,
        variants,
        linked,
        definition,
        review,
        sources,
        related,
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_term_and_reports_what_is_missing() {
        let mut sources = Sources::default();
        sources.insert(
            "content/glossaire/depot-de-garantie.md",
            "---\nterme: dépôt de garantie\nvariantes: [dépôts de garantie]\ndefinition: D\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n---\n## Sens\n",
        );
        sources.insert("content/glossaire/avis.md", "---\nterme: avis\nliers: non\n---\n");
        let mut faults = Diagnostics::default();
        let terms = parse(&sources, Date::constant(2026, 11, 23), &mut faults);
        let term = &terms["depot-de-garantie"];
        assert_eq!(term.address(), "/glossaire/depot-de-garantie/");
        assert_eq!(term.spellings().count(), 2);
        assert!(term.linked);
        let hints: Vec<_> = faults
            .sorted()
            .into_iter()
            .filter_map(|fault| fault.hint)
            .collect();
        assert!(hints.iter().any(|hint| hint.contains("« lier »")), "{hints:?}");
        assert!(hints.iter().any(|hint| hint.contains("definition")), "{hints:?}");
    }
}
