//! The whole form with the keys alone.

use std::time::Duration;

use tests::browser::{Scheme, Screen};
use tests::process::eventually;
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, Key, TestService, mailbox::Mailbox};

use super::{TENANT, at_step};

/// What has the focus: name, kind, value, whether it is picked, words.
const FOCUS: &str = "const e = document.activeElement;
    return [e.name ?? '', e.type ?? '', e.value ?? '', e.checked ? 'oui' : '', (e.innerText ?? '').trim()];";

fn focus(browser: &Browser) -> [String; 5] {
    let found = browser.run(FOCUS, Vec::new());
    [0, 1, 2, 3, 4].map(|at| found[at].as_str().unwrap_or_default().to_owned())
}

#[test]
fn from_the_first_question_to_the_confirmation() {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Desk, Scheme::Light, true);
    browser.open(&service.page("/saisine"));
    for (n, answers) in (1..).zip(TENANT) {
        at_step(&browser, n);
        let mut left: Vec<_> = answers.to_vec();
        loop {
            browser.key(Key::Tab);
            let [name, kind, value, picked, words] = focus(&browser);
            if kind == "button" && words == "Étape suivante" {
                assert!(left.is_empty(), "step {n}: the keys do not reach {left:?}");
                browser.key(Key::Enter);
                break;
            }
            let Some(at) = left.iter().position(|(wanted, _)| *wanted == name) else {
                continue;
            };
            let text = left[at].1;
            if let Some(wanted) = text.strip_prefix('=') {
                if kind == "radio" {
                    pick(&browser, wanted);
                } else if value == wanted && picked.is_empty() {
                    browser.keys(" ");
                } else if value != wanted {
                    continue;
                }
            } else {
                browser.keys(text.trim_start_matches('>'));
            }
            left.remove(at);
        }
    }
    at_step(&browser, 8);
    eventually(Duration::from_secs(20), "the button that sends", || {
        browser.key(Key::Tab);
        focus(&browser)[4].starts_with("Envoyer").then_some(())
    });
    browser.key(Key::Enter);
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    let mail = MailFolder(service.mailbox()).first_to(COMMISSION, Duration::from_secs(20));
    assert!(mail.text.contains("Camille Martin"), "{}", mail.text);
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
