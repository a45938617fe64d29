//! The scripts of the pages that can run outside a browser, under Node's own test runner.

use std::io::Write;
use std::process::Command;

use tests::{TestSite, folder, programs};

/// The walk of a questionnaire in the browser agrees with the one in Rust on every reachable situation of
/// the questionnaires that the site publishes.
#[test]
fn scripts_pass_their_own_tests() {
    let scratch = tempfile::tempdir().unwrap();
    let trees = folder::files(&TestSite::real().dist().join(".service/trees"));
    assert!(!trees.is_empty(), "the site publishes a questionnaire");
    let output = Command::new(programs::program("examples/vectors"))
        .arg(scratch.path())
        .arg((WALKS / trees.len()).to_string())
        .args(&trees)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    print!("{}", String::from_utf8_lossy(&output.stdout));

    let tests: Vec<_> = folder::files(&programs::tests_folder().join("js"))
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    assert!(!tests.is_empty(), "tests/js holds no test (*.test.mjs)");
    let mut node = Command::new(programs::tool("node"));
    node.arg("--test")
        .args(&tests)
        .env("ENGINE_VECTORS", scratch.path());
    let output = node.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let told = said.lines().filter(|line| line.contains("0 divergences"));
    let told: Vec<_> = told
        .map(|line| line.trim_start_matches(['#', 'ℹ', ' ']))
        .collect();
    println!("{}", told.join("\n"));
    assert_eq!(
        told.len(),
        trees.len(),
        "every questionnaire is compared:\n{said}"
    );
    assert!(
        count(&said, "pass") > 0 && count(&said, "skipped") == 0,
        "tests were left out:\n{said}"
    );
}

/// Complete walks compared here, shared out between the questionnaires so that the suite stays short; `make
/// conformance` compares many more. One that has more than its share gives each answer of each merged situation.
const WALKS: usize = 150_000;

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

/// Most bytes of script, gzipped (6 KB of 1,024), that a page of a questionnaire loads by itself: its own
/// and those of the site's frame. What a press needs comes with the press and is left out: the errors of a
/// form and the reading of a loose writing, a file to download, the answers that would change a conclusion,
/// the menu on a phone; so is what a result says when it is opened again on a later day.
const MOST: usize = 6_144;

#[test]
fn pages_of_a_questionnaire_load_little_script() {
    let site = TestSite::real();
    let mut kinds = std::collections::BTreeMap::new();
    for page in site.pages() {
        let document = page.document();
        let kind = match tests::html::attributes(&document, ".ml-tree", "data-page").pop() {
            Some(kind) => kind,
            None if !tests::html::select(&document, ".ml-letter").is_empty() => "letter".to_owned(),
            None => continue,
        };
        let scripts = tests::html::attributes(&document, "script", "src");
        let weight = |address: &String| {
            let path = site.dist().join(address.trim_start_matches('/'));
            gzipped(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        };
        let total: usize = scripts.iter().map(weight).sum();
        println!("{kind}: {total} bytes of script on {}", page.address);
        assert!(
            total <= MOST,
            "{} loads {total} bytes of script, {MOST} at most",
            page.address
        );
        assert!(total > 2_000, "{} loads its scripts: {scripts:?}", page.address);
        kinds.insert(kind, total);
    }
    let seen: Vec<_> = kinds.keys().map(String::as_str).collect();
    assert_eq!(seen, ["letter", "outcome", "question", "start"]);
    println!("{kinds:?}");
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written").len()
}
