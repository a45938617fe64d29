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
