//! One letter for several questionnaires: each fills its own passages, and without any the text keeps them all.

use tests::{Browser, TestService};

use super::{at_outcome, case, fragment, resume};

/// A charge account contested, up to the commission.
const CHARGES: &str = "#v=charges.ancienne&profil=locataire&contrat=vide&mode=provisions&decompte=aucun&annees=5&demande=sans-accord&provision=90&commune=93066";
/// Passages of the letter to the commission: the deposit's, the charges'.
const DEPOSIT: &str = "Dépôt versé";
const ACCOUNT: &str = "Le décompte de charges a été envoyé le";

#[test]
fn a_shared_letter_is_that_of_the_questionnaire_it_comes_from() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let letter = || {
        browser.wait_for("[data-letter] form");
        browser.texts("[data-sheet]").join("\n")
    };
    resume(&browser, &service, &case());
    at_outcome(&browser, "saisir-la-cdc");
    browser.follow_in("[data-letter] a", "lettre recommandée");
    let deposit = letter();
    assert!(
        deposit.contains("7 341,29 €") && deposit.contains(DEPOSIT),
        "{deposit}"
    );
    assert!(
        !deposit.contains(ACCOUNT) && !deposit.contains("non décent"),
        "{deposit}"
    );
    // The day of the last letter is a field: the questionnaire filled it.
    let year = browser.run(
        "return document.querySelector('[name=date-demande-annee]').value",
        Vec::new(),
    );
    assert!(year.as_str().is_some_and(|year| year.starts_with("20")), "{year}");

    // Another questionnaire in the same tab.
    browser.open("about:blank");
    browser.open(&service.page(&format!("/diagnostics/charges/resultat/saisir-la-cdc/{CHARGES}")));
    at_outcome(&browser, "saisir-la-cdc");
    browser.follow_in("[data-letter] a", "lettre recommandée");
    let charges = letter();
    assert!(
        !charges.contains(DEPOSIT) && !charges.contains(ACCOUNT),
        "{charges}"
    );
    assert!(charges.contains("saisine de la commission"), "{charges}");

    // By itself, with answers to both in this tab: neither is guessed, and each case says when it applies.
    let alone = service.page("/courriers/saisine-cdc/");
    browser.open(&alone);
    let both = letter();
    assert!(both.contains(DEPOSIT) && both.contains(ACCOUNT), "{both}");
    assert!(both.contains("après le questionnaire"), "{both}");

    // With answers to one only, that one.
    let _ = browser.run("sessionStorage.removeItem('reponses:charges')", Vec::new());
    browser.open("about:blank");
    browser.open(&alone);
    let one = letter();
    assert!(one.contains(DEPOSIT) && !one.contains(ACCOUNT), "{one}");
    assert!(
        !browser.address().contains(&fragment(&case())),
        "{}",
        browser.address()
    );
}
