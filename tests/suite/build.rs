//! The real content: it builds without a word, twice the same, and the second time writes nothing.

use std::path::PathBuf;
use std::time::Duration;

use tests::TestSite;
use tests::folder::{self, Snapshot};

#[test]
fn real_content_builds_without_a_diagnostic() {
    let site = TestSite::copy();
    let run = site.generate("check", &["--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("`--format json` gives JSON");
    let diagnostics = said["diagnostics"].as_array().expect("a list of diagnostics");
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

/// One copy, built once, again, and after a change: each build costs seconds, so they share it.
#[test]
fn builds_give_the_same_bytes_and_write_only_what_changed() {
    let site = TestSite::copy();
    build(&site);
    let first = folder::snapshot(&site.dist());
    same_bytes_as_elsewhere(&first);

    std::thread::sleep(Duration::from_millis(20));
    // Once by its stamp alone, once as if the stamp were lost.
    for lost in [false, true] {
        if lost {
            std::fs::remove_file(site.dist().with_file_name(".dist.etat"))
                .expect("a build leaves its stamp beside the output");
        }
        build(&site);
        let written = folder::written(&first, &folder::snapshot(&site.dist()));
        assert!(
            written.is_empty(),
            "a build of an unchanged site wrote {written:?}"
        );
    }

    change_a_guide(&site);
    let stale = site.dist().join("guides/disparu/index.html");
    std::fs::create_dir_all(stale.parent().unwrap()).unwrap();
    std::fs::write(&stale, "<p>Une page dont la source n’existe plus.</p>").unwrap();
    build(&site);
    let written = folder::written(&first, &folder::snapshot(&site.dist()));
    only_that_guide(&written);
    assert!(!stale.exists(), "a page without a source stays in dist");
}

fn build(site: &TestSite) {
    let run = site.generate("build", &[]);
    assert_eq!(run.status, 0, "{}", run.said());
}

/// The same content, date and theme in another folder, built by another process.
fn same_bytes_as_elsewhere(first: &Snapshot) {
    let elsewhere = folder::snapshot(&TestSite::real().dist());
    assert!(first.len() > 20, "a whole site, not {} files", first.len());
    let different = folder::different_bytes(first, &elsewhere);
    assert!(
        different.is_empty(),
        "two builds of the same content differ in {different:?}"
    );
}

fn change_a_guide(site: &TestSite) {
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
}

fn only_that_guide(written: &[PathBuf]) {
    let (guide, others): (Vec<&PathBuf>, _) = written
        .iter()
        .partition(|path| path.starts_with("guides/depot-de-garantie"));
    // The index of the search holds the words of every page: it follows the guide.
    let others: Vec<_> = others
        .into_iter()
        .filter(|path| !path.starts_with("recherche/index"))
        .collect();
    assert!(
        !guide.is_empty(),
        "the changed guide was not written: {written:?}"
    );
    assert!(
        others.is_empty(),
        "pages that did not change were written: {others:?}"
    );
}
