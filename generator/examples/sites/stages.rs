//! The stages of a build by themselves, with more or less of the work: peers neither read finished pages again nor
//! compress them.

use super::{Failure, run};
use generator::output::Output;
use generator::{assets, check, load, parse, render, write};
use jiff::civil::Date;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

/// The amounts of work, and what they are called in the table.
pub(crate) const WORKS: [(&str, &str); 2] = [
    (
        "equal",
        "equal work: pages, lists, feed, map, links of authors checked",
    ),
    ("checks", "the same, every finished page read again"),
];

/// Measures this amount of work in a process of its own.
pub(crate) fn measure(folder: &Path, work: &str) -> Result<run::Measured, Failure> {
    let own = std::env::current_exe()?;
    let command = || {
        let mut command = Command::new(&own);
        command.arg("stages").arg(folder).arg(work);
        command
    };
    run::median(command, || run::remove(&folder.join("stages")))
}

/// Builds, and tells each stage on standard error.
pub(crate) fn run(folder: &Path, work: &str) -> Result<(), Failure> {
    let mut start = Instant::now();
    let mut told = |stage: &str| {
        eprintln!(
            "{stage:10} {:7.3} s {:6} MiB",
            start.elapsed().as_secs_f64(),
            run::high_water(std::process::id()) / 1024
        );
        start = Instant::now();
    };
    let sources = load::load(folder)?;
    told("load");
    let (site, theme, mut faults) = parse::parse(&sources, Date::constant(2026, 11, 25));
    told("parse");
    faults.extend(check::content(&site));
    told("content");
    let (assets, files, found) = assets::publish(&theme, &sources);
    faults.extend(found);
    let (templates, found) = render::templates::Templates::new(&theme, &assets);
    faults.extend(found);
    told("assets");
    let renderer = render::Renderer::new(&site, &assets, Arc::new(templates));
    let (mut output, found) = render::render(&renderer, &theme, &files, &faults);
    faults.extend(found);
    for (path, bytes) in files.files() {
        render::put_file(&mut output, path, bytes.clone(), &mut faults);
    }
    told("render");
    if work == "checks" {
        faults.extend(check::html::check(&output));
        told("pages");
    }
    write_plain(&output, &folder.join("stages"))?;
    told("write");
    Ok(())
}

/// Writes the files without compressed copies.
fn write_plain(output: &Output, folder: &Path) -> Result<(), Failure> {
    write::write_only(output, folder)?;
    Ok(())
}
