//! Guides: `content/guides/*.md`.

use super::directive::GUIDE;
use super::fields::{Fields, Located};
use super::yaml::Node;
use super::{dates, front_matter, markdown, slug_of};
use crate::diagnostic::Diagnostics;
use crate::site::{Audience, Guide, Reference, Review, Slug};
use crate::source::{Source, Sources};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Folder of the guides.
pub const GUIDES: &str = "content/guides/";

/// Reads every guide that is not a draft.
pub fn parse(sources: &Sources, today: Date, faults: &mut Diagnostics) -> BTreeMap<Slug, Guide> {
    let files = sources
        .under(GUIDES)
        .filter(|source| source.path.ends_with(".md"));
    files
        .filter_map(|source| guide(source, today, faults))
        .map(|guide| (guide.slug.clone(), guide))
        .collect()
}

fn guide(source: &Source, today: Date, faults: &mut Diagnostics) -> Option<Guide> {
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
    let draft = fields.flag("brouillon", false);
    fields.finish();
    let sources = references(sources, today, faults);
    let body = markdown::parse(source, body, &[GUIDE], faults);
    let slug = slug.filter(|_| !draft)?;
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
