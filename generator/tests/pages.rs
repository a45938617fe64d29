//! Every rule on finished pages has a pair of fixtures: a sound page stays silent with the good one and says with
//! the bad one exactly what `attendu.txt` keeps beside it. The faults put back here are those that public services
//! had most often in 2025, and every other that a build can see.
//!
//! A fixture is put in the content of `tests/pages/base.html`, or is a whole page when it has a `<body>`.
//! `ATTENDU=ecrire cargo test -p generator --test pages` writes the expected texts again, to be read over.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use generator::check::html::{self, RULES, SITE_RULES};
use generator::diagnostic::Diagnostics;
use generator::output::Output;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pages")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sound page with something in its content.
fn page(content: &str) -> String {
    if content.contains("<body") {
        return content.to_owned();
    }
    read(&root().join("base.html")).replace("<!-- ici -->", content)
}

fn texts(faults: Diagnostics) -> Vec<(&'static str, String)> {
    let faults = faults.sorted().into_iter();
    faults
        .map(|fault| (fault.rule, format!("{} [{}]", fault.message, fault.rule)))
        .collect()
}

fn told(content: &str) -> Vec<(&'static str, String)> {
    texts(html::check_alone(&[("essai.html", page(content).as_bytes())]))
}

#[test]
fn the_base_and_every_good_fixture_are_silent() {
    assert_eq!(told(""), []);
    for rule in RULES {
        assert_eq!(
            told(&read(&root().join(rule.name).join("good.html"))),
            [],
            "{}",
            rule.name
        );
    }
}

#[test]
fn every_bad_fixture_says_exactly_what_is_expected() {
    let writes = std::env::var("ATTENDU").is_ok_and(|value| value == "ecrire");
    for rule in RULES {
        let folder = root().join(rule.name);
        let found = told(&read(&folder.join("bad.html")));
        assert!(
            found.iter().any(|(name, _)| *name == rule.name),
            "{} is silent: {found:#?}",
            rule.name
        );
        let text: String = found.into_iter().map(|(_, text)| text + "\n").collect();
        let path = folder.join("attendu.txt");
        if writes {
            std::fs::write(&path, &text).expect("the expected text can be written");
        }
        assert_eq!(
            text,
            std::fs::read_to_string(&path).unwrap_or_default(),
            "{}",
            path.display()
        );
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
        assert!(
            RULES.iter().any(|rule| rule.name == name) || name == "base.html",
            "{name}"
        );
    }
}

/// What the rules on the whole site say of these pages.
fn site(pages: &[(&str, String)]) -> Vec<(&'static str, String)> {
    let mut output = Output::default();
    for (path, text) in pages {
        output
            .insert(*path, text.clone().into_bytes())
            .expect("a free path");
    }
    texts(html::check(&output))
}

/// A page of its own title; and one that lists both, as the map does.
fn pair(content: &str) -> Vec<(&'static str, String)> {
    let home = page("<p id=\"x\">Bonjour</p>").replace("<title>Le bail", "<title>Accueil");
    let map = page("<ul><li><a href=\"/\">Accueil</a></li><li><a href=\"/a/\">Page</a></li></ul>")
        .replace("<title>Le bail", "<title>Plan");
    let foot = "<li><a href=\"/plan-du-site/\">Plan du site</a></li></ul></footer>";
    let pages = [
        ("index.html", home),
        ("plan-du-site/index.html", map),
        ("a/index.html", page(content)),
    ];
    site(&pages.map(|(path, text)| (path, text.replace("</ul></footer>", foot))))
}

#[test]
fn pages_taken_together_hold_together() {
    let sound = "<p id=\"y\"><a href=\"/#x\">Retour</a> <a href=\"#y\">Plus bas</a> <a href=\"/saisine?motif=DG\">Saisir</a> <a href=\"/a/#v=1&amp;b=2\">Réponses</a></p>";
    assert_eq!(pair(sound), []);
    for link in ["/b/", "/#z"] {
        let found = pair(&format!("<p id=\"y\"><a href=\"{link}\">Le bail</a></p>"));
        assert_eq!(
            found.first().map(|(rule, _)| *rule),
            Some("page-lien-mort"),
            "{link}"
        );
    }
    let other = page("")
        .replace("Accueil du site", "Une autre place")
        .replace("<title>Le bail", "<title>B");
    let found = site(&[("index.html", page("")), ("b/index.html", other)]);
    assert!(
        found.iter().any(|(rule, _)| *rule == "page-navigation"),
        "{found:#?}"
    );
    assert_eq!(SITE_RULES.len(), 5);
}

#[test]
fn titles_map_and_labels_are_compared() {
    let two = |other: String| site(&[("index.html", page("")), ("b/index.html", other)]);
    assert_eq!(
        two(page("")).first().map(|(rule, _)| *rule),
        Some("page-titre-unique")
    );
    let hidden = page("").replace("<title>", "<meta name=\"robots\" content=\"noindex\"><title>");
    assert_eq!(
        two(hidden),
        [],
        "a page that search engines never show may share its title"
    );

    let map = page("<ul><li><a href=\"/\">Accueil</a></li></ul>").replace("<title>Le bail", "<title>Plan");
    let found = site(&[
        ("index.html", page("")),
        ("plan-du-site/index.html", map.clone()),
        ("c/index.html", page("").replace("<title>Le bail", "<title>C")),
    ]);
    assert!(
        found
            .iter()
            .any(|(rule, text)| *rule == "page-plan" && text.contains("« /c/ »")),
        "{found:#?}"
    );

    let field = |label: &str| {
        page(&format!(
            "<label for=\"e\">{label}</label><input id=\"e\" autocomplete=\"email\">"
        ))
    };
    let renamed = field("Courriel").replace("<title>Le bail", "<title>B");
    let found = site(&[
        ("index.html", field("Adresse électronique")),
        ("b/index.html", renamed),
    ]);
    assert_eq!(found.first().map(|(rule, _)| *rule), Some("page-meme-champ"));
}
