//! The content manager in a real Chromium: an editor without Git opens it, changes a guide, and the build takes it.

use std::time::Duration;

use serde_json::{Value, json};
use tests::preview::Preview;
use tests::process::eventually;
use tests::{Browser, TestService, TestSite, folder, programs};

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The folder that the browser is given in place of the one that a person would pick.
pub(crate) const PICKED: &str = "window.showDirectoryPicker = () => navigator.storage.getDirectory();";

/// Puts files into that folder, with the mark of a repository.
pub(crate) const FILL: &str = "const [files] = arguments;
return (async () => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle('.git', {create: true});
  for (const [path, text] of files) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await folder.getFileHandle(parts.at(-1), {create: true});
    const out = await file.createWritable();
    await out.write(text);
    await out.close();
  }
  return true;
})();";

/// Reads one of its files.
const READ: &str = "const [path] = arguments;
return (async () => {
  const parts = path.split('/');
  let folder = await navigator.storage.getDirectory();
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
})();";

pub(crate) const GUIDE: &str = "content/guides/bail.md";

/// Puts the installed program beside a site.
fn equip(site: &TestSite) {
    let admin = programs::repository().join("admin");
    assert!(
        admin.join("node_modules/@sveltia/cms").is_dir(),
        "run `npm ci --prefix admin`"
    );
    std::os::unix::fs::symlink(admin, site.root().join("admin")).expect("a link can be made");
}

pub(crate) fn site() -> TestSite {
    let site = TestSite::small();
    equip(&site);
    site.write(
        GUIDE,
        "---\ntitre: Le bail\ndescription: Ce que dit ce guide.\nreponse: La réponse.\npublic: [locataire]\nresponsable: Équipe\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\nsources:\n  - titre: Loi\n    article: \"22\"\n    lu_le: 2026-01-01\nbrouillon: non\n---\n\n:::alerte{type=attention} Un délai\nLa somme est de {{ param(plafond) }}.\n:::\n\n- Un *mot*\n- Deux\n",
    );
    site.write(
        "content/droit/parametres.yaml",
        "- id: plafond\n  titre: Plafond\n  unite: mois\n  valeurs:\n    - depuis: 2014-01-01\n      valeur: 1\n      source: Loi\n",
    );
    let run = site.generate("new", &["diagnostic", "Essai"]);
    assert_eq!(run.status, 0, "{}", run.said());
    site
}

/// The texts of the site, as the browser's folder wants them.
pub(crate) fn texts(site: &TestSite) -> Value {
    let content = site.root().join("content");
    let files = folder::files(&content).into_iter();
    let pairs = files.map(|path| {
        let name = path.strip_prefix(site.root()).expect("below the root");
        json!([
            name.to_string_lossy(),
            std::fs::read_to_string(&path).expect("a text")
        ])
    });
    pairs.collect()
}

#[test]
fn a_guide_changed_in_the_content_manager_is_one_that_the_build_takes() {
    let site = site();
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let browser = Browser::start();
    browser.before_each_page(PICKED);
    browser.open(&preview.page("/_apercu/relectures"));
    assert_eq!(browser.run(FILL, vec![texts(&site)]), true);
    let _ = browser.requests();

    browser.open(&preview.page("/admin/"));
    browser.follow_in("button", "Travailler avec un dépôt local");
    browser.arrive("the guides", |address| address.contains("#/collections"));
    for words in [
        "Guides",
        "Glossaire",
        "Courriers",
        "Questions fréquentes",
        "Pages",
        "Registres",
    ] {
        eventually(PATIENCE, words, || browser.says("body", words).then_some(()));
    }
    browser.open(&preview.page("/admin/#/collections/guide/entries/bail"));
    let shown = |css: &str| {
        browser.run(
            &format!("return document.querySelector({css:?})?.value ?? null"),
            vec![],
        )
    };
    eventually(PATIENCE, "the title", || {
        (shown("[data-key-path='titre'] input") == "Le bail").then_some(())
    });
    assert!(
        browser.says("body", "La réponse en une phrase"),
        "the hints of the schema"
    );
    retype(&browser, "titre", "Le bail mobilité");
    let guide = saved(&browser, GUIDE, "Le bail mobilité");
    let before = std::fs::read_to_string(site.root().join(GUIDE)).expect("the guide");
    let body = |text: &str| text.split_once("\n---\n").expect("a front matter").1.to_owned();
    assert_eq!(body(&guide), body(&before), "the text is left alone");
    assert!(
        guide.contains("brouillon: non\n") && guide.contains("revue_le: 2026-01-01\n"),
        "{guide}"
    );
    assert!(
        !guide.contains("retirer_le"),
        "what was not filled is not written: {guide}"
    );

    // What the tool cannot edit, the choices of a question, stays in the file.
    browser.open(&preview.page("/admin/#/collections/essai-questions/entries/profil"));
    eventually(PATIENCE, "the question", || {
        (!shown("[data-key-path='question'] input").is_null()).then_some(())
    });
    retype(&browser, "question", "Qui êtes-vous donc ?");
    let question = "content/diagnostics/essai/questions/profil.md";
    let kept = saved(&browser, question, "donc");
    for line in ["choix:", "locataire: ", "bailleur: "] {
        assert!(kept.contains(line), "{line} in\n{kept}");
    }

    // The build takes what was saved, and everything stayed on this machine.
    for (path, text) in [(GUIDE, &guide), (question, &kept)] {
        site.write(path, text);
    }
    let run = site.generate("check", &["--format", "json"]);
    let told: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let faults = told["diagnostics"].as_array().expect("a list").iter();
    let wrong: Vec<_> = faults
        .filter(|fault| [GUIDE, question].iter().any(|path| fault["path"] == *path))
        .filter(|fault| fault["severity"] == "error")
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let blocked = browser.faults();
    for address in browser.requests() {
        let here = ["http://127.0.0.1:", "data:", "blob:"]
            .iter()
            .any(|start| address.starts_with(start));
        let refused = blocked
            .iter()
            .any(|fault| fault.contains(&address) && fault.contains("Content Security Policy"));
        assert!(here || refused, "{address} left this machine");
    }
}

/// Replaces what the field of this key holds, with the keyboard.
#[test]
fn the_content_manager_is_published_only_when_it_is_asked_for() {
    let usual = TestSite::real().dist().join("admin");
    assert!(!usual.exists(), "nothing of it without --redaction");
    let site = TestSite::copy();
    equip(&site);
    let run = site.generate("build", &["--redaction"]);
    assert_eq!(run.status, 0, "{}", run.said());
    let dist = site.dist();
    let service = TestService::with(&[("ML_SITE_DIR", dist.to_str().expect("a path"))]);
    let browser = Browser::start();
    browser.open(&service.page("/admin/"));
    eventually(PATIENCE, "the first page of the program", || {
        let buttons = "return document.querySelectorAll('button').length";
        browser.run(buttons, vec![]).as_u64().filter(|count| *count > 0)
    });
    let hidden = "return document.querySelector('meta[name=robots]')?.content ?? ''";
    assert!(
        browser
            .run(hidden, vec![])
            .as_str()
            .is_some_and(|robots| robots.contains("noindex"))
    );
    // What the program asks of other sites is refused; nothing of this one is.
    let told = browser.faults();
    let own: Vec<_> = told
        .iter()
        .filter(|line| line.contains("Content Security Policy") && !line.contains("'https://"))
        .filter(|line| !line.starts_with("Fetch API") && !line.contains("violates the document's"))
        .collect();
    assert!(own.is_empty(), "{own:?}");
    // The site itself says nothing of it.
    for page in site.pages() {
        if !page.address.starts_with("/admin/") {
            assert!(!page.text.contains("/admin/"), "{}", page.address);
        }
    }
}

fn retype(browser: &Browser, key: &str, text: &str) {
    let select = format!(
        "const input = document.querySelector(\"[data-key-path='{key}'] input\"); input.focus(); input.select();"
    );
    let _ = browser.run(&select, vec![]);
    browser.keys(text);
}

/// Saves, and gives the file back once it holds these words.
fn saved(browser: &Browser, path: &str, words: &str) -> String {
    browser.follow_in("button", "Enregistrer");
    eventually(PATIENCE, "the saved file", || {
        let text = browser.run(READ, vec![path.into()]);
        text.as_str()
            .filter(|text| text.contains(words))
            .map(str::to_owned)
    })
}

/// Writes a directive with its component, reads it back, and gives both.
const ROUND: &str = "const [id, data] = arguments;
return fetch('/admin/encadres.js').then((answer) => answer.text()).then((script) => {
  const components = {};
  new Function('CMS', script)({ registerEditorComponent: (component) => { components[component.id] = component; } });
  const component = components[id];
  const text = component.toBlock(data);
  const match = `Avant.\n\n${text}\n\nAprès.`.match(component.pattern);
  return { names: Object.keys(components), text, data: match && component.fromBlock(match) };
});";

#[test]
fn directives_are_written_by_components_and_read_back() {
    let site = site();
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let browser = Browser::start();
    browser.open(&preview.page("/_apercu/relectures"));
    let round = |id: &str, data: Value| browser.run(ROUND, vec![id.into(), data]);
    let alert = json!({"type": "attention", "titre": "Un délai", "texte": "Deux mois."});
    let found = round("alerte", alert.clone());
    assert_eq!(
        found["text"],
        ":::alerte{type=\"attention\"} Un délai\nDeux mois.\n:::"
    );
    assert_eq!(found["data"], alert);
    let names = found["names"].as_array().expect("names");
    assert!(names.len() >= 20, "{names:?}");
    let table = json!({"legende": "Les \"délais\"", "texte": "| a | b |\n| - | - |\n| c | d |"});
    let found = round("tableau", table);
    assert_eq!(found["data"]["legende"], "Les ’délais’");
    let text = found["text"].as_str().expect("a text");
    let guide = std::fs::read_to_string(site.root().join(GUIDE)).expect("the guide");
    site.write(GUIDE, &format!("{guide}\n{text}\n"));
    let run = site.generate("check", &[]);
    assert!(!run.said().contains("directive"), "{}", run.said());
}
