//! `content/saisine/*.yaml` to the definition of the referral form, with its faults at their lines.

mod check;
mod field;
mod lists;

use self::check::check;
use self::field::step;
use self::lists::{commune, items, motive, piece};
use super::fields::{Fields, Located};
use super::yaml::{self, Kind as Shape, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Source, Sources, Span};
use crate::typography;
use referral_form::Condition;
use referral_form::definition::{CompetenceRule, Definition, VERSION};
use std::collections::BTreeMap;

/// The folder of the form's files.
const FOLDER: &str = "content/saisine/";

/// Reads the form, or nothing when the site has none.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Option<Definition> {
    let main = sources.text(&format!("{FOLDER}formulaire.yaml"))?;
    let mut definition = Definition {
        version: VERSION,
        ..Definition::default()
    };
    definition.communes = items(sources, "communes.yaml", faults, commune);
    definition.motives = items(sources, "motifs.yaml", faults, motive);
    definition.pieces = items(sources, "pieces.yaml", faults, piece);
    if let Some(node) = read(sources, "messages.yaml", faults) {
        let mut fields = Fields::new(&node, faults);
        let (messages, texts) = (fields.node("erreurs"), fields.node("textes"));
        fields.finish();
        definition.messages = texts_of(messages, faults);
        definition.texts = texts_of(texts, faults);
    }
    let node = document(main, faults)?;
    let places = form(&node, &mut definition, faults);
    check(&definition, &places, main, faults);
    Some(definition)
}

/// Where names stand, for the checks that come after the reading.
#[derive(Default)]
struct Places {
    fields: BTreeMap<String, Span>,
    conditions: Vec<(Option<String>, Condition, Span)>,
}

fn read(sources: &Sources, name: &str, faults: &mut Diagnostics) -> Option<Node> {
    let Some(source) = sources.text(&format!("{FOLDER}{name}")) else {
        faults.push(
            Diagnostic::error_nowhere(
                "saisine-fichier",
                format!("Il manque le fichier « {FOLDER}{name} »."),
            )
            .hint("Le formulaire de saisine a besoin de formulaire, motifs, pieces, communes et messages."),
        );
        return None;
    };
    document(source, faults)
}

fn document(source: &Source, faults: &mut Diagnostics) -> Option<Node> {
    yaml::parse(source, 0..source.text.len())
        .map_err(|fault| faults.push(fault))
        .ok()
}

fn form(node: &Node, definition: &mut Definition, faults: &mut Diagnostics) -> Places {
    let mut places = Places::default();
    let mut fields = Fields::new(node, faults);
    definition.title = words(fields.required("titre").value);
    let introduction = fields.node("introduction");
    let steps = fields.list("etapes");
    let rules = fields.list("competence");
    fields.finish();
    if let Some(node) = introduction {
        let mut fields = Fields::new(node, faults);
        for mode in ["preparation", "electronique", "arrete"] {
            definition.introduction.insert(
                mode.to_owned(),
                values(fields.texts(mode)).into_iter().map(words).collect(),
            );
        }
        fields.finish();
    }
    for node in steps {
        let step = step(node, definition, &mut places, faults);
        definition.steps.push(step);
    }
    for node in rules {
        let rule = rule(node, &mut places, faults);
        definition.competence.push(rule);
    }
    places
}

fn rule(node: &Node, places: &mut Places, faults: &mut Diagnostics) -> CompetenceRule {
    let mut fields = Fields::new(node, faults);
    let conditions = fields.texts("si");
    let mut rule = CompetenceRule {
        id: fields.required("id").value,
        when: Vec::new(),
        blocking: fields.flag("bloque", false),
        title: words(fields.required("titre").value),
        text: words(fields.required("texte").value),
        door: words(fields.required("orientation").value),
    };
    let span = fields.span();
    fields.finish();
    for text in &conditions {
        let Some(condition) = condition(text, faults) else {
            continue;
        };
        places
            .conditions
            .push((None, condition.clone(), text.span.clone()));
        rule.when.push(condition);
    }
    if conditions.is_empty() {
        faults.push(
            Diagnostic::error("saisine-condition", span, "Cette règle n'a pas de condition.")
                .hint("Ajoutez une ligne « si: [\"type_bail = mobilite\"] »."),
        );
    }
    rule
}

fn condition(text: &Located<String>, faults: &mut Diagnostics) -> Option<Condition> {
    Condition::parse(&text.value)
        .map_err(|message| {
            faults.push(
                Diagnostic::error("saisine-condition", text.span.clone(), message)
                    .hint("Écrivez « champ = valeur », « champ = valeur | autre » ou « champ != valeur »."),
            );
        })
        .ok()
}

fn number<T: std::str::FromStr>(text: &Located<String>, faults: &mut Diagnostics) -> Option<T> {
    text.value
        .parse()
        .map_err(|_| {
            let message = format!("« {} » n'est pas un nombre entier.", text.value);
            faults.push(
                Diagnostic::error("cle-type", text.span.clone(), message)
                    .hint("Écrivez un nombre en chiffres, sans espace."),
            );
        })
        .ok()
}

/// The texts of a mapping, by their keys.
fn texts_of(node: Option<&Node>, faults: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let Some(Shape::Map(entries)) = node.map(|node| &node.kind) else {
        return texts;
    };
    for (key, value) in entries {
        if let (Shape::Scalar(key), Shape::Scalar(value)) = (&key.kind, &value.kind) {
            texts.insert(key.clone(), words(value.clone()));
        } else {
            faults.push(
                Diagnostic::error("cle-type", value.span.clone(), "On attend ici un texte simple.")
                    .hint("Écrivez une ligne « nom: \"texte\" »."),
            );
        }
    }
    texts
}

/// Words that a person reads, with French typography.
fn words(text: impl AsRef<str>) -> String {
    typography::text(text.as_ref())
}

fn optional(fields: &mut Fields, key: &'static str) -> String {
    fields.text(key).map(|text| text.value).unwrap_or_default()
}

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;
    use std::path::Path;

    fn content() -> Sources {
        let mut sources = Sources::default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/saisine");
        for entry in std::fs::read_dir(folder).expect("content/saisine") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a text");
            sources.insert(&format!("content/saisine/{name}"), &text);
        }
        sources
    }

    #[test]
    fn the_real_form_has_no_fault() {
        let mut faults = Diagnostics::default();
        let definition = parse(&content(), &mut faults).expect("a form");
        assert_eq!(faults.sorted(), Vec::new());
        assert_eq!(definition.communes.len(), 39);
        assert!(definition.motive("DG").is_some());
    }

    #[test]
    fn a_wrong_value_in_a_condition_is_told_with_the_nearest() {
        let mut sources = content();
        let form = sources
            .text("content/saisine/formulaire.yaml")
            .expect("the form")
            .text
            .clone();
        let broken = form
            .replace("mandataire = oui", "mandatair = oui")
            .replace("type_bail = mobilite", "type_bail = mobilité");
        sources.insert("content/saisine/formulaire.yaml", &broken);
        let mut faults = Diagnostics::default();
        parse(&sources, &mut faults);
        let hints: Vec<String> = faults.iter().filter_map(|fault| fault.hint.clone()).collect();
        assert!(
            hints
                .iter()
                .any(|hint| hint == "Vouliez-vous dire « mandataire » ?"),
            "{hints:?}"
        );
        assert!(
            hints
                .iter()
                .any(|hint| hint == "Vouliez-vous dire « mobilite » ?"),
            "{hints:?}"
        );
    }

    #[test]
    fn a_missing_message_or_file_is_told() {
        let mut sources = content();
        sources.texts.remove("content/saisine/messages.yaml");
        let mut faults = Diagnostics::default();
        parse(&sources, &mut faults);
        assert!(faults.iter().any(|fault| fault.rule == "saisine-fichier"));
        assert!(
            faults
                .iter()
                .any(|fault| fault.message == "Il manque le message « vide ».")
        );
    }

    /// The service tests against a copy of the exported form; `UPDATE_FIXTURES=1` writes it anew.
    #[test]
    fn the_copy_that_the_service_tests_with_is_current() {
        let definition = parse(&content(), &mut Diagnostics::default()).expect("a form");
        let mut output = crate::output::Output::default();
        crate::render::form::export(&definition, &mut output).expect("room for the file");
        let exported = output.get(crate::render::form::PATH).expect("the file");
        let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../form-api/tests/fixtures/form.json");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&copy, exported).expect("the copy");
        }
        let known = std::fs::read(&copy).expect("the copy");
        assert!(
            known == **exported,
            "form-api/tests/fixtures/form.json is old: run with UPDATE_FIXTURES=1"
        );
    }

    #[test]
    fn a_site_without_form_is_fine() {
        let mut faults = Diagnostics::default();
        assert!(parse(&Sources::default(), &mut faults).is_none());
        assert!(!faults.has_errors());
    }
}
