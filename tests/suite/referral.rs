//! The referral form in a real browser: every step, every error, by keyboard, without scripts, and its files.

mod carried;
mod files;
mod keyboard;
mod modes;
mod once;
mod plain;
mod steps;
mod verdicts;

use std::time::Duration;

use serde_json::Value;
use tests::process::eventually;
use tests::{Browser, axe};

/// Answers of a step, by name: a text to type, `=value` to pick, a list's words after `>`.
type Answers = &'static [(&'static str, &'static str)];

/// A tenant whose deposit was not given back.
const TENANT: [Answers; 7] = [
    &[
        ("qualite", "=locataire"),
        ("commune", ">Saint-Denis"),
        ("code_postal", "93200"),
        ("residence_principale", "=oui"),
        ("type_bail", "=vide"),
        ("parc", "=prive"),
        ("motifs", "=DG"),
    ],
    &[
        ("faits", "31 mai 2026 : remise des clés."),
        ("demande", "La restitution de 650 €."),
        ("montant", "650,50"),
        ("date_remise_cles-jour", "31"),
        ("date_remise_cles-mois", "5"),
        ("date_remise_cles-annee", "2026"),
    ],
    &[
        ("demandeur_nom", "Camille Martin"),
        ("demandeur_adresse", "2 place de l’Essai"),
        ("demandeur_code_postal", "93200"),
        ("demandeur_ville", "Saint-Denis"),
        ("demandeur_courriel", "camille.martin@demandeur.test"),
        ("demandeur_telephone", "06 12 34 56 78"),
    ],
    &[
        ("adverse_qualite", "=bailleur"),
        ("adverse_nom", "Société de l’Exemple"),
        ("adverse_adresse", "1 rue du Modèle, 93100 Montreuil"),
    ],
    &[("logement_adresse", "3 rue de l’Exemple")],
    &[],
    &[("accord_transmission", "=oui"), ("accord_exactitude", "=oui")],
];

/// A landlord, helped by an agency, about a rent to be raised when the lease is renewed.
const LANDLORD: [Answers; 7] = [
    &[
        ("qualite", "=bailleur"),
        ("commune", ">Montreuil"),
        ("code_postal", "93100"),
        ("residence_principale", "=oui"),
        ("type_bail", "=vide"),
        ("parc", "=prive"),
        ("motifs", "=LOY-REN"),
    ],
    &[
        ("faits", "1er juin 2026 : proposition envoyée au locataire."),
        ("demande", "La fixation du loyer renouvelé à 900 €."),
    ],
    &[
        ("demandeur_nom", "Société de l’Exemple"),
        ("demandeur_adresse", "1 rue du Modèle"),
        ("demandeur_code_postal", "93100"),
        ("demandeur_ville", "Montreuil"),
        ("demandeur_courriel", "bailleur@demandeur.test"),
        ("mandataire", "=oui"),
        ("mandataire_nom", "Agence du Test"),
    ],
    &[
        ("adverse_qualite", "=locataire"),
        ("adverse_nom", "Camille Martin"),
        ("adverse_adresse", "3 rue de l’Exemple, 93100 Montreuil"),
    ],
    &[
        ("logement_adresse", "3 rue de l’Exemple"),
        ("bail_fin-jour", "31"),
        ("bail_fin-mois", "12"),
        ("bail_fin-annee", "2027"),
    ],
    &[],
    &[("accord_transmission", "=oui"), ("accord_exactitude", "=oui")],
];

/// Answers a step as a person with a mouse would.
fn answer(browser: &Browser, answers: Answers) {
    for (name, text) in answers {
        if let Some(value) = text.strip_prefix('=') {
            browser.tick(name, value);
        } else if let Some(words) = text.strip_prefix('>') {
            browser.pick("Commune du logement", words);
        } else {
            browser.fill_named(name, text);
        }
    }
}

/// The title of the step on the screen, with its number.
fn step(browser: &Browser) -> String {
    browser.texts("[data-etape]:not([hidden]) h2").join("")
}

/// Waits until this step is on the screen.
fn at_step(browser: &Browser, number: usize) {
    let wanted = format!("Étape {number} sur 8");
    eventually(Duration::from_secs(15), &wanted, || {
        step(browser).contains(&wanted).then_some(())
    });
}

/// Names of the fields of the page, or of the step on the screen, that show an error.
fn marked(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-champ]')]
        .filter(field => field.offsetParent && field.querySelector('.fr-error-text, .fr-message--error'))
        .map(field => field.dataset.champ)";
    let found = browser.run(script, Vec::new());
    let all = found.as_array().cloned().unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Names of the fields on the screen that must be answered.
fn required(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-champ][data-requis]')]
        .filter(field => field.offsetParent).map(field => field.dataset.champ)";
    let found = browser.run(script, Vec::new());
    let all = found.as_array().cloned().unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Nothing for axe-core to say, nothing wider than the window.
fn clean(browser: &Browser, what: &str) {
    let faults = axe::faults(browser);
    assert!(
        faults.is_empty(),
        "{what}, {}:\n{}",
        browser.state(),
        faults.join("\n")
    );
    let wider = browser.run(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        Vec::new(),
    );
    assert!(
        wider.as_i64() <= Some(0),
        "{what}, {}: {wider} px too wide",
        browser.state()
    );
}
