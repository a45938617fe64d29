//! What a person is told of a missing or wrong answer: where, in which words, and that nothing typed is lost.

use jiff::ToSpan;
use tests::{Browser, Key, TestService, law};

use super::{ask, at, date, holds, kept, submit};

const FIELDS: [&str; 3] = ["Jour", "Mois", "Année"];

#[test]
fn empty_answers_are_said_in_a_summary_and_beside_the_field() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    for (id, field, message) in [
        ("profil", "reponse-1", "Dites si vous êtes locataire"),
        ("date-cles", "reponse-jour", "Indiquez la date de remise des clés"),
        ("depot", "reponse", "Indiquez le montant du dépôt"),
        ("commune", "reponse", "Indiquez la commune du logement"),
    ] {
        ask(&browser, &service, id);
        let (address, title) = (browser.address(), browser.title());
        submit(&browser);
        browser.wait_for("[data-errors] .fr-alert--error");
        assert_eq!(browser.address(), address, "{id}: the page stays");
        assert_eq!(browser.title(), format!("Erreur : {title}"));
        is_said(&browser, field, message);
        // A second try does not pile up.
        submit(&browser);
        is_said(&browser, field, message);
        assert_eq!(browser.title(), format!("Erreur : {title}"));
    }
    // A good answer goes on, and no later page speaks of the error.
    super::fill(&browser, "commune", "93066");
    submit(&browser);
    super::at_outcome(&browser, "saisir-la-cdc");
    assert!(!browser.title().contains("Erreur"), "{}", browser.title());
}

/// The summary stands above the title and has the focus; it leads to the field, which has the same words.
fn is_said(browser: &Browser, field: &str, message: &str) {
    // What shows errors may come with the first one: the focus on the summary is its last step.
    browser.wait_for("[data-errors] .fr-alert--error:focus");
    assert_eq!(browser.texts("[data-errors] .fr-alert--error").len(), 1);
    assert!(
        holds(
            browser,
            "document.activeElement === document.querySelector('[data-errors] .fr-alert--error')"
        ),
        "the summary has the focus"
    );
    assert!(
        holds(
            browser,
            "document.querySelector('[data-errors] .fr-alert--error')
        .compareDocumentPosition(document.querySelector('h1')) & Node.DOCUMENT_POSITION_FOLLOWING"
        ),
        "the summary stands above the title"
    );
    let link = browser.texts("[data-errors] li a");
    assert!(
        link.len() == 1 && link[0].starts_with(message),
        "{link:?} is not « {message} »"
    );
    assert_eq!(
        browser.texts("main form .fr-message--error"),
        link,
        "the field says the same"
    );
    let tied = "(() => { const field = document.getElementById(arguments[0]);
        const words = document.querySelector('main form .fr-message--error');
        const faulty = [...document.querySelectorAll('main form [aria-invalid=true]')];
        return faulty.some(e => e === field || e.contains(field))
            && faulty.every(e => e.getAttribute('aria-describedby').split(' ').includes(words.id))
            && document.querySelectorAll(`#${words.id}`).length === 1; })()";
    let tied = browser.run(&format!("return {tied}"), vec![field.into()]);
    assert_eq!(tied, true, "the field is marked and tied to its message");
    browser.key(Key::Tab);
    browser.key(Key::Enter);
    let focus = browser.run("return document.activeElement.id", Vec::new());
    assert_eq!(focus, field, "the link of the summary leads to the field");
}

#[test]
fn wrong_dates_keep_what_was_typed() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let tomorrow = law::today().saturating_add(1.days());
    let tomorrow = [
        tomorrow.day().to_string(),
        tomorrow.month().to_string(),
        tomorrow.year().to_string(),
    ];
    let future = [0, 1, 2].map(|part| tomorrow[part].as_str());
    ask(&browser, &service, "date-cles");
    for (typed, message, field) in [
        (
            ["31", "2", "2026"],
            "Écrivez la date avec le jour, le mois et l'année",
            "reponse-jour",
        ),
        (
            ["31", "", "2026"],
            "Écrivez la date avec le jour, le mois et l'année",
            "reponse-mois",
        ),
        (
            ["trois", "mai", "2026"],
            "Écrivez la date avec le jour, le mois et l'année",
            "reponse-jour",
        ),
        (future, "Cette date est dans le futur", "reponse-jour"),
        (
            ["", "", ""],
            "Indiquez la date de remise des clés",
            "reponse-jour",
        ),
    ] {
        // Day and month hold two signs at most, as on paper.
        let held = [
            &typed[0][..typed[0].len().min(2)],
            &typed[1][..typed[1].len().min(2)],
            typed[2],
        ];
        date(&browser, typed);
        submit(&browser);
        is_said(&browser, field, message);
        assert_eq!(FIELDS.map(|label| browser.value(label)), held, "{message}");
        assert!(
            !kept(&browser).unwrap_or_default().contains("date-cles"),
            "{typed:?} is not kept"
        );
    }
    let today = law::today();
    let parts = [
        today.day().to_string(),
        today.month().to_string(),
        today.year().to_string(),
    ];
    date(&browser, [&parts[0], &parts[1], &parts[2]]);
    submit(&browser);
    at(&browser, "edl");
    assert!(
        super::shown_fragment(&browser).ends_with(&format!("&date-cles={today}")),
        "today is no future"
    );
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "depot");
    for typed in ["six cents", "650,123", "-650", "650 $"] {
        browser.fill_named("reponse", typed);
        submit(&browser);
        is_said(&browser, "reponse", "Écrivez le montant en euros");
        assert_eq!(
            browser.run("return document.getElementById('reponse').value", Vec::new()),
            typed
        );
    }
    for (typed, value) in [
        ("650", "650"),
        ("650,00", "650"),
        ("650.00", "650"),
        ("650\u{a0}€", "650"),
        ("650,00\u{202f}€", "650"),
        ("1\u{202f}650,5", "1650,50"),
    ] {
        ask(&browser, &service, "depot");
        browser.fill_named("reponse", typed);
        submit(&browser);
        at(&browser, "rendu");
        let wanted = super::pairs(&vec![("depot", value.to_owned())]);
        assert!(
            super::shown_fragment(&browser).ends_with(&format!("&{wanted}")),
            "« {typed} » at {}",
            browser.address()
        );
        assert!(
            kept(&browser)
                .unwrap_or_default()
                .ends_with(&format!("&{wanted}")),
            "« {typed} »"
        );
    }
}
