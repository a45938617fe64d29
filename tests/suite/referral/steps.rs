//! One step at a time, for a tenant on a phone and a landlord on a desk: every error seen, corrected, sent.

use tests::browser::{Scheme, Screen};
use tests::mailbox::Mailbox;
use tests::service::COMMISSION;
use tests::{Browser, Postfix, TestService};

use super::{Answers, LANDLORD, TENANT, answer, at_step, clean, marked, required, step};
use crate::journey_form;

/// What is typed wrong in a step, with what its message says.
const WRONG: [(usize, &str, &str, &str); 9] = [
    (1, "code_postal", "9320", "cinq chiffres"),
    (1, "code_postal", "75011", "n'est pas celui de"),
    (2, "montant", "douze", "un montant en euros"),
    (2, "date_remise_cles-jour", "32", "n'existe pas"),
    (2, "date_remise_cles-annee", "2999", "n'est pas encore passée"),
    (3, "demandeur_courriel", "anne@", "adresse électronique complète"),
    (3, "demandeur_courriel", "hélène@exemple.fr", "un accent"),
    (3, "demandeur_telephone", "12", "dix chiffres"),
    (5, "bail_signature-jour", "1", "le jour, le mois et l'année"),
];

fn walk(browser: &Browser, service: &TestService, case: [Answers; 7], wrong: bool) {
    browser.open(&service.page("/saisine"));
    for (n, answers) in (1..).zip(case) {
        at_step(browser, n);
        let before = step(browser);
        clean(browser, &before);
        let needed = required(browser);
        if !needed.is_empty() {
            browser.press("Étape suivante");
            assert_eq!(marked(browser), needed, "{before}: empty");
            assert_eq!(browser.texts("#erreurs li").len(), needed.len());
            assert!(browser.title().starts_with("Erreur : "), "{}", browser.title());
            let focus = browser.run("return document.activeElement.id", Vec::new());
            assert_eq!(focus, "erreurs", "{before}");
            clean(browser, &format!("{before}, empty"));
        }
        answer(browser, answers);
        for (_, name, typed, said) in WRONG.iter().filter(|(at, ..)| wrong && *at == n) {
            browser.fill_named(name, typed);
            browser.press("Étape suivante");
            let errors = browser.texts("#erreurs li");
            assert!(
                errors.len() == 1 && errors[0].contains(said),
                "{name} {typed}: {errors:?}"
            );
            clean(browser, &format!("{before}, {name} {typed}"));
            let right = answers.iter().find(|(known, _)| known == name);
            browser.fill_named(name, right.map_or("", |(_, text)| text));
        }
        answer(browser, answers);
        journey_form::next(browser);
    }
    at_step(browser, 8);
    clean(browser, "the recap");
}

#[test]
fn a_tenant_on_a_phone() {
    let postfix = Postfix::start();
    let service = TestService::with_postfix(&postfix);
    let browser = Browser::with(Screen::Phone, Scheme::Light, true);
    walk(&browser, &service, TENANT, true);
    assert!(browser.main_text().contains("Camille Martin") && browser.main_text().contains("650,50 €"));
    // « Modifier » leads back to the step, and the recap then says what was changed.
    browser.follow_in("#etape-verification button", "L'autre partie");
    at_step(&browser, 4);
    browser.fill_named("adverse_nom", "Société du Changement");
    for _ in 4..8 {
        journey_form::next(&browser);
    }
    assert!(browser.main_text().contains("Société du Changement"));
    browser.back();
    at_step(&browser, 7);
    // A reload loses nothing but the files.
    browser.reload();
    at_step(&browser, 7);
    journey_form::next(&browser);
    assert!(browser.main_text().contains("Société du Changement"));
    let reference = journey_form::send(&browser);
    clean(&browser, "the confirmation");
    let mail = postfix.first_to(COMMISSION, std::time::Duration::from_secs(30));
    assert!(mail.subject.contains(&reference) && mail.text.contains("Société du Changement"));
    // Sent, the draft is gone.
    browser.open(&service.page("/saisine"));
    at_step(&browser, 1);
    let kept = browser.run(
        "return [sessionStorage.length, localStorage.getItem('saisine-brouillon')]",
        Vec::new(),
    );
    assert!(!kept.to_string().contains("Camille"), "{kept}");
}

#[test]
fn a_landlord_on_a_desk() {
    let postfix = Postfix::start();
    let service = TestService::with_postfix(&postfix);
    let browser = Browser::with(Screen::Desk, Scheme::Dark, true);
    walk(&browser, &service, LANDLORD, false);
    let reference = journey_form::send(&browser);
    let mail = postfix.first_to(COMMISSION, std::time::Duration::from_secs(30));
    assert!(mail.subject.contains(&reference) && mail.subject.contains("(bailleur)"));
    for words in [
        "Agence du Test, mandataire",
        "Mandat écrit",
        "article 17-2",
        "31 octobre 2027",
    ] {
        let text = tests::browser::plain(&mail.text);
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_case_the_commission_cannot_take_is_told_at_once_with_the_right_door() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.open(&service.page("/saisine"));
    answer(&browser, TENANT[0]);
    for (name, value, door) in [
        ("residence_principale", "non", "conciliateur de justice"),
        ("type_bail", "mobilite", "conciliateur de justice"),
    ] {
        browser.tick(name, value);
        browser.press("Étape suivante");
        let said = browser.texts("[data-refus]").join(" ");
        assert!(said.contains(door) && said.contains("recommandé"), "{said}");
        clean(&browser, value);
        at_step(&browser, 1);
        answer(&browser, TENANT[0]);
    }
    // A motive that the commission never hears for social housing.
    browser.tick("parc", "social");
    browser.choose("Dépôt de garantie");
    browser.tick("motifs", "LOY-REV");
    browser.press("Étape suivante");
    assert!(
        browser
            .texts("[data-refus]")
            .join(" ")
            .contains("Révision annuelle du loyer")
    );
    browser.tick("parc", "prive");
    journey_form::next(&browser);
    at_step(&browser, 2);
}
