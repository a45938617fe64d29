//! Sites built by the real `generator`: the project's own, once per run, and private copies to spoil.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{folder, html, programs};

/// The day that the builds under test take for today. Move it forward when the content is reviewed:
/// with the day of the clock, the suite of an unchanged repository would fail on the first review date.
pub const TODAY: &str = "2026-11-25";

/// What a run of a program gave back.
#[derive(Debug)]
pub struct Run {
    /// Exit status; -1 when a signal ended it.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// Both outputs, one after the other.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// A folder with `content`, `theme` and what was built from them into `dist`.
pub struct TestSite {
    folder: TempDir,
    root: PathBuf,
}

impl TestSite {
    /// The project's own site, built once for the whole run into a folder of its own.
    ///
    /// # Panics
    /// When the real content does not build.
    #[must_use]
    pub fn real() -> &'static Self {
        static SITE: OnceLock<TestSite> = OnceLock::new();
        SITE.get_or_init(|| {
            let site = Self {
                folder: tempfile::tempdir().expect("a temporary folder"),
                root: programs::repository().to_path_buf(),
            };
            let run = site.generate("build", &[]);
            assert_eq!(run.status, 0, "the real content does not build:\n{}", run.said());
            site
        })
    }

    /// A private copy of the content, not built yet, with the project's theme.
    ///
    /// # Panics
    /// When the copy cannot be made.
    #[must_use]
    pub fn copy() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("site");
        std::fs::create_dir(&root).expect("a folder can be made");
        folder::copy(
            &programs::repository().join("content"),
            &root.join("content"),
            &[],
        );
        // Not one link for the whole theme: a walk that follows no link would find nothing in it.
        let theme = programs::repository().join("theme");
        folder::copy(&theme, &root.join("theme"), &["node_modules"]);
        std::os::unix::fs::symlink(theme.join("node_modules"), root.join("theme/node_modules"))
            .expect("a link can be made");
        Self { folder, root }
    }

    /// A private site with the project's theme, and of its content only a home page and a page for absent ones:
    /// it builds in little time. Settings lead nowhere else.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn small() -> Self {
        let site = Self::copy();
        std::fs::remove_dir_all(site.root.join("content")).expect("the content can be removed");
        site.write(
            "content/site.yaml",
            "titre: Essai\npromesse: Un essai\nadresse: https://exemple.fr\nmenu:\n  - titre: Guides\n    adresse: /guides/\npied:\n  texte: Un site d'essai.\n  liens:\n    - titre: Plan du site\n      adresse: /plan-du-site/\n",
        );
        let page = |title: &str| {
            format!(
                "---\ntitre: {title}\ndescription: {title}, en bref.\nresponsable: Équipe\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n"
            )
        };
        site.write(
            "content/pages/accueil.md",
            &format!(
                "{}accroche: Un essai.\n---\n\n[Les guides](/guides/)\n",
                page("Accueil")
            ),
        );
        for (name, title) in [("404", "Page absente"), ("recherche", "Recherche")] {
            site.write(
                &format!("content/pages/{name}.md"),
                &format!("{}---\n\nUne phrase.\n", page(title)),
            );
        }
        site
    }

    /// The folder that holds `content` and `theme`.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the site is built into.
    #[must_use]
    pub fn dist(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    /// Runs a command of the generator on this site, on the day [`TODAY`].
    #[must_use]
    pub fn generate(&self, command: &str, more: &[&str]) -> Run {
        let out = self.dist();
        let out = out.to_str().expect("temporary paths are plain");
        let mut arguments = vec![command, "--date", TODAY];
        if command == "build" {
            arguments.extend(["--out", out]);
        }
        arguments.extend(more);
        self.run(&arguments)
    }

    /// Runs the generator on this site with exactly these arguments and `--root`.
    ///
    /// # Panics
    /// When the program cannot be started.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(programs::program("generator"))
            .args(arguments)
            .arg("--root")
            .arg(&self.root)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("the generator can be started");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Writes a file of the site, with the folders above it.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }

    /// Text of a built file.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn built(&self, path: &str) -> String {
        let path = self.dist().join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Every page that a visitor can be served: address (`/guides/…/`, `/404.html`) and HTML.
    #[must_use]
    pub fn pages(&self) -> Vec<html::Page> {
        let dist = self.dist();
        let all = folder::files(&dist).into_iter();
        let pages = all.filter(|path| path.extension().is_some_and(|end| end == "html"));
        let public = pages.filter(|path| !path.starts_with(dist.join(".service")));
        public.map(|path| html::Page::read(&dist, &path)).collect()
    }
}
