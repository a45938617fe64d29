//! The explanations of rules, for `generator explain`.

use super::{content, html};
use crate::nearest::nearest;

/// Explanations of the faults that parsing and rendering tell: several rules may share a page.
const SYNTAX: &[(&[&str], &str)] = &[
    (
        &["cle-inconnue", "cle-manquante", "cle-type", "cle-valeur"],
        include_str!("syntax/keys.md"),
    ),
    (&["yaml"], include_str!("syntax/yaml.md")),
    (&["en-tete"], include_str!("syntax/front_matter.md")),
    (&["date"], include_str!("syntax/date.md")),
    (&["slug", "adresse-prise"], include_str!("syntax/slug.md")),
    (
        &[
            "directive-inconnue",
            "directive-cle",
            "directive-valeur",
            "directive-titre",
            "directive-fermeture",
            "directive-retrait",
        ],
        include_str!("syntax/directive.md"),
    ),
    (&["emplacement"], include_str!("syntax/slot.md")),
    (&["html-brut"], include_str!("syntax/html.md")),
    (&["titre-niveau"], include_str!("syntax/heading.md")),
    (&["fichier-manquant"], include_str!("syntax/file.md")),
    (&["gabarit"], include_str!("syntax/template.md")),
];

/// The explanation of a rule, in French Markdown.
#[must_use]
pub fn explanation(rule: &str) -> Option<&'static str> {
    let syntax = SYNTAX
        .iter()
        .find(|(names, _)| names.contains(&rule))
        .map(|(_, text)| *text);
    let content = || {
        content::RULES
            .iter()
            .find(|known| known.name == rule)
            .map(|known| known.explanation)
    };
    let html = || {
        html::RULES
            .iter()
            .find(|(name, _)| *name == rule)
            .map(|(_, text)| *text)
    };
    syntax.or_else(content).or_else(html)
}

/// Every rule that has an explanation, in alphabetical order.
#[must_use]
pub fn rules() -> Vec<&'static str> {
    let syntax = SYNTAX.iter().flat_map(|(names, _)| names.iter().copied());
    let content = content::RULES.iter().map(|rule| rule.name);
    let html = html::RULES.iter().map(|(name, _)| *name);
    let mut names: Vec<_> = syntax.chain(content).chain(html).collect();
    names.sort_unstable();
    names
}

/// The rule whose name is nearest to a misspelt one.
#[must_use]
pub fn near(rule: &str) -> Option<&'static str> {
    let names = rules();
    let found = nearest(rule, names.iter().copied())?;
    names.into_iter().find(|name| *name == found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_once() {
        let names = rules();
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once);
        for name in names {
            let text = explanation(name).expect("an explanation");
            assert!(text.contains(name) && text.contains("Bon exemple"), "{name}");
        }
        assert_eq!(near("lien-mrot"), Some("lien-mort"));
    }
}
