//! The stories of people, walked from the home page to the door that fits: by links alone, and some of them in a
//! real Chromium with scripts.

use jiff::ToSpan;
use jiff::civil::Date;
use tests::browser::plain;
use tests::html::page_text;
use tests::story::{Story, page};
use tests::{Browser, TestService, TestSite, law};

/// Most clicks of the story in the middle, and of the longest.
const MEDIAN: usize = 10;
const LONGEST: usize = 20;

#[test]
fn every_story_reaches_its_door_by_links_alone() {
    let site = TestSite::real();
    let stories = Story::all();
    assert!(stories.len() >= 30, "{} stories", stories.len());
    let mut faults = Vec::new();
    for story in &stories {
        match story.walk(site) {
            Ok(reached) if reached == story.arrivee => faults.extend(unsaid(site, story)),
            Ok(reached) => faults.push(format!("{} : arrive à {reached}", story.recit)),
            Err(fault) => faults.push(fault),
        }
        println!(
            "{:>2} clics  {:<38} {}",
            story.clics.len(),
            story.recit,
            story.arrivee
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut clicks: Vec<usize> = stories.iter().map(|story| story.clics.len()).collect();
    clicks.sort_unstable();
    let median = clicks[clicks.len() / 2];
    println!(
        "médiane {median}, de {} à {}",
        clicks[0],
        clicks[clicks.len() - 1]
    );
    assert!(median <= MEDIAN, "half the stories take {median} clicks or more");
    assert!(clicks[clicks.len() - 1] <= LONGEST, "{clicks:?}");
}

/// The words that the door of a story does not say.
fn unsaid(site: &TestSite, story: &Story) -> Vec<String> {
    let said = plain(&page_text(&page(site, &story.arrivee))).to_lowercase();
    let lacks = |words: &&String| !said.contains(&plain(words).to_lowercase());
    let missing = story.dit.iter().filter(lacks);
    missing
        .map(|words| format!("{} : {} ne dit pas « {words} »", story.recit, story.arrivee))
        .collect()
}

#[test]
fn stories_are_of_both_sides_and_have_their_own_names() {
    let stories = Story::all();
    let mut names: Vec<&str> = stories.iter().map(|story| story.recit.as_str()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "a name is that of one story");
    for side in ["locataire", "bailleur"] {
        let told = stories.iter().filter(|story| story.qui == side).count();
        assert!(told >= 8, "{told} stories of a {side}");
    }
    for story in &stories {
        assert!(
            !story.dit.is_empty() && story.porte.contains(' '),
            "{}",
            story.recit
        );
        let sentences = story.histoire.matches(['.', '?', '!', '…']).count();
        assert!(
            (2..=7).contains(&sentences),
            "{} : {sentences} phrases",
            story.recit
        );
    }
}

#[test]
fn some_stories_reach_their_door_with_scripts() {
    let service = TestService::with_folder();
    let told: Vec<Story> = Story::all()
        .into_iter()
        .filter(|story| !story.avec_script.is_empty())
        .collect();
    assert!(told.len() >= 4, "{} stories with scripts", told.len());
    for story in told {
        let browser = Browser::start();
        browser.open(&service.page("/"));
        for step in &story.avec_script {
            take(&browser, step);
        }
        // With scripts one page serves both sides: the voice is no part of its address.
        let door = story.arrivee.trim_end_matches('/').trim_end_matches("-bailleur");
        browser.arrive(&story.recit, |address| address.contains(door));
        let said = plain(&browser.main_text()).to_lowercase();
        for words in story.dit.iter().chain(&story.dit_avec_script) {
            let words = plain(words).to_lowercase();
            assert!(
                said.contains(&words),
                "{} : « {words} » manque dans :\n{said}",
                story.recit
            );
        }
        assert_eq!(browser.faults(), Vec::<String>::new(), "{}", story.recit);
    }
}

/// One step of a walk with scripts: the answer to the question shown, or a link.
fn take(browser: &Browser, step: &str) {
    // The script puts the form in the place of the links.
    if browser.address().contains("/q/") {
        browser.wait_for("main form[data-kind]");
    }
    let kind = browser.run(
        "return document.querySelector('main form[data-kind]')?.dataset.kind ?? ''",
        Vec::new(),
    );
    let before = (browser.address(), browser.heading());
    match kind.as_str().unwrap_or_default() {
        "" => browser.follow(step.trim_end_matches('…')),
        "choix" | "cases" => {
            browser.choose(step.trim_end_matches('…'));
            browser.press("Question suivante");
        }
        "date" => {
            let day = day(step);
            browser.fill_named("reponse-jour", &day.day().to_string());
            browser.fill_named("reponse-mois", &day.month().to_string());
            browser.fill_named("reponse-annee", &day.year().to_string());
            browser.press("Question suivante");
        }
        "commune" => {
            browser.pick("Commune de Seine-Saint-Denis", step);
            browser.press("Question suivante");
        }
        _ => {
            browser.fill_named("reponse", step);
            browser.press("Question suivante");
        }
    }
    browser.arrive(&format!("after « {step} »"), |address| {
        address != before.0 || browser.heading() != before.1
    });
}

/// `il y a 89 jours`, `dans 95 jours`, or a date written `2026-03-01`.
fn day(step: &str) -> Date {
    let count = || step.split_whitespace().find_map(|word| word.parse::<i64>().ok());
    match (step.starts_with("il y a "), step.starts_with("dans ")) {
        (true, _) => law::today().saturating_sub(count().expect("days").days()),
        (_, true) => law::today().saturating_add(count().expect("days").days()),
        _ => step.parse().expect("a date"),
    }
}
