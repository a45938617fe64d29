//! The mistakes that editors make: each is put into a small sound site, and must get the right rule, on the right
//! line, with a cure that says what to write.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod mistakes_table;

use generator::diagnostic::Diagnostic;
use generator::source::Sources;
use generator::{check, parse};
use jiff::civil::Date;
use mistakes_table::{Mistake, mistakes};
use std::path::{Path, PathBuf};

const TODAY: Date = Date::constant(2026, 11, 23);

fn site() -> Sources {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/site");
    let mut sources = Sources::default();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("a fixture can be listed");
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&root).expect("below its folder");
            let text = std::fs::read_to_string(entry.path()).expect("a fixture can be read");
            sources.insert(&name.to_string_lossy().replace('\\', "/"), &text);
        }
    }
    sources
}

/// What the checks on the content say. The small site has no referral form: that is not told here.
fn faults(sources: &Sources) -> Vec<Diagnostic> {
    let (site, _, mut faults) = parse::parse(sources, TODAY);
    faults.extend(check::content(&site));
    check::cascade::quiet(&mut faults);
    faults.retain(|fault| !fault.rule.starts_with("saisine") && fault.place.is_some());
    faults.retain(|fault| {
        fault
            .place
            .as_ref()
            .is_some_and(|place| !place.path.starts_with("theme/"))
    });
    faults.sorted()
}

/// The site with a mistake, or why the mistake cannot be put in.
fn spoilt(mistake: &Mistake) -> Result<Sources, String> {
    let mut sources = site();
    let path = format!("content/{}", mistake.file);
    let text = sources.text(&path).map(|source| source.text.to_string());
    let text = text.ok_or_else(|| format!("{path} is not in the small site"))?;
    if text.matches(mistake.sound).count() != 1 {
        return Err(format!("« {} » does not stand once in {path}", mistake.sound));
    }
    sources.insert(&path, &text.replace(mistake.sound, mistake.wrong));
    Ok(sources)
}

/// The words of the line where a fault is shown.
fn line<'a>(sources: &'a Sources, fault: &Diagnostic) -> &'a str {
    let place = fault.place.as_ref().expect("a place");
    let text = sources.text(&place.path).map_or("", |source| &source.text);
    let start = place.start.min(text.len());
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    text[from..].lines().next().unwrap_or_default()
}

#[test]
fn the_small_site_is_sound() {
    assert_eq!(faults(&site()), []);
}

#[test]
fn every_mistake_gets_its_rule_its_line_and_its_cure() {
    let count = mistakes().count();
    assert!(count >= 60, "{count} mistakes");
    let show = std::env::var_os("MISTAKES").is_some();
    let mut wrong = Vec::new();
    for mistake in mistakes() {
        assert!(!mistake.cure.is_empty(), "a cure to look for: {}", mistake.wrong);
        let name = format!("{} : « {} » → « {} »", mistake.file, mistake.sound, mistake.wrong);
        let sources = match spoilt(mistake) {
            Ok(sources) => sources,
            Err(why) => {
                wrong.push(why);
                continue;
            }
        };
        let faults = faults(&sources);
        if show {
            println!("{name}\n{}", generator::report::text(&faults, &sources, false));
        }
        let found = faults.iter().find(|fault| {
            fault.rule == mistake.rule
                && line(&sources, fault).contains(mistake.line)
                && fault.hint.as_deref().unwrap_or_default().contains(mistake.cure)
        });
        if found.is_none() {
            let told = generator::report::text(&faults, &sources, false);
            wrong.push(format!(
                "{name}\nwanted {} on « {} » with « {} »\n{told}",
                mistake.rule, mistake.line, mistake.cure
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
}
