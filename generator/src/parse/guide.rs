//! Guides: `content/guides/*.md`.

use super::directive::GUIDE;
use super::fields::{Fields, Located};
use super::publication::{self, Reading};
use super::yaml::Node;
use super::{dates, front_matter, markdown, slug_of};
use crate::diagnostic::Diagnostics;
use crate::site::{Audience, Guide, Reference, Review, Slug};
use crate::source::{Source, Sources};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Folder of the guides.
pub const GUIDES: &str = "content/guides/";

/// Reads every guide that readers see, or all of them in the preview.
pub fn parse(
    sources: &Sources,
    reading: impl Into<Reading>,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, Guide> {
    let reading = reading.into();
    let files: Vec<&Source> = sources
        .under(GUIDES)
        .filter(|source| source.path.ends_with(".md"))
        .collect();
    let read: Vec<(Option<Guide>, Diagnostics)> = files
        .par_iter()
        .map(|source| {
            let mut found = Diagnostics::default();
            (guide(source, reading, &mut found), found)
        })
        .collect();
    let mut guides = BTreeMap::new();
    for (guide, found) in read {
        faults.extend(found);
        guides.extend(guide.map(|guide| (guide.slug.clone(), guide)));
    }
    guides
}

/// Reads one guide; nothing when readers do not see it or it cannot be read.
pub fn guide(source: &Source, reading: Reading, faults: &mut Diagnostics) -> Option<Guide> {
    let today = reading.today;
    let slug = slug_of(source, GUIDES, faults);
    let (head, body) = front_matter::read(source, faults)?;
    let mut fields = Fields::new(&head, faults);
    let title = fields.required("titre");
    let description = fields.required("description");
    let answer = fields.required("reponse");
    let audience = audience(&mut fields);
    let motives = fields.texts("motif");
    let glossary = fields.flag("lier_glossaire", true);
    let review = review(&mut fields, today);
    let sources = fields.list("sources");
    let next_steps = fields.texts("suites");
    let related = fields.texts("voir_aussi");
    let aliases = publication::aliases(&mut fields);
    let shown = publication::shown(&mut fields, today);
    fields.finish();
    let sources = references(sources, today, faults);
    let body = markdown::parse(source, body, &[GUIDE], faults);
    let slug = slug.filter(|_| shown.is_taken(reading))?;
    Some(Guide {
        slug,
        path: source.path.clone(),
        title,
        description,
        answer,
        audience,
        motives,
        glossary,
        review,
        sources,
        next_steps,
        related,
        aliases,
        shown,
        words: body.plain_text().split_whitespace().count(),
        body,
    })
}

fn audience(fields: &mut Fields) -> Vec<Audience> {
    let mut found = Vec::new();
    for text in fields.texts("public") {
        match text.value.as_str() {
            "locataire" => found.push(Audience::Tenant),
            "bailleur" => found.push(Audience::Landlord),
            _ => fields.faults().push(unknown_audience(&text)),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn unknown_audience(text: &Located<String>) -> crate::diagnostic::Diagnostic {
    let message = format!("« {} » n'est pas une valeur de « public ».", text.value);
    crate::diagnostic::Diagnostic::error("cle-valeur", text.span.clone(), message)
        .hint("Écrivez « public: [locataire, bailleur] » ou l'un des deux.")
}

/// The three keys that every text has: `responsable`, `revue_le`, `prochaine_revue`.
pub fn review(fields: &mut Fields, today: Date) -> Review {
    Review {
        owner: fields.required("responsable"),
        reviewed: dates::required(fields, "revue_le", today),
        next: dates::required(fields, "prochaine_revue", today),
    }
}

/// The list `sources` of a text.
pub fn references(nodes: &[Node], today: Date, faults: &mut Diagnostics) -> Vec<Reference> {
    nodes.iter().map(|node| reference(node, today, faults)).collect()
}

fn reference(node: &Node, today: Date, faults: &mut Diagnostics) -> Reference {
    let mut fields = Fields::new(node, faults);
    let reference = Reference {
        title: fields.required("titre"),
        address: fields.text("adresse"),
        read: dates::required(&mut fields, "lu_le", today),
        article: fields.text("article"),
    };
    fields.finish();
    reference
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::publication::Shown;

    const HEAD: &str = "titre: T\ndescription: D\nreponse: R\npublic: [bailleur, locataire]\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2026-07-01\n";

    fn parsed(name: &str, text: &str) -> (BTreeMap<Slug, Guide>, Vec<&'static str>) {
        let mut sources = Sources::default();
        sources.insert(&format!("{GUIDES}{name}"), text);
        let mut faults = Diagnostics::default();
        let guides = parse(&sources, Date::constant(2026, 11, 23), &mut faults);
        (
            guides,
            faults.sorted().into_iter().map(|fault| fault.rule).collect(),
        )
    }

    #[test]
    fn reads_a_guide_and_skips_a_draft() {
        let (guides, rules) = parsed("a.md", &format!("---\n{HEAD}---\n## Un\n"));
        assert_eq!(rules, [""; 0]);
        assert_eq!(guides["a"].audience, [Audience::Tenant, Audience::Landlord]);
        assert_eq!(guides["a"].body.headings()[0].id, "un");
        let (guides, rules) = parsed("a.md", &format!("---\n{HEAD}brouillon: oui\n---\n"));
        assert_eq!((guides.len(), rules.len()), (0, 0));
    }

    #[test]
    fn a_guide_is_shown_between_its_days_and_always_in_the_preview() {
        let today = Date::constant(2026, 11, 23);
        for (keys, shown) in [
            ("publier_le: 2026-11-23\n", Shown::Published),
            (
                "publier_le: 2026-11-24\n",
                Shown::From(Date::constant(2026, 11, 24)),
            ),
            ("retirer_le: 2026-11-24\n", Shown::Published),
            ("retirer_le: 2026-11-23\n", Shown::Until(today)),
            ("brouillon: oui\npublier_le: 2026-11-01\n", Shown::Draft),
        ] {
            let mut sources = Sources::default();
            sources.insert("content/guides/a.md", &format!("---\n{HEAD}{keys}---\n"));
            let mut faults = Diagnostics::default();
            let read = |unpublished| {
                parse(
                    &sources,
                    Reading { today, unpublished },
                    &mut Diagnostics::default(),
                )
            };
            assert_eq!(read(true)["a"].shown, shown, "{keys}");
            assert_eq!(read(false).contains_key("a"), shown == Shown::Published, "{keys}");
            parse(&sources, today, &mut faults);
            assert_eq!(faults.sorted(), []);
        }
    }

    #[test]
    fn gathers_every_fault_of_a_file() {
        let (_, rules) = parsed(
            "Été.md",
            "---\ntitre: T\npublic: proprio\nrevue_le: 1/2/2026\n---\n<b>\n",
        );
        for rule in ["slug", "cle-manquante", "cle-valeur", "date", "html-brut"] {
            assert!(rules.contains(&rule), "{rule} in {rules:?}");
        }
    }
}
