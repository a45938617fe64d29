//! The only writer of the disk: brings the output folder to what was built, touching only what changed.
#![expect(
    clippy::disallowed_methods,
    reason = "this file is the door through which the site goes out"
)]

use crate::output::Output;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files created or changed.
    pub changed: usize,
    /// Files removed.
    pub removed: usize,
    /// Files left as they were.
    pub kept: usize,
}

/// Why the site could not be written.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    reason: String,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "{} : écriture impossible ({})",
            self.path.display(),
            self.reason
        )
    }
}

impl std::error::Error for WriteError {}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    |error| WriteError {
        path: path.to_path_buf(),
        reason: error.to_string(),
    }
}

/// File that marks a folder as ours: a folder full of other things is not emptied by mistake.
const MARK: &str = ".service/construit-par-generator.txt";
const MARK_TEXT: &str =
    "Ce dossier est produit par « generator build » : tout autre fichier y est supprimé.\n";

/// Writes `output` into `dist`: each changed file beside its place, then moved over; stale files are removed last.
///
/// # Errors
/// The path and the reason, when the disk refuses, or when `dist` holds files that no build wrote.
pub fn write(output: &Output, dist: &Path) -> Result<Written, WriteError> {
    let present = files(dist)?;
    if !present.is_empty() && !dist.join(MARK).is_file() {
        return Err(WriteError {
            path: dist.to_path_buf(),
            reason: "ce dossier contient des fichiers qui ne viennent pas de ce générateur ; videz-le ou choisissez-en un autre avec --out".to_owned(),
        });
    }
    let mut written = Written::default();
    // Files that pages call for come first, pages after, so that a page never points at what is not there yet.
    let late = |path: &str| path.contains(".html");
    let marked = [(MARK, MARK_TEXT.as_bytes())];
    let all = || {
        marked
            .into_iter()
            .chain(output.files().map(|(path, bytes)| (path, &**bytes)))
    };
    for (path, bytes) in all()
        .filter(|(path, _)| !late(path))
        .chain(all().filter(|(path, _)| late(path)))
    {
        if put(&dist.join(path), bytes)? {
            written.changed += 1;
        } else {
            written.kept += 1;
        }
    }
    for path in present
        .iter()
        .filter(|path| *path != MARK && output.get(path).is_none())
    {
        let full = dist.join(path);
        fs::remove_file(&full).map_err(failed(&full))?;
        remove_empty_parents(&full, dist);
        written.removed += 1;
    }
    Ok(written)
}

/// Puts bytes at a path; gives back whether something changed.
fn put(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|present| present == bytes)
    {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".partiel");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).map_err(failed(&beside))?;
    fs::rename(&beside, path).map_err(failed(path))?;
    Ok(true)
}

/// Paths of the files below a folder, with `/` between parts; a missing folder is empty.
fn files(dist: &Path) -> Result<BTreeSet<String>, WriteError> {
    let mut found = BTreeSet::new();
    if !dist.exists() {
        return Ok(found);
    }
    for entry in WalkDir::new(dist) {
        let entry = entry.map_err(|error| WriteError {
            path: dist.to_path_buf(),
            reason: error.to_string(),
        })?;
        if !entry.file_type().is_dir() {
            let relative = entry.path().strip_prefix(dist).unwrap_or(entry.path());
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            found.insert(parts.join("/"));
        }
    }
    Ok(found)
}

/// A folder that lost its last file goes too. One that cannot be removed is not empty: it stays.
fn remove_empty_parents(path: &Path, dist: &Path) {
    for parent in path.ancestors().skip(1).take_while(|parent| *parent != dist) {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(files: &[(&str, &str)]) -> Output {
        let mut output = Output::default();
        for (path, text) in files {
            output.insert(*path, text.as_bytes()).expect("a free path");
        }
        output
    }

    #[test]
    fn writes_only_what_changed_and_removes_what_is_stale() {
        let dist = tempfile::tempdir().expect("a folder");
        let first = output(&[
            ("index.html", "a"),
            ("x/y/index.html", "b"),
            ("assets/z.css", "c"),
        ]);
        let done = write(&first, dist.path()).expect("written");
        assert_eq!((done.changed, done.removed), (4, 0));
        let before = fs::metadata(dist.path().join("index.html"))
            .and_then(|m| m.modified())
            .expect("a date");
        let again = write(&first, dist.path()).expect("written");
        assert_eq!((again.changed, again.removed, again.kept), (0, 0, 4));
        let after = fs::metadata(dist.path().join("index.html"))
            .and_then(|m| m.modified())
            .expect("a date");
        assert_eq!(before, after);
        let second = output(&[("index.html", "A"), ("assets/z.css", "c")]);
        let done = write(&second, dist.path()).expect("written");
        assert_eq!((done.changed, done.removed), (1, 1));
        assert!(!dist.path().join("x").exists());
    }

    #[test]
    fn a_folder_of_other_things_is_left_alone() {
        let dist = tempfile::tempdir().expect("a folder");
        fs::write(dist.path().join("memoires.txt"), "à garder").expect("a file");
        let error = write(&output(&[("index.html", "a")]), dist.path()).expect_err("refused");
        assert!(error.to_string().contains("--out"));
        assert!(!dist.path().join("index.html").exists());
    }
}
