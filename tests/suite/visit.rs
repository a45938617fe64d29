//! Walks over every page that a visitor can reach, shared by the tests that look at all of them.

use std::collections::BTreeSet;

use tests::html::{self, Page};
use tests::referral::{self, ANSWERS, OpenForm};
use tests::{Browser, TestService, TestSite, programs};

/// Addresses of all built pages, in order, with one page for each wording of a question: the others of
/// that wording differ by the answers recalled and by the addresses of their links only, and
/// `frame.rs` and the HTML checker look at each of them, and `make accessibility` runs axe-core on every one.
pub(crate) fn addresses() -> Vec<String> {
    let mut asked = BTreeSet::new();
    let mut pages = TestSite::real().pages();
    pages.sort_by_key(|page| std::cmp::Reverse(page.text.len())); // the page that recalls most answers
    pages.retain(|page| !page.address.contains("/q/") || asked.insert(question(page)));
    // Forks differ by the results that they list: the longest of each questionnaire stands for them.
    let mut forks = BTreeSet::new();
    pages.retain(|page| match page.address.split_once("/resultat/selon-") {
        Some((tree, _)) => forks.insert(tree.to_owned()),
        None => true,
    });
    assert!(
        pages.len() > 20 && asked.len() > 10,
        "{} pages, {} questions",
        pages.len(),
        asked.len()
    );
    let mut addresses: Vec<_> = pages.into_iter().map(|page| page.address).collect();
    addresses.sort();
    for address in ["/conformite/".to_owned()].into_iter().chain(proofs()) {
        assert!(addresses.contains(&address), "{address} is not among the pages");
    }
    addresses
}

/// The drawing and the proof sheet of each questionnaire.
fn proofs() -> Vec<String> {
    let folder = programs::repository().join("content/diagnostics");
    let trees = std::fs::read_dir(&folder).expect("the questionnaires lie in a folder");
    let trees = trees.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    let names: Vec<_> = trees
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() >= 3, "{names:?}");
    let pages = |name: &String| ["plan", "preuves"].map(|page| format!("/diagnostics/{name}/{page}/"));
    names.iter().flat_map(pages).collect()
}

fn question(page: &Page) -> String {
    let document = page.document();
    html::select(&document, "h1")
        .first()
        .map(html::text)
        .unwrap_or_default()
}

/// Shows each page in turn and gathers what `look` finds wrong with it, under the address of the page.
pub(crate) fn every_page(
    browser: &Browser,
    service: &TestService,
    look: impl Fn(&Browser) -> Vec<String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for address in addresses() {
        browser.open(&service.page(&address));
        wrong.extend(at(&address, browser, look(browser)));
    }
    for (name, prepare) in STATES.iter().chain(FAULTY) {
        prepare(browser, service);
        wrong.extend(at(name, browser, look(browser)));
    }
    wrong
}

fn at(place: &str, browser: &Browser, found: Vec<String>) -> Vec<String> {
    let state = browser.state();
    found
        .into_iter()
        .map(|fault| format!("{place} ({state}): {fault}"))
        .collect()
}

/// A page in a state that no address alone shows: its name, and how to get there.
pub(crate) type State = (&'static str, fn(&Browser, &TestService));

/// How many such states there are.
pub(crate) fn count() -> usize {
    STATES.len() + FAULTY.len()
}

/// What shows that a field has a fault.
const FAULT: &str = "[aria-invalid=true], .fr-fieldset--error, .fr-error-text, .fr-message--error";

/// The forms with faults.
pub(crate) const FAULTY: &[State] = &[
    ("a step of the referral with its faults", |browser, service| {
        browser.open(&service.page("/saisine"));
        browser.press("Étape suivante");
        browser.wait_for(FAULT);
    }),
    (
        "the referral as the service returns it, with faults",
        |browser, service| {
            browser.open(&service.page("/saisine"));
            // Past the script's own checks: what a browser sends that runs none.
            let _ = browser.run(
                "HTMLFormElement.prototype.submit.call(document.querySelector('main form[method=post]'))",
                Vec::new(),
            );
            browser.wait_for(FAULT);
        },
    ),
    ("the contact form with its faults", |browser, service| {
        browser.open(&service.page("/contact"));
        browser.press("Envoyer");
        browser.wait_for(FAULT);
    }),
    ("a first question with its error", |browser, service| {
        browser.open(&service.page("/diagnostics/depot-de-garantie/"));
        browser.follow("Commencer");
        browser.wait_for("main form");
        browser.press("Question suivante");
        browser.wait_for(FAULT);
        assert!(
            browser.title().starts_with("Erreur"),
            "the title announces the error: {}",
            browser.title()
        );
    }),
];

pub(crate) const STATES: &[State] = &[
    ("the empty referral", |browser, service| {
        browser.open(&service.page("/saisine"));
    }),
    ("the confirmation", |browser, service| {
        let place = referral::accepted(OpenForm::read(service).post(ANSWERS, &[]));
        browser.open(&service.page(&place));
        assert!(
            browser.main_text().contains("ML93-"),
            "the confirmation shows a reference"
        );
    }),
    ("a letter", |browser, service| {
        browser.open(&service.page("/courriers/mise-en-demeure-depot-de-garantie/"));
        browser.wait_for("main form");
    }),
];
