//! Whatever an author writes, the crate answers with findings, in bounded time: never a panic.

#[path = "support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::{Compiled, Date, Severity, Tree, compile, report, source};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn on(source: &source::TreeSource) -> Compiled {
    compile(source, Date::from_iso("2026-11-23").expect("a date of the test"))
}

fn has_error(compiled: &Compiled) -> bool {
    compiled
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

#[test]
fn hostile_conditions_give_findings() {
    let long = "residence = non ou ".repeat(60_000) + "residence = oui";
    let texts = [
        "(".repeat(10_000) + "residence = non" + &")".repeat(10_000),
        "(".repeat(1_900) + "residence = non" + &")".repeat(1_900),
        long,
        "residence = non\0".to_owned(),
        "inconnue(residence) = 3".to_owned(),
        "loyer > 99999999999999999999999999".to_owned(),
        "date-cles > 2026-02-31".to_owned(),
        "date-cles > 0000-01-01".to_owned(),
        "date-cles > 9999-01-01".to_owned(),
        "depuis(date-cles) > 999999999999 mois".to_owned(),
        "{residence = non}".to_owned(),
        "hors champ".to_owned(),
    ];
    for text in texts {
        let mut bad = fixture::deposit();
        bad.facts[0].value.value.clone_from(&text);
        let start = Instant::now();
        let compiled = on(&bad);
        let shown: String = text.chars().take(40).collect();
        assert!(has_error(&compiled), "{shown}");
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{shown}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn an_empty_source_gives_findings() {
    let compiled = on(&source::TreeSource::default());
    assert!(compiled.tree.is_none() && has_error(&compiled));
}

#[test]
fn thirty_questions_are_proved_quickly() {
    let start = Instant::now();
    let compiled = on(&fixture::explosive(30, false));
    assert_eq!(compiled.proof.paths, 1 << 30);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_tree_goes_through_json_unchanged() {
    let tree = on(&fixture::deposit()).tree.expect("the fixture compiles");
    let json = serde_json::to_string(&tree).expect("a tree can be written");
    let read: Tree = serde_json::from_str(&json).expect("a tree can be read");
    assert_eq!(read, tree);
    let context = decision_tree::Context {
        today: Date::from_iso("2026-11-23").expect("a date"),
    };
    let (answers, errors) = decision_tree::Answers::read(
        &read,
        [("profil", "bailleur"), ("x", "1"), ("bail", "z")],
        &context,
    );
    assert_eq!(errors.len(), 2);
    let told = report(&read, &answers, &context);
    assert_eq!(told.question.as_deref(), Some("residence"));
    assert_eq!(told.answers[0].value, "bailleur");
}

#[test]
fn the_deepest_accepted_expression_goes_through_json() {
    let mut source = fixture::deposit();
    let deep = "plus_mois(".repeat(30) + "date-cles" + &", 1)".repeat(30);
    source.figures.push(source::NamedSource {
        name: "profond (date)".into(),
        value: deep.as_str().into(),
    });
    let tree = on(&source).tree.expect("thirty levels are accepted");
    let json = serde_json::to_string(&tree).expect("a tree can be written");
    assert_eq!(
        serde_json::from_str::<Tree>(&json).expect("a tree can be read"),
        tree
    );
}

#[test]
fn the_version_changes_with_the_logic_and_with_it_alone() {
    let version = |source: &source::TreeSource| on(source).tree.map(|tree| tree.version);
    let good = version(&fixture::deposit());
    assert_eq!(good, version(&fixture::deposit()));
    let mut other = fixture::deposit();
    other.facts[2].value.value = other.facts[2].value.value.replace("36", "35");
    assert!(good.is_some() && version(&other).is_some());
    assert_ne!(good, version(&other));
    let mut scenarios = fixture::deposit();
    scenarios.scenarios.pop();
    assert_eq!(good, version(&scenarios));
}

const WORDS: [&str; 30] = [
    "residence",
    "=",
    "non",
    "oui",
    "et",
    "ou",
    "(",
    ")",
    "depuis",
    "date-cles",
    "> 1 mois",
    "loyer",
    "< 650",
    "en retard",
    "prescrit",
    "contient",
    "retenues",
    "peinture",
    "aujourd'hui",
    "+",
    "- 3 mois",
    "commune",
    "departement(commune) = 93",
    "edl = conforme",
    "!=",
    "majoration",
    "param(taux-majoration)",
    "bail = meuble",
    "2014-03-27",
    ",",
];

/// How many inputs each test tries; `HOSTILE_INPUTS` asks for more in a run apart.
#[expect(
    clippy::disallowed_methods,
    reason = "a longer run is asked from the command line"
)]
fn inputs(usual: u32) -> u32 {
    let asked = std::env::var("HOSTILE_INPUTS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: inputs(400), ..ProptestConfig::default() })]

    #[test]
    fn any_condition_in_any_place(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..9), place in 0_usize..9) {
        let text = words.join(" ");
        let mut source = fixture::deposit();
        match place {
            0..=4 => source.facts[place].value.value = text,
            5 => source.stop = Some(text.as_str().into()),
            6 => source.order[4] = format!("date-cles si {text}").as_str().into(),
            7 => source.figures[2].value.value = text,
            _ => source.outcome_order[3].value.value = text,
        }
        let compiled = on(&source);
        prop_assert!(compiled.tree.is_some() || has_error(&compiled));
    }

    #[test]
    fn any_answers(pairs in prop::collection::vec((prop::sample::select(vec!["profil", "residence", "bail", "date-cles", "edl", "loyer", "retenues", "commune", "zzz"]), "\\PC{0,12}"), 0..6)) {
        thread_local! {
            static TREE: Tree = on(&fixture::deposit()).tree.expect("the fixture compiles");
        }
        let context = decision_tree::Context { today: Date::from_iso("2026-11-23").expect("a date") };
        TREE.with(|tree| {
            let given = pairs.iter().map(|(id, text)| (*id, text.as_str()));
            let (answers, _) = decision_tree::Answers::read(tree, given, &context);
            let told = report(tree, &answers, &context);
            let again = answers.pairs(tree);
            let (same, errors) = decision_tree::Answers::read(tree, again.iter().map(|(id, text)| (id.as_str(), text.as_str())), &context);
            assert!(errors.is_empty() && same == answers);
            assert!(told.question.is_some() || !told.outcomes.is_empty());
        });
    }
}
