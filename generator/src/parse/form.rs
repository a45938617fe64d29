//! `content/saisine/*.yaml` to the definition of the referral form, with its faults at their lines.

use super::fields::{Fields, Located};
use super::yaml::{self, Kind as Shape, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{Source, Sources, Span};
use crate::typography;
use referral_form::Condition;
use referral_form::definition::{
    Choice, Commune, CompetenceRule, Compulsory, Deadline, Definition, Field, Kind, Motive, Piece, Step,
    VERSION,
};
use referral_form::names;
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

/// The items of a file that is one list.
fn items<T>(
    sources: &Sources,
    name: &str,
    faults: &mut Diagnostics,
    item: fn(&Node, &mut Diagnostics) -> T,
) -> Vec<T> {
    let Some(node) = read(sources, name, faults) else {
        return Vec::new();
    };
    if let Shape::List(nodes) = &node.kind {
        return nodes.iter().map(|node| item(node, faults)).collect();
    }
    faults.push(
        Diagnostic::error("cle-type", node.span.clone(), "Ce fichier doit être une liste.")
            .hint("Commencez chaque élément par un tiret."),
    );
    Vec::new()
}

fn commune(node: &Node, faults: &mut Diagnostics) -> Commune {
    let mut fields = Fields::new(node, faults);
    let commune = Commune {
        insee: fields.required("insee").value,
        name: fields.required("nom").value,
        postal_codes: values(fields.texts("codes_postaux")),
    };
    fields.finish();
    commune
}

fn motive(node: &Node, faults: &mut Diagnostics) -> Motive {
    let mut fields = Fields::new(node, faults);
    let compulsory = match fields.one_of("obligatoire", &["oui", "non", "a-verifier"]) {
        Some("oui") => Compulsory::Yes,
        Some("non") => Compulsory::No,
        _ => Compulsory::Unsure,
    };
    let deadline = fields.node("echeance");
    let mut motive = Motive {
        code: fields.required("code").value,
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
        subject: fields.required("objet").value,
        sectors: values(fields.texts("parcs")),
        leases: values(fields.texts("baux")),
        compulsory,
        compulsory_text: words(fields.required("obligatoire_texte").value),
        article: words(fields.required("article").value),
        deadline: None,
    };
    fields.finish();
    motive.deadline = deadline.map(|node| self::deadline(node, faults));
    motive
}

fn deadline(node: &Node, faults: &mut Diagnostics) -> Deadline {
    let mut fields = Fields::new(node, faults);
    let field = fields.required("champ").value;
    let text = words(fields.required("texte").value);
    let months = fields.required("mois");
    fields.finish();
    Deadline {
        field,
        months: number(&months, faults).unwrap_or(0),
        text,
    }
}

fn piece(node: &Node, faults: &mut Diagnostics) -> Piece {
    let mut fields = Fields::new(node, faults);
    let when = fields.text("si");
    let piece = Piece {
        id: fields.required("id").value,
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
        motives: values(fields.texts("motifs")),
        when: None,
    };
    fields.finish();
    Piece {
        when: when.and_then(|text| condition(&text, faults)),
        ..piece
    }
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

fn step(node: &Node, definition: &Definition, places: &mut Places, faults: &mut Diagnostics) -> Step {
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

/// Names and values that conditions and other files rely on.
fn check(definition: &Definition, places: &Places, main: &Source, faults: &mut Diagnostics) {
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
