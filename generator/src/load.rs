//! The only reader of the disk: `content` and `theme`, in a fixed order.

use crate::assets::DSFR;
use crate::assets::scripts::BUNDLES;
use crate::source::Sources;
use std::fmt;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of the files that are read as text.
const TEXTS: [&str; 6] = ["md", "yaml", "html", "css", "js", "json"];
/// What is taken of the design system; the rest of the package is never read.
const DSFR_PARTS: [&str; 6] = ["core", "scheme", "component", "utility/icons", "icons", "favicon"];
const DSFR_FONTS: &str = "fonts";

/// Why the sources cannot be read: the disk's fault, not the authors'.
#[derive(Debug)]
pub struct LoadError {
    path: PathBuf,
    reason: String,
    cure: Option<String>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} : {}", self.path.display(), self.reason)?;
        match &self.cure {
            Some(cure) => write!(f, "\n  aide : {cure}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads `content` and `theme` below `root`.
///
/// # Errors
/// A missing folder, a file that cannot be read or is not UTF-8, a design system that is not installed.
pub fn load(root: &Path) -> Result<Sources, LoadError> {
    let mut sources = Sources::default();
    for folder in ["content", "theme"] {
        if !root.join(folder).is_dir() {
            return Err(LoadError {
                path: root.join(folder),
                reason: "ce dossier n'existe pas".to_owned(),
                cure: Some(
                    "lancez la commande depuis la racine du projet, ou donnez-la avec --root".to_owned(),
                ),
            });
        }
        read_folder(root, folder, |_| true, &mut sources)?;
    }
    if root.join(BUNDLES).is_dir() {
        read_folder(root, BUNDLES, |_| true, &mut sources)?;
    }
    if sources
        .text(crate::parse::theme::THEME)
        .is_some_and(|theme| theme.text.contains("dsfr:"))
    {
        design_system(root, &mut sources)?;
    }
    Ok(sources)
}

/// Reads the sheets, fonts and icons of the installed package.
fn design_system(root: &Path, sources: &mut Sources) -> Result<(), LoadError> {
    if !root.join(DSFR).is_dir() {
        return Err(LoadError {
            path: root.join(DSFR),
            reason: "le Système de design de l'État n'est pas installé".to_owned(),
            cure: Some("lancez « npm ci --prefix theme »".to_owned()),
        });
    }
    for part in DSFR_PARTS {
        read_folder(root, &format!("{DSFR}{part}"), is_wanted, sources)?;
    }
    read_folder(
        root,
        &format!("{DSFR}{DSFR_FONTS}"),
        |name| name.ends_with(".woff2"),
        sources,
    )
}

/// Whole sheets (neither minified nor for old browsers), icons.
fn is_wanted(name: &str) -> bool {
    let sheet = name.ends_with(".css") && !name.ends_with(".min.css") && !name.contains(".legacy.");
    sheet || [".svg", ".png", ".ico"].iter().any(|end| name.ends_with(end))
}

fn read_folder(
    root: &Path,
    folder: &str,
    wanted: fn(&str) -> bool,
    sources: &mut Sources,
) -> Result<(), LoadError> {
    let hidden = |name: &str| name.starts_with('.') || name == "node_modules";
    let walk = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    let entries =
        walk.filter_entry(|entry| entry.depth() == 0 || !hidden(&entry.file_name().to_string_lossy()));
    for entry in entries {
        let entry = entry.map_err(|error| LoadError {
            path: error.path().map_or_else(|| root.join(folder), Path::to_path_buf),
            reason: error.to_string(),
            cure: None,
        })?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_file() && wanted(&name) && !is_leftover(&name) {
            read_file(root, entry.path(), sources)?;
        }
    }
    Ok(())
}

/// The symbols of the content manager's package bear a sum in their name: they are asked for without it.
const SYMBOLS: &str = "npm/assets/material-symbols.woff2";
/// What is published of the package: the program, its French, its symbols, its licence.
pub const CMS_FILES: [&str; 6] = [
    "dist/sveltia-cms.js",
    "dist/chunks/react-dom.js",
    "locales/fr.json",
    "package.json",
    "LICENSE.txt",
    SYMBOLS,
];

/// Reads a file of the content manager's package; nothing when it is none of [`CMS_FILES`] or is not installed.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this file is the door through which sources come in"
)]
pub fn cms(root: &Path, name: &str) -> Option<Vec<u8>> {
    let package = root.join(crate::cms::PACKAGE);
    if !CMS_FILES.contains(&name) {
        return None;
    }
    if name != SYMBOLS {
        return std::fs::read(package.join(name)).ok();
    }
    let fonts = std::fs::read_dir(package.join("npm/assets")).ok()?;
    let is_symbols = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("material-symbols") && name.ends_with(".woff2")
    };
    let path = fonts
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(is_symbols)?;
    std::fs::read(path).ok()
}

/// One text by itself; nothing when it is not there or is not UTF-8.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this file is the door through which sources come in"
)]
pub fn file(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Files that editors leave behind.
#[must_use]
pub fn is_leftover(name: &str) -> bool {
    name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".tmp")
}

#[expect(
    clippy::disallowed_methods,
    reason = "this file is the door through which sources come in"
)]
fn read_file(root: &Path, path: &Path, sources: &mut Sources) -> Result<(), LoadError> {
    let fault = |reason: String, cure: Option<&str>| LoadError {
        path: path.to_path_buf(),
        reason,
        cure: cure.map(ToOwned::to_owned),
    };
    let bytes = std::fs::read(path).map_err(|error| fault(format!("lecture impossible ({error})"), None))?;
    let name = relative(root, path);
    let is_text = path
        .extension()
        .is_some_and(|end| TEXTS.iter().any(|text| end == *text));
    if is_text {
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
                .split(|byte| *byte == b'\n')
                .count();
            fault(
                format!("les accents de ce fichier ne se lisent pas (ligne {line}) : il n'est pas en UTF-8"),
                Some("dans votre éditeur, choisissez « Enregistrer sous », puis l'encodage UTF-8"),
            )
        })?;
        sources.insert(&name, &text);
    } else {
        sources.bytes.insert(name.into(), bytes.into());
    }
    Ok(())
}

/// `content/guides/x.md`, whatever the separator of the system.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in files {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
        root
    }

    #[test]
    fn reads_texts_and_bytes_but_no_hidden_file() {
        let root = folder(&[
            ("content/a/é.md", "É".as_bytes()),
            ("content/.git/x.md", b"x"),
            ("content/a.md~", b"x"),
            ("theme/images/a.svg", b"<svg/>"),
            ("theme/node_modules/x/y.js", b"x"),
        ]);
        let sources = load(root.path()).expect("both folders");
        let names: Vec<_> = sources.texts.keys().map(|path| &**path).collect();
        assert_eq!(names, ["content/a/é.md"]);
        assert_eq!(
            sources.bytes.keys().map(|path| &**path).collect::<Vec<_>>(),
            ["theme/images/a.svg"]
        );
    }

    #[test]
    fn names_the_path_and_the_cure() {
        let told = |root: &tempfile::TempDir| load(root.path()).expect_err("a fault").to_string();
        assert!(told(&folder(&[("content/a.md", b"x")])).contains("--root"));
        let root = folder(&[("content/a.md", b"a\nb\xff"), ("theme/x.md", b"")]);
        assert!(told(&root).contains("(ligne 2)"));
        let root = folder(&[("content/a.md", b"x"), ("theme/theme.yaml", b"dsfr: {}\n")]);
        assert!(told(&root).contains("npm ci --prefix theme"));
    }
}
