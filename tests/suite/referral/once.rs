//! Impatience makes no second referral: double click, reload of the confirmation, back and again, ten posts at once.

use std::time::Duration;

use tests::browser::{Scheme, Screen};
use tests::mailbox::Mailbox;
use tests::process::eventually;
use tests::referral::{ANSWERS, OpenForm, accepted, reference_at, reference_in};
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, TestService};

use super::{TENANT, answer, at_step, clean};
use crate::journey_form;

/// References of the referrals that the commission received, once all mails have left.
fn received(service: &TestService) -> Vec<String> {
    service.wait_delivered();
    let mails = MailFolder(service.mailbox()).to(COMMISSION);
    mails
        .iter()
        .filter_map(|mail| reference_in(&mail.subject))
        .collect()
}

/// Double click on the button that sends, reload of the confirmation, one page back, and whatever can be sent again.
fn impatient(scripts: bool) {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Phone, Scheme::Light, scripts);
    browser.open(&service.page("/saisine"));
    for (n, answers) in (1..).zip(TENANT) {
        if scripts {
            at_step(&browser, n);
        }
        answer(&browser, answers);
        journey_form::next(&browser);
    }
    let filled = browser.held();
    assert!(filled.len() > 20, "{filled:?}");
    browser.press_twice("Envoyer et préparer");
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    let reference = reference_in(&browser.main_text()).expect("a reference");
    browser.reload();
    browser.arrive("the same", |address| address.contains("/saisine/recu/"));
    assert_eq!(reference_in(&browser.main_text()).as_ref(), Some(&reference));
    assert_eq!(
        received(&service),
        std::slice::from_ref(&reference),
        "double click and reload"
    );
    browser.back();
    browser.arrive("the form", |address| !address.contains("/recu/"));
    browser.wait_for("[data-formulaire]");
    if scripts {
        // Sent, the draft is gone: what is on the screen is a new form, at its first step.
        at_step(&browser, 1);
        let typed = || browser.run("return document.querySelector('[name=faits]').value", Vec::new());
        eventually(Duration::from_secs(10), "an empty form", || {
            (typed() == "").then_some(())
        });
        clean(&browser, "back from the confirmation");
        assert_eq!(typed(), "", "the browser puts nothing back later");
        browser.follow("Revoir la confirmation");
        browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
        assert_eq!(reference_in(&browser.main_text()).as_ref(), Some(&reference));
    } else {
        // The browser puts back what was typed, but on a slow machine not the last fields: the person does.
        for answers in TENANT {
            answer(&browser, answers);
        }
        assert_eq!(browser.held(), filled, "the form as it was filled");
        browser.press("Envoyer et préparer");
        let sent = eventually(Duration::from_secs(15), "an answer to the second sending", || {
            let sent = browser.address().contains("/saisine/recu/");
            (sent || !browser.texts("#erreurs").is_empty()).then_some(sent)
        });
        assert!(sent, "the same form is answered with the same confirmation");
        assert_eq!(reference_in(&browser.main_text()).as_ref(), Some(&reference));
    }
    assert_eq!(received(&service), [reference], "back, then again");
}

#[test]
fn with_script() {
    impatient(true);
}

#[test]
fn without_script() {
    impatient(false);
}

#[test]
fn ten_identical_posts_at_once() {
    let service = TestService::with_folder();
    let form = OpenForm::read(&service);
    let places: Vec<String> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| accepted(form.post(ANSWERS, &[]))))
            .collect();
        posts
            .into_iter()
            .map(|post| post.join().expect("an answer"))
            .collect()
    });
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(received(&service), [reference_at(&service, &places[0])]);
}
