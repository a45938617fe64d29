//! The page where anybody compares the two engines in their own browser.

use std::time::Duration;

use tests::process::eventually;
use tests::{Browser, TestService, axe};

use super::holds;

#[test]
fn both_engines_agree_in_the_browser() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.open(&service.page("/conformite/"));
    assert_eq!(
        browser.texts("[data-suite] [role=status]"),
        [""],
        "nothing runs by itself"
    );
    browser.press("Lancer la comparaison");
    let said = eventually(Duration::from_secs(60), "the end of the comparison", || {
        let said = browser.texts("[data-suite] [role=status]").join("\n");
        said.contains("Durée").then_some(said)
    });
    assert!(said.contains("cas comparés, 0 écart."), "{said}");
    let compared: String = said
        .split("cas")
        .next()
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    assert!(compared.parse::<u32>().unwrap_or(0) > 1000, "{said}");
    let results = browser.texts("[data-suite] td[data-result]");
    assert!(
        results.len() >= 4,
        "the tables and at least three trees: {results:?}"
    );
    assert!(
        results.iter().all(|result| result.ends_with("cas, aucun écart")),
        "{results:?}"
    );
    assert!(holds(&browser, "document.querySelector('[data-gaps]').hidden"));
    assert!(holds(
        &browser,
        "document.activeElement === document.querySelector('[data-suite] button')"
    ));
    assert!(browser.faults().is_empty(), "the console has nothing to say");
    let faults = axe::faults(&browser);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
