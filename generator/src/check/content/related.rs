//! `voir_aussi` names other texts of the same kind: guides in a guide, terms in a term.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::fields::Located;
use crate::site::Slug;
use std::collections::BTreeMap;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let guides = &content.site.guides;
    for guide in guides.values() {
        let one = Kind {
            text: "guide",
            own: &guide.slug,
        };
        one.check(&guide.related, guides, faults);
    }
    let terms = &content.site.terms;
    for term in terms.values() {
        let one = Kind {
            text: "terme",
            own: &term.slug,
        };
        one.check(&term.related, terms, faults);
    }
}

/// A text that names others.
struct Kind<'a> {
    text: &'static str,
    own: &'a Slug,
}

impl Kind<'_> {
    fn check<T>(&self, related: &[Located<String>], all: &BTreeMap<Slug, T>, faults: &mut Diagnostics) {
        for slug in related {
            let known = all.contains_key(slug.value.as_str());
            if known && slug.value != self.own.as_str() {
                continue;
            }
            let others = all.keys().filter(|other| *other != self.own);
            let hint = nearest(&slug.value, others.map(Slug::as_str)).map_or_else(
                || {
                    format!(
                        "Écrivez le nom de fichier d'un autre {}, sans « .md ».",
                        self.text
                    )
                },
                |near| format!("Vouliez-vous dire « {near} » ?"),
            );
            let message = if known {
                format!("Ce {} renvoie à lui-même.", self.text)
            } else {
                format!("Aucun {} ne s'appelle « {} ».", self.text, slug.value)
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
