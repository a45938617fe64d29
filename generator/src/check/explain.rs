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
            "ancienne-forme",
        ],
        include_str!("syntax/directive.md"),
    ),
    (&["emplacement", "accolades"], include_str!("syntax/slot.md")),
    (
        &["champ-inconnu", "champ-inutile", "directive"],
        include_str!("syntax/letter.md"),
    ),
    (
        &["arbre-fichier", "nom-de-fichier", "choix-inconnu"],
        include_str!("syntax/tree_files.md"),
    ),
    (
        &[
            "id-double",
            "parametre-sans-valeur",
            "parametre-valeur",
            "departement",
        ],
        include_str!("syntax/registry.md"),
    ),
    (
        &[
            "saisine-champ",
            "saisine-condition",
            "saisine-fichier",
            "saisine-nom",
        ],
        include_str!("syntax/form.md"),
    ),
    (&["fausse-liste"], include_str!("content/false_list.md")),
    (&["service"], include_str!("syntax/service.md")),
    (&["question"], include_str!("syntax/question.md")),
    (&["html-brut"], include_str!("syntax/html.md")),
    (&["titre-niveau"], include_str!("syntax/heading.md")),
    (&["fichier-manquant"], include_str!("syntax/file.md")),
    (&["lien-externe"], include_str!("syntax/external_link.md")),
    (&["scripts-perimes"], include_str!("syntax/scripts.md")),
    (&["accessibilite"], include_str!("syntax/audit.md")),
    (&["marque"], include_str!("syntax/brand.md")),
    (&["a-completer"], include_str!("syntax/to-complete.md")),
    (&["coordonnee"], include_str!("syntax/contact.md")),
    (&["feuille-fautive"], include_str!("syntax/sheet.md")),
    (&["gabarit"], include_str!("syntax/template.md")),
    (&["generateur"], include_str!("syntax/program.md")),
];

/// The explanation of a rule, in French Markdown; those of questionnaires come from the engine.
#[must_use]
pub fn explanation(rule: &str) -> Option<&'static str> {
    let tree = || {
        decision_tree::Rule::ALL
            .iter()
            .find(|known| known.id() == rule)
            .map(|known| known.explanation())
    };
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
        let page = html::RULES.iter().map(|known| (known.name, known.explanation));
        let mut all = page.chain(html::SITE_RULES.iter().copied());
        all.find(|(name, _)| *name == rule).map(|(_, text)| text)
    };
    syntax.or_else(content).or_else(html).or_else(tree)
}

/// The criteria of the RGAA that a rule holds, as its page names them: « RGAA, critères 5.4 et 5.5 ».
#[must_use]
pub fn reference(rule: &str) -> Option<&'static str> {
    let text = explanation(rule)?;
    let start = text.find("(RGAA, critère")? + 1;
    let end = start + text[start..].find(')')?;
    text.get(start..end)
}

/// What a rule is about in a few words: the title of its page or, for questionnaires, its first sentence.
#[must_use]
pub fn title(rule: &str) -> Option<String> {
    let text = explanation(rule)?;
    let first = text.lines().next()?;
    let title = match first.strip_prefix("# ") {
        Some(title) => title,
        None => first.split_inclusive(['.', ':']).next().unwrap_or(first),
    };
    Some(title.trim_end_matches([' ', '.', ':']).to_owned())
}

/// Every rule that has an explanation, in alphabetical order.
#[must_use]
pub fn rules() -> Vec<&'static str> {
    let syntax = SYNTAX.iter().flat_map(|(names, _)| names.iter().copied());
    let content = content::RULES.iter().map(|rule| rule.name);
    let html = html::RULES.iter().map(|rule| rule.name);
    let html = html.chain(html::SITE_RULES.iter().map(|(name, _)| *name));
    let trees = decision_tree::Rule::ALL.iter().map(|rule| rule.id());
    let mut names: Vec<_> = syntax.chain(content).chain(html).chain(trees).collect();
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
    use std::path::Path;

    #[test]
    fn every_rule_is_explained_once() {
        let names = rules();
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once);
        for name in names {
            assert!(explanation(name).is_some_and(|text| text.len() > 80), "{name}");
            let title = title(name).expect("a title");
            assert!(
                !title.is_empty() && title.chars().count() < 200 && !title.starts_with('#'),
                "{name}: {title}"
            );
        }
        assert_eq!(near("lien-mrot"), Some("lien-mort"));
    }

    #[test]
    fn a_rule_that_holds_criteria_names_them() {
        assert_eq!(reference("tableau-legende"), Some("RGAA, critères 5.4 et 5.5"));
        assert_eq!(reference("emoji"), Some("RGAA, critère 13.5"));
        assert_eq!(reference("page-document"), Some("RGAA, critère 13.3"));
        assert_eq!(reference("description"), None);
        // Whatever page speaks of a criterion says it in the form that the messages quote.
        for name in rules() {
            let text = explanation(name).unwrap_or_default();
            let speaks = text.contains("critère 1") || text.contains("RGAA, ");
            assert!(!speaks || reference(name).is_some(), "{name}");
        }
    }

    /// The names between quotes that open a call of `Diagnostic`.
    fn told(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                told(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("a text");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let calls = ["error", "warning", "error_nowhere"].map(|call| format!("Diagnostic::{call}("));
                for call in calls {
                    let after = code.split(call.as_str()).skip(1);
                    let names =
                        after.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
                    found.extend(names.map(ToOwned::to_owned));
                }
            }
        }
    }

    #[test]
    fn every_fault_in_the_code_has_an_explanation() {
        let mut found = Vec::new();
        told(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 60, "{}", found.len());
        let missing: Vec<_> = found.iter().filter(|rule| explanation(rule).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
