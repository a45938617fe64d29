//! Hostile files of a questionnaire give diagnostics, in bounded time: never a panic, never silence.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use generator::diagnostic::{Diagnostic, Diagnostics};
use generator::parse::{letter, tree};
use generator::source::Sources;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

const TODAY: Date = Date::constant(2026, 11, 23);
const LOGIC: &str = "content/diagnostics/essai/arbre.md";
const FACT: &str = "cles = rendues et depuis(date-cles) > 2 mois";

fn base() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rules/base");
    let mut sources = Sources::default();
    for entry in walkdir::WalkDir::new(&folder) {
        let entry = entry.expect("the fixture can be listed");
        let name = entry.path().strip_prefix(&folder).expect("below its folder");
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).expect("the fixture can be read");
            sources.insert(&format!("content/{}", name.to_string_lossy()), &text);
        }
    }
    sources
}

/// What is said of the base with one file changed.
fn told(path: &str, change: impl Fn(&str) -> String) -> Vec<Diagnostic> {
    let mut sources = base();
    let text = sources
        .text(path)
        .map_or_else(String::new, |source| source.text.to_string());
    sources.insert(path, &change(&text));
    let start = Instant::now();
    let mut faults = Diagnostics::default();
    let letters = letter::parse(&sources, TODAY, &mut faults);
    tree::parse(
        &sources,
        &letters,
        TODAY,
        &mut tree::Memory::default(),
        &mut faults,
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{path}: {:?}",
        start.elapsed()
    );
    faults.sorted()
}

/// An alias bomb: nine levels of ten references.
fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let _ = writeln!(
            text,
            "a{level}: &a{level} [{}]",
            vec![format!("*a{}", level - 1); 10].join(", ")
        );
    }
    text
}

#[test]
fn hostile_conditions_in_a_file_are_told() {
    let conditions = [
        "(".repeat(10_000) + FACT + &")".repeat(10_000),
        "cles = rendues ou ".repeat(60_000) + FACT,
        format!("{FACT}\0"),
        "inconnue(cles) = 3".to_owned(),
        "depuis(date-cles) > 99999999999999999999999999 mois".to_owned(),
        "cles = rendues et date-cles > 2026-02-31".to_owned(),
        "cles = rendues et date-cles > 31 02 2026".to_owned(),
        "cles = rendues et date-cles > 0000-01-01".to_owned(),
        "cles = rendues et date-cles > 9999-01-01".to_owned(),
        "{cles: rendues}".to_owned(),
        "[cles, rendues]".to_owned(),
        "*alias".to_owned(),
        "!!binary AAAA".to_owned(),
    ];
    for condition in conditions {
        let faults = told(LOGIC, |text| text.replace(FACT, &condition));
        let shown: String = condition.chars().take(40).collect();
        assert!(!faults.is_empty(), "{shown}");
        assert!(
            faults.iter().any(|fault| fault.place.is_some()),
            "{shown}: {faults:?}"
        );
    }
}

#[test]
fn hostile_files_are_told() {
    let bombs = [
        LOGIC,
        "content/diagnostics/essai/questions/cles.md",
        "content/diagnostics/essai/issues/retard.md",
    ];
    for path in bombs {
        let faults = told(path, |text| {
            text.replacen("---\n", &format!("---\n{}", bomb()), 1)
        });
        assert!(!faults.is_empty(), "{path}");
        assert!(!told(path, |_| "\0".repeat(1000)).is_empty(), "{path}");
        assert!(
            !told(path, |text| text.replacen("---", "", 1)).is_empty(),
            "{path}"
        );
    }
    let deep = "[".repeat(20_000);
    for path in [
        "content/diagnostics/essai/scenarios.yaml",
        "content/droit/parametres.yaml",
    ] {
        assert!(!told(path, |_| deep.clone()).is_empty(), "{path}");
        assert!(!told(path, |_| bomb()).is_empty(), "{path}");
    }
    for day in ["0000-00-00", "9999-12-31", "31 02 2026", "2026-02-31", "demain"] {
        let faults = told("content/diagnostics/essai/scenarios.yaml", |text| {
            text.replace("le: 2026-11-23", &format!("le: {day}"))
        });
        assert!(!faults.is_empty(), "{day}");
    }
}

#[test]
fn a_tree_built_to_explode_is_refused_with_its_reason() {
    let mut sources = Sources::default();
    for (path, source) in base().texts {
        if !path.starts_with("content/diagnostics/") && !path.starts_with("content/courriers/") {
            sources.texts.insert(path, source);
        }
    }
    let ids: Vec<String> = (0..40).map(|index| format!("q{index}")).collect();
    // Pairs read together at the end: no two situations have the same future.
    let pair = |index: usize| format!("(q{index} = oui et q{} = oui)", index + 20);
    let condition = (0..20).map(pair).collect::<Vec<_>>().join(" ou ");
    let lines: String = ids.iter().map(|id| format!("  - {id}\n")).collect();
    let logic = format!(
        "---\ntitre: Explosif\ndescription: D\npour: [locataire]\nresponsable: R\nrevue_le: 2026-11-01\nrelire_avant: 2027-03-31\nquestions:\n{lines}issues:\n  - a: {condition}\n  - b: sinon\n---\nCorps.\n"
    );
    let folder = "content/diagnostics/explosif/";
    sources.insert(&format!("{folder}arbre.md"), &logic);
    for id in &ids {
        let question = "---\ntype: choix\nquestion: Oui ?\nchoix:\n  - oui: Oui\n  - non: Non\n---\n";
        sources.insert(&format!("{folder}questions/{id}.md"), question);
    }
    for id in ["a", "b"] {
        let outcome = "---\ntitre: T\nresume: R\ndescription: D\ncertitude: certain\nbase_legale: [loi-89-462-22]\nsuites: [/guides/x/]\ncontact: C\n---\nB.\n";
        sources.insert(&format!("{folder}issues/{id}.md"), outcome);
    }
    let start = Instant::now();
    let mut faults = Diagnostics::default();
    tree::parse(
        &sources,
        &letter::parse(&sources, TODAY, &mut Diagnostics::default()),
        TODAY,
        &mut tree::Memory::default(),
        &mut faults,
    );
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let faults = faults.sorted();
    let refusal = faults
        .iter()
        .find(|fault| fault.rule == "arbre-budget")
        .expect("a refusal");
    assert!(
        refusal.message.contains("dépasse ce qui peut être vérifié"),
        "{refusal:?}"
    );
    assert!(
        refusal
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("arreter_si")),
        "{refusal:?}"
    );
}
