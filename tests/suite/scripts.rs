//! The scripts of the pages that can run outside a browser, under Node's own test runner.

use std::process::Command;

use tests::{folder, programs};

#[test]
fn scripts_pass_their_own_tests() {
    let tests: Vec<_> = folder::files(&programs::tests_folder().join("js"))
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    assert!(!tests.is_empty(), "tests/js holds no test (*.test.mjs)");
    let output = Command::new(programs::tool("node"))
        .arg("--test")
        .args(&tests)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let passed = said
        .lines()
        .find_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix("pass "));
    let passed: usize = passed.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
    assert!(passed > 0, "node ran no test:\n{said}");
}
