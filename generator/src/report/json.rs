//! Diagnostics as JSON: `{"diagnostics": […]}`.

use super::position;
use crate::check::explain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;

/// A fault for machines; lines and columns count from 1, columns in characters.
#[derive(Debug, Serialize)]
struct Line<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    /// The criterion that the rule holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// Writes the faults as one JSON object: `{"diagnostics": […]}`.
#[must_use]
pub fn json(faults: &[Diagnostic], sources: &Sources) -> String {
    let lines: Vec<_> = faults.iter().map(|fault| line(fault, sources)).collect();
    let report = BTreeMap::from([("diagnostics", lines)]);
    serde_json::to_string_pretty(&report).unwrap_or_default()
}

fn line<'a>(fault: &'a Diagnostic, sources: &Sources) -> Line<'a> {
    let place = fault.place.as_ref();
    let at = place.and_then(|place| {
        sources
            .text(&place.path)
            .map(|source| position(&source.text, place.start))
    });
    Line {
        rule: fault.rule,
        severity: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &fault.message,
        hint: fault.hint.as_deref(),
        reference: explain::reference(fault.rule),
        path: place.map(|place| &*place.path),
        line: at.map(|at| at.0),
        column: at.map(|at| at.1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fault, sources};
    use super::*;

    #[test]
    fn machines_get_lines_and_columns() {
        let json: serde_json::Value = serde_json::from_str(&json(&[fault("x")], &sources())).expect("JSON");
        let line = &json["diagnostics"][0];
        assert_eq!(
            (line["line"].as_u64(), line["column"].as_u64()),
            (Some(2), Some(4))
        );
        assert_eq!(line["path"], "content/é.md");
        assert!(line.get("reference").is_none());
        let told = super::json(&[fault("image-texte")], &sources());
        assert!(told.contains("\"reference\": \"RGAA, critère 1.1\""), "{told}");
    }
}
