//! The scripts of the pages that can run outside a browser, under Node's own test runner.

use std::process::Command;

use tests::{TestSite, folder, programs};

/// The walk of a questionnaire in the browser agrees with the one in Rust on every reachable situation of
/// the questionnaires that the site publishes.
#[test]
fn scripts_pass_their_own_tests() {
    let scratch = tempfile::tempdir().unwrap();
    let vectors = scratch.path().join("vectors.json");
    let trees = folder::files(&TestSite::real().dist().join(".service/trees"));
    assert!(!trees.is_empty(), "the site publishes a questionnaire");
    let output = Command::new(programs::program("examples/vectors"))
        .args(&trees)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::write(&vectors, output.stdout).unwrap();

    let tests: Vec<_> = folder::files(&programs::tests_folder().join("js"))
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    assert!(!tests.is_empty(), "tests/js holds no test (*.test.mjs)");
    let mut node = Command::new(programs::tool("node"));
    node.arg("--test").args(&tests).env("ENGINE_VECTORS", &vectors);
    let output = node.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        count(&said, "pass") > 0 && count(&said, "skipped") == 0,
        "tests were left out:\n{said}"
    );
}

/// A number of the closing lines of Node's runner, `# pass 12`.
fn count(said: &str, what: &str) -> usize {
    let value = |line: &str| {
        line.trim_start_matches(['#', 'ℹ', ' '])
            .strip_prefix(what)?
            .trim()
            .parse()
            .ok()
    };
    said.lines().find_map(value).unwrap_or(0)
}
