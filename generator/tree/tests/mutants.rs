//! Every single fault of an author is caught by a rule or by a scenario, or changes nothing at all.

#[path = "support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;
#[path = "support/mutants/mod.rs"]
#[allow(unreachable_pub)]
mod mutants;

use decision_tree::source;
use mutants::judge::{Reference, Verdict};

#[test]
fn no_single_fault_survives() {
    let good = fixture::deposit();
    let reference =
        Reference::new(&good, &["2026-11-23", "2028-02-29"], 20_000).expect("the fixture compiles");
    assert!(reference.cases() > 100);
    let all = mutants::mutants(&good);
    let mut survivors = Vec::new();
    let (mut caught, mut harmless) = (0, 0);
    for mutant in &all {
        match reference.judge(mutant) {
            Verdict::Caught(..) => caught += 1,
            Verdict::Harmless(_) => harmless += 1,
            Verdict::Survives(how) => survivors.push(format!("{} {}: {how}", mutant.kind, mutant.what)),
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
