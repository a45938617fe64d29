//! What the last build was made of, and what it left: while both are the same, there is nothing to build again.
//!
//! The stamp stands beside the output (`.dist.etat`), so that it is never served and two builds leave the same bytes.
//! Only a build that had nothing to say leaves one: what must be told is told each time.
#![expect(
    clippy::disallowed_methods,
    reason = "a second door, beside `write`: it reads the dates of what was written, and keeps one line"
)]

use crate::BuildOptions;
use crate::assets::fingerprint::hex;
use crate::source::Sources;
use crate::write::MARK;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// What a build is made of: the program, its options, the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp(String);

/// The stamp of a build; nothing when the program that runs cannot be told from another.
#[must_use]
pub fn of(sources: &Sources, options: &BuildOptions) -> Option<Stamp> {
    let program = std::env::current_exe().ok()?;
    let mut hash = Sha256::new();
    hash.update(format!("{options:?} {}", dated(&program)?));
    let texts = sources
        .texts
        .iter()
        .map(|(path, source)| (path, source.text.as_bytes()));
    let bytes = sources.bytes.iter().map(|(path, bytes)| (path, &**bytes));
    let files: Vec<_> = texts.chain(bytes).collect();
    let digests: Vec<_> = files.par_iter().map(|(_, bytes)| Sha256::digest(bytes)).collect();
    for ((path, _), digest) in files.iter().zip(digests) {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(digest);
    }
    Some(Stamp(hex(&hash.finalize())))
}

impl Stamp {
    /// How many files the same build left in `out`, all there still and untouched; nothing when it must be done.
    #[must_use]
    pub fn holds(&self, out: &Path) -> Option<usize> {
        let kept = fs::read_to_string(place(out)?).ok()?;
        let (left, count) = listing(out)?;
        (kept == self.line(&left)).then_some(count)
    }

    /// Keeps the stamp of a build that was just written to `out`. Where it cannot be kept, the next build is done.
    pub fn keep(&self, out: &Path) {
        if let (Some(place), Some((left, _))) = (place(out), listing(out)) {
            let _ = fs::write(place, self.line(&left));
        }
    }

    fn line(&self, left: &str) -> String {
        format!("{} {left}\n", self.0)
    }
}

/// Forgets the stamp: what comes next is not what it told of.
pub fn forget(out: &Path) {
    if let Some(place) = place(out) {
        let _ = fs::remove_file(place);
    }
}

/// `.dist.etat` beside `dist`.
fn place(out: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(out.file_name()?);
    name.push(".etat");
    Some(out.with_file_name(name))
}

/// Names, sizes and dates of the files of a folder, in one hash, and how many were built: without the mark of the folder.
fn listing(out: &Path) -> Option<(String, usize)> {
    let (mut hash, mut count) = (Sha256::new(), 0);
    for entry in WalkDir::new(out).sort_by_file_name() {
        let entry = entry.ok()?;
        if !entry.file_type().is_dir() {
            let name = entry.path().strip_prefix(out).ok()?;
            hash.update(name.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update(dated(entry.path())?);
            count += usize::from(name != Path::new(MARK));
        }
    }
    Some((hex(&hash.finalize()), count))
}

/// Size in bytes and date of change of a file.
fn dated(path: &Path) -> Option<String> {
    let data = fs::metadata(path).ok()?;
    let changed = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", data.len(), changed.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stamp(text: &str, day: i8) -> Stamp {
        let mut sources = Sources::default();
        sources.insert("content/a.md", text);
        let options = BuildOptions {
            today: date(2026, 11, day),
            unpublished: false,
            production: false,
        };
        of(&sources, &options).expect("a stamp")
    }

    #[test]
    fn holds_while_nothing_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("dist");
        fs::create_dir(&out).expect("made");
        fs::write(out.join("a.html"), "a").expect("written");
        let first = stamp("a", 1);
        assert_eq!(first.holds(&out), None, "nothing was kept");
        first.keep(&out);
        assert_eq!(first.holds(&out), Some(1));
        assert_eq!(stamp("b", 1).holds(&out), None, "another text");
        assert_eq!(stamp("a", 2).holds(&out), None, "another day");
        fs::write(out.join("b.html"), "b").expect("written");
        assert_eq!(first.holds(&out), None, "a file more");
        first.keep(&out);
        fs::write(out.join("b.html"), "bb").expect("written");
        assert_eq!(first.holds(&out), None, "a file changed");
        first.keep(&out);
        forget(&out);
        assert_eq!(first.holds(&out), None, "forgotten");
    }
}
