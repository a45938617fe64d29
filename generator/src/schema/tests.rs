//! The schema against the parser: the same keys.

use super::*;
use crate::parse;
use crate::parse::publication::Reading;
use crate::source::Sources;
use jiff::civil::Date;
use std::path::Path;

const READING: Reading = Reading {
    today: Date::constant(2026, 11, 25),
    unpublished: true,
};

fn content() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    crate::load::load(&root).expect("the content of the project")
}

/// The keys that the parser knows in a file: an unknown one makes it list them.
fn asked(kind: &Kind, sources: &Sources) -> Vec<String> {
    const UNKNOWN: &str = "zzqxw";
    let path = sources
        .under("content/")
        .find(|source| kind_at(&source.path).is_some_and(|found| found.name == kind.name))
        .expect("a file of this kind")
        .path
        .clone();
    let text = &sources.text(&path).expect("the file").text;
    let spoilt = if kind.is_markdown() {
        text.replacen("---\n", &format!("---\n{UNKNOWN}: x\n"), 1)
    } else if kind.is_list {
        let at = text.find("\n- ").map_or(0, |at| at + 1);
        format!("{}- {UNKNOWN}: x\n  {}", &text[..at], &text[at + 2..])
    } else {
        format!("{UNKNOWN}: x\n{text}")
    };
    let mut spoilt_sources = sources.clone();
    spoilt_sources.insert(&path, &spoilt);
    let (_, _, faults) = parse::parse(&spoilt_sources, READING);
    let fault = faults
        .sorted()
        .into_iter()
        .find(|fault| fault.rule == "cle-inconnue" && fault.message.contains(UNKNOWN))
        .unwrap_or_else(|| panic!("{path}: the parser takes any key"));
    let hint = fault.hint.expect("a hint");
    let keys = hint
        .strip_prefix("Clés possibles : ")
        .expect(&hint)
        .trim_end_matches('.');
    keys.split(", ").map(ToOwned::to_owned).collect()
}

#[test]
fn the_schema_knows_the_keys_that_the_parser_knows() {
    let sources = content();
    for kind in KINDS {
        let mut asked = asked(kind, &sources);
        asked.sort();
        asked.dedup();
        let mut known: Vec<_> = kind.keys.iter().map(|key| key.name.to_owned()).collect();
        known.sort();
        assert_eq!(known, asked, "{}", kind.name);
    }
}

/// The YAML of a file, as an editor that knows schemas reads it: the front matter of a text, the whole of the others.
fn read(kind: &Kind, text: &str) -> serde_json::Value {
    let yaml = if kind.is_markdown() {
        text.strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or("", |(head, _)| head)
    } else {
        text
    };
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// What the published schema says of a file that the build accepts.
fn refused(path: &str, kind: &Kind, value: &serde_json::Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&json::schema(kind)).expect("a schema");
    let faults = validator.iter_errors(value);
    faults
        .map(|fault| format!("{path} {} : {fault}", fault.instance_path()))
        .collect()
}

#[test]
fn the_schema_accepts_the_content_and_refuses_what_the_build_refuses() {
    let sources = content();
    let mut seen = std::collections::BTreeSet::new();
    let mut told = Vec::new();
    for source in sources.under("content/") {
        let Some(kind) = kind_at(&source.path) else {
            continue;
        };
        seen.insert(kind.name);
        told.extend(refused(&source.path, kind, &read(kind, &source.text)));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(seen.len(), KINDS.len(), "a file of every kind");
    let guide = KINDS.iter().find(|kind| kind.name == "guide").expect("guides");
    let head = "titre: T\ndescription: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n";
    for (wrong, why) in [
        ("titr: T\n", "an unknown key"),
        ("publier_le: 1er mai\n", "a day in words"),
        ("brouillon: peut-être\n", "neither oui nor non"),
    ] {
        let value = read(guide, &format!("---\n{head}{wrong}\n---\n"));
        assert!(!refused("essai", guide, &value).is_empty(), "{why}");
    }
    assert!(refused("essai", guide, &read(guide, &format!("---\n{head}\n---\n"))).is_empty());
}
