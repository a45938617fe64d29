//! Watches `content` and `theme`.

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Editors write in several steps: changes closer than this are one.
const WINDOW: Duration = Duration::from_millis(8);
/// How often the window is looked at.
const TICK: Duration = Duration::from_millis(4);
/// Folders of the theme that authors change; the installed packages are not watched.
const FOLDERS: [&str; 6] = [
    "content",
    "theme/layouts",
    "theme/components",
    "theme/styles",
    "theme/scripts",
    "theme/images",
];

/// A watcher that lives as long as this value.
pub type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Calls `changed` after each change, with the paths concerned.
///
/// # Errors
/// Why the folders cannot be watched.
pub fn start(root: &Path, changed: impl Fn(Vec<PathBuf>) + Send + 'static) -> Result<Watcher, String> {
    let mut watcher = new_debouncer(WINDOW, Some(TICK), move |result: DebounceEventResult| {
        let Ok(events) = result else { return };
        // Reading a file is an event too: the build itself would start the next one.
        let mut paths: Vec<PathBuf> = events
            .iter()
            .filter(|event| !matches!(event.kind, EventKind::Access(_)))
            .flat_map(|event| event.paths.iter().cloned())
            .collect();
        paths.sort();
        paths.dedup();
        if !paths.is_empty() {
            changed(paths);
        }
    })
    .map_err(|error| error.to_string())?;
    for folder in FOLDERS
        .iter()
        .map(|folder| root.join(folder))
        .filter(|folder| folder.is_dir())
    {
        let watched = watcher.watch(&folder, RecursiveMode::Recursive);
        watched.map_err(|error| format!("{} : {error}", folder.display()))?;
    }
    let theme = root.join("theme");
    if theme.is_dir() {
        watcher
            .watch(&theme, RecursiveMode::NonRecursive)
            .map_err(|error| error.to_string())?;
    }
    Ok(watcher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_change_is_told_and_a_reading_is_not() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("content/a.md");
        std::fs::create_dir_all(root.path().join("content")).expect("a folder");
        std::fs::write(&file, "a").expect("a file");
        let (tell, told) = mpsc::channel();
        let _watcher =
            start(root.path(), move |paths| tell.send(paths).unwrap_or_default()).expect("a watcher");
        assert_eq!(std::fs::read(&file).expect("a file"), b"a");
        assert!(
            told.recv_timeout(Duration::from_millis(400)).is_err(),
            "a reading"
        );
        std::fs::write(&file, "b").expect("a file");
        let paths = told.recv_timeout(Duration::from_secs(10)).expect("a change");
        assert_eq!(paths, [file]);
    }
}
