//! The Nu HTML checker, run once on many files.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::programs;

/// Runs the checker; gives back one line for each error, with the file, the line and the extract.
///
/// # Panics
/// When Java or the checker is missing or does not answer as expected.
#[must_use]
pub fn errors(files: &[PathBuf]) -> Vec<String> {
    assert!(!files.is_empty(), "the HTML checker was given no file");
    let output = Command::new(programs::tool("java"))
        .args(["-Xss4m", "-jar"])
        .arg(programs::node_module("vnu-jar/build/dist/vnu.jar"))
        .args(["--format", "json", "--exit-zero-always", "--stdout"])
        .args(files)
        .output()
        .expect("java can be started");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "the HTML checker did not answer: {error}\n{}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    let messages = answer["messages"]
        .as_array()
        .expect("the checker answers with messages");
    messages
        .iter()
        .filter(|message| message["type"] != "info")
        .map(line)
        .collect()
}

fn line(message: &Value) -> String {
    let text = |key: &str| message[key].as_str().unwrap_or_default().trim().to_owned();
    format!(
        "{}:{}: {}\n    {}",
        text("url"),
        message["lastLine"],
        text("message"),
        text("extract")
    )
}
