//! Every rule of the questionnaires has a pair of fixtures: the good one is silent, the bad one says exactly
//! what `attendu.txt` keeps beside it, with file, line and cure.
//!
//! A fixture is the folder `tests/rules/base`, a small sound questionnaire, with some of its files replaced.
//! `ATTENDU=ecrire cargo test -p generator --test rules` writes the expected texts again, to be read over.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use decision_tree::Rule;
use generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use generator::parse::{letter, tree};
use generator::source::Sources;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

const TODAY: Date = Date::constant(2026, 11, 23);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rules")
}

fn add(sources: &mut Sources, folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("a fixture can be listed");
        let name = entry.path().strip_prefix(folder).expect("below its folder");
        let name = name.to_string_lossy().replace('\\', "/");
        if name.ends_with(".md") || name.ends_with(".yaml") {
            let text = std::fs::read_to_string(entry.path()).expect("a fixture can be read");
            sources.insert(&format!("content/{name}"), &text);
        }
    }
}

/// The sources of a fixture, and what the questionnaires' rules say of them.
fn told(folder: &Path) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    add(&mut sources, &root().join("base"));
    add(&mut sources, folder);
    let mut faults = Diagnostics::default();
    let letters = letter::parse(&sources, TODAY, &mut faults);
    tree::parse(
        &sources,
        &letters,
        TODAY,
        &mut tree::Memory::default(),
        &mut faults,
    );
    (sources, faults.sorted())
}

/// As the command line says it: place, severity, rule, message, cure.
fn written(sources: &Sources, fault: &Diagnostic) -> String {
    let place = fault.place.as_ref().map_or_else(String::new, |place| {
        let text = sources.text(&place.path).map_or("", |source| &source.text);
        let line = text[..place.start].matches('\n').count() + 1;
        format!("{}:{line}", place.path)
    });
    let severity = match fault.severity {
        Severity::Error => "erreur",
        Severity::Warning => "avertissement",
    };
    let cure = fault.hint.as_ref().map(|hint| format!("  aide : {hint}\n"));
    format!(
        "{place}\n{severity}[{}] : {}\n{}",
        fault.rule,
        fault.message,
        cure.unwrap_or_default()
    )
}

#[test]
fn the_base_and_every_good_fixture_are_silent() {
    for rule in Rule::ALL {
        let (sources, faults) = told(&root().join(rule.id()).join("good"));
        let faults: Vec<String> = faults.iter().map(|fault| written(&sources, fault)).collect();
        assert!(faults.is_empty(), "{}:\n{}", rule.id(), faults.join("\n"));
    }
    assert_eq!(told(&root().join("base")).1, []);
}

#[test]
fn every_bad_fixture_says_exactly_what_is_expected() {
    let writes = std::env::var("ATTENDU").is_ok_and(|value| value == "ecrire");
    for rule in Rule::ALL {
        let folder = root().join(rule.id()).join("bad");
        let (sources, faults) = told(&folder);
        let own = faults.iter().find(|fault| fault.rule == rule.id());
        let own = own.unwrap_or_else(|| panic!("{} is silent: {faults:#?}", rule.id()));
        assert!(
            own.place.is_some() && own.hint.is_some(),
            "a place and a cure: {own:?}"
        );
        let text: Vec<String> = faults.iter().map(|fault| written(&sources, fault)).collect();
        let (text, path) = (text.join("\n"), folder.join("attendu.txt"));
        if writes {
            std::fs::write(&path, &text).expect("the expected text can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{}", path.display());
    }
}

#[test]
fn no_fixture_is_left_without_a_rule() {
    for entry in std::fs::read_dir(root()).expect("the fixtures") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let known = Rule::ALL.iter().any(|rule| rule.id() == name);
        assert!(known || name == "base" || name == "README.md", "{name}");
    }
}
