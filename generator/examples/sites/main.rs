//! How long the generator takes, beside a program that only reads, parses and writes as much: `make bench-site`.
//!
//! `sites PROGRAM ROOT [GUIDES …]`: for each size, a seeded site of that many guides with the theme of ROOT, on a
//! memory disk when there is one. `sites corpus FOLDER GUIDES` makes such a site, `sites stages FOLDER equal|checks`
//! tells each stage, `sites saves PROGRAM FOLDER GUIDES` measures the preview alone. Each figure is the median of [`RUNS`] runs, each in a process of its own.

#![allow(
    clippy::disallowed_methods,
    reason = "a measure reads the clock, writes files and starts programs"
)]

mod corpus;
mod limit;
mod run;
mod saves;
mod stages;

use corpus::Shape;
use std::error::Error;
use std::path::{Path, PathBuf};

type Failure = Box<dyn Error>;

/// Runs of each measure.
const RUNS: usize = 3;
/// Savings measured in a preview.
const SAVES: usize = 40;
const SIZES: [usize; 2] = [1_000, 10_000];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["limit", folder, out] => limit::run(Path::new(folder), Path::new(out)),
        ["stages", folder, work] => stages::run(Path::new(folder), work),
        ["corpus", folder, guides] => {
            corpus::make(Path::new(folder), &std::env::current_dir()?, plain(guides)?)
        }
        ["saves", program, folder, guides] => {
            saves::measure(Path::new(program), Path::new(folder), plain(guides)?)
        }
        [program, root, sizes @ ..] => {
            let sizes: Vec<usize> = sizes.iter().map(|size| size.parse()).collect::<Result<_, _>>()?;
            let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
            compare(Path::new(program), &std::fs::canonicalize(root)?, &sizes)
        }
        _ => Err("sites PROGRAM ROOT [GUIDES …]".into()),
    }
}

/// A site of so many guides that do not lead to one another.
fn plain(guides: &str) -> Result<Shape, Failure> {
    Ok(Shape {
        guides: guides.parse()?,
        links: 0,
    })
}

/// Every measure at every size, as the rows of a table.
fn compare(program: &Path, root: &Path, sizes: &[usize]) -> Result<(), Failure> {
    println!("| Guides | What | Median | Beside the limit | Peak memory |\n|---|---|---|---|---|");
    for guides in sizes {
        let shape = Shape {
            guides: *guides,
            links: 0,
        };
        let disk = Disk::new()?;
        corpus::make(&disk.0, root, shape)?;
        let limit = limit::measure(&disk.0)?;
        row(
            *guides,
            "limit: read, parse, write the same bytes",
            &limit,
            &limit,
        );
        for (work, words) in stages::WORKS {
            let measured = stages::measure(&disk.0, work)?;
            row(*guides, words, &measured, &limit);
        }
        let cold = run::build(program, &disk.0, true)?;
        row(*guides, "`generator build`, nothing there", &cold, &limit);
        let again = run::build(program, &disk.0, false)?;
        row(*guides, "`generator build`, nothing changed", &again, &limit);
        let linked = Shape { links: 10, ..shape };
        let other = Disk::new()?;
        corpus::make(&other.0, root, linked)?;
        let measured = stages::measure(&other.0, "equal")?;
        row(*guides, "equal work, ten links more a guide", &measured, &limit);
        saves::measure(program, &disk.0, shape)?;
    }
    Ok(())
}

fn row(guides: usize, what: &str, one: &run::Measured, limit: &run::Measured) {
    println!(
        "| {guides} | {what} | {:.3} s | {:.1} | {:.0} MiB |",
        one.seconds,
        one.seconds / limit.seconds,
        one.peak as f64 / 1024.0
    );
}

/// A folder that is removed with this value, on a memory disk when there is one: the disk is not what is measured.
struct Disk(PathBuf);

impl Disk {
    fn new() -> Result<Self, Failure> {
        static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() {
            memory.to_path_buf()
        } else {
            std::env::temp_dir()
        };
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = place.join(format!("generator-bench-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
