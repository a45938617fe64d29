//! Answers through time: back, forward, reload, a bookmark opened elsewhere, and an answer given otherwise.

use tests::{Browser, TestService};

use super::{START, ask, at, at_outcome, before, case, changed, fill, fragment, kept, resume};
use super::{shown_fragment, submit};

#[test]
fn history_and_reload_keep_the_answers() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "residence");
    let mut titles = Vec::new();
    for (id, text) in [("residence", "oui"), ("bail", "meuble")] {
        at(&browser, id);
        titles.push(browser.title());
        fill(&browser, id, text);
        submit(&browser);
    }
    at(&browser, "cles");
    browser.back();
    answered(&browser, "bail", "meuble");
    assert_eq!(browser.title(), titles[1]);
    browser.back();
    answered(&browser, "residence", "oui");
    assert_eq!(browser.title(), titles[0]);
    browser.reload();
    answered(&browser, "residence", "oui");
    browser.forward();
    answered(&browser, "bail", "meuble");
    browser.forward();
    at(&browser, "cles");
    let answers = changed(before("cles"), &[("bail", "meuble")]);
    assert_eq!(shown_fragment(&browser), fragment(&answers));
    browser.reload();
    at(&browser, "cles");
    assert_eq!(shown_fragment(&browser), fragment(&answers));
    assert_eq!(kept(&browser), Some(fragment(&answers)));
    assert_eq!(browser.texts("[data-recap] dt").len(), answers.len());
}

/// Waits for this question and checks that this answer stands in its form.
fn answered(browser: &Browser, id: &str, text: &str) {
    at(browser, id);
    let picked = browser.run(
        "return document.querySelector('main form :checked')?.value",
        Vec::new(),
    );
    assert_eq!(picked, text, "{id} at {}", browser.address());
}

#[test]
fn bookmark_resumes_in_another_tab() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "loyer");
    let bookmark = browser.address();
    browser.new_tab();
    browser.open(&service.page("/"));
    assert_eq!(kept(&browser), None, "the new tab knows nothing");
    browser.open(&bookmark);
    at(&browser, "loyer");
    assert_eq!(browser.address(), bookmark);
    assert_eq!(
        browser.texts("[data-number]"),
        [format!("Question {}", before("loyer").len() + 1)]
    );
    assert_eq!(browser.texts("[data-recap] dt").len(), before("loyer").len());
    assert_eq!(kept(&browser), Some(fragment(&before("loyer"))));
    // The tab remembers: the start page offers to go on, without any answer in its own address.
    browser.open(&service.page(START));
    browser.wait_for("[data-begin][href*='#v=']");
    browser.follow_in("main [data-begin]", "Reprendre où vous en étiez");
    at(&browser, "loyer");
    assert_eq!(browser.address(), bookmark);
}

#[test]
fn changing_an_answer_keeps_the_later_ones() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    resume(&browser, &service, &case());
    at_outcome(&browser, "saisir-la-cdc");
    assert_eq!(shown_fragment(&browser), fragment(&case()));

    // Nothing given back: the sum given back is no longer asked, all other answers still hold.
    modify(&browser, "Quelle part du dépôt", "restitution", "partie", "rien");
    at_outcome(&browser, "saisir-la-cdc");
    let mut answers = changed(case(), &[("restitution", "rien")]);
    let all = fragment(&answers);
    answers.retain(|(id, _)| *id != "rendu");
    assert_eq!(shown_fragment(&browser), fragment(&answers));
    assert_eq!(
        kept(&browser),
        Some(all),
        "what no longer applies is kept: it may again"
    );
    assert!(!browser.says("[data-recap] dt", "Quelle somme avez-vous récupérée"));

    // A part of it again: its sum is there without being asked again.
    modify(&browser, "Quelle part du dépôt", "restitution", "rien", "partie");
    at_outcome(&browser, "saisir-la-cdc");
    assert_eq!(shown_fragment(&browser), fragment(&case()));

    // An answer that opens a question never asked: it is asked, and the later ones still hold.
    modify(
        &browser,
        "Comment le bailleur explique-t-il",
        "retenue",
        "aucune",
        "sans-preuve",
    );
    at(&browser, "accepte");
    let mut answers = changed(case(), &[("retenue", "sans-preuve")]);
    let place = answers
        .iter()
        .position(|(id, _)| *id == "loyer")
        .expect("the rent is asked");
    let later = answers.split_off(place);
    assert_eq!(shown_fragment(&browser), fragment(&answers));
    browser.fill_named("reponse", "100");
    submit(&browser);
    at_outcome(&browser, "saisir-la-cdc");
    answers.push(("accepte", "100".to_owned()));
    answers.extend(later);
    assert_eq!(shown_fragment(&browser), fragment(&answers));
}

/// Goes back to a question by the recap, and answers it otherwise.
fn modify(browser: &Browser, question: &str, id: &str, from: &str, to: &str) {
    browser.follow_in("[data-recap] dd a", question);
    answered(browser, id, from);
    fill(browser, id, to);
    submit(browser);
}
