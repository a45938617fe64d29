//! How a question is asked: one group, its legend as title of the page, and no step that the person does
//! not ask for.

use std::time::Duration;

use tests::{Browser, TestService};

use super::{ask, at, before, case, fill, fragment, holds, resume, submit};

const TREE: &str = "Récupérer ou rendre le dépôt de garantie";

#[test]
fn radios_are_a_group_and_no_choice_moves_on() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    resume(&browser, &service, &Vec::new());
    at(&browser, "profil");
    let legend = browser.texts("main form fieldset > legend > h1");
    assert_eq!(legend, [browser.heading()], "the legend is the title of the page");
    assert!(holds(
        &browser,
        "document.querySelectorAll('main [type=radio]').length > 1
        && [...document.querySelectorAll('main [type=radio]')].every(e => e.closest('fieldset')
            === document.querySelector('main fieldset') && e.labels.length === 1 && e.name === 'reponse')"
    ));
    assert!(holds(
        &browser,
        "document.querySelector('main fieldset').getAttribute('aria-labelledby')
        .split(' ').includes(document.querySelector('main legend').id)"
    ));
    assert!(holds(&browser, "document.querySelector('main form').noValidate"));

    stays(&browser, || browser.tick("reponse", "bailleur"));
    stays(&browser, || browser.tick("reponse", "locataire"));
    // A date asks for no jump from field to field either.
    ask(&browser, &service, "date-cles");
    stays(&browser, || {
        browser.fill_named("reponse-jour", "31");
        browser.fill_named("reponse-mois", "12");
        browser.fill_named("reponse-annee", "2025");
    });
    let focus = browser.run("return document.activeElement.name", Vec::new());
    assert_eq!(focus, "reponse-annee");
    ask(&browser, &service, "commune");
    stays(&browser, || fill(&browser, "commune", "93066"));
}

/// Checks that nothing but the fields has changed after some action, and a while.
fn stays(browser: &Browser, action: impl Fn()) {
    let place = || {
        (
            browser.address(),
            browser.title(),
            browser.run("return history.length", Vec::new()),
        )
    };
    let before = place();
    let _ = browser.run("window.here = true", Vec::new());
    action();
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(place(), before, "answering is not sending");
    assert!(holds(browser, "window.here"), "the page is still the same");
}

#[test]
fn every_page_has_its_title_number_and_recap() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    resume(&browser, &service, &Vec::new());
    let mut titles = Vec::new();
    for (index, (id, text)) in case().iter().enumerate() {
        at(&browser, id);
        let title = browser.title();
        let wanted = format!("{} – {TREE} – Médiation Logement", browser.heading());
        assert_eq!(title, wanted);
        assert!(
            !titles.contains(&title),
            "« {title} » is the title of two questions"
        );
        titles.push(title);
        assert_eq!(
            browser.texts("[data-number]"),
            [format!("Question {}", index + 1)]
        );
        recap_holds(&browser, index);
        assert!(
            browser.address().ends_with(&fragment(&before(id))),
            "{} holds the answers so far",
            browser.address()
        );
        fill(&browser, id, text);
        submit(&browser);
    }
    super::at_outcome(&browser, "saisir-la-cdc");
    recap_holds(&browser, case().len());
    assert!(
        browser.title().starts_with("Vous pouvez saisir la commission"),
        "{}",
        browser.title()
    );
}

/// The recap shows this many answers, each with its question, its words and a link that says what it changes.
fn recap_holds(browser: &Browser, given: usize) {
    let place = browser.address();
    assert_eq!(
        holds(
            browser,
            "document.querySelector('[data-recap]').checkVisibility()"
        ),
        given > 0,
        "{place}"
    );
    let questions = browser.texts("[data-recap] dt");
    let links = browser.texts("[data-recap] dd a[href*='#v=']");
    assert_eq!((questions.len(), links.len()), (given, given), "{place}");
    let answers = browser.texts("[data-recap] dt + dd");
    assert!(
        answers.iter().all(|answer| !answer.is_empty()),
        "{place}: {answers:?}"
    );
    assert_eq!(answers.len(), given, "{place}");
    for (question, link) in questions.iter().zip(&links) {
        let said = link.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said, format!("Modifier : {question}"), "{place}");
    }
    assert!(
        given == 0 || browser.says("[data-recap] [data-clear]", "Effacer mes réponses"),
        "{place}"
    );
}
