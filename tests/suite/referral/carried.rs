//! What a questionnaire carries to the form, when part of it is not good: the person is told, the rest is kept.

use std::time::Duration;

use tests::browser::plain;
use tests::html::page_text;
use tests::mailbox::Mailbox;
use tests::referral::{ANSWERS, OpenForm, accepted, client};
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, TestService};

use super::{at_step, clean};

/// A whole walk through the questionnaire on the deposit; `residence` is left for each test to give.
const DEPOSIT: &str =
    "depot-de-garantie?profil=locataire&bail=vide&cles=rendues&date-cles=2026-06-15&residence=";

fn value(browser: &Browser, name: &str) -> String {
    let script = "return [...document.getElementsByName(arguments[0])]
        .filter(e => !/radio|checkbox/.test(e.type) || e.checked).map(e => e.value).join(',')";
    let found = browser.run(script, vec![name.into()]);
    found.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_wrong_answer_is_named_and_the_others_are_there() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let carried = "motif=DG&qualite=locataire&type_bail=chateau&montant=douze&bail_fin=demain\
        &date_remise_cles=2026-06-15&commune=93066&diagnostic=depot-de-garantie%3Fprofil%3Dlocataire";
    browser.open(&service.page(&format!("/saisine#{carried}")));
    at_step(&browser, 1);
    let told = plain(&browser.texts("[data-avis]").join(" "));
    assert!(told.contains("« Type de location »"), "{told}");
    assert!(
        told.contains("« Montant demandé »") && told.contains("« Fin du bail"),
        "{told}"
    );
    assert!(
        !told.contains("Remise des clés") && !told.contains("Commune"),
        "{told}"
    );
    let focused = browser.run("return document.activeElement.dataset.avis", Vec::new());
    assert_eq!(focused, "", "the message has the focus");
    clean(&browser, "the message");
    let kept = [
        ("qualite", "locataire"),
        ("commune", "93066"),
        ("motifs", "DG"),
        ("date_remise_cles-annee", "2026"),
        ("type_bail", ""),
        ("montant", ""),
        ("bail_fin-jour", ""),
    ];
    for (name, wanted) in kept {
        assert_eq!(value(&browser, name), wanted, "{name}");
    }
    assert!(!browser.address().contains('#'), "nothing stays in the address");
    // The answers of the questionnaire outlive a reload, as those of the form do.
    browser.tick("type_bail", "vide");
    browser.reload();
    at_step(&browser, 1);
    assert_eq!(
        value(&browser, "diagnostic"),
        "depot-de-garantie?profil=locataire"
    );
    assert_eq!(value(&browser, "type_bail"), "vide");
}

/// Posts this diagnosis; gives what the confirmation and the commission's mail say.
fn sent(carried: &str) -> (String, String) {
    let service = TestService::with_folder();
    let mut answers = ANSWERS.to_vec();
    answers.push(("diagnostic", carried));
    let place = accepted(OpenForm::read(&service).without("diagnostic").post(&answers, &[]));
    let page = client().get(service.page(&place)).send().expect("an answer");
    let page = plain(&page_text(&page.text().expect("text")));
    let mail = MailFolder(service.mailbox()).first_to(COMMISSION, Duration::from_secs(30));
    (page, plain(&mail.text))
}

const TOLD: &str = "Votre diagnostic n'est pas repris en entier";

#[test]
fn a_diagnosis_that_stops_at_a_question_is_told_to_both_sides() {
    let (page, mail) = sent(&format!("{DEPOSIT}peut-etre"));
    assert!(
        page.contains(TOLD) && page.contains("résidence principale"),
        "{page}"
    );
    for words in [
        "sans conclusion, une réponse manque",
        "Sans réponse lisible :",
        "Je suis locataire",
    ] {
        assert!(mail.contains(words), "« {words} » in {mail}");
    }
}

#[test]
fn a_diagnosis_of_which_nothing_is_read_is_told_to_the_person() {
    for carried in [
        "inconnu?profil=locataire",
        "depot-de-garantie?profil=martien",
        "depot-de-garantie",
    ] {
        let (page, mail) = sent(carried);
        assert!(
            page.contains(TOLD) && page.contains("tout ce que vous avez écrit"),
            "{page}"
        );
        assert!(!mail.contains("DIAGNOSTIC"), "{mail}");
    }
}

#[test]
fn without_a_diagnosis_nothing_is_told() {
    let (page, mail) = sent("");
    assert!(
        !page.contains(TOLD) && !mail.contains("DIAGNOSTIC"),
        "{page}\n{mail}"
    );
}
