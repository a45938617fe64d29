//! Puts single faults into the questionnaires of `content/diagnostics`, and shows what becomes of each.
//!
//! `cargo run -q -p generator --example mutants [TREE …]`. Exit code 1 when a fault survives: a
//! reader would see something else, and neither a rule nor a scenario would say so.

#![allow(
    clippy::disallowed_methods,
    reason = "an example is an edge: it reads the disk"
)]

#[path = "../tree/tests/support/mutants/mod.rs"]
#[allow(dead_code, unreachable_pub)]
mod mutants;

use generator::source::Sources;
use mutants::judge::{Reference, Verdict};
use mutants::{Mutant, mutants as all_mutants};
use std::error::Error;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The day of the proofs, then days on which months end differently.
const DAYS: [&str; 3] = ["2026-11-23", "2026-09-10", "2028-02-29"];
/// Complete cases, all of them, on the first day; a questionnaire that has more gives each answer of each merged
/// situation instead, as on the other days.
const MOST: usize = 10_000;

#[derive(Default)]
struct Count {
    caught: usize,
    harmless: usize,
    survivors: usize,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let sources = content()?;
    let today = jiff::civil::Date::constant(2026, 11, 23);
    let (site, ..) = generator::parse::parse(&sources, today);
    let mut total = Count::default();
    for (slug, tree) in &site.trees {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == slug.as_str()) {
            continue;
        }
        let reference = Reference::new(&tree.source, &DAYS, MOST)
            .ok_or_else(|| format!("le questionnaire {} ne se compile pas", slug.as_str()))?;
        let mutants = all_mutants(&tree.source);
        println!(
            "# {} : {} mutations, {} cas comparés\n",
            slug.as_str(),
            mutants.len(),
            reference.cases()
        );
        for (mutant, verdict) in mutants.iter().zip(judge(&reference, &mutants)) {
            print(mutant, &verdict, &mut total);
        }
        println!();
    }
    let all = total.caught + total.harmless + total.survivors;
    let plural = if total.survivors > 1 {
        "survivantes"
    } else {
        "survivante"
    };
    println!(
        "{all} mutations, {} prises, {} sans effet, {} {plural}",
        total.caught, total.harmless, total.survivors
    );
    Ok(if total.survivors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print(mutant: &Mutant, verdict: &Verdict, total: &mut Count) {
    let (word, why) = match verdict {
        Verdict::Caught(rule, message) => {
            total.caught += 1;
            ("prise", format!("{rule} : {message}"))
        }
        Verdict::Harmless(_) => {
            total.harmless += 1;
            ("sans effet", "même conclusion dans tous les cas".to_owned())
        }
        Verdict::Survives(difference) => {
            total.survivors += 1;
            ("SURVIT", difference.clone())
        }
    };
    println!("{word:10} | {} | {} | {why}", mutant.kind, mutant.what);
}

/// Judges on every core; the verdicts come in the order of the mutants.
fn judge(reference: &Reference, mutants: &[Mutant]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::with_capacity(mutants.len()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((index, mutant)) = take(&next, mutants) {
                    let verdict = reference.judge(mutant);
                    if let Ok(mut found) = found.lock() {
                        found.push((index, verdict));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, verdict)| verdict).collect()
}

fn take<'a>(next: &AtomicUsize, mutants: &'a [Mutant]) -> Option<(usize, &'a Mutant)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, mutants.get(index)?))
}

/// The texts of `content`, from the root of the project.
fn content() -> Result<Sources, Box<dyn Error>> {
    let mut sources = Sources::default();
    for entry in walkdir::WalkDir::new("content").sort_by_file_name() {
        let entry = entry?;
        let path = entry.path().to_string_lossy();
        if path.ends_with(".md") || path.ends_with(".yaml") {
            sources.insert(&path, &std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(sources)
}
