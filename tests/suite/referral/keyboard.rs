//! The whole form with the keys alone.

use std::time::Duration;

use tests::browser::{Scheme, Screen, plain};
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, Key, TestService, mailbox::Mailbox};

use super::{Answers, LANDLORD, TENANT, at_step, clean, required};

/// What has the focus: name, kind, value, whether it is picked, words.
const FOCUS: &str = "const e = document.activeElement;
    return [e.name ?? '', e.type ?? '', e.value ?? '', e.checked ? 'oui' : '', (e.innerText ?? '').trim()];";

fn focus(browser: &Browser) -> [String; 5] {
    let found = browser.run(FOCUS, Vec::new());
    [0, 1, 2, 3, 4].map(|at| found[at].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_tenant_from_the_first_question_to_the_confirmation() {
    let mail = by_keys(Screen::Desk, Scheme::Light, TENANT);
    assert!(mail.contains("Camille Martin"), "{mail}");
}

#[test]
fn a_landlord_on_a_narrow_screen_meets_every_empty_step_first() {
    let mail = by_keys(Screen::Phone, Scheme::Dark, LANDLORD);
    for words in [
        "(bailleur)",
        "Agence du Test, mandataire",
        "fixation du loyer renouvelé",
    ] {
        assert!(mail.contains(words), "« {words} » in {mail}");
    }
}

/// Fills the form without any pointer; each step is first left empty, and its summary of errors leads to the first one.
/// Gives the commission's mail.
fn by_keys(screen: Screen, scheme: Scheme, case: [Answers; 7]) -> String {
    let service = TestService::with_folder();
    let browser = Browser::with(screen, scheme, true);
    browser.open(&service.page("/saisine"));
    for (n, answers) in (1..).zip(case) {
        at_step(&browser, n);
        if !required(&browser).is_empty() {
            empty(&browser, n);
        }
        fill(&browser, n, answers);
        browser.key(Key::Enter);
    }
    at_step(&browser, 8);
    clean(&browser, "the recap");
    reach(&browser, "the button that sends", |[.., words]| {
        words.starts_with("Envoyer")
    });
    browser.key(Key::Enter);
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    let mail = MailFolder(service.mailbox()).first_to(COMMISSION, Duration::from_secs(20));
    plain(&mail.text)
}

/// Leaves a step empty: the summary has the focus, its first link leads to the first question to correct.
fn empty(browser: &Browser, n: usize) {
    reach(browser, "the button of the step", |[.., words]| {
        words == "Étape suivante"
    });
    browser.key(Key::Enter);
    let id = browser.run("return document.activeElement.id", Vec::new());
    assert_eq!(id, "erreurs", "step {n}");
    clean(browser, &format!("step {n}, every error"));
    browser.key(Key::Tab);
    browser.key(Key::Enter);
    let invalid = "return document.activeElement.getAttribute('aria-invalid')";
    assert_eq!(
        browser.run(invalid, Vec::new()),
        "true",
        "step {n}: the first error"
    );
}

/// Answers a step from wherever the focus is, up to its button.
fn fill(browser: &Browser, n: usize, answers: Answers) {
    let mut left: Vec<_> = answers.to_vec();
    for _ in 0..200 {
        let [name, kind, value, picked, words] = focus(browser);
        if kind == "button" && words == "Étape suivante" {
            assert!(left.is_empty(), "step {n}: the keys do not reach {left:?}");
            return;
        }
        if let Some(at) = left.iter().position(|(wanted, _)| *wanted == name) {
            let text = left[at].1;
            let wanted = text.strip_prefix('=');
            match wanted {
                Some(wanted) if kind == "radio" => pick(browser, wanted),
                Some(wanted) if value == wanted && picked.is_empty() => browser.keys(" "),
                Some(_) => {}
                None => browser.keys(text.trim_start_matches('>')),
            }
            if wanted.is_none_or(|wanted| kind == "radio" || value == wanted) {
                left.remove(at);
            }
        }
        browser.key(Key::Tab);
    }
    panic!("step {n}: the keys do not reach the button");
}

/// Goes on with Tab until the focus is where it is wanted.
fn reach(browser: &Browser, what: &str, wanted: impl Fn([String; 5]) -> bool) {
    for _ in 0..200 {
        if wanted(focus(browser)) {
            return;
        }
        browser.key(Key::Tab);
    }
    panic!("the keys do not reach {what}");
}

/// Picks a radio button of the group that has the focus: space on the first, arrows to the others.
fn pick(browser: &Browser, wanted: &str) {
    for _ in 0..12 {
        let [_, _, value, picked, _] = focus(browser);
        if value == wanted {
            if picked.is_empty() {
                browser.keys(" ");
            }
            return;
        }
        browser.key(Key::Down);
    }
    panic!("the arrows do not reach {wanted}");
}
