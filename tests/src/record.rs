//! What the audit of accessibility keeps of the tests: `make accessibility` names a file, and each test that verifies
//! a criterion writes there its day, its result and what it looked at. The declaration of the site is computed from it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::programs;

/// The variable that names the file.
const FILE: &str = "ACCESSIBILITY_RECORD";

/// Runs a test under the name that the sheet of criteria gives it; `test` gives back what it looked at, in French.
pub fn run(name: &str, test: impl FnOnce() -> String) {
    let result = catch_unwind(AssertUnwindSafe(test));
    if let Some(file) = std::env::var_os(FILE) {
        write(Path::new(&file), name, result.as_ref().ok());
    }
    if let Err(panic) = result {
        resume_unwind(panic);
    }
}

/// Puts the run of a test in the place of the last one of that name.
fn write(file: &Path, name: &str, scope: Option<&String>) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = std::fs::read_to_string(file).unwrap_or_else(|_| "{}".to_owned());
    let kept: Value = serde_json::from_str(&kept).expect("the record is JSON");
    let mut runs = kept["essais"].as_array().cloned().unwrap_or_default();
    runs.retain(|run| run["nom"] != name);
    let day = jiff::Zoned::now().date().to_string();
    let result = if scope.is_some() { "reussi" } else { "echoue" };
    let scope = scope.map_or("", String::as_str);
    runs.push(json!({"nom": name, "date": day, "resultat": result, "portee": scope}));
    runs.sort_by(|one, other| one["nom"].as_str().cmp(&other["nom"].as_str()));
    let record = json!({"environnement": environment(), "essais": runs});
    let text = serde_json::to_string_pretty(&record).expect("plain JSON");
    std::fs::write(file, text + "\n").expect("the record can be written");
}

/// The programs that the tests use, with their versions.
fn environment() -> String {
    let output = Command::new(programs::tool("chromium")).arg("--version").output();
    let chromium = output
        .ok()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    // « Chromium 142.0.7444.175 built on Debian… »
    let chromium: Vec<&str> = chromium.split_whitespace().take(2).collect();
    let version = |package: &str| {
        let text = std::fs::read_to_string(programs::node_module(&format!("{package}/package.json")));
        let package: Value = serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default();
        package["version"].as_str().unwrap_or_default().to_owned()
    };
    format!(
        "{} sans fenêtre, axe-core {}, validateur HTML du W3C (vnu) {}",
        chromium.join(" "),
        version("axe-core"),
        version("vnu-jar")
    )
}
