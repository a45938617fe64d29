//! Some single faults in the real questionnaire on the deposit: each is caught, or changes nothing. `make
//! mutants` tries them all, on every questionnaire.

#![allow(clippy::disallowed_methods, reason = "tests read the content")]

#[path = "../tree/tests/support/mutants/mod.rs"]
#[allow(dead_code, unreachable_pub)]
mod mutants;

use generator::source::Sources;
use mutants::judge::{Reference, Verdict};
use std::path::Path;

/// One fault in this many, so that the test stays short.
const STEP: usize = 11;

fn content() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = Sources::default();
    for entry in walkdir::WalkDir::new(root.join("content")) {
        let entry = entry.expect("the content can be listed");
        let name = entry
            .path()
            .strip_prefix(&root)
            .expect("below the root")
            .to_string_lossy();
        if name.ends_with(".md") || name.ends_with(".yaml") {
            let text = std::fs::read_to_string(entry.path()).expect("the content can be read");
            sources.insert(&name, &text);
        }
    }
    sources
}

#[test]
fn no_fault_of_the_sample_survives() {
    let (site, ..) = generator::parse::parse(&content(), jiff::civil::Date::constant(2026, 11, 23));
    let tree = site
        .trees
        .iter()
        .find(|(slug, _)| slug.as_str() == "depot-de-garantie");
    let source = &tree.expect("the questionnaire on the deposit").1.source;
    let reference = Reference::new(source, &["2026-11-23"], 0).expect("it compiles");
    assert!(reference.cases() > 100);
    let all = mutants::mutants(source);
    let mut tried = 0;
    for mutant in all.iter().step_by(STEP) {
        let verdict = reference.judge(mutant);
        assert!(
            !matches!(verdict, Verdict::Survives(_)),
            "{} {}: {verdict:?}",
            mutant.kind,
            mutant.what
        );
        tried += 1;
    }
    assert!(tried >= 100, "{tried} faults tried");
}
