//! The real content: it builds without a word, twice the same, and the second time writes nothing.

use std::time::Duration;

use tests::{TestSite, folder};

#[test]
fn real_content_builds_without_a_diagnostic() {
    let site = TestSite::copy();
    let run = site.generate("check", &["--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("`--format json` gives JSON");
    let diagnostics = said["diagnostics"].as_array().expect("a list of diagnostics");
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (one, other) = (TestSite::copy(), TestSite::copy());
    for site in [&one, &other] {
        let run = site.generate("build", &[]);
        assert_eq!(run.status, 0, "{}", run.said());
    }
    let (one, other) = (folder::snapshot(&one.dist()), folder::snapshot(&other.dist()));
    assert!(one.len() > 20, "a whole site, not {} files", one.len());
    let different = folder::different_bytes(&one, &other);
    assert!(
        different.is_empty(),
        "two builds of the same content differ in {different:?}"
    );
}

#[test]
fn a_second_build_writes_nothing() {
    let site = TestSite::copy();
    assert_eq!(site.generate("build", &[]).status, 0);
    let before = folder::snapshot(&site.dist());
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(site.generate("build", &[]).status, 0);
    let written = folder::written(&before, &folder::snapshot(&site.dist()));
    assert!(written.is_empty(), "the second build wrote {written:?}");
}

#[test]
fn a_change_writes_only_what_it_changes_and_removes_what_went() {
    let site = TestSite::copy();
    assert_eq!(site.generate("build", &[]).status, 0);
    let before = folder::snapshot(&site.dist());
    let guide = site.root().join("content/guides/depot-de-garantie.md");
    let text = std::fs::read_to_string(&guide).unwrap();
    let changed = text.replacen(
        "Le dépôt de garantie est la somme",
        "Ce dépôt de garantie est la somme",
        1,
    );
    assert_ne!(
        text, changed,
        "the guide still has the sentence that this test changes"
    );
    std::fs::write(&guide, changed).unwrap();
    let stale = site.dist().join("guides/disparu/index.html");
    std::fs::create_dir_all(stale.parent().unwrap()).unwrap();
    std::fs::write(&stale, "<p>Une page dont la source n’existe plus.</p>").unwrap();
    assert_eq!(site.generate("build", &[]).status, 0);
    let after = folder::snapshot(&site.dist());
    let written = folder::written(&before, &after);
    let guide_only = |path: &&std::path::PathBuf| path.starts_with("guides/depot-de-garantie");
    assert!(
        written.iter().any(|path| guide_only(&path)),
        "the changed guide was written: {written:?}"
    );
    let others: Vec<_> = written.iter().filter(|path| !guide_only(path)).collect();
    assert!(
        others.is_empty(),
        "pages that did not change were written: {others:?}"
    );
    assert!(!stale.exists(), "a page without a source stays in dist");
}
