//! The preview against a cold build: after any edits, each page that a browser asks for is the one that a build gives.

use super::*;
use crate::load;
use std::fs;
use tempfile::TempDir;

const TODAY: Date = Date::constant(2026, 11, 25);
const HEAD: &str = "responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n";

/// A stream of numbers that is the same at each run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn write(root: &Path, path: &str, text: &str) -> PathBuf {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(&path, text).expect("a file");
    path
}

/// A site of twelve guides, with the layouts that show what other pages say of them.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        "content/site.yaml",
        "titre: Site\npromesse: P\nadresse: https://exemple.fr\nmenu: [{titre: Guides, adresse: /guides/}]\n",
    );
    write(
        root,
        "content/pages/accueil.md",
        "---\ntitre: Accueil\ndescription: D\naccroche: A\n---\n",
    );
    write(
        root,
        "content/glossaire/bail.md",
        &format!("---\nterme: bail\ndefinition: Un contrat.\n{HEAD}---\nLe contrat.\n"),
    );
    write(root, "theme/theme.yaml", "styles: []\n");
    write(
        root,
        "theme/layouts/base.html",
        "<html><head><title>{{ page.title }}</title></head><body><h1>{{ page.heading }}</h1>{% block content %}{% endblock content %}</body></html>",
    );
    for (layout, inner) in [
        (
            "guide",
            "{{ guide.minutes }} {{ guide.body | safe }}{% for card in guide.related %}[{{ card.title }} {{ card.text }}]{% endfor %}",
        ),
        (
            "guides",
            "{{ guides.count }}{% for guide in guides.guides %}[{{ guide.title }} {{ guide.text }} {{ guide.minutes }}]{% endfor %}",
        ),
        ("page", "{{ simple.body | safe }}"),
        ("error", "{{ simple.body | safe }}"),
        ("home", "{{ home.body | safe }}"),
        ("index", ""),
        ("term", "{% for use in term.uses %}[{{ use.label }}]{% endfor %}"),
        ("glossary", ""),
        (
            "sitemap",
            "{% for group in sitemap.groups %}{% for link in group.links %}[{{ link.label }}]{% endfor %}{% endfor %}",
        ),
    ] {
        let text =
            format!("{{% extends \"base.html\" %}}{{% block content %}}{inner}{{% endblock content %}}");
        write(root, &format!("theme/layouts/{layout}.html"), &text);
    }
    let mut random = Seeded(1);
    for number in 0..12 {
        write(root, &guide_path(number), &guide(number, &mut random));
    }
    write(root, "content/pages/mentions.md", &page(0));
    folder
}

fn guide_path(number: u64) -> String {
    format!("content/guides/g{number}.md")
}

fn guide(number: u64, random: &mut Seeded) -> String {
    let words = "Le bail et les charges. ".repeat(usize::try_from(random.below(200)).expect("small"));
    let side =
        ["locataire", "bailleur", "[locataire, bailleur]"][usize::try_from(random.below(3)).expect("small")];
    let other = random.below(12);
    format!(
        "---\ntitre: Guide {number} en version {}\ndescription: D{}\nreponse: R\npublic: {side}\nvoir_aussi: [g{other}]\n{HEAD}---\n\n{words}\n\n## Partie {}\n",
        random.below(1_000),
        random.below(1_000),
        random.below(1_000),
    )
}

fn page(version: u64) -> String {
    format!("---\ntitre: Mentions {version}\ndescription: D\n{HEAD}---\nVersion {version}.\n")
}

/// One edit: a guide changed, made, removed or renamed; now and then a page.
fn edit(root: &Path, random: &mut Seeded) -> Vec<PathBuf> {
    let number = random.below(14);
    let path = root.join(guide_path(number));
    match random.below(6) {
        0 if path.exists() && number > 0 => {
            fs::remove_file(&path).expect("removed");
            vec![path]
        }
        1 if path.exists() && number > 0 => {
            let to = root.join(guide_path(number + 20));
            fs::rename(&path, &to).expect("renamed");
            vec![path, to]
        }
        2 => vec![write(
            root,
            "content/pages/mentions.md",
            &page(random.below(1_000)),
        )],
        _ => vec![write(root, &guide_path(number), &guide(number, random))],
    }
}

fn cold(root: &Path) -> Output {
    let options = BuildOptions {
        today: TODAY,
        unpublished: true,
        production: false,
    };
    let sources = load::load(root).expect("sources");
    build_again(&sources, &options, &mut Memory::default()).0.output
}

fn started(root: &Path) -> Rebuilder {
    let shared = Arc::new(Shared::new(root.to_path_buf(), Shown::default()));
    let rebuilder = Rebuilder::new(Box::new(|| TODAY), shared);
    rebuilder.rebuild(false);
    assert!(rebuilder.shared.shown().sound, "the site is whole");
    rebuilder
}

#[test]
fn after_any_edits_each_page_is_the_one_of_a_cold_build() {
    let folder = site();
    let root = folder.path();
    let rebuilder = started(root);
    let mut random = Seeded(7);
    let mut compared = 0;
    for round in 0..300 {
        let paths = edit(root, &mut random);
        assert!(rebuilder.change(&paths), "round {round}: {paths:?} is quick");
        let cold = cold(root);
        for (path, bytes) in cold.files() {
            // A term says who uses it, and the service has its own files: after the whole build only.
            if path.starts_with("glossaire/") || path.starts_with('.') || path.starts_with("_apercu/") {
                continue;
            }
            let shown = rebuilder
                .shared
                .file(path)
                .unwrap_or_else(|| panic!("round {round}: {path}"));
            assert!(shown == *bytes, "round {round}: {path} after {paths:?}");
            compared += 1;
        }
        // Now and then the whole build catches up, with what it remembers.
        if round % 10 == 9 {
            rebuilder.rebuild(true);
            let shown = rebuilder.shared.shown();
            assert!(
                shown.output.files().eq(cold.files()),
                "round {round}: a whole build"
            );
        }
    }
    assert!(compared > 5_000, "{compared} pages compared");
}

#[test]
fn a_faulty_text_waits_for_the_whole_build_and_leaves_the_last_good_site() {
    let folder = site();
    let root = folder.path();
    let rebuilder = started(root);
    let good = rebuilder.shared.file("guides/g1/index.html").expect("a page");
    let path = write(root, &guide_path(1), "---\ntitre: F\n---\n");
    assert!(!rebuilder.change(std::slice::from_ref(&path)));
    assert_eq!(
        rebuilder.shared.file("guides/g1/index.html").as_ref(),
        Some(&good)
    );
    rebuilder.rebuild(false);
    let shown = rebuilder.shared.shown();
    assert!(shown.refused && shown.stale, "refused, and older than the text");
    assert_eq!(rebuilder.shared.file("guides/g1/index.html"), Some(good));
    write(root, &guide_path(1), &guide(1, &mut Seeded(3)));
    assert!(
        !rebuilder.change(&[path]),
        "after a refusal the whole build comes first"
    );
    rebuilder.rebuild(false);
    assert!(!rebuilder.shared.shown().stale);
}

#[test]
fn settings_and_leftovers() {
    let folder = site();
    let root = folder.path();
    let rebuilder = started(root);
    let leftover = write(root, "content/guides/g1.md~", "x");
    assert!(
        rebuilder.change(&[leftover]),
        "what editors leave behind changes nothing"
    );
    let settings = root.join("content/site.yaml");
    assert!(!rebuilder.change(&[settings]), "settings reach every page");
}

#[test]
fn a_fault_keeps_the_last_good_site() {
    let good = Shown {
        sound: true,
        ..Shown::default()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let today = Date::constant(2026, 11, 25);
    let (shown, _) = next(folder.path(), today, &good, &mut Memory::default());
    assert!(shown.refused && shown.sound && shown.faults.len() == 1);
}

#[test]
fn a_panic_of_the_generator_is_told_and_not_the_end() {
    let shared = Arc::new(Shared::new(PathBuf::new(), Shown::default()));
    let rebuilder = Rebuilder::new(Box::new(|| Date::constant(2026, 11, 25)), Arc::clone(&shared));
    rebuilder.rebuild(false);
    assert!(shared.shown().refused, "an empty folder is no site");
}
