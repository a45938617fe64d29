//! The only writer of the disk: brings the output folder to what was built, touching only what changed.
#![expect(
    clippy::disallowed_methods,
    reason = "this file is the door through which the site goes out"
)]

use crate::assets::compress;
use crate::output::Output;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
pub(crate) const MARK: &str = ".service/construit-par-generator.txt";
const MARK_TEXT: &str =
    "Ce dossier est produit par « generator build » : tout autre fichier y est supprimé.\n";

/// Writes `output` into `dist` with compressed copies of its texts: each changed file beside its place, then moved
/// over; stale files are removed last. A file that is already there with its copies costs one reading.
///
/// # Errors
/// The path and the reason, when the disk refuses, or when `dist` holds files that no build wrote.
pub fn write(output: &Output, dist: &Path) -> Result<Written, WriteError> {
    bring(output, dist, compress::is_worth_it)
}

/// The same without compressed copies: for a host that compresses by itself.
///
/// # Errors
/// As [`write`].
pub fn write_only(output: &Output, dist: &Path) -> Result<Written, WriteError> {
    bring(output, dist, |_, _| false)
}

/// Whether a file gets compressed copies.
type Compressed = fn(&str, &[u8]) -> bool;

fn bring(output: &Output, dist: &Path, compressed: Compressed) -> Result<Written, WriteError> {
    let present = files(dist)?;
    if !present.is_empty() && !dist.join(MARK).is_file() {
        return Err(WriteError {
            path: dist.to_path_buf(),
            reason: "ce dossier contient des fichiers qui ne viennent pas de ce générateur ; videz-le ou choisissez-en un autre avec --out".to_owned(),
        });
    }
    put(&dist.join(MARK), MARK_TEXT.as_bytes())?;
    let mut written = Written::default();
    let mut expected = BTreeSet::from([MARK.to_owned()]);
    let mut changed: Vec<File> = Vec::new();
    for (path, bytes) in output.files() {
        let copies = copies(path, bytes, compressed);
        let whole = copies.iter().all(|copy| present.contains(copy));
        if whole && is_there(&dist.join(path), bytes) {
            written.kept += 1 + copies.len();
        } else {
            changed.push((path, bytes));
        }
        expected.insert(path.to_owned());
        expected.extend(copies);
    }
    // Files that pages call for come first, pages after, so that a page never points at what is not there yet.
    let (pages, called): (Vec<File>, Vec<File>) =
        changed.into_iter().partition(|(path, _)| path.ends_with(".html"));
    for share in [called, pages] {
        written.changed += put_all(&share, dist, compressed)?;
    }
    for path in present.difference(&expected) {
        let full = dist.join(path);
        fs::remove_file(&full).map_err(failed(&full))?;
        remove_empty_parents(&full, dist);
        written.removed += 1;
    }
    Ok(written)
}

/// Writes one file that the generator makes for other programs, over the one that is there.
///
/// # Errors
/// The path and the reason, when the disk refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    put(path, bytes)
}

/// Writes the starting files of an author below `root`; when one of them is there already, nothing is written.
///
/// # Errors
/// The path and the reason, when a file exists or the disk refuses.
pub fn create(root: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    for (path, _) in files {
        let full = root.join(path);
        if full.exists() {
            return Err(WriteError {
                path: full,
                reason: "ce fichier existe déjà ; choisissez un autre titre".to_owned(),
            });
        }
    }
    files
        .iter()
        .try_for_each(|(path, text)| put(&root.join(path), text.as_bytes()))
}

type File<'a> = (&'a str, &'a Arc<[u8]>);

/// Paths of the compressed copies that a file has.
fn copies(path: &str, bytes: &[u8], compressed: Compressed) -> Vec<String> {
    if compressed(path, bytes) {
        [".br", ".gz"].map(|end| format!("{path}{end}")).to_vec()
    } else {
        Vec::new()
    }
}

/// Writes files on every core, each after its copies: a file that is there vouches for them. Gives back how many were
/// written.
fn put_all(files: &[File], dist: &Path, compressed: Compressed) -> Result<usize, WriteError> {
    files
        .par_iter()
        .map(|(path, bytes)| {
            let mut count = 1;
            if compressed(path, bytes) {
                let copy = compress::one(path, bytes);
                put(&dist.join(format!("{path}.br")), &copy.brotli)?;
                put(&dist.join(format!("{path}.gz")), &copy.gzip)?;
                count += 2;
            }
            put(&dist.join(path), bytes)?;
            Ok(count)
        })
        .sum()
}

/// Whether a file holds exactly these bytes.
fn is_there(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|present| present == bytes)
}

/// Puts bytes at a path, unless they are there.
fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if is_there(path, bytes) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".partiel");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).map_err(failed(&beside))?;
    fs::rename(&beside, path).map_err(failed(path))
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
        assert_eq!((done.changed, done.removed), (3, 0));
        let day = |path: &str| fs::metadata(dist.path().join(path)).and_then(|meta| meta.modified());
        let before = day("index.html").expect("a date");
        let again = write(&first, dist.path()).expect("written");
        assert_eq!((again.changed, again.removed, again.kept), (0, 0, 3));
        assert_eq!(before, day("index.html").expect("a date"));
        let second = output(&[("index.html", "A"), ("assets/z.css", "c")]);
        let done = write(&second, dist.path()).expect("written");
        assert_eq!((done.changed, done.removed), (1, 1));
        assert!(!dist.path().join("x").exists());
    }

    #[test]
    fn compressed_copies_follow_their_file() {
        let dist = tempfile::tempdir().expect("a folder");
        let long = "mot ".repeat(1_000);
        let page = output(&[("index.html", &long)]);
        assert_eq!(write(&page, dist.path()).expect("written").changed, 3);
        let copy = dist.path().join("index.html.br");
        let before = fs::read(&copy).expect("a copy");
        fs::remove_file(&copy).expect("removed");
        assert_eq!(write(&page, dist.path()).expect("written").changed, 3);
        assert_eq!(before, fs::read(&copy).expect("the copy again"));
        let short = output(&[("index.html", "court")]);
        let done = write(&short, dist.path()).expect("written");
        assert_eq!((done.changed, done.removed), (1, 2));
        assert!(!copy.exists());
    }

    #[test]
    fn a_starting_file_never_replaces_another() {
        let root = tempfile::tempdir().expect("a folder");
        let files = |names: [&str; 2]| names.map(|name| (format!("content/{name}"), name.to_owned()));
        create(root.path(), &files(["a.md", "b.md"])).expect("written");
        let error = create(root.path(), &files(["c.md", "a.md"])).expect_err("refused");
        assert!(error.to_string().contains("existe déjà"), "{error}");
        assert!(!root.path().join("content/c.md").exists());
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
