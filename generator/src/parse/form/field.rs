//! One step and one question of the form, with the faults that no other file explains.

use super::{Places, condition, number, optional, words};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Fields;
use crate::parse::yaml::{Kind as Shape, Node};
use crate::source::Span;
use referral_form::definition::{Choice, Definition, Field, Kind, Step};
use referral_form::names;

pub(super) fn step(
    node: &Node,
    definition: &Definition,
    places: &mut Places,
    faults: &mut Diagnostics,
) -> Step {
    let mut fields = Fields::new(node, faults);
    let mut step = Step {
        id: fields.required("id").value,
        title: words(fields.required("titre").value),
        short: words(optional(&mut fields, "court")),
        lead: words(optional(&mut fields, "intro")),
        fields: Vec::new(),
    };
    let nodes = fields.list("champs");
    fields.finish();
    for node in nodes {
        step.fields.push(field(node, definition, places, faults));
    }
    step
}

fn field(node: &Node, definition: &Definition, places: &mut Places, faults: &mut Diagnostics) -> Field {
    let mut fields = Fields::new(node, faults);
    let id = fields.required("id");
    let kinds = Kind::WORDS.map(|(word, _)| word);
    let kind = fields.one_of("type", &kinds);
    let kind = Kind::WORDS
        .iter()
        .find(|(word, _)| Some(*word) == kind)
        .map_or(Kind::Text, |(_, kind)| *kind);
    let (max, when) = (fields.text("max"), fields.text("si"));
    let options = fields.node("options");
    let mut field = Field {
        id: id.value.clone(),
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
        kind,
        required: fields.flag("requis", false),
        legal: fields.flag("decret", false),
        autocomplete: optional(&mut fields, "autocomplete"),
        max: 0,
        past: fields.flag("passee", false),
        options: Vec::new(),
        when: None,
        empty: words(optional(&mut fields, "erreur")),
        short: words(optional(&mut fields, "court")),
    };
    fields.finish();
    field.options = options
        .map(|node| choices(node, definition, faults))
        .unwrap_or_default();
    field.max = max.and_then(|max| number(&max, faults)).unwrap_or(0);
    if let Some(text) = when {
        field.when = condition(&text, faults);
        let found = field
            .when
            .clone()
            .map(|condition| (Some(id.value.clone()), condition, text.span));
        places.conditions.extend(found);
    }
    field_faults(&field, &id.span, places, faults);
    places.fields.insert(id.value, id.span);
    field
}

/// Faults of one field that no other file can explain.
fn field_faults(field: &Field, place: &Span, places: &Places, faults: &mut Diagnostics) {
    let mut error = |message: String, hint: &str| {
        faults.push(Diagnostic::error("saisine-champ", place.clone(), message).hint(hint));
    };
    let id = &field.id;
    if id.is_empty()
        || !id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        error(
            format!("« {id} » n'est pas un nom de champ."),
            "Un nom de champ a des lettres minuscules sans accent, des chiffres et des tirets bas.",
        );
    }
    if places.fields.contains_key(id) || names::RESERVED.contains(&id.as_str()) {
        error(
            format!("Le nom « {id} » est déjà pris."),
            "Choisissez un autre nom.",
        );
    }
    if field.kind.has_options() == field.options.is_empty() {
        error(
            format!("« {id} » : les options et le type ne vont pas ensemble."),
            "Seuls « choix », « liste » et « cases » ont des options, et il leur en faut.",
        );
    }
    if matches!(field.kind, Kind::Text | Kind::LongText) && field.max == 0 {
        error(
            format!("« {id} » : il manque la longueur maximale."),
            "Ajoutez une ligne « max: 200 » (en caractères).",
        );
    }
}

/// Options written in place, or taken from the municipalities or the motives.
fn choices(node: &Node, definition: &Definition, faults: &mut Diagnostics) -> Vec<Choice> {
    let choice = |id: &str, label: &str, hint: &str| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    match &node.kind {
        Shape::Scalar(word) if word == "communes" => {
            let known = definition.communes.iter().map(|c| choice(&c.insee, &c.name, ""));
            known
                .chain([choice(names::ELSEWHERE, "Une autre commune", "")])
                .collect()
        }
        Shape::Scalar(word) if word == "motifs" => definition
            .motives
            .iter()
            .map(|m| choice(&m.code, &m.label, &m.hint))
            .collect(),
        Shape::List(nodes) => nodes.iter().map(|node| option(node, faults)).collect(),
        _ => {
            faults.push(
                Diagnostic::error(
                    "saisine-champ",
                    node.span.clone(),
                    "« options » attend une liste.",
                )
                .hint("Écrivez une liste de « { id: …, libelle: … } », ou « communes », ou « motifs »."),
            );
            Vec::new()
        }
    }
}

fn option(node: &Node, faults: &mut Diagnostics) -> Choice {
    let mut fields = Fields::new(node, faults);
    let choice = Choice {
        id: fields.required("id").value,
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
    };
    fields.finish();
    choice
}
