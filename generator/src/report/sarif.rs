//! Diagnostics as SARIF 2.1.0 (OASIS), the form that code hosts show beside the lines of a change.

use super::position;
use crate::check::explain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Writes the faults as one SARIF log with one run; each rule comes with its title and its explanation.
#[must_use]
pub fn sarif(faults: &[Diagnostic], sources: &Sources) -> String {
    let names: BTreeSet<&str> = faults.iter().map(|fault| fault.rule).collect();
    let rules: Vec<Value> = names.into_iter().map(rule).collect();
    let results: Vec<Value> = faults.iter().map(|fault| result(fault, sources)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn rule(name: &str) -> Value {
    let explanation = explain::explanation(name).unwrap_or_default();
    json!({
        "id": name,
        "shortDescription": {"text": explain::title(name).unwrap_or_else(|| name.to_owned())},
        "help": {"text": explanation, "markdown": explanation},
    })
}

fn result(fault: &Diagnostic, sources: &Sources) -> Value {
    let level = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let hint = fault
        .hint
        .as_ref()
        .map_or_else(String::new, |hint| format!(" {hint}"));
    let reference = explain::reference(fault.rule).map_or_else(String::new, |text| format!(" ({text})"));
    let mut result = json!({
        "ruleId": fault.rule,
        "level": level,
        "message": {"text": format!("{}{hint}{reference}", fault.message)},
    });
    if let Some(place) = &fault.place {
        let mut physical = json!({"artifactLocation": {"uri": uri(&place.path)}});
        if let Some(source) = sources.text(&place.path) {
            let (line, column) = position(&source.text, place.start);
            let (end_line, end_column) = position(&source.text, place.end);
            physical["region"] = json!({
                "startLine": line, "startColumn": column,
                "endLine": end_line, "endColumn": end_column,
            });
        }
        result["locations"] = json!([{"physicalLocation": physical}]);
    }
    result
}

/// A path as a relative URI: bytes that RFC 3986 does not reserve stay, others are percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fault, sources};
    use super::*;

    #[test]
    fn a_fault_has_its_rule_its_place_and_its_cure() {
        let nowhere = Diagnostic::error_nowhere("fichier-manquant", "Il manque un fichier.");
        let log = sarif(&[fault("lien-mort"), nowhere], &sources());
        let log: Value = serde_json::from_str(&log).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        let result = &run["results"][0];
        assert_eq!(result["ruleId"], "lien-mort");
        assert_eq!(result["level"], "error");
        assert_eq!(result["message"]["text"], "Le lien est mort. Changez-le.");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/%C3%A9.md");
        assert_eq!(
            place["region"],
            json!({"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 8})
        );
        assert!(run["results"][1].get("locations").is_none());
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[1]["shortDescription"]["text"], "Un lien ne mène nulle part");
    }
}
