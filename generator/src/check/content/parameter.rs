//! `{{ param(id) }}` names a figure of the law that has a value at the day of the build, `{{ coordonnee(key) }}` a setting.

use crate::body::PieceKind;
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::contacts::ASKED;
use crate::parse::dates;
use crate::parse::directive::names;
use crate::parse::fields::Located;
use crate::slot::{self, Part};
use crate::source::Span;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        for piece in &body.pieces {
            match &piece.kind {
                PieceKind::Slot(words) => one(content, words, &piece.span, faults),
                PieceKind::Open(directive) => {
                    text(content, &directive.title, faults);
                    for (key, value) in &directive.args {
                        text(content, value, faults);
                        if directive.name == "calcul" && *key == "parametre" {
                            for id in names(&value.value) {
                                named(content, id, &value.span, faults);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let site = content.site;
    for guide in site.guides.values() {
        for words in [&guide.title, &guide.description, &guide.answer] {
            text(content, words, faults);
        }
    }
    if let Some(home) = &site.home {
        for words in home.commission.iter().chain(&home.assurances).chain([&home.lead]) {
            text(content, words, faults);
        }
    }
}

fn text(content: &Content, words: &Located<String>, faults: &mut Diagnostics) {
    for (part, range) in slot::split(&words.value) {
        match part {
            Part::Slot(slot) => one(content, slot, &words.span, faults),
            Part::Unclosed => faults.push(
                Diagnostic::error(
                    "emplacement",
                    words.span.clone(),
                    "Ces accolades ne sont pas fermées.",
                )
                .hint(format!(
                    "Fermez par deux accolades : {}.",
                    slot::closed(&words.value[range.start..])
                )),
            ),
            Part::Text(_) => {}
        }
    }
}

fn one(content: &Content, words: &str, span: &Span, faults: &mut Diagnostics) {
    let fault =
        |message: String, hint: String| Diagnostic::error("parametre", span.clone(), message).hint(hint);
    if let Some(key) = slot::coordinate(words) {
        if !ASKED.iter().any(|asked| asked.key == key) {
            let near = nearest(key, ASKED.iter().map(|asked| asked.key));
            let hint = near.map_or_else(
                || "Voyez le bloc « coordonnees » de content/site.yaml.".to_owned(),
                |near| format!("Vouliez-vous dire « {near} » ?"),
            );
            faults.push(fault(format!("La coordonnée « {key} » n'existe pas."), hint));
        }
        return;
    }
    let Some(id) = slot::parameter(words) else {
        let parameters = content.site.law.parameters.keys().map(String::as_str);
        let hint = nearest(words, parameters).map_or_else(
            || {
                "Écrivez {{ param(identifiant) }}, avec un identifiant de content/droit/parametres.yaml."
                    .to_owned()
            },
            |near| format!("Écrivez {{{{ param({near}) }}}}."),
        );
        faults.push(fault(format!("« {words} » ne se remplace pas ici."), hint));
        return;
    };
    named(content, id, span, faults);
}

/// An identifier that must be in the registry, and have a value today.
fn named(content: &Content, id: &str, span: &Span, faults: &mut Diagnostics) {
    let parameters = &content.site.law.parameters;
    let fault =
        |message: String, hint: String| Diagnostic::error("parametre", span.clone(), message).hint(hint);
    let Some(parameter) = parameters.get(id) else {
        let hint = nearest(id, parameters.keys().map(String::as_str)).map_or_else(
            || "Ajoutez-le dans content/droit/parametres.yaml.".to_owned(),
            |near| format!("Vouliez-vous dire « {near} » ?"),
        );
        faults.push(fault(format!("Le paramètre « {id} » n'existe pas."), hint));
        return;
    };
    if parameter.at(content.site.today).is_none() {
        let day = dates::words(content.site.today);
        let hint = "Ajoutez sa valeur dans content/droit/parametres.yaml, ou retirez-le de ce texte.";
        faults.push(fault(
            format!("Le paramètre « {id} » n'a pas de valeur au {day}."),
            hint.to_owned(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn unknown_misspelt_and_expired_figures_are_told() {
        let told = told(
            "",
            "{{ param(plafon) }} {{ ancien }} {{ param(ancien) }}\n\n:::encart {{ param(x) }}\n:::\n",
        );
        assert!(told.iter().all(|(rule, _)| *rule == "parametre"));
        assert_eq!(told.len(), 4);
        let calculation =
            crate::check::content::tests::told("", ":::calcul{paramètre=\"plafond, plafon\"} Titre\n:::\n");
        assert_eq!(
            calculation,
            [("parametre", "Vouliez-vous dire « plafond » ?".to_owned())]
        );
        assert_eq!(told[0].1, "Vouliez-vous dire « plafond » ?");
        let contact = crate::check::content::tests::told(
            "",
            "{{ coordonnee(adil_adresse) }} {{ coordonnee(adil_adres) }}\n",
        );
        assert_eq!(
            contact,
            [("parametre", "Vouliez-vous dire « adil_adresse » ?".to_owned())]
        );
    }
}
