//! Values to YAML: blocks, two spaces, every text between double quotes. What JSON can say, and no more.

use serde_json::Value;
use std::fmt::Write;

/// The text of a document.
#[must_use]
pub(super) fn write(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    let pad = " ".repeat(depth);
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let _ = write!(out, "{pad}{name}:");
                after(value, depth + 2, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                let _ = write!(out, "{pad}-");
                if matches!(item, Value::Object(entries) if !entries.is_empty()) {
                    // The first key stands on the line of the dash.
                    let mut inner = String::new();
                    block(item, depth + 2, &mut inner);
                    let _ = write!(out, " {}", inner.trim_start());
                } else {
                    after(item, depth + 2, out);
                }
            }
        }
        scalar => {
            let _ = writeln!(out, "{pad}{scalar}");
        }
    }
}

fn after(value: &Value, depth: usize, out: &mut String) {
    let is_block = match value {
        Value::Object(entries) => !entries.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        out.push('\n');
        block(value, depth, out);
    } else {
        let _ = writeln!(out, " {value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_reads_back() {
        let value = json!({"a": [1, {"b": "l'« été » : \"x\"", "c": []}, ["d"]], "e": {}, "f": true});
        assert_eq!(
            write(&value),
            "a:\n  - 1\n  - b: \"l'« été » : \\\"x\\\"\"\n    c: []\n  -\n    - \"d\"\ne: {}\nf: true\n"
        );
    }
}
