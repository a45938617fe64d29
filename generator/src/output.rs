//! What a build produces: files by path, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of the built site, by path relative to the output folder.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Output {
    /// Adds a file. A second file at the same path is refused: two pages would hide each other.
    ///
    /// # Errors
    /// The path that is already taken.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Result<(), String> {
        let path = path.into();
        if self.files.contains_key(&path) {
            return Err(path);
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// The files, given away, in the order of their paths.
    pub fn into_files(self) -> impl Iterator<Item = (String, Arc<[u8]>)> {
        self.files.into_iter()
    }

    /// The file at this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }
}
