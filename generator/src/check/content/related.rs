//! `voir_aussi` names guides.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let guides = &content.site.guides;
    for guide in guides.values() {
        for slug in &guide.related {
            let known = guides.contains_key(slug.value.as_str());
            if known && slug.value != guide.slug.as_str() {
                continue;
            }
            let others = guides.keys().filter(|other| **other != guide.slug);
            let hint = nearest(&slug.value, others.map(crate::site::Slug::as_str)).map_or_else(
                || "Écrivez le nom de fichier d'un autre guide, sans « .md ».".to_owned(),
                |near| format!("Vouliez-vous dire « {near} » ?"),
            );
            let message = if known {
                "Ce guide renvoie à lui-même.".to_owned()
            } else {
                format!("Aucun guide ne s'appelle « {} ».", slug.value)
            };
            faults.push(Diagnostic::error("voir-aussi", slug.span.clone(), message).hint(hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn unknown_guides_and_oneself_are_told() {
        let told = told("voir_aussi: [bail-vides, a]\n", "");
        assert_eq!(told.iter().filter(|(rule, _)| *rule == "voir-aussi").count(), 2);
        assert_eq!(told[0].1, "Vouliez-vous dire « bail-vide » ?");
    }
}
