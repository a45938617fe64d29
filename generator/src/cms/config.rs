//! The settings of the content manager: a collection for each kind of text, its fields from the schema.

use super::Program;
use crate::schema::{KINDS, Key, Kind, Shape};
use crate::source::Sources;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Folder of the files that readers download.
const MEDIA: &str = "content/fichiers";

pub(super) fn config(sources: &Sources, repository: &str, program: Program) -> Value {
    let mut collections: Vec<Value> = [
        ("guide", "Guides", "titre"),
        ("questions-frequentes", "Questions fréquentes", "titre"),
        ("terme", "Glossaire", "terme"),
        ("courrier", "Courriers", "titre"),
    ]
    .into_iter()
    .map(|(name, label, title)| folder(kind(name), name, label, folder_of(kind(name)), title, program))
    .collect();
    collections.push(pages(sources, program));
    for tree in trees(sources) {
        for (name, part, label, title) in [
            ("question", "questions", "questions", "question"),
            ("issue", "issues", "issues", "titre"),
        ] {
            let id = format!("{tree}-{part}");
            let path = format!("content/diagnostics/{tree}/{part}");
            let label = format!("Questionnaire {tree} : {label}");
            collections.push(folder(kind(name), &id, &label, &path, title, program));
        }
    }
    if program == Program::Sveltia {
        collections.push(registers());
    }
    let mut config = json!({
        "backend": { "name": "github", "repo": repository, "branch": "main" },
        "publish_mode": "simple",
        "media_folder": MEDIA,
        "public_folder": "/fichiers",
        "slug": { "encoding": "ascii", "clean_accents": true, "sanitize_replacement": "-" },
        "collections": collections,
    });
    // What each program alone knows; the other one warns of it.
    let own = match program {
        Program::Sveltia => [
            ("app_title", json!("Rédaction")),
            ("output", json!({ "omit_empty_optional_fields": true })),
        ],
        Program::Decap => [("local_backend", json!(true)), ("locale", json!("fr"))],
    };
    for (name, value) in own {
        config[name] = value;
    }
    config
}

fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.name == name).unwrap_or(&KINDS[0])
}

/// `content/guides/*.md` is in `content/guides`.
fn folder_of(kind: &Kind) -> &'static str {
    kind.files
        .rsplit_once('/')
        .map_or("content", |(folder, _)| folder)
}

fn trees(sources: &Sources) -> BTreeSet<String> {
    let files = sources.under(crate::parse::tree::TREES);
    files
        .filter_map(|source| {
            source
                .path
                .strip_prefix(crate::parse::tree::TREES)?
                .split_once('/')
        })
        .map(|(tree, _)| tree.to_owned())
        .collect()
}

/// A collection of the files of a folder, whose names come from their titles.
fn folder(kind: &Kind, name: &str, label: &str, path: &str, title: &str, program: Program) -> Value {
    json!({
        "name": name,
        "label": label,
        "label_singular": kind.label,
        "folder": path,
        "create": true,
        "delete": true,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": title,
        "slug": format!("{{{{fields.{title}}}}}"),
        "summary": format!("{{{{{title}}}}}"),
        "sortable_fields": [title],
        "editor": { "preview": false },
        "fields": with_body(kind, program),
    })
}

/// The pages one by one: the home page has keys of its own, and a new page needs a place in a menu.
fn pages(sources: &Sources, program: Program) -> Value {
    let pages = sources
        .under("content/pages/")
        .filter(|source| source.path.ends_with(".md"));
    let files: Vec<Value> = pages
        .map(|source| {
            let name = source
                .path
                .trim_start_matches("content/pages/")
                .trim_end_matches(".md");
            let is_home = &*source.path == crate::parse::page::HOME;
            let kind = kind(if is_home { "accueil" } else { "page" });
            json!({
                "name": format!("page-{name}"),
                "label": if is_home { "Page d'accueil".to_owned() } else { name.replace('-', " ") },
                "file": &*source.path,
                "fields": with_body(kind, program),
            })
        })
        .collect();
    json!({ "name": "pages", "label": "Pages", "format": "yaml-frontmatter", "editor": { "preview": false }, "files": files })
}

/// The files that are one list. Decap CMS cannot write those.
fn registers() -> Value {
    let files: Vec<Value> = KINDS
        .iter()
        .filter(|kind| kind.is_list && !kind.files.contains('*'))
        .map(|kind| {
            json!({
                "name": kind.name,
                "label": kind.label,
                "file": kind.files,
                "fields": [{
                    "name": "liste",
                    "label": kind.label,
                    "widget": "list",
                    "root": true,
                    "collapsed": true,
                    "summary": format!("{{{{{}}}}}", kind.keys.first().map_or("id", |key| key.name)),
                    "fields": fields(kind.keys, Program::Sveltia),
                }],
            })
        })
        .collect();
    json!({ "name": "registres", "label": "Registres", "format": "yaml", "editor": { "preview": false }, "files": files })
}

fn with_body(kind: &Kind, program: Program) -> Vec<Value> {
    let mut all = fields(kind.keys, program);
    if kind.name == "courrier" {
        all.push(json!({
            "name": "body", "label": "Lettre", "widget": "text",
            "hint": "Un champ s'écrit entre doubles accolades : {{ bailleur-nom }}.",
        }));
    } else if kind.name != "question" {
        // The rich text of Decap CMS knows no directive: it moves the line that closes one into the list above.
        let modes: &[&str] = match program {
            Program::Sveltia => &["raw", "rich_text"],
            Program::Decap => &["raw"],
        };
        all.push(json!({
            "name": "body", "label": "Texte", "widget": "markdown", "required": false, "modes": modes,
            "hint": "Les titres commencent à ##. Les encadrés s'ouvrent par :::nom et se ferment par :::.",
        }));
    }
    all
}

fn fields(keys: &[Key], program: Program) -> Vec<Value> {
    keys.iter().filter_map(|key| field(key, program)).collect()
}

/// The field of a key; nothing for what the program cannot edit: it stays as it is in the file.
fn field(key: &Key, program: Program) -> Option<Value> {
    let mut field = Map::new();
    let mut set = |name: &str, value: Value| field.insert(name.to_owned(), value);
    set("name", json!(key.name));
    set("label", json!(key.label));
    set("required", json!(key.required));
    if !key.hint.is_empty() {
        set("hint", json!(key.hint));
    }
    let widget = match key.shape {
        Shape::Text => "string",
        Shape::Long => "text",
        Shape::Number => {
            set("value_type", json!("int"));
            "number"
        }
        Shape::Day => {
            set("format", json!("YYYY-MM-DD"));
            set("date_format", json!("YYYY-MM-DD"));
            set("time_format", json!(false));
            "datetime"
        }
        // The files say « oui » and « non », which a box to tick would write otherwise.
        Shape::Flag => {
            set("options", json!(["oui", "non"]));
            "select"
        }
        Shape::Choice(values) | Shape::Choices(values) => {
            set("options", json!(values));
            if matches!(key.shape, Shape::Choices(_)) {
                set("multiple", json!(true));
            }
            "select"
        }
        Shape::Texts => "list",
        Shape::Map(keys) => {
            set("fields", json!(fields(keys, program)));
            "object"
        }
        Shape::List(keys) => {
            set("collapsed", json!(true));
            set("fields", json!(fields(keys, program)));
            "list"
        }
        Shape::Pairs if program == Program::Sveltia => "keyvalue",
        Shape::Pairs | Shape::TextsOr(_) | Shape::Named(_) => return None,
    };
    field.insert("widget".to_owned(), json!(widget));
    Some(Value::Object(field))
}
