//! Answers that no longer fit: a questionnaire changed since, an answer that it does not know, and all of
//! them taken away.

use tests::{Browser, TestService};

use super::shown_fragment;
use super::{START, ask, at, at_outcome, before, case, changed, fragment, holds, kept, pairs};

/// `#v=deadbeef&…`: as written with another version of the tree.
fn older(answers: &super::Answers) -> String {
    format!("#v=deadbeef&{}", pairs(answers))
}

/// Opens a page of the questionnaire with this fragment, in a tab that kept nothing.
fn open_at(browser: &Browser, page: &str, fragment: &str) {
    let _ = browser.run("try { sessionStorage.clear() } catch {}", Vec::new());
    browser.open("about:blank");
    browser.open(&format!("{page}{fragment}"));
}

/// Address without its fragment.
fn page(browser: &Browser) -> String {
    let address = browser.address();
    address.split('#').next().unwrap_or_default().to_owned()
}

#[test]
fn older_answers_are_read_again_and_the_person_is_told() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "cles");
    assert!(
        !browser.says("[data-status]", "a changé"),
        "with the same version nothing is said"
    );
    let keys = page(&browser);
    open_at(&browser, &keys, &older(&before("cles")));
    at(&browser, "cles");
    assert!(browser.says("[data-status][role=status]", "Le questionnaire a changé"));
    assert_eq!(
        shown_fragment(&browser),
        fragment(&before("cles")),
        "what still holds is kept"
    );

    // An answer that the tree no longer has is asked again; those that it does not know at all go.
    ask(&browser, &service, "bail");
    let lease = page(&browser);
    let answers = changed(before("cles"), &[("bail", "peniche")]);
    open_at(&browser, &lease, &format!("{}&couleur=bleu", older(&answers)));
    at(&browser, "bail");
    assert!(browser.says("[data-status][role=status]", "Le questionnaire a changé"));
    assert_eq!(shown_fragment(&browser), fragment(&before("bail")));
    assert!(!holds(&browser, "document.querySelector('main form :checked')"));
    let stored = fragment(&before("bail"));
    assert_eq!(kept(&browser), Some(stored));

    // The start page says so too, and a page that sends elsewhere leaves it to the one that stays.
    open_at(&browser, &service.page(START), &older(&before("cles")));
    browser.wait_for("[data-status] p");
    assert!(browser.says("[data-status][role=status]", "Le questionnaire a changé"));
    let astray = service.page(&format!("{START}resultat/tout-rendu/"));
    open_at(&browser, &astray, &older(&before("cles")));
    at(&browser, "cles");
    assert!(browser.says("[data-status][role=status]", "Le questionnaire a changé"));
    assert_eq!(shown_fragment(&browser), fragment(&before("cles")));
    browser.reload();
    at(&browser, "cles");
    assert!(!browser.says("[data-status]", "a changé"), "it is said once");

    let outcome = service.page(&format!("{START}resultat/saisir-la-cdc/"));
    open_at(&browser, &outcome, &older(&case()));
    at_outcome(&browser, "saisir-la-cdc");
    assert!(browser.says("[data-status][role=status]", "Le questionnaire a changé"));
    assert_eq!(shown_fragment(&browser), fragment(&case()));
}

#[test]
fn all_answers_go_on_demand() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "loyer");
    let _ = browser.run("sessionStorage.setItem('lettre', 'nom=Camille')", Vec::new());
    browser.press("Effacer mes réponses");
    are_gone(&browser, &service);

    super::resume(&browser, &service, &case());
    at_outcome(&browser, "saisir-la-cdc");
    browser.press("Effacer mes réponses");
    are_gone(&browser, &service);

    // On the start page too, which shows the button only when there is something to take away.
    assert!(!holds(
        &browser,
        "document.querySelector('main [data-clear]').checkVisibility()"
    ));
    ask(&browser, &service, "bail");
    browser.open(&service.page(START));
    browser.press("Effacer mes réponses");
    are_gone(&browser, &service);
}

/// The start page says so; neither the address nor the tab holds an answer, and the first question is empty.
fn are_gone(browser: &Browser, service: &TestService) {
    browser.wait_for("[data-page=start] [data-status] p");
    assert!(browser.says("[data-status][role=status]", "Vos réponses sont effacées"));
    assert_eq!(browser.address(), service.page(START));
    assert_eq!(kept(browser), None);
    assert!(
        holds(browser, "sessionStorage.length === 0"),
        "what was typed in letters goes too"
    );
    browser.follow("Commencer");
    at(browser, "profil");
    assert!(!holds(browser, "document.querySelector('main form :checked')"));
    assert!(holds(
        browser,
        "!document.querySelector('[data-recap]').checkVisibility()"
    ));
    assert_eq!(shown_fragment(browser), fragment(&Vec::new()));
    browser.back();
    browser.wait_for("[data-page=start] [data-begin][href*='#v=']");
    assert_eq!(browser.texts("[data-begin]"), ["Commencer le questionnaire"]);
}
