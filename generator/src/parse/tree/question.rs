//! `questions/*.md`: the words of a question, its choices, its help and its messages.

use super::read::{Reader, VOICES};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::fields::{Fields, Located};
use crate::parse::front_matter;
use crate::parse::yaml::{Kind, Node};
use decision_tree::source::{ChoiceSource, NamedSource, QuestionSource, VoicedSource};

const KINDS: [&str; 7] = ["choix", "cases", "date", "montant", "nombre", "commune", "texte"];

/// A question, and the advice « je ne sais pas » in each voice (the engine keeps only the tenant's).
pub(super) fn read(
    reader: &Reader,
    id: &Located<String>,
    faults: &mut Diagnostics,
) -> Option<(QuestionSource, Option<VoicedSource>)> {
    let (node, _) = front_matter::read(reader.source, faults)?;
    let mut fields = Fields::new(&node, faults);
    let kind = fields.text("type");
    if fields.one_of("type", &KINDS).is_none() && kind.is_none() {
        fields.required("type");
    }
    let text = reader.voiced(&mut fields, &["question", "question_bailleur", "question_aidant"]);
    if text.is_none() && fields.text("question").is_none() {
        fields.required("question");
    }
    let dont_know = reader.voiced(
        &mut fields,
        &[
            "je_ne_sais_pas",
            "je_ne_sais_pas_bailleur",
            "je_ne_sais_pas_aidant",
        ],
    );
    let question = QuestionSource {
        id: reader.raw(id),
        kind: kind.map(|kind| reader.raw(&kind)).unwrap_or_default(),
        text: text.unwrap_or_default(),
        help: reader.voiced(&mut fields, &["aide", "aide_bailleur", "aide_aidant"]),
        where_to_find: reader.raw_at(&mut fields, "ou_trouver"),
        choices: choices(reader, &mut fields),
        dont_know: dont_know.as_ref().map(|words| words.base.clone()),
        min: reader.expression_at(&mut fields, "min"),
        max: reader.expression_at(&mut fields, "max"),
        unit: reader.raw_at(&mut fields, "unite"),
        brackets: reader.named(&mut fields, "tranches", true),
        errors: reader.named(&mut fields, "erreurs", false),
        definitions: reader.named(&mut fields, "definitions", false),
    };
    fields.finish();
    Some((question, dont_know))
}

/// `choix`, then `choix_bailleur` and `choix_aidant`, which give other labels to the same ids.
fn choices(reader: &Reader, fields: &mut Fields) -> Vec<ChoiceSource> {
    let nodes = fields.list("choix");
    let variants = [fields.list("choix_bailleur"), fields.list("choix_aidant")];
    let mut choices: Vec<_> = nodes
        .iter()
        .filter_map(|node| choice(reader, node, fields.faults()))
        .collect();
    for (voice, nodes) in VOICES.iter().zip(variants) {
        for node in nodes {
            if let Some(line) = pair(reader, node, fields.faults()) {
                add_variant(&mut choices, voice, line, reader, fields.faults());
            }
        }
    }
    choices
}

/// `- id: label`, or `- id:` with `libelle`, `aide` and the labels of other voices below.
fn choice(reader: &Reader, node: &Node, faults: &mut Diagnostics) -> Option<ChoiceSource> {
    if let Kind::Map(entries) = &node.kind
        && let [(name, value)] = entries.as_slice()
        && let (Kind::Scalar(id), Kind::Map(_)) = (&name.kind, &value.kind)
    {
        let id = Located {
            value: id.clone(),
            span: name.span.clone(),
        };
        let mut fields = Fields::new(value, faults);
        let label = reader.voiced(&mut fields, &["libelle", "libelle_bailleur", "libelle_aidant"]);
        if label.is_none() {
            fields.required("libelle");
        }
        let help = reader.raw_at(&mut fields, "aide");
        fields.finish();
        return Some(ChoiceSource {
            id: reader.raw(&id),
            label: label?,
            help,
        });
    }
    let line = pair(reader, node, faults)?;
    Some(ChoiceSource {
        id: line.name,
        label: VoicedSource {
            base: line.value,
            variants: Vec::new(),
        },
        help: None,
    })
}

fn pair(reader: &Reader, node: &Node, faults: &mut Diagnostics) -> Option<NamedSource> {
    if let Kind::Map(entries) = &node.kind
        && let [(name, value)] = entries.as_slice()
    {
        return Some(NamedSource {
            name: reader.raw(&reader.scalar(name, faults)?),
            value: reader.raw(&reader.scalar(value, faults)?),
        });
    }
    faults.push(
        Diagnostic::error(
            "cle-type",
            node.span.clone(),
            "On attend ici « identifiant: libellé ».",
        )
        .hint("Écrivez par exemple « - rendues: Oui »."),
    );
    None
}

fn add_variant(
    choices: &mut [ChoiceSource],
    voice: &str,
    line: NamedSource,
    reader: &Reader,
    faults: &mut Diagnostics,
) {
    if let Some(choice) = choices
        .iter_mut()
        .find(|choice| choice.id.value == line.name.value)
    {
        let mut named = line.name;
        voice.clone_into(&mut named.value);
        choice.label.variants.push((named, line.value));
        return;
    }
    let known = choices.iter().map(|choice| choice.id.value.as_str());
    let hint = nearest(&line.name.value, known).map_or_else(
        || "Reprenez les identifiants de « choix ».".to_owned(),
        |id| format!("Vouliez-vous dire « {id} » ?"),
    );
    let message = format!("« {} » n'est pas un identifiant de « choix ».", line.name.value);
    if let Some(place) = reader.files.place(line.name.span) {
        faults.push(Diagnostic::error("choix-inconnu", place, message).hint(hint));
    }
}
