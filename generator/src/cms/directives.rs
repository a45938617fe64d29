//! The directives as components of the content manager's editor.

use crate::parse::directive::{GUIDE, Spec, Title};
use serde_json::{Value, json};

/// The script that registers them.
#[must_use]
pub(super) fn script() -> String {
    let all: Vec<Value> = GUIDE.iter().map(component).collect();
    include_str!("assets/encadres.js").replace("@@ENCADRES@@", &format!("{:#}", Value::Array(all)))
}

fn component(spec: &Spec) -> Value {
    let keys: Vec<Value> = spec
        .keys
        .iter()
        .map(|key| json!({ "nom": key.name, "valeurs": key.values, "requis": key.required }))
        .collect();
    let title = match spec.title {
        Title::Required => "requis",
        Title::Optional => "possible",
        Title::Absent => "aucun",
    };
    json!({ "nom": spec.name, "affiche": spec.shown, "autres": spec.aliases, "cles": keys, "titre": title })
}
