//! Checks that a browser runs inside a page: `tests/checks/<name>.js`, each after `common.js`.

use crate::{Browser, programs};

/// Runs a check in the page shown; what it finds wrong, in words.
///
/// # Panics
/// When there is no such check, or it does not answer with a list.
#[must_use]
pub fn faults(browser: &Browser, name: &str) -> Vec<String> {
    let read = |name: &str| {
        let path = programs::tests_folder().join("checks").join(format!("{name}.js"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    browser.settle();
    let answer = browser.run(&format!("{}\n{}", read("common"), read(name)), Vec::new());
    let found = answer
        .as_array()
        .unwrap_or_else(|| panic!("the check {name} answers {answer}"));
    found
        .iter()
        .filter_map(|fault| fault.as_str().map(str::to_owned))
        .collect()
}
