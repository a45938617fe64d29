//! The referral form as a person fills it in a browser: what no diagnosis can know, then the sending.

use tests::Browser;
use tests::referral::{self, PDF, REQUESTER};

/// What no diagnosis can know, in a browser with or without scripts.
pub(crate) fn fill_the_rest(browser: &Browser) {
    browser.fill_named("code_postal", "93200");
    browser.tick("parc", "prive");
    next(browser);
    texts(
        browser,
        &[
            (
                "faits",
                "Remise des clés, puis aucune nouvelle.\nL’état des lieux est conforme.",
            ),
            (
                "demande",
                "La restitution du dépôt de garantie, avec la majoration.",
            ),
        ],
    );
    next(browser);
    texts(
        browser,
        &[
            ("demandeur_nom", "Camille Martin"),
            ("demandeur_adresse", "2 place de l’Essai"),
            ("demandeur_code_postal", "93200"),
            ("demandeur_ville", "Saint-Denis"),
            ("demandeur_courriel", REQUESTER),
        ],
    );
    next(browser);
    browser.tick("adverse_qualite", "bailleur");
    texts(
        browser,
        &[
            ("adverse_nom", "Société de l’Exemple"),
            ("adverse_adresse", "1 rue du Modèle, 93100 Montreuil"),
        ],
    );
    next(browser);
    texts(browser, &[("logement_adresse", "3 rue de l’Exemple")]);
    next(browser);
    let folder = std::env::temp_dir().join(format!("bail-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let lease = folder.join("Bail signé.pdf");
    std::fs::write(&lease, PDF).unwrap();
    browser.attach_named("piece_bail", &lease);
    next(browser);
    for consent in ["accord_transmission", "accord_exactitude"] {
        browser.tick(consent, "oui");
    }
    next(browser);
}

fn texts(browser: &Browser, answers: &[(&str, &str)]) {
    for (name, text) in answers {
        browser.fill_named(name, text);
    }
}

/// Goes on to the next step, where the page shows one step at a time: only with scripts.
pub(crate) fn next(browser: &Browser) {
    if !browser.says("main button", "Étape suivante") {
        return;
    }
    let step = || browser.texts("[data-etape]:not([hidden]) h2").join("");
    let before = step();
    browser.press("Étape suivante");
    tests::process::eventually(std::time::Duration::from_secs(15), "the next step", || {
        assert!(
            browser.texts("#erreurs, [data-refus]").is_empty(),
            "{:?}",
            browser.texts("#erreurs, [data-refus]")
        );
        (step() != before).then_some(())
    });
}

/// Sends the form; gives back the reference of the confirmation, which can be read again.
pub(crate) fn send(browser: &Browser) -> String {
    browser.press("Envoyer");
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    let said = browser.main_text();
    let reference = referral::reference_in(&said).unwrap_or_else(|| panic!("no reference:\n{said}"));
    let address = browser.address();
    browser.open(&address); // asked for again, the page is the same and nothing is sent twice
    assert!(browser.main_text().contains(&reference));
    reference
}
