//! The referral form as a person fills it in a browser: what no diagnosis can know, then the sending.

use tests::Browser;
use tests::referral::{self, PDF, REQUESTER};

/// What no diagnosis can know, in a browser with or without scripts.
pub(crate) fn fill_the_rest(browser: &Browser) {
    let texts = [
        ("code_postal", "93200"),
        (
            "faits",
            "Remise des clés, puis aucune nouvelle.\nL’état des lieux est conforme.",
        ),
        (
            "demande",
            "La restitution du dépôt de garantie, avec la majoration.",
        ),
        ("demandeur_nom", "Camille Martin"),
        ("demandeur_adresse", "2 place de l’Essai"),
        ("demandeur_code_postal", "93200"),
        ("demandeur_ville", "Saint-Denis"),
        ("demandeur_courriel", REQUESTER),
        ("adverse_nom", "Société de l’Exemple"),
        ("adverse_adresse", "1 rue du Modèle, 93100 Montreuil"),
        ("logement_adresse", "3 rue de l’Exemple"),
    ];
    for (name, text) in texts {
        browser.fill_named(name, text);
    }
    browser.tick("parc", "prive");
    browser.tick("adverse_qualite", "bailleur");
    for consent in ["accord_transmission", "accord_exactitude"] {
        browser.tick(consent, "oui");
    }
    let folder = std::env::temp_dir().join(format!("bail-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let lease = folder.join("Bail signé.pdf");
    std::fs::write(&lease, PDF).unwrap();
    browser.attach_named("piece_bail", &lease);
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
