//! The walls of the house: what every source file owes to its next reader.

use std::path::{Path, PathBuf};

use tests::{folder, programs};

/// Most lines of a file without its unit tests; past [`LONG`] it is named, so that someone looks at it.
const MOST_LINES: usize = 400;
const LONG: usize = 200;

/// Source files under these folders of the repository with these endings, installed ones left out.
fn sources(folders: &[&str], endings: &[&str]) -> Vec<PathBuf> {
    let all = folders
        .iter()
        .flat_map(|name| folder::files(&programs::repository().join(name)));
    let ours = all.filter(|path| {
        let installed = path
            .components()
            .any(|part| part.as_os_str() == "node_modules" || part.as_os_str() == "target");
        !installed
            && path
                .extension()
                .is_some_and(|end| endings.iter().any(|ending| end == *ending))
    });
    let found: Vec<_> = ours.collect();
    assert!(!found.is_empty(), "no {endings:?} in {folders:?}");
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn named(path: &Path) -> String {
    path.strip_prefix(programs::repository())
        .unwrap_or(path)
        .display()
        .to_string()
}

#[test]
fn rust_files_open_with_a_sentence_and_stay_short() {
    let mut wrong = Vec::new();
    for path in sources(&["generator", "form-api", "tests"], &["rs"]) {
        let text = read(&path);
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not open with `//! `", named(&path)));
        }
        if lines > MOST_LINES {
            wrong.push(format!("{} has {lines} lines", named(&path)));
        } else if lines > LONG {
            println!("look twice: {} has {lines} lines", named(&path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let folders = [
        "generator",
        "form-api",
        "tests",
        "content",
        "theme",
        "deploy",
        "docs",
        ".ci",
    ];
    let endings = [
        "rs", "js", "mjs", "css", "html", "md", "yaml", "toml", "sh", "sql",
    ];
    // Spelt apart, so that this file does not name them.
    let words = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["X", "XX"],
        ["todo", "!("],
        ["unimplemented", "!("],
    ]
    .map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for path in sources(&folders, &endings) {
        for (number, line) in read(&path).lines().enumerate() {
            let stands = |word: &&String| {
                line.split(|c: char| !c.is_alphanumeric() && c != '!' && c != '(')
                    .any(|part| part.starts_with(word.as_str()))
            };
            if words.iter().any(|word| stands(&word)) {
                wrong.push(format!("{}:{}: {}", named(&path), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn components_have_examples() {
    let components = programs::repository().join("theme/components");
    let templates: Vec<_> = folder::files(&components)
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name == "template.html"))
        .collect();
    assert!(!templates.is_empty());
    let lacking: Vec<_> = templates
        .iter()
        .map(|path| path.with_file_name("examples.yaml"))
        .filter(|path| std::fs::read_to_string(path).map_or(true, |text| text.trim().is_empty()))
        .map(|path| named(&path))
        .collect();
    assert!(lacking.is_empty(), "missing or empty: {lacking:?}");
}

#[test]
fn content_says_who_answers_for_it_and_until_when() {
    for path in sources(&["content/guides", "content/pages"], &["md"]) {
        if path.ends_with("pages/accueil.md") {
            continue; // the home page only leads to others, and has keys of its own
        }
        let text = read(&path);
        for key in [
            "titre:",
            "description:",
            "responsable:",
            "revue_le:",
            "prochaine_revue:",
        ] {
            assert!(
                text.lines().any(|line| line.starts_with(key)),
                "{} has no {key}",
                named(&path)
            );
        }
    }
}

#[test]
fn lock_files_name_no_registry() {
    for name in [
        "theme/package-lock.json",
        "tests/package-lock.json",
        "admin/package-lock.json",
        "tests/lighthouse/package-lock.json",
        "generator/examples/peers/package-lock.json",
    ] {
        let text = read(&programs::repository().join(name));
        assert!(text.contains("\"integrity\""), "{name} keeps the sums");
        assert!(
            !text.contains("\"resolved\""),
            "{name} names the place of each package"
        );
    }
}

#[test]
fn the_legal_register_in_docs_is_that_of_the_content() {
    let run = tests::TestSite::real().generate("droit", &[]);
    assert_eq!(run.status, 0, "{}", run.said());
    let written = read(&programs::repository().join("docs/regles-de-droit.md"));
    assert!(
        run.stdout == written,
        "docs/regles-de-droit.md is not that of the content any more: run `make law`"
    );
}

#[test]
fn the_state_of_accessibility_in_docs_is_that_of_the_content() {
    let run = tests::TestSite::real().run(&["accessibilite"]);
    assert_eq!(run.status, 0, "{}", run.said());
    let written = read(&programs::repository().join("docs/accessibilite.md"));
    assert!(
        run.stdout == written,
        "docs/accessibilite.md is not that of the content any more: run `generator accessibilite > docs/accessibilite.md`"
    );
}
