//! JSON Schema (draft 2020-12) of each kind of file, for editors that know YAML.

use super::{KINDS, Key, Kind, Shape};
use serde_json::{Map, Value, json};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A day as authors write it.
const DAY: &str = "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$";

/// The schema of one kind of file.
#[must_use]
pub fn schema(kind: &Kind) -> Value {
    let body = mapping(kind.keys);
    let mut schema = match body {
        Value::Object(body) if !kind.is_list => body,
        body => Map::from_iter([("type".to_owned(), json!("array")), ("items".to_owned(), body)]),
    };
    let mut document = Map::new();
    document.insert("$schema".to_owned(), json!(DRAFT));
    document.insert("title".to_owned(), json!(kind.label));
    document.append(&mut schema);
    Value::Object(document)
}

/// The name of the file that holds the schema of a kind.
#[must_use]
pub fn file_name(kind: &Kind) -> String {
    format!("{}.schema.json", kind.name)
}

/// Settings of Visual Studio Code that tie each schema to its files: `folder` is where the schemas are.
#[must_use]
pub fn settings(folder: &str) -> Value {
    let yaml = KINDS.iter().filter(|kind| !kind.is_markdown());
    let pairs = yaml.map(|kind| (format!("./{folder}/{}", file_name(kind)), json!([kind.files])));
    json!({ "yaml.schemas": Map::from_iter(pairs) })
}

fn mapping(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(key: &Key) -> Value {
    let mut schema = match shape(key) {
        Value::Object(schema) => schema,
        other => return other,
    };
    schema.insert("title".to_owned(), json!(key.label));
    if !key.hint.is_empty() {
        schema.insert("description".to_owned(), json!(key.hint));
    }
    Value::Object(schema)
}

fn shape(key: &Key) -> Value {
    // An optional key may be left empty: « motif: » is nothing.
    let empty = if key.required { &[][..] } else { &["null"] };
    let types = |names: &[&str]| json!([names, empty].concat());
    match key.shape {
        Shape::Text | Shape::Long => scalar(empty),
        Shape::Flag => with_empty(json!(["oui", "non", true, false]), key),
        Shape::Day => json!({ "type": types(&["string"]), "pattern": DAY }),
        Shape::Number => json!({ "type": types(&["integer"]), "minimum": 0 }),
        Shape::Choice(values) => with_empty(json!(values), key),
        Shape::Choices(values) => json!({
            "anyOf": [{ "enum": values }, { "type": "array", "items": { "enum": values }, "uniqueItems": true }]
        }),
        Shape::Texts => json!({ "anyOf": [scalar(empty), { "type": "array", "items": scalar(&[]) }] }),
        Shape::Map(keys) => mapping(keys),
        Shape::List(keys) => json!({ "type": types(&["array"]), "items": mapping(keys) }),
        Shape::Pairs => {
            let lines = json!({ "type": "object", "additionalProperties": scalar(&[]) });
            let one = json!({
                "type": "object", "additionalProperties": scalar(&[]), "minProperties": 1, "maxProperties": 1
            });
            json!({ "anyOf": [lines, { "type": "array", "items": one }] })
        }
        Shape::TextsOr(keys) => {
            json!({ "type": types(&["array"]), "items": { "anyOf": [scalar(&[]), mapping(keys)] } })
        }
        Shape::Named(keys) => {
            let label = if keys.is_empty() {
                scalar(&[])
            } else {
                json!({ "anyOf": [scalar(&[]), mapping(keys)] })
            };
            let one = json!({
                "type": "object", "additionalProperties": label, "minProperties": 1, "maxProperties": 1
            });
            json!({ "type": types(&["array"]), "items": one })
        }
    }
}

fn with_empty(values: Value, key: &Key) -> Value {
    let Value::Array(mut values) = values else {
        return values;
    };
    if !key.required {
        values.push(Value::Null);
    }
    json!({ "enum": values })
}

/// Any text: YAML takes `10` for a number and `true` for a boolean, the build takes them as written.
fn scalar(more: &[&str]) -> Value {
    let types = [&["string", "number", "boolean"], more].concat();
    json!({ "type": types })
}
