//! Writes the cases on which the scripts must agree with the crate, and follows the links of the static pages.
//!
//! `vectors FOLDER WALKS [TREE.json …]`: the files are compiled trees (the build leaves them in `.service/trees/`
//! of its output); without one, the fixture. Every complete walk of a tree that has WALKS of them at most is a
//! case; a larger tree gives each answer of each merged situation. In FOLDER: `tables.json`, and for each tree
//! `<slug>.jsonl`, whose first line is the tree and the others `{ today, cases }`.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an edge: it reads and writes files"
)]

#[path = "../tests/support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::conformance::{days, short, tables, vectors};
use decision_tree::{Date, Tree, compile, follow_links, source};
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The day of the whole walks, then days on which months end differently: on these each answer of each merged
/// situation is enough.
const DAYS: [&str; 4] = ["2026-11-23", "2026-09-10", "2028-02-29", "2027-03-31"];
/// Cases on one line.
const LINE: usize = 2_000;

type Fault = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let walks: usize = arguments.next().ok_or("how many walks?")?.parse()?;
    let read = |path: String| Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?);
    let mut trees = arguments.map(read).collect::<Result<Vec<Tree>, Fault>>()?;
    if trees.is_empty() {
        trees.push(
            compile(&fixture::deposit(), day(DAYS[0])?)
                .tree
                .ok_or("the fixture compiles")?,
        );
    }
    let folder = Path::new(&folder);
    std::fs::write(folder.join("tables.json"), serde_json::to_vec(&tables())?)?;
    std::thread::scope(|scope| {
        let work = |tree| scope.spawn(move || cases(tree, walks, folder));
        let all: Vec<_> = trees.iter().map(work).collect();
        all.into_iter()
            .try_for_each(|one| one.join().map_err(|_| "a tree made the engine break off")?)
    })
}

/// Writes the cases of a tree, and tells how many.
fn cases(tree: &Tree, walks: usize, folder: &Path) -> Result<(), Fault> {
    let beyond = || format!("{} is beyond the budget", tree.slug);
    let first = day(DAYS[0])?;
    // The third reader: the links of the static pages.
    follow_links(tree, first).ok_or_else(beyond)??;
    let mut file = BufWriter::new(File::create(folder.join(format!("{}.jsonl", tree.slug)))?);
    writeln!(file, "{}", serde_json::to_string(tree)?)?;
    let others = DAYS[1..]
        .iter()
        .map(|text| day(text))
        .collect::<Result<Vec<_>, _>>()?;
    for (at, day) in [first]
        .into_iter()
        .chain(others)
        .chain(days(tree, first))
        .enumerate()
    {
        let vectors = vectors(tree, day, if at == 0 { walks } else { 0 }).ok_or_else(beyond)?;
        if at == 0 {
            let told = if vectors.all {
                "all compared"
            } else {
                "each answer of each merged situation compared"
            };
            println!("{}: {} complete walks, {told}", tree.slug, vectors.walks);
        }
        let mut cases = vectors.cases().peekable();
        while cases.peek().is_some() {
            let line: Vec<_> = cases.by_ref().take(LINE).collect();
            let line: Vec<_> = line.iter().map(short).collect();
            let line = serde_json::json!({ "today": day.day_number(), "cases": line });
            writeln!(file, "{line}")?;
        }
    }
    Ok(file.flush()?)
}

fn day(text: &str) -> Result<Date, Fault> {
    Date::from_iso(text).ok_or_else(|| format!("{text} is not a day").into())
}
