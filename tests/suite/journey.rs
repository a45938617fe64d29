//! The main line, as a tenant of Saint-Denis walks it in a real browser, up to the mails that a real mail
//! server received: with scripts and without.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use tests::browser::plain;
use tests::{Browser, Postfix, TestService, law};

use crate::{journey_form, journey_mail};

/// Deposit paid, part given back, rent without charges, in cents: 700 €, 150,25 €, 650,50 €.
const DEPOSIT: i64 = 70_000;
const GIVEN_BACK: i64 = 15_025;
const RENT: i64 = 65_050;

/// The tenant's case, with what the law says of it, worked out apart from the programs.
struct Case {
    keys: Date,
    asked: Date,
    deadline: String,
    months: i64,
    claim: i64,
}

impl Case {
    /// Keys given back five months and ten days ago, a letter sent six weeks ago without answer.
    fn new() -> Self {
        let today = law::today();
        let keys = today.saturating_sub(5.months().days(10));
        let deadline = law::deadline(keys, true);
        let months = law::months_begun(deadline, today);
        let claim = DEPOSIT - GIVEN_BACK + law::increase(RENT, months);
        Self {
            keys,
            asked: today.saturating_sub(6.weeks()),
            deadline: law::in_words(deadline),
            months,
            claim,
        }
    }
}

#[test]
fn with_scripts_from_the_home_page_to_the_commission() {
    let postfix = Postfix::start();
    let service = TestService::with_postfix(&postfix);
    let browser = Browser::start();
    let case = Case::new();

    browser.open(&service.page("/"));
    browser.follow("Dépôt de garantie");
    browser.arrive("the guide", |address| {
        address.ends_with("/guides/depot-de-garantie/")
    });
    open_diagnosis(&browser);
    answer_every_question(&browser, &case);
    outcome_says_what_the_law_says(&browser, &case);
    let outcome = browser.address();
    letter_is_filled(&browser, &case);
    browser.open(&outcome);
    referral_is_prefilled(&browser, &case);
    journey_form::fill_the_rest(&browser);
    let reference = journey_form::send(&browser);
    let mail = journey_mail::are_as_promised(&postfix, &service, &reference, case.claim);
    // What no field of the form holds can only come from the diagnosis, walked again by the service.
    for words in [&case.deadline, &law::euros(law::increase(RENT, case.months))] {
        assert!(
            plain(&mail.text).contains(words),
            "the mail does not say {words}:\n{}",
            mail.text
        );
    }
}

fn open_diagnosis(browser: &Browser) {
    browser.follow("diagnostic");
    browser.arrive("the questionnaire", |address| {
        address.contains("/diagnostics/depot-de-garantie/")
    });
    browser.follow("Commencer");
    browser.arrive("the first question", |address| address.contains("/q/"));
}

fn answer_every_question(browser: &Browser, case: &Case) {
    let choose = |question: &str, answer: &str| {
        asked(browser, question);
        browser.choose(answer);
        browser.press("Question suivante");
    };
    choose("Quelle est votre situation", "Je suis locataire");
    choose("résidence principale", "Oui");
    choose("type de bail", "Logement loué vide");
    choose("clés ont-elles été rendues", "Oui");
    date(browser, "quelle date avez-vous rendu les clés", case.keys);
    choose("état des lieux de sortie", "Oui");
    choose("Quelle part du dépôt", "Une partie");
    choose(
        "Comment le bailleur explique-t-il",
        "Il ne donne aucune explication",
    );
    choose("nouvelle adresse", "Oui");
    choose(
        "réclamé l'argent par lettre recommandée",
        "n'a pas répondu à temps",
    );
    date(browser, "quelle date avez-vous envoyé", case.asked);
    amount(browser, "montant du dépôt", "700");
    amount(browser, "Quelle somme avez-vous récupérée", "150,25 €");
    amount(browser, "loyer mensuel", "650,50");
    asked(browser, "quelle commune");
    browser.pick("Commune", "Saint-Denis");
    browser.press("Question suivante");
}

/// Waits until the page asks this.
fn asked(browser: &Browser, question: &str) {
    tests::process::eventually(
        Duration::from_secs(15),
        &format!("the question « {question} »"),
        || {
            browser
                .texts("h1")
                .iter()
                .any(|heading| heading.contains(question))
                .then_some(())
        },
    );
    browser.wait_for("main form");
}

fn date(browser: &Browser, question: &str, day: Date) {
    asked(browser, question);
    for (label, number) in [
        ("Jour", i32::from(day.day())),
        ("Mois", i32::from(day.month())),
        ("Année", day.year().into()),
    ] {
        browser.fill(label, &number.to_string());
    }
    browser.press("Question suivante");
}

fn amount(browser: &Browser, question: &str, sum: &str) {
    asked(browser, question);
    browser.fill(question, sum);
    browser.press("Question suivante");
}

fn outcome_says_what_the_law_says(browser: &Browser, case: &Case) {
    browser.arrive("the outcome", |address| {
        address.contains("/resultat/saisir-la-cdc")
    });
    assert_eq!(
        browser.heading(),
        "Vous pouvez saisir la commission de conciliation"
    );
    let said = browser.main_text();
    let figures = [
        case.deadline.clone(),
        law::euros(DEPOSIT - GIVEN_BACK),
        law::euros(law::increase(RENT, case.months)),
        law::euros(case.claim),
    ];
    for figure in &figures {
        assert!(
            said.contains(figure),
            "the outcome does not say {figure}:\n{said}"
        );
    }
}

fn letter_is_filled(browser: &Browser, case: &Case) {
    browser.follow_in("[data-letter] a", "lettre recommandée");
    browser.arrive("the letter", |address| {
        address.contains("/courriers/saisine-cdc/")
    });
    browser.wait_for("main form");
    browser.fill("Vos nom et prénom", "Camille Martin");
    browser.press("Mettre la lettre à jour");
    let letter = browser.texts("[data-sheet]").join("\n");
    let words = [
        "Camille Martin".to_owned(),
        law::in_words(case.keys),
        case.deadline.clone(),
        law::euros(DEPOSIT - GIVEN_BACK),
        law::euros(law::increase(RENT, case.months)),
    ];
    for words in &words {
        assert!(
            letter.contains(words),
            "the letter does not say « {words} »:\n{letter}"
        );
    }
    assert!(
        letter.contains("[Votre adresse actuelle]"),
        "what was not typed stays to be filled in:\n{letter}"
    );
}

fn referral_is_prefilled(browser: &Browser, case: &Case) {
    browser.follow_in("[data-referral] a", "Préparer ma saisine");
    browser.arrive("the referral", |address| address.contains("/saisine"));
    browser.wait_for("#montant, [name=montant]");
    let value = |name: &str| {
        let script = "return [...document.getElementsByName(arguments[0])]
            .filter(e => !/radio|checkbox/.test(e.type) || e.checked).map(e => e.value).join(',')";
        browser
            .run(script, vec![name.into()])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(value("qualite"), "locataire");
    assert_eq!(value("residence_principale"), "oui");
    assert_eq!(value("type_bail"), "vide");
    assert_eq!(value("commune"), "93066");
    assert_eq!(value("motifs"), "DG");
    let plain = |text: String| text.replace(['\u{a0}', '\u{202f}', ' ', '€'], "");
    assert_eq!(plain(value("montant")), plain(law::euros(case.claim)));
    assert_eq!(plain(value("depot_rendu")), "150,25");
    let keys = ["jour", "mois", "annee"].map(|part| value(&format!("date_remise_cles-{part}")));
    assert_eq!(
        keys.map(|part| part.parse().unwrap_or(0)),
        [
            i32::from(case.keys.day()),
            i32::from(case.keys.month()),
            i32::from(case.keys.year())
        ]
    );
}

#[test]
fn without_scripts_from_the_home_page_to_the_commission() {
    let postfix = Postfix::start();
    let service = TestService::with_postfix(&postfix);
    let browser = Browser::without_scripts();
    let case = Case::new();

    browser.open(&service.page("/"));
    browser.follow("Dépôt de garantie");
    open_diagnosis(&browser);
    let links = [
        "Je suis locataire",
        "Oui",
        "Logement loué vide",
        "Oui",
        "Il y a plus de deux mois",
        "Oui, il n'y a pas de dégradation",
        "Une partie",
        "Il ne donne aucune explication",
        "Oui",
        "n'a pas répondu à temps",
    ];
    for link in links {
        let before = browser.address();
        browser.follow(link);
        browser.arrive("the next page", |address| address != before);
    }
    browser.arrive("the outcome", |address| {
        address.contains("/resultat/saisir-la-cdc")
    });
    assert_eq!(
        browser.heading(),
        "Vous pouvez saisir la commission de conciliation"
    );
    assert!(
        browser.main_text().contains("10 % du loyer"),
        "the formula is said:\n{}",
        browser.main_text()
    );
    browser.follow_in("[data-referral] a", "Préparer ma saisine");
    browser.arrive("the referral", |address| address.contains("/saisine"));
    assert!(!browser.address().contains('#') || !browser.address().contains("locataire"));
    let motive = browser.run(
        "return document.querySelector('[name=motifs][value=DG]').checked",
        Vec::new(),
    );
    assert_eq!(motive, true, "the motive follows from the address");
    browser.tick("qualite", "locataire");
    browser.tick("residence_principale", "oui");
    browser.tick("type_bail", "vide");
    browser.pick("Commune du logement", "Saint-Denis");
    let claim = law::euros(case.claim).replace(" €", "");
    browser.fill_named("montant", &claim);
    journey_form::fill_the_rest(&browser);
    let reference = journey_form::send(&browser);
    let mail = journey_mail::are_as_promised(&postfix, &service, &reference, case.claim);
    assert!(
        !plain(&mail.text).contains(&case.deadline),
        "without scripts no answer travels with the referral"
    );
}
