//! Writes on standard output the cases on which `engine.js` must agree with the crate.
//!
//! `cargo run -q -p decision-tree --example vectors [TREE.json …] > vectors.json`, where the files are
//! compiled trees (the build leaves them in `.service/trees/` of its output); without one, the fixture.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an edge: it may read files"
)]

#[path = "../tests/support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::conformance::{days, tables, vectors};
use decision_tree::{Date, Tree, compile, follow_links, source};
use std::error::Error;

/// Days on which months end differently.
const DAYS: [&str; 4] = ["2026-11-23", "2026-09-10", "2028-02-29", "2027-03-31"];
/// Complete walks, all of them, on the first day; on the others each answer of each merged situation.
const MOST: [usize; 4] = [20_000, 0, 0, 0];

fn main() -> Result<(), Box<dyn Error>> {
    let read = |path: String| Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?);
    let mut trees = std::env::args()
        .skip(1)
        .map(read)
        .collect::<Result<Vec<Tree>, Box<dyn Error>>>()?;
    if trees.is_empty() {
        trees.push(
            compile(&fixture::deposit(), day(DAYS[0])?)
                .tree
                .ok_or("the fixture compiles")?,
        );
    }
    let mut all = Vec::new();
    for tree in &trees {
        // The third reader: the links of the static pages.
        follow_links(tree, day(DAYS[0])?).ok_or_else(|| format!("{} is beyond the budget", tree.slug))??;
        let mut lists = Vec::new();
        let first = day(DAYS[0])?;
        let fixed = DAYS
            .into_iter()
            .zip(MOST)
            .map(|(text, most)| Ok((day(text)?, most)));
        let mut all_days = fixed.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
        all_days.extend(days(tree, first).into_iter().map(|day| (day, 0)));
        for (day, most) in all_days {
            let list =
                vectors(tree, day, most).ok_or_else(|| format!("{} is beyond the budget", tree.slug))?;
            lists.push(list);
        }
        all.push(serde_json::json!({ "tree": tree, "vectors": lists }));
    }
    println!("{}", serde_json::json!({ "tables": tables(), "trees": all }));
    Ok(())
}

fn day(text: &str) -> Result<Date, Box<dyn Error>> {
    Date::from_iso(text).ok_or_else(|| format!("{text} is not a day").into())
}
