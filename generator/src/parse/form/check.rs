//! Names and values that conditions and other files rely on.

use super::Places;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{Source, Span};
use referral_form::definition::Definition;
use referral_form::{Condition, names};

/// Names and values that conditions and other files rely on.
pub(super) fn check(definition: &Definition, places: &Places, main: &Source, faults: &mut Diagnostics) {
    for (owner, condition, span) in &places.conditions {
        condition_faults(definition, owner.as_deref(), condition, span, faults);
    }
    for (name, message) in names::missing(definition) {
        let place = places
            .fields
            .get(&name)
            .cloned()
            .unwrap_or_else(|| main.span(0..0));
        faults.push(
            Diagnostic::error("saisine-nom", place, message)
                .hint("Le service s'appuie sur ce nom : ajoutez-le, ou rendez-lui son type."),
        );
    }
    for piece in &definition.pieces {
        for code in piece
            .motives
            .iter()
            .filter(|code| definition.motive(code).is_none())
        {
            let place = main.span(0..0);
            faults.push(
                Diagnostic::error(
                    "saisine-nom",
                    place,
                    format!("La pièce « {} » cite le motif inconnu « {code} ».", piece.id),
                )
                .hint("Les codes des motifs sont dans motifs.yaml."),
            );
        }
    }
}

fn condition_faults(
    definition: &Definition,
    owner: Option<&str>,
    condition: &Condition,
    span: &Span,
    faults: &mut Diagnostics,
) {
    let position = |id: &str| definition.fields().position(|field| field.id == id);
    let Some(earlier) = definition.field(&condition.field) else {
        let known = definition.fields().map(|field| field.id.as_str());
        let hint = nearest(&condition.field, known).map_or_else(
            || "Une condition cite un champ du formulaire.".to_owned(),
            |id| format!("Vouliez-vous dire « {id} » ?"),
        );
        let message = format!("Le champ « {} » n'existe pas.", condition.field);
        faults.push(Diagnostic::error("saisine-condition", span.clone(), message).hint(hint));
        return;
    };
    if owner.is_some_and(|owner| position(&condition.field) >= position(owner)) {
        let message = format!("La condition regarde « {} », posé plus bas.", condition.field);
        faults.push(
            Diagnostic::error("saisine-condition", span.clone(), message)
                .hint("Une condition ne regarde qu'une question posée plus haut."),
        );
    }
    for value in &condition.values {
        let ids = earlier.options.iter().map(|option| option.id.as_str());
        if ids.clone().any(|id| id == value) {
            continue;
        }
        let hint = nearest(value, ids.clone()).map_or_else(
            || format!("Valeurs possibles : {}.", ids.collect::<Vec<_>>().join(", ")),
            |id| format!("Vouliez-vous dire « {id} » ?"),
        );
        let message = format!("« {value} » n'est pas une réponse de « {} ».", condition.field);
        faults.push(Diagnostic::error("saisine-condition", span.clone(), message).hint(hint));
    }
}
