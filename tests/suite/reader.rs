//! The questionnaire with scripts, in a real Chromium: how it asks, what it says of mistakes, and what
//! becomes of the answers. Each test walks the deposit's tree.

mod answers;
mod asking;
mod conformance;
mod errors;
mod history;
mod keyboard;
mod letter;
mod outcome;
mod privacy;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use tests::{Browser, TestService, TestSite, law};

/// Address of the start page.
const START: &str = "/diagnostics/depot-de-garantie/";
/// Where the tab keeps the answers.
const KEPT: &str = "reponses:depot-de-garantie";

/// Answers in the order asked, as the fragment of an address writes them.
type Answers = Vec<(&'static str, String)>;

/// Day when the keys were given back.
fn keys_day() -> Date {
    law::today().saturating_sub(5.months().days(10))
}

/// A whole case, up to « Vous pouvez saisir la commission ». The sums stand nowhere else on the site.
fn case() -> Answers {
    let asked = law::today().saturating_sub(6.weeks());
    vec![
        ("profil", "locataire".to_owned()),
        ("residence", "oui".to_owned()),
        ("bail", "vide".to_owned()),
        ("cles", "rendues".to_owned()),
        ("date-cles", keys_day().to_string()),
        ("edl", "conforme".to_owned()),
        ("restitution", "partie".to_owned()),
        ("retenue", "aucune".to_owned()),
        ("adresse", "donnee".to_owned()),
        ("demande", "sans-accord".to_owned()),
        ("date-demande", asked.to_string()),
        ("depot", "7341,29".to_owned()),
        ("rendu", "1502,57".to_owned()),
        ("loyer", "6503,83".to_owned()),
        ("commune", "93066".to_owned()),
    ]
}

/// The answers given before this question.
fn before(id: &str) -> Answers {
    case().into_iter().take_while(|(known, _)| *known != id).collect()
}

/// These answers with some given otherwise.
fn changed(answers: Answers, others: &[(&str, &str)]) -> Answers {
    let other = |id: &str| others.iter().find(|(known, _)| *known == id);
    answers
        .into_iter()
        .map(|(id, text)| (id, other(id).map_or(text, |(_, text)| (*text).to_owned())))
        .collect()
}

/// The version of the tree as it was built.
fn version() -> String {
    let text = TestSite::real().built(".service/trees/depot-de-garantie.json");
    let tree: Value = serde_json::from_str(&text).expect("the tree is JSON");
    tree["version"]
        .as_str()
        .expect("the tree has a version")
        .to_owned()
}

/// `profil=locataire&residence=oui…`
fn pairs(answers: &Answers) -> String {
    let pair = |(id, text): &(&str, String)| format!("{id}={}", text.replace(',', "%2C"));
    answers.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// `#v=…&profil=locataire…`, exactly as the script writes it.
fn fragment(answers: &Answers) -> String {
    let separator = if answers.is_empty() { "" } else { "&" };
    format!("#v={}{separator}{}", version(), pairs(answers))
}

/// The fragment of the page shown, without what the script notes for itself: those names start with `~`.
fn shown_fragment(browser: &Browser) -> String {
    let address = browser.address();
    let fragment = address.find('#').map_or("", |at| &address[at..]);
    let answers = fragment.split('&').filter(|pair| !pair.starts_with('~'));
    answers.collect::<Vec<_>>().join("&")
}

/// What the tab keeps of the answers, in the order of the fragment: that of the tab may be any. Nothing
/// when it keeps none.
fn kept(browser: &Browser) -> Option<String> {
    let kept = browser.run("return sessionStorage.getItem(arguments[0])", vec![KEPT.into()]);
    let kept = kept.as_str()?;
    let rank = |pair: &&str| {
        let id = pair.split('=').next();
        case().iter().position(|(known, _)| Some(*known) == id)
    };
    let mut pairs: Vec<_> = kept.split('&').filter(|pair| !pair.starts_with('~')).collect();
    pairs.sort_by_key(rank); // the version has no rank and comes first
    Some(format!("#{}", pairs.join("&")))
}

/// Takes up the questionnaire where these answers lead, through the start page, in a tab that kept none.
fn resume(browser: &Browser, service: &TestService, answers: &Answers) {
    let _ = browser.run("try { sessionStorage.clear() } catch {}", Vec::new());
    browser.open("about:blank"); // else only the fragment changes, and the old page still stands
    browser.open(&service.page(&format!("{START}{}", fragment(answers))));
    browser.wait_for("[data-begin][href*='#v=']");
    browser.follow_in("main [data-begin]", "");
}

/// Takes up the questionnaire at this question of the case.
fn ask(browser: &Browser, service: &TestService, id: &str) {
    resume(browser, service, &before(id));
    at(browser, id);
}

/// Waits for the form of this question.
fn at(browser: &Browser, id: &str) {
    browser.wait_for(&format!("[data-question='{id}'] form"));
}

/// Waits for this outcome, filled.
fn at_outcome(browser: &Browser, id: &str) {
    browser.wait_for(&format!("[data-outcome='{id}'] [data-recap]:not([hidden])"));
}

/// Fills the form of this question without sending it.
fn fill(browser: &Browser, id: &str, text: &str) {
    match id {
        "date-cles" | "date-demande" => {
            let parts: Vec<_> = text.split('-').collect();
            date(browser, [parts[2], parts[1], parts[0]]);
        }
        "depot" | "rendu" | "loyer" => browser.fill_named("reponse", text),
        "commune" => browser.pick("Commune", "Saint-Denis"),
        _ => browser.tick("reponse", text),
    }
}

/// Fills the three fields of a date: day, month, year.
fn date(browser: &Browser, parts: [&str; 3]) {
    for (name, text) in ["reponse-jour", "reponse-mois", "reponse-annee"]
        .iter()
        .zip(parts)
    {
        browser.fill_named(name, text);
    }
}

/// Sends the form of a question.
fn submit(browser: &Browser) {
    browser.press("Question suivante");
}

/// Truth of a script's value, for short assertions.
fn holds(browser: &Browser, script: &str) -> bool {
    browser.run(&format!("return Boolean({script})"), Vec::new()) == true
}
