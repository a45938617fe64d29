//! The page of an outcome: only for the answers that lead to it, and what can be taken away from it.

use jiff::ToSpan;
use tests::browser::plain;
use tests::{Browser, TestService, law};

use super::shown_fragment;
use super::{Answers, START, at, at_outcome, before, case, changed, fragment, holds, keys_day, resume};

#[test]
fn answers_that_lead_elsewhere_are_taken_there() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let open = |page: &str, answers: &Answers| {
        browser.open("about:blank");
        browser.open(&service.page(&format!("{START}{page}{}", fragment(answers))));
    };
    open("resultat/tout-rendu/", &case());
    at_outcome(&browser, "saisir-la-cdc");
    let there = service.page(&format!("{START}resultat/saisir-la-cdc/#"));
    assert!(browser.address().starts_with(&there), "{}", browser.address());
    // The mark of the day stands beside the answers.
    assert_eq!(shown_fragment(&browser), fragment(&case()));
    assert!(holds(
        &browser,
        "history.length === 1 || !document.referrer.includes('tout-rendu')"
    ));

    // The landlord's page for a landlord.
    let landlord = changed(case(), &[("profil", "bailleur")]);
    open("resultat/saisir-la-cdc/", &landlord);
    browser.arrive("the landlord's page", |address| {
        address.contains("/resultat/saisir-la-cdc-bailleur/#")
    });
    at_outcome(&browser, "saisir-la-cdc");
    assert_eq!(shown_fragment(&browser), fragment(&landlord));

    // Answers that do not lead to an end yet: the question that is missing. The tab knew all of them.
    let _ = browser.run("sessionStorage.clear()", Vec::new());
    open("resultat/saisir-la-cdc/", &before("loyer"));
    at(&browser, "loyer");
    assert_eq!(shown_fragment(&browser), fragment(&before("loyer")));

    // Without answers the page stands for everybody, with an example.
    let _ = browser.run("sessionStorage.clear()", Vec::new());
    browser.open(&service.page(&format!("{START}resultat/tout-rendu/")));
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(
        browser.address(),
        service.page(&format!("{START}resultat/tout-rendu/"))
    );
    assert!(!holds(
        &browser,
        "document.querySelector('[data-recap]').checkVisibility()"
    ));
}

#[test]
fn result_is_copied_as_a_link_and_printed() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    resume(&browser, &service, &case());
    at_outcome(&browser, "saisir-la-cdc");
    let said = || browser.texts("[data-status][role=status]").join("\n");
    assert_eq!(said(), "", "nothing is said before");

    browser.allow_clipboard(service.origin(), true);
    browser.press("Copier le lien");
    browser.wait_for("[data-status] p");
    assert!(said().contains("Le lien est copié"), "{}", said());
    let copied = browser.run("return navigator.clipboard.readText()", Vec::new());
    assert_eq!(copied, browser.address());
    let focus = browser.run("return document.activeElement.innerText", Vec::new());
    assert_eq!(
        focus, "Copier le lien de ce résultat",
        "the focus stays on the button"
    );

    browser.allow_clipboard(service.origin(), false);
    browser.press("Copier le lien");
    tests::process::eventually(std::time::Duration::from_secs(5), "the refusal", || {
        said().contains("n'a pas pu être copié").then_some(())
    });

    let _ = browser.run(
        "window.print = () => { window.printed = (window.printed ?? 0) + 1 }",
        Vec::new(),
    );
    browser.press("Imprimer ce résultat");
    assert!(holds(&browser, "window.printed === 1"));
}

#[test]
fn calendar_file_has_the_right_days() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    // Keys given back ten days ago, inventories that agree: one month. Then without agreement: two.
    let keys = law::today().saturating_sub(10.days());
    for (inventory, agree) in [("conforme", true), ("pas-de-sortie", false)] {
        let mut answers = changed(before("adresse"), &[("restitution", "rien"), ("edl", inventory)]);
        answers = changed(answers, &[("date-cles", &keys.to_string())]);
        resume(&browser, &service, &answers);
        at_outcome(&browser, "dans-les-delais");
        let last = law::deadline(keys, agree);
        assert!(browser.says("[data-deadline] [data-v]", &law::in_words(last)));
        let file = downloaded(&browser);
        let lines: Vec<_> = file.split("\r\n").collect();
        assert_eq!(lines.first(), Some(&"BEGIN:VCALENDAR"));
        let day = format!("DTSTART;VALUE=DATE:{}", last.strftime("%Y%m%d"));
        assert_eq!(
            lines
                .iter()
                .filter(|line| line.starts_with("DTSTART"))
                .collect::<Vec<_>>(),
            [&day]
        );
        let whole = plain(&file.replace("\r\n ", ""));
        assert!(
            whole.contains("\nSUMMARY:Date limite pour rendre le dépôt de garantie"),
            "{whole}"
        );
        assert!(browser.says("[data-status][role=status]", "echeances.ics"));
    }
    // The far end: three years after the keys, for who must hurry.
    let keys = keys_day().saturating_sub(30.months());
    let answers = changed(case(), &[("date-cles", &keys.to_string())]);
    resume(&browser, &service, &answers);
    at_outcome(&browser, "agir-vite");
    let last = keys.saturating_add(3.years());
    let file = downloaded(&browser);
    assert!(
        file.contains(&format!("DTSTART;VALUE=DATE:{}\r\n", last.strftime("%Y%m%d"))),
        "{file}"
    );
}

/// Presses the button of the calendar; gives back the file that the browser was handed.
fn downloaded(browser: &Browser) -> String {
    let watch = "const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = blob => { window.file = blob; return make(blob); };
        addEventListener('click', e => { if (e.target.download) window.named = e.target.download; }, true);";
    let _ = browser.run(watch, Vec::new());
    browser.press("Ajouter ces dates à mon agenda");
    browser.wait_for("[data-status] p"); // what makes the file may come with the press
    let file = browser.run("return [window.named, window.file.type]", Vec::new());
    assert_eq!(
        (file[0].as_str(), file[1].as_str()),
        (Some("echeances.ics"), Some("text/calendar"))
    );
    let text = browser.run("return window.file.text()", Vec::new());
    text.as_str().expect("the file is text").to_owned()
}
