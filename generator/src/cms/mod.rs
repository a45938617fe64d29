//! The content manager for those who do not use Git: its settings, its directives and its page, made of the schema.
//!
//! Sveltia CMS does the work, and reads the settings that Decap CMS reads. Nothing of it is part of the public site.

mod config;
mod directives;
mod yaml;

use crate::load;
use crate::output::Output;
use crate::source::Sources;
use std::collections::BTreeMap;
use std::path::Path;

/// Which program will read the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Sveltia CMS: all that the schema says.
    Sveltia,
    /// Decap CMS: without the kinds of fields that it does not know.
    Decap,
}

/// What the browser may do on the pages of the content manager: nothing outside this server.
/// The program writes its own styles in the page, and shows pictures that it made itself.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' blob: data:; media-src 'self' blob:; frame-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Folder of the pinned package, below the root of the project.
pub const PACKAGE: &str = "admin/node_modules/@sveltia/cms/";

/// « owner/name » of the project's repository.
#[must_use]
pub fn repository() -> &'static str {
    env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/")
}

/// The settings, as the text of `config.yml`. `repository` is « owner/name ».
#[must_use]
pub fn settings(sources: &Sources, repository: &str, program: Program) -> String {
    yaml::write(&config::config(sources, repository, program))
}

/// The files of the content manager by path below `/admin/`, those of its package left out.
#[must_use]
pub fn files(sources: &Sources, repository: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("index.html", include_str!("assets/index.html").to_owned()),
        ("redaction.css", include_str!("assets/redaction.css").to_owned()),
        ("redaction.js", include_str!("assets/redaction.js").to_owned()),
        ("encadres.js", directives::script()),
        ("config.yml", settings(sources, repository, Program::Sveltia)),
    ])
}

/// Puts the whole content manager into the output, below `admin/`: for a site whose owner asks for it.
///
/// # Errors
/// What is missing, in French.
pub fn publish(root: &Path, sources: &Sources, output: &mut Output) -> Result<(), String> {
    for (name, text) in files(sources, repository()) {
        output.insert(format!("admin/{name}"), text.into_bytes())?;
    }
    for name in load::CMS_FILES {
        let bytes = load::cms(root, name).ok_or_else(|| MISSING.to_owned())?;
        output.insert(format!("admin/sveltia/{name}"), bytes)?;
    }
    Ok(())
}

/// What to do when the package is not there.
pub const MISSING: &str = "l'outil de rédaction n'est pas installé : lancez « npm ci --prefix admin »";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_yaml_with_every_kind_of_text_in_french() {
        let mut sources = Sources::default();
        sources.insert("content/diagnostics/charges/arbre.md", "---\n---\n");
        sources.insert("content/diagnostics/charges/questions/a.md", "---\n---\n");
        sources.insert("content/pages/la-cdc.md", "---\n---\n");
        let text = settings(&sources, "a/b", Program::Sveltia);
        for part in [
            "label: \"Guides\"",
            "folder: \"content/diagnostics/charges/questions\"",
            "file: \"content/pages/la-cdc.md\"",
            "hint: \"En 160 caractères au plus",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        let source = crate::source::Source::new("config.yml", text.as_str());
        assert!(crate::parse::yaml::parse(&source, 0..text.len()).is_ok());
        let decap = settings(&sources, "a/b", Program::Decap);
        assert!(text.contains("keyvalue") && !decap.contains("keyvalue") && !decap.contains("root:"));
        assert!(text.contains("rich_text") && decap.contains("modes:") && !decap.contains("rich_text"));
    }

    #[test]
    fn the_page_asks_nothing_of_another_site_and_is_not_indexed() {
        let files = files(&Sources::default(), "a/b");
        let page = &files["index.html"];
        assert!(page.contains("noindex") && !page.contains("https://"), "{page}");
        assert!(!POLICY.contains("https:") && !POLICY.contains("unsafe-eval"));
    }
}
