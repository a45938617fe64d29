//! The scripts of the site: bundled ones when they are up to date, the sources otherwise.
//!
//! `npm run build --prefix theme` bundles and minifies them; both forms work the same.

use super::fingerprint;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Source, Sources};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folder of the sources.
const SCRIPTS: &str = "theme/scripts/";
/// Folder of the bundles.
pub const BUNDLES: &str = "theme/node_modules/.scripts/";
const SUMS: &str = "sources.json";

/// A script to publish: its path below the folder of scripts, and its text.
pub(super) struct Script<'a> {
    /// `tree/reader.js`.
    pub(super) name: &'a str,
    /// The module.
    pub(super) text: &'a str,
}

/// The scripts to publish, and the hash of them all: they stand in one folder, so that the relative imports of
/// sources keep working.
pub(super) fn chosen<'a>(sources: &'a Sources, faults: &mut Diagnostics) -> (String, Vec<Script<'a>>) {
    let folder = match freshness(sources) {
        Freshness::UpToDate => BUNDLES,
        Freshness::Absent => SCRIPTS,
        Freshness::Stale(place) => {
            let message =
                "Les scripts ont changé depuis leur assemblage : ils sont publiés tels quels, plus lourds.";
            faults.push(
                Diagnostic::warning("scripts-perimes", place.span(0..0), message)
                    .hint("Lancez « npm run build --prefix theme »."),
            );
            SCRIPTS
        }
    };
    let files: Vec<_> = modules(sources, folder).collect();
    let hash = fingerprint::of_all(files.iter().map(|source| (&*source.path, source.text.as_bytes())));
    let scripts = files.iter().map(|source| Script {
        name: source.path.trim_start_matches(folder),
        text: &source.text,
    });
    (hash, scripts.collect())
}

enum Freshness<'a> {
    UpToDate,
    Absent,
    Stale(&'a Source),
}

fn freshness(sources: &Sources) -> Freshness<'_> {
    let Some(listed) = sources.text(&format!("{BUNDLES}{SUMS}")) else {
        return Freshness::Absent;
    };
    let sums: BTreeMap<String, String> = serde_json::from_str(&listed.text).unwrap_or_default();
    let now: BTreeMap<String, String> = modules(sources, SCRIPTS)
        .map(|source| {
            (
                source.path.trim_start_matches(SCRIPTS).to_owned(),
                sum(&source.text),
            )
        })
        .collect();
    if sums == now {
        Freshness::UpToDate
    } else {
        Freshness::Stale(listed)
    }
}

fn modules<'a>(sources: &'a Sources, folder: &'a str) -> impl Iterator<Item = &'a Source> {
    sources
        .under(folder)
        .filter(|source| source.path.ends_with(".js"))
}

fn sum(text: &Arc<str>) -> String {
    fingerprint::hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Published = (Vec<(String, String)>, usize);

    fn published(sources: &Sources) -> Published {
        let mut faults = Diagnostics::default();
        let (_, scripts) = chosen(sources, &mut faults);
        let scripts = scripts
            .iter()
            .map(|script| (script.name.to_owned(), script.text.to_owned()));
        (scripts.collect(), faults.iter().count())
    }

    #[test]
    fn bundles_are_published_only_while_they_match_their_sources() {
        let mut sources = Sources::default();
        sources.insert("theme/scripts/a/b.js", "let long = 1;\n");
        let plain = vec![("a/b.js".to_owned(), "let long = 1;\n".to_owned())];
        assert_eq!(published(&sources), (plain.clone(), 0), "never bundled");

        let sums = format!("{{\"a/b.js\": \"{}\"}}", sum(&Arc::from("let long = 1;\n")));
        sources.insert(&format!("{BUNDLES}sources.json"), &sums);
        sources.insert(&format!("{BUNDLES}a/b.js"), "let l=1");
        assert_eq!(
            published(&sources),
            (vec![("a/b.js".to_owned(), "let l=1".to_owned())], 0)
        );

        sources.insert("theme/scripts/a/b.js", "let long = 2;\n");
        let (scripts, faults) = published(&sources);
        assert_eq!((scripts[0].1.as_str(), faults), ("let long = 2;\n", 1), "stale");
    }
}
