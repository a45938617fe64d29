//! Every single fault of an author is caught by a rule or by a scenario, or changes nothing at all.

#[path = "support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;
#[path = "support/mutants.rs"]
#[allow(unreachable_pub)]
mod mutants;

use std::collections::BTreeSet;

use decision_tree::conformance::{observe, vectors};
use decision_tree::{Date, Tree, compile, source};

const DAYS: [&str; 3] = ["2026-11-23", "2026-09-10", "2028-02-29"];

fn day(text: &str) -> Date {
    Date::from_iso(text).expect("a date of the test")
}

/// What a reader is told at the end, by the names of things: their order in the file does not matter.
fn told(tree: &Tree, answers: &[(String, String)], today: Date) -> BTreeSet<String> {
    let case = observe(tree, answers, today);
    let outcomes = case
        .outcomes
        .iter()
        .zip(&case.texts)
        .map(|(index, text)| format!("{} {text}", tree.outcomes[*index].id));
    let figures = case
        .figures
        .iter()
        .zip(&tree.figures)
        .map(|(range, figure)| format!("{} {range:?}", figure.name));
    let asked = case.asked.iter().map(|index| tree.questions[*index].id.clone());
    outcomes.chain(figures).chain(asked).collect()
}

/// Whether two trees conclude the same on every complete case of both.
fn same(a: &Tree, b: &Tree) -> bool {
    DAYS.iter().all(|text| {
        let today = day(text);
        let cases = [a, b].map(|tree| {
            vectors(tree, today, 20_000)
                .map(|list| list.cases)
                .unwrap_or_default()
        });
        let complete = cases.iter().flatten().filter(|case| case.question.is_none());
        complete
            .into_iter()
            .all(|case| told(a, &case.answers, today) == told(b, &case.answers, today))
    })
}

#[test]
fn no_single_fault_survives() {
    let good = fixture::deposit();
    let reference = compile(&good, day(DAYS[0])).tree.expect("the fixture compiles");
    let all = mutants::mutants(&good);
    let mut survivors = Vec::new();
    let (mut caught, mut harmless) = (0, 0);
    for mutant in &all {
        let compiled = compile(&mutant.tree, day(DAYS[0]));
        if !compiled.findings.is_empty() {
            caught += 1;
        } else if compiled.tree.is_some_and(|tree| same(&reference, &tree)) {
            harmless += 1;
        } else {
            survivors.push(&mutant.name);
        }
    }
    println!(
        "{} mutants: {caught} caught, {harmless} harmless, {} survivors",
        all.len(),
        survivors.len()
    );
    assert!(all.len() >= 200, "{} mutants", all.len());
    assert!(survivors.is_empty(), "{survivors:#?}");
}
