//! Writes the cases on which `engine.js` must agree with the crate, for the fixture tree, on standard
//! output: `cargo run -q -p decision-tree --example vectors > vectors.json`.

#[path = "../tests/support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::conformance::{tables, vectors};
use decision_tree::{Date, compile, source};

/// Days on which months end differently.
const DAYS: [&str; 4] = ["2026-11-23", "2026-09-10", "2028-02-29", "2027-03-31"];
/// Complete walks beyond which merged situations are enough.
const MOST: usize = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let day = |text| Date::from_iso(text).ok_or("a day of the list");
    let compiled = compile(&fixture::deposit(), day(DAYS[0])?);
    let tree = compiled.tree.ok_or("the fixture compiles")?;
    let mut lists = Vec::new();
    for text in DAYS {
        lists.push(vectors(&tree, day(text)?, MOST).ok_or("the fixture is within the budget")?);
    }
    println!(
        "{}",
        serde_json::json!({ "tables": tables(), "trees": [{ "tree": tree, "vectors": lists }] })
    );
    Ok(())
}
