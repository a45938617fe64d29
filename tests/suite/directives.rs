//! The directives of authors on one page: valid, accessible with and without script; and those of the first
//! version of the site.

use std::path::PathBuf;

use tests::{Browser, Scheme, Screen, TestService, TestSite, axe, html, programs, validator};
use thirtyfour::Key;

/// A copy of the site with this fixture as the guide `essai`, built; gives what the generator said too.
fn built(fixture: &str) -> (TestSite, String) {
    let site = TestSite::copy();
    let path = programs::tests_folder().join("fixtures").join(fixture);
    let text = std::fs::read_to_string(path).expect("a fixture");
    site.write("content/fichiers/modele.csv", "date;fait\n");
    site.write("content/guides/essai.md", &text);
    let run = site.generate("build", &[]);
    assert_eq!(run.status, 0, "{}", run.said());
    let said = run.said();
    (site, said)
}

fn page(site: &TestSite) -> PathBuf {
    site.dist().join("guides/essai/index.html")
}

#[test]
fn every_directive_is_valid_and_accessible_and_tabs_work_by_keyboard() {
    let (site, said) = built("directives.md");
    // Only that nobody leads to this page is told.
    let told = said.matches("--> content/guides/essai.md").count();
    assert!(told == 1 && said.contains("page-orpheline"), "{said}");
    assert_eq!(validator::errors(&[page(&site)]), [""; 0]);
    let dist = site.dist().display().to_string();
    let service = TestService::with(&[("ML_SITE_DIR", &dist)]);
    for (screen, scheme, scripts) in [
        (Screen::Desk, Scheme::Light, true),
        (Screen::Phone, Scheme::Dark, true),
        (Screen::Phone, Scheme::Light, false),
    ] {
        let browser = Browser::with(screen, scheme, scripts);
        browser.open(&service.page("/guides/essai/"));
        if scripts {
            browser.wait_for("[role=tab]");
            assert_eq!(axe::faults(&browser), [""; 0]);
            by_keyboard(&browser);
        } else {
            let shown = browser.main_text();
            for words in [
                "Par la poste",
                "Une lettre.",
                "En main propre",
                "Contre signature.",
            ] {
                assert!(shown.contains(words), "{words} in {shown}");
            }
        }
    }
}

/// Arrows move the focus along the tabs; only Enter or Space shows a panel.
fn by_keyboard(browser: &Browser) {
    let _ = browser.run("document.querySelector('[role=tab]').focus()", Vec::new());
    browser.key(Key::Right);
    let focused = browser.run("return document.activeElement.textContent", Vec::new());
    assert_eq!(focused, "En main propre");
    let selected = "return document.querySelector('[aria-selected=true]').textContent";
    assert_eq!(browser.run(selected, Vec::new()), "Par la poste");
    browser.key(Key::Enter);
    assert_eq!(browser.run(selected, Vec::new()), "En main propre");
    let panel = "return document.querySelector('[role=tabpanel]:not([hidden])').innerText";
    let panel = browser.run(panel, Vec::new());
    assert!(
        panel
            .as_str()
            .is_some_and(|text| text.contains("Contre signature")),
        "{panel}"
    );
}

#[test]
fn pages_of_the_first_version_build_and_learn_the_new_forms() {
    let (site, said) = built("eleventy.md");
    assert_eq!(validator::errors(&[page(&site)]), [""; 0]);
    for new in [
        "« :::alerte{type=info} Bon à savoir »",
        "« :::alerte{type=info} »",
        "« :::alerte{type=attention} »",
        "« :::alerte{type=erreur} Attention au délai »",
        "« :::alerte{type=succès} C'est fait »",
        "« :::encart Un encart »",
        "« :::encart »",
        "« :::exergue »",
        "« :::citation{auteur=",
        "« :::accordéons »",
        "« :::accordéon Qui peut saisir ? »",
    ] {
        assert!(said.contains(new), "{new} is not proposed in\n{said}");
    }
    let document = scraper::Html::parse_document(&site.built("guides/essai/index.html"));
    for (css, count) in [
        (".fr-alert--info", 2),
        (".fr-alert--warning", 1),
        (".fr-alert--error", 1),
        (".fr-alert--success", 1),
        (".fr-callout", 2),
        (".fr-highlight", 1),
        (".ml-quote", 1),
        (".fr-accordions-group .fr-accordion", 2),
        (".ml-prose .fr-accordion", 3),
    ] {
        assert_eq!(html::select(&document, css).len(), count, "{css}");
    }
}
