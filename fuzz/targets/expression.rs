//! The language of the trees: an expression compiles, or is a finding; in bounded time, never a panic.

#![no_main]

#[path = "../../generator/tree/tests/support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::{Date, Severity, compile, source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut tree = fixture::deposit();
    let count = tree.facts.len();
    tree.facts[0].value.value = text.to_owned();
    let compiled = compile(&tree, Date::from_iso("2026-11-23").expect("a date"));
    let refused = compiled
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    assert!(count > 0 && (compiled.tree.is_some() || refused), "silence on {text:?}");
});
