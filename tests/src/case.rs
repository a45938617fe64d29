//! Cases of the command line, each told by one Markdown file and, beside it, a folder laid over a copy
//! of the real content. A new case needs no Rust. The form is described in `tests/README.md`.

use std::path::{Path, PathBuf};

use crate::{TestSite, folder, programs};

/// One case read from `tests/cli/<name>.md`.
pub struct Case {
    /// File name without its ending.
    pub name: String,
    /// Arguments after `generator`.
    pub arguments: Vec<String>,
    /// Expected exit status.
    pub status: i32,
    /// Blocks of text that must stand, as they are, in what the command says.
    pub says: Vec<String>,
    /// Words that must not.
    pub never_says: Vec<String>,
    overlay: Option<PathBuf>,
}

impl Case {
    /// All cases, in order of their name.
    ///
    /// # Panics
    /// When a case is not written as it should be.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let files = folder::files(&programs::tests_folder().join("cli"));
        let cases: Vec<Self> = files
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "md"))
            .filter(|path| path.parent().is_some_and(|parent| parent.ends_with("tests/cli")))
            .map(|path| Self::read(path))
            .collect();
        assert!(!cases.is_empty(), "tests/cli holds no case");
        cases
    }

    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a case can be read");
        let overlay = path.with_extension("in");
        let command = &blocks(&text, "console")[0];
        let command = command
            .trim()
            .strip_prefix("$ generator ")
            .expect("a case runs `$ generator …`");
        let status = text.lines().find_map(|line| line.strip_prefix("Exit status: "));
        let says = blocks(&text, "text");
        assert!(!says.is_empty(), "{} expects nothing", path.display());
        Self {
            name: path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned(),
            arguments: command.split_whitespace().map(str::to_owned).collect(),
            status: status
                .expect("a case has `Exit status: N`")
                .trim()
                .parse()
                .expect("a number"),
            says,
            never_says: blocks(&text, "never"),
            overlay: overlay.is_dir().then_some(overlay),
        }
    }

    /// Lays the case's folder over a site. A file named `<name>.absent` removes `<name>`.
    ///
    /// # Panics
    /// When a file cannot be written or removed.
    pub fn lay_over(&self, site: &TestSite) {
        let Some(overlay) = &self.overlay else { return };
        folder::copy(overlay, site.root(), &[]);
        for marker in folder::files(site.root()) {
            if marker.extension().is_some_and(|end| end == "absent") {
                std::fs::remove_file(&marker).expect("a marker can be removed");
                std::fs::remove_file(marker.with_extension("")).expect("the file to remove exists");
            }
        }
    }
}

/// Contents of the fenced blocks with this word after the fence.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let opening = format!("```{kind}\n");
    let parts = text.split(&opening).skip(1);
    parts
        .filter_map(|part| part.split("\n```").next())
        .map(str::to_owned)
        .collect()
}
