//! Without scripts: one page, every error told by the service, everything typed kept, the answers read again, sent.

use tests::browser::{Scheme, Screen};
use tests::referral::reference_in;
use tests::{Browser, TestService};

use super::{LANDLORD, TENANT, answer, clean, marked, required};

/// Examines a page that runs no script: axe-core needs scripts, so that a copy of the page is examined.
fn clean_copy(browser: &Browser, service: &TestService, what: &str) {
    let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let wider = browser.run(wider, Vec::new());
    assert!(
        wider.as_i64() <= Some(0),
        "{what}, {}: {wider} px too wide",
        browser.state()
    );
    let page = browser.run("return document.documentElement.innerHTML", Vec::new());
    let other = Browser::start();
    // An address of the site, for its styles; scripts put in as text do not run.
    other.open(&service.page("/mentions-legales/"));
    let _ = other.run("document.documentElement.innerHTML = arguments[0]", vec![page]);
    clean(&other, what);
}

#[test]
fn every_error_of_every_field_then_the_recap_then_sent() {
    tests::record::run("recapitulatif", || {
        let service = TestService::with_folder();
        let browser = Browser::with(Screen::Phone, Scheme::Light, false);
        browser.open(&service.page("/saisine"));
        clean_copy(&browser, &service, "the empty page");
        let needed: Vec<String> = required(&browser)
            .into_iter()
            .filter(|name| {
                !["siege_bailleur", "demandeur_representants", "mandataire_nom"].contains(&name.as_str())
            })
            .collect();
        browser.press("Envoyer et préparer");
        browser.wait_for("#erreurs");
        assert_eq!(marked(&browser), needed);
        clean_copy(&browser, &service, "the page with every error");
        for answers in TENANT {
            answer(&browser, answers);
        }
        let wrong = [
            ("code_postal", "75011"),
            ("montant", "douze"),
            ("date_remise_cles-jour", "32"),
            ("demandeur_courriel", "anne@"),
            ("demandeur_telephone", "12"),
            ("adverse_courriel", "a b@c"),
            ("bail_fin-annee", "24"),
            ("loyer", "1,2,3"),
        ];
        for (name, text) in wrong {
            browser.fill_named(name, text);
        }
        browser.press("Envoyer et préparer");
        browser.wait_for("#erreurs");
        let fields = wrong.map(|(name, _)| name.split('-').next().unwrap_or_default().to_owned());
        let mut found = marked(&browser);
        found.sort();
        let mut fields = fields.to_vec();
        fields.sort();
        assert_eq!(found, fields);
        clean_copy(&browser, &service, "the page with wrong values");
        let kept = browser.run("return document.querySelector('[name=faits]').value", Vec::new());
        assert_eq!(kept, "31 mai 2026 : remise des clés.", "what was typed is kept");
        for (name, _) in wrong {
            browser.fill_named(name, "");
        }
        for answers in TENANT {
            answer(&browser, answers);
        }
        browser.press("Relire mes réponses");
        browser.wait_for("[data-recap]");
        assert!(browser.texts("[data-recap]").join("").contains("Camille Martin"));
        clean_copy(&browser, &service, "the recap");
        browser.press("Envoyer et préparer");
        browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
        assert!(reference_in(&browser.main_text()).is_some());
        clean_copy(&browser, &service, "the confirmation");
        "la saisine sans script, de la page vide à l'accusé".to_owned()
    });
}

/// Types something wrong into every question that is typed, and gives their names.
const WRONG: &str = "const wrong = { amount: 'douze', email: 'a b@c', phone: '12', 'postal-code': '9' };
    return [...document.querySelectorAll('[data-champ]')].filter(field => {
        const { type, max } = field.dataset;
        const inputs = [...field.querySelectorAll('input, textarea')];
        const text = wrong[type] ?? (max ? 'x'.repeat(Number(max) + 1) : '');
        if (type === 'date') inputs.forEach((input, n) => { input.value = ['32', '1', '2026'][n]; });
        else if (text) inputs[0].value = text;
        return type === 'date' || text;
    }).map(field => field.dataset.champ)";

/// Where the links of the summary of errors lead: nothing when each leads to an input marked as wrong.
const LOST: &str = "return [...document.querySelectorAll('#erreurs a')].map(link => link.hash.slice(1))
    .filter(id => document.getElementById(id)?.getAttribute('aria-invalid') !== 'true')";

#[test]
fn something_wrong_in_every_typed_question() {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Phone, Scheme::Dark, false);
    let everyone = ["colocataires"];
    let together = ["demandeur_representants"];
    for (role, never) in [("locataire", &together), ("groupe", &["aucun"])] {
        browser.open(&service.page("/saisine"));
        for answers in TENANT {
            answer(&browser, answers);
        }
        let more = [
            ("qualite", role),
            ("motifs", "DEC"),
            ("mandataire", "oui"),
            ("besoins", "autre"),
        ];
        for (name, value) in more {
            browser.tick(name, value);
        }
        let names = browser.run(WRONG, Vec::new());
        let names = names.as_array().cloned().unwrap_or_default();
        let mut wrong: Vec<String> = names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        assert!(
            wrong.len() >= 30 && wrong.iter().any(|name| name == everyone[0]),
            "{wrong:?}"
        );
        wrong.retain(|name| !never.contains(&name.as_str()));
        browser.press("Envoyer et préparer");
        browser.wait_for("#erreurs");
        assert_eq!(marked(&browser), wrong, "{role}");
        assert_eq!(browser.texts("#erreurs li").len(), wrong.len());
        assert_eq!(
            browser.run(LOST, Vec::new()),
            serde_json::json!([]),
            "links of the summary"
        );
        clean_copy(&browser, &service, &format!("{role}, everything wrong"));
        let kept = browser.run(
            "return document.querySelector('[name=montant]').value",
            Vec::new(),
        );
        assert_eq!(kept, "douze", "what was typed is kept");
    }
    // Corrected, the same page is sent.
    let _ = browser.run(
        "document.querySelectorAll('[data-champ] input:not([type=radio], [type=checkbox]), textarea').forEach(e => { e.value = ''; })",
        Vec::new(),
    );
    for answers in TENANT {
        answer(&browser, answers);
    }
    browser.fill_named("mandataire_nom", "Association du Test");
    browser.press("Envoyer et préparer");
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    assert!(browser.main_text().contains("Association du Test"));
}

#[test]
fn a_landlord_on_a_desk() {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Desk, Scheme::Dark, false);
    browser.open(&service.page("/saisine"));
    for answers in LANDLORD {
        answer(&browser, answers);
    }
    browser.press("Envoyer et préparer");
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    assert!(browser.main_text().contains("Agence du Test"));
    clean_copy(&browser, &service, "the confirmation");
}
