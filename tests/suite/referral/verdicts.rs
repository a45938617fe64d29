//! Every conclusion that leads to the referral: from a scenario, through the outcome page and the form as a browser with
//! scripts prefills it, to what the commission reads.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use tests::browser::plain;
use tests::mailbox::{Mail, Mailbox};
use tests::process::eventually;
use tests::referral::{ANSWERS, OpenForm, accepted, reference_at};
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, TestService, TestSite, law, programs};

const WAIT: Duration = Duration::from_secs(30);

/// A case of `scenarios.yaml`, as far as it is needed here.
#[derive(Deserialize)]
struct Scenario {
    nom: String,
    le: String,
    reponses: BTreeMap<String, Value>,
    issue: String,
}

/// A conclusion with a referral.
struct Door {
    slug: String,
    version: String,
    outcome: String,
    motive: String,
}

#[test]
fn every_conclusion_that_leads_to_the_referral_is_what_the_commission_reads() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let form = service_file("form.json");
    let mut faults = Vec::new();
    let doors = doors();
    assert!(doors.len() >= 20, "{} doors", doors.len());
    for door in &doors {
        match follow(&browser, &service, &form, door) {
            Ok(scenario) => println!("{} / {} : {scenario}", door.slug, door.outcome),
            Err(fault) => faults.push(fault),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn service_file(path: &str) -> Value {
    let path = TestSite::real().dist().join(".service").join(path);
    let text = std::fs::read_to_string(&path).expect("a file of the service");
    serde_json::from_str(&text).expect("JSON")
}

/// The conclusions of every questionnaire that lead to the referral.
fn doors() -> Vec<Door> {
    let trees = TestSite::real().dist().join(".service/trees");
    let mut files: Vec<String> = std::fs::read_dir(trees)
        .expect("the questionnaires")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let of_tree = |file: &String| {
        let tree = service_file(&format!("trees/{file}"));
        let outcomes = tree["outcomes"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        outcomes
            .into_iter()
            .filter(|outcome| outcome["referral"].is_object())
            .map(|outcome| Door {
                slug: text(&tree["slug"]),
                version: text(&tree["version"]),
                outcome: text(&outcome["id"]),
                motive: text(&outcome["referral"]["motive"]),
            })
            .collect::<Vec<_>>()
    };
    files.iter().flat_map(of_tree).collect()
}

/// Tries the scenarios of a conclusion until one reaches it today; gives its name, or what was wrong with each.
fn follow(browser: &Browser, service: &TestService, form: &Value, door: &Door) -> Result<String, String> {
    let path = format!("content/diagnostics/{}/scenarios.yaml", door.slug);
    let text = std::fs::read_to_string(programs::repository().join(path)).expect("the scenarios");
    let all: Vec<Scenario> = serde_yaml::from_str(&text).expect("scenarios");
    let mut tried = Vec::new();
    for scenario in all.iter().filter(|scenario| scenario.issue == door.outcome) {
        match carry(browser, service, form, door, scenario) {
            Ok(()) => return Ok(scenario.nom.clone()),
            Err(why) => tried.push(format!("  « {} » : {why}", scenario.nom)),
        }
    }
    Err(format!(
        "{} / {} :\n{}",
        door.slug,
        door.outcome,
        tried.join("\n")
    ))
}

/// One scenario from the outcome page to the mailbox. Its dates are moved so that its day is today.
fn carry(
    browser: &Browser,
    service: &TestService,
    form: &Value,
    door: &Door,
    scenario: &Scenario,
) -> Result<(), String> {
    let answers = today(scenario);
    let landlord = scenario.reponses.get("profil").and_then(|side| side.as_str()) == Some("bailleur");
    let voice = if landlord { "-bailleur" } else { "" };
    browser.open(&service.page("/mentions-legales/"));
    let _ = browser.run("sessionStorage.clear()", Vec::new());
    let page = format!("/diagnostics/{}/resultat/{}{voice}/", door.slug, door.outcome);
    browser.open(&service.page(&format!("{page}#v={}&{answers}", door.version)));
    let link = "const at = document.querySelector('[data-referral]:not([hidden]) a');
        return location.pathname.includes(arguments[0]) ? at?.getAttribute('href') ?? '' : 'elsewhere';";
    let mut href = String::new();
    let reached = (0..100).any(|_| {
        let found = browser.run(link, vec![format!("/resultat/{}", door.outcome).into()]);
        href = found.as_str().unwrap_or_default().to_owned();
        std::thread::sleep(Duration::from_millis(50));
        href.contains('#') || href == "elsewhere"
    });
    if !reached || href == "elsewhere" {
        return Err(format!("today it leads to {}, {href:?}", browser.address()));
    }
    let title = plain(&browser.heading());
    let figures = figures(browser);
    browser.open(&service.page(&href));
    browser.wait_for("[data-etape]");
    if let [told, ..] = &browser.texts("[data-avis]")[..] {
        return Err(format!("the form says: {told}"));
    }
    let mail = post(service, form, prefilled(browser));
    reads(&mail, form, door, &title, &figures)
}

/// The answers as an address holds them.
fn today(scenario: &Scenario) -> String {
    let moved = law::today()
        .since(scenario.le.parse::<Date>().expect("a day"))
        .expect("days");
    let text = |value: &Value| match value {
        Value::Array(all) => all.iter().map(scalar).collect::<Vec<_>>().join(","),
        value => match scalar(value).parse::<Date>() {
            Ok(day) if scalar(value).len() == 10 => day.saturating_add(moved).to_string(),
            _ => scalar(value),
        },
    };
    let pairs = scenario.reponses.iter();
    let pairs = pairs.map(|(id, value)| format!("{id}={}", text(value).replace(' ', "%20")));
    pairs.collect::<Vec<_>>().join("&")
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

/// Name and value of the figures that the page computed, in plain words.
fn figures(browser: &Browser) -> Vec<(String, String)> {
    let script = "return [...document.querySelectorAll('[data-figure]:not([hidden])')]
        .map(row => [row.dataset.figure, row.querySelector('[data-v]').textContent])";
    let found = browser.run(script, Vec::new());
    let rows = found.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| plain(value.as_str().unwrap_or_default());
    rows.iter().map(|row| (text(&row[0]), text(&row[1]))).collect()
}

/// Every answer that the form holds once its script has taken the carried ones.
fn prefilled(browser: &Browser) -> HashMap<String, String> {
    let script = "return [...new FormData(document.querySelector('[data-formulaire]'))]
        .filter(([, value]) => typeof value === 'string' && value)";
    let found = browser.run(script, Vec::new());
    let pairs = found.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pairs = pairs.iter().map(|pair| (text(&pair[0]), text(&pair[1])));
    pairs.filter(|(name, _)| name != "jeton").collect()
}

/// Adds what no questionnaire knows, posts, and reads the commission's mail.
fn post(service: &TestService, form: &Value, mut answers: HashMap<String, String>) -> Mail {
    let role = answers
        .get("qualite")
        .cloned()
        .unwrap_or_else(|| "locataire".to_owned());
    let together = ["groupe", "association"].contains(&role.as_str());
    if together {
        answers.insert("demandeur_representants".to_owned(), "Camille Martin".to_owned());
    }
    // Only social housing has a consultation plan, and only the person knows where the head office is.
    if answers.get("motifs").is_some_and(|motive| motive == "COL-P") {
        answers.insert("parc".to_owned(), "social".to_owned());
        answers.insert("siege_bailleur".to_owned(), "oui".to_owned());
    }
    let other = if role == "bailleur" {
        "locataire"
    } else {
        "bailleur"
    };
    answers
        .entry("adverse_qualite".to_owned())
        .or_insert_with(|| other.to_owned());
    let known = ["motifs", "montant", "adverse_qualite"];
    for (name, text) in ANSWERS.iter().filter(|(name, _)| !known.contains(name)) {
        answers
            .entry((*name).to_owned())
            .or_insert_with(|| (*text).to_owned());
    }
    let communes = form["communes"].as_array().cloned().unwrap_or_default();
    let commune = communes
        .iter()
        .find(|one| one["insee"] == answers["commune"].as_str());
    let codes = commune.map(|one| one["postal_codes"][0].as_str().unwrap_or_default().to_owned());
    answers.insert(
        "code_postal".to_owned(),
        codes.expect("a municipality of the form"),
    );
    let pairs: Vec<(&str, &str)> = answers
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let hidden_too = OpenForm::read(service).without("diagnostic");
    let place = accepted(hidden_too.post(&pairs, &[]));
    let reference = reference_at(service, &place);
    let folder = MailFolder(service.mailbox());
    eventually(WAIT, &format!("the mail of {reference}"), || {
        let mut all = folder.to(COMMISSION).into_iter();
        all.find(|mail| mail.subject.contains(&reference))
    })
}

/// What the commission must read: competence, motive with its article, conclusion, figures, in text and in HTML.
fn reads(
    mail: &Mail,
    form: &Value,
    door: &Door,
    title: &str,
    figures: &[(String, String)],
) -> Result<(), String> {
    let motives = form["motives"].as_array().cloned().unwrap_or_default();
    let motive = motives.iter().find(|one| one["code"] == door.motive.as_str());
    let label = motive
        .and_then(|one| one["label"].as_str())
        .unwrap_or("no such motive");
    let html = plain(&tests::html::page_text(&mail.html));
    let text = plain(&mail.text);
    let mut missing = Vec::new();
    for (said, what) in [(&text, "text"), (&html, "HTML")] {
        let mut want = |words: &str| {
            if !said.contains(&plain(words)) {
                missing.push(format!("« {words} » ({what})"));
            }
        };
        want(label);
        want(title);
        for (name, value) in figures {
            want(name);
            want(value);
        }
    }
    let verdict = [
        "COMPÉTENTE ? Compétente d'après les réponses",
        "COMPÉTENTE ? Compétence à confirmer",
    ];
    if !verdict.iter().any(|words| text.contains(words)) || text.contains("HORS COMPÉTENCE") {
        missing.push("the competence".to_owned());
    }
    if text.contains("Sans réponse lisible") {
        missing.push("an answer was lost on the way".to_owned());
    }
    let heads = text.split("COMPÉTENTE ?").nth(1).unwrap_or_default();
    let reason = heads.split("COMPLET ?").next().unwrap_or_default();
    if !reason.contains("article") {
        missing.push(format!("the article of the competence, in {reason}"));
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("the mail lacks {}\n{text}", missing.join(", ")))
    }
}
