//! What a folder holds, down to the times and inodes of its files, to tell whether anyone wrote into it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// One file as it stands: its bytes and the marks of its last writing.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The content.
    pub bytes: Vec<u8>,
    inode: u64,
    modified: (i64, i64),
}

/// A folder at one moment: relative path -> file.
pub type Snapshot = BTreeMap<PathBuf, Entry>;

/// Reads a whole folder; one that does not exist is empty.
///
/// # Panics
/// When a file cannot be read.
#[must_use]
pub fn snapshot(folder: &Path) -> Snapshot {
    files(folder)
        .into_iter()
        .map(|path| {
            let meta = fs::metadata(&path).expect("a listed file exists");
            let entry = Entry {
                bytes: fs::read(&path).expect("a listed file can be read"),
                inode: meta.ino(),
                modified: (meta.mtime(), meta.mtime_nsec()),
            };
            (
                path.strip_prefix(folder)
                    .expect("a file lies in its folder")
                    .to_path_buf(),
                entry,
            )
        })
        .collect()
}

/// All files under a folder, in order of their path.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Paths whose bytes differ between two moments, or that are in one only.
#[must_use]
pub fn different_bytes(before: &Snapshot, after: &Snapshot) -> Vec<PathBuf> {
    differing(before, after, |one, other| one.bytes == other.bytes)
}

/// Paths that someone wrote between two moments, even with the same bytes.
#[must_use]
pub fn written(before: &Snapshot, after: &Snapshot) -> Vec<PathBuf> {
    differing(before, after, |one, other| one == other)
}

fn differing(before: &Snapshot, after: &Snapshot, same: impl Fn(&Entry, &Entry) -> bool) -> Vec<PathBuf> {
    let both = before
        .keys()
        .chain(after.keys().filter(|path| !before.contains_key(*path)));
    both.filter(|path| match (before.get(*path), after.get(*path)) {
        (Some(one), Some(other)) => !same(one, other),
        _ => true,
    })
    .cloned()
    .collect()
}

/// Copies a folder, on top of what the target already holds. Folders named in `leave` are left out.
///
/// # Panics
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path, leave: &[&str]) {
    let left = |name: &std::ffi::OsStr| leave.iter().any(|leave| name == *leave);
    for entry in WalkDir::new(from)
        .into_iter()
        .filter_entry(|entry| !left(entry.file_name()))
    {
        let entry = entry.expect("a fixture can be listed");
        let target = to.join(
            entry
                .path()
                .strip_prefix(from)
                .expect("a file lies in its folder"),
        );
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
