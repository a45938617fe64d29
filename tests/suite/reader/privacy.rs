//! The promise « Vos réponses restent chez vous », held against all that leaves the browser.

use tests::{Browser, TestService};

use super::{at, at_outcome, case, fill, pairs, resume, submit};

#[test]
fn no_request_carries_an_answer() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    resume(&browser, &service, &Vec::new());
    for (id, text) in case() {
        at(&browser, id);
        fill(&browser, id, &text);
        submit(&browser);
    }
    at_outcome(&browser, "saisir-la-cdc");
    let outcome = browser.address();
    browser.reload();
    at_outcome(&browser, "saisir-la-cdc");
    browser.follow_in("[data-letter] a", "lettre recommandée");
    browser.wait_for("main form");
    browser.fill("Vos nom et prénom", "Camille Martin");
    browser.press("Mettre la lettre à jour");
    browser.open(&outcome);
    at_outcome(&browser, "saisir-la-cdc");
    browser.follow_in("[data-referral] a", "Préparer ma saisine");
    browser.wait_for("[name=montant]");
    let town = browser.run(
        "return document.querySelector('[name=commune]').value",
        Vec::new(),
    );
    assert_eq!(town, "93066", "the answers went with the person");

    assert_eq!(browser.run("return document.cookie", Vec::new()), "");
    assert!(browser.cookies().is_empty());
    let sent = browser.sent();
    for page in [
        "/q/",
        "/resultat/saisir-la-cdc/",
        "/courriers/saisine-cdc/",
        "/saisine",
    ] {
        assert!(
            sent.iter().any(|request| request.contains(page)),
            "the record has {page}"
        );
    }
    for words in traces() {
        let told: Vec<_> = sent.iter().filter(|request| request.contains(&words)).collect();
        assert!(told.is_empty(), "« {words} » left the browser: {told:#?}");
    }
}

/// What a request would have in it if it carried an answer: each one as the fragment writes it, and the
/// dates and sums as they are.
fn traces() -> Vec<String> {
    let answers = case();
    let mut traces: Vec<_> = answers
        .iter()
        .map(|answer| pairs(&vec![answer.clone()]))
        .collect();
    for (id, text) in answers {
        if id.starts_with("date") || text.contains(',') {
            traces.extend([text.replace(',', "."), text.replace(',', "%2C"), text]);
        }
    }
    traces.extend(["#v=", "v%3D", "93066", "Camille"].map(str::to_owned));
    traces
}
