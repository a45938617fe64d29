//! The questionnaires that a letter names exist and propose it, and no other does.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::fields::Located;
use crate::parse::letter::Letter;
use crate::site::Site;

/// Name of the rule.
const RULE: &str = "courrier-questionnaire";

pub(in crate::check) fn check(content: &Content, faults: &mut Diagnostics) {
    let site = content.site;
    for letter in site.letters.values() {
        for slug in &letter.trees {
            if let Some(fault) = named(site, letter, slug) {
                faults.push(fault);
            }
        }
        let blocks = letter.blocks.iter().flat_map(|block| &block.trees);
        let known: Vec<&str> = letter.trees.iter().map(|slug| slug.value.as_str()).collect();
        for slug in blocks.filter(|slug| !known.contains(&slug.value.as_str())) {
            let message = format!(
                "« {} » n'est pas dans la liste « arbre » de ce courrier.",
                slug.value
            );
            let hint = || "Ajoutez ce questionnaire à la liste, ou retirez ce bloc.".to_owned();
            faults.push(Diagnostic::error(RULE, slug.span.clone(), message).hint(near(
                &slug.value,
                &known,
                hint,
            )));
        }
        for tree in site.trees.values().filter(|tree| tree.proposes(&letter.slug)) {
            if !known.is_empty() && !known.contains(&tree.slug.as_str()) {
                let message = format!(
                    "Le questionnaire « {} » propose ce courrier, qui ne le nomme pas dans « arbre ».",
                    tree.slug
                );
                let hint = format!("Écrivez « arbre: [{}, {}] ».", known.join(", "), tree.slug);
                faults.push(Diagnostic::error(RULE, letter.trees[0].span.clone(), message).hint(hint));
            }
        }
    }
}

/// What is wrong with a questionnaire that a letter names.
fn named(site: &Site, letter: &Letter, slug: &Located<String>) -> Option<Diagnostic> {
    let slugs: Vec<&str> = site.trees.keys().map(crate::site::Slug::as_str).collect();
    let Some(tree) = site.trees.get(slug.value.as_str()) else {
        let message = format!("Aucun questionnaire ne s'appelle « {} ».", slug.value);
        let hint = || format!("Possibles : {}.", slugs.join(", "));
        return Some(Diagnostic::error(RULE, slug.span.clone(), message).hint(near(
            &slug.value,
            &slugs,
            hint,
        )));
    };
    if tree.proposes(&letter.slug) {
        return None;
    }
    let message = format!(
        "Aucune issue du questionnaire « {} » ne propose ce courrier.",
        slug.value
    );
    let hint = format!(
        "Ajoutez « {} » aux « lettres » d'une issue, ou retirez « {} » de « arbre ».",
        letter.slug, slug.value
    );
    Some(Diagnostic::error(RULE, slug.span.clone(), message).hint(hint))
}

fn near(name: &str, known: &[&str], otherwise: impl Fn() -> String) -> String {
    nearest(name, known.iter().copied())
        .map_or_else(otherwise, |near| format!("Vouliez-vous dire « {near} » ?"))
}

#[cfg(test)]
mod tests {
    use crate::render::tree::tests::shared;
    use jiff::civil::Date;

    fn told(trees: &str, body: &str) -> Vec<String> {
        let (site, _, mut faults) = crate::parse::parse(&shared(trees, body), Date::constant(2026, 11, 23));
        faults.extend(crate::check::content(&site));
        faults
            .sorted()
            .into_iter()
            .map(|fault| format!("{} {}", fault.rule, fault.message))
            .collect()
    }

    #[test]
    fn a_letter_and_its_trees_agree() {
        let rule = "courrier-questionnaire";
        assert_eq!(told("arbre: [t, u]\n", ""), [""; 0]);
        let alone = told("arbre: t\n", "");
        assert_eq!(alone.len(), 1, "{alone:?}");
        assert!(
            alone[0].starts_with(rule) && alone[0].contains("« u » propose"),
            "{alone:?}"
        );
        let unknown = told("arbre: [t, u, v]\n", ":::arbre w\nTexte.\n:::\n");
        assert!(unknown.iter().all(|fault| fault.starts_with(rule)), "{unknown:?}");
        assert_eq!(unknown.len(), 2, "{unknown:?}");
        // What only one of them guarantees is told with the name of the other.
        let figure = told("arbre: [t, u]\n", "Somme {{ somme }}.\n");
        assert!(
            figure
                .iter()
                .any(|fault| fault.starts_with("arbre-nom-inconnu Après le questionnaire « u »")),
            "{figure:?}"
        );
    }
}
