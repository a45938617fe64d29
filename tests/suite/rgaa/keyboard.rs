//! The keyboard alone, key by key: the skip link, every stop in the order of the page, and out at the end.

use std::time::Duration;

use serde_json::Value;
use tests::process::eventually;
use tests::{Browser, Key, Scheme, TestService, record};

/// Marks the stops of the page with their rank, in the order of the document; a group of radio buttons is one stop.
const RANKS: &str = "
    const groups = new Set();
    let rank = 0;
    for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')) {
        if (!e.checkVisibility({visibilityProperty: true}) || e.disabled || e.tabIndex < 0 || e.closest('[inert]')) continue;
        if (e.type === 'radio') { if (groups.has(e.name)) continue; groups.add(e.name); }
        e.dataset.rank = rank++;
    }
    return rank;";

/// The rank of what has the focus, through its group for a radio button; -1 when the focus left the page.
const RANK: &str = "
    const e = document.activeElement;
    if (!e || e === document.body) return -1;
    const first = e.type === 'radio' ? document.querySelector(`input[name='${e.name}'][data-rank]`) : e;
    return Number((first ?? e).dataset.rank ?? -2);";

#[test]
fn every_stop_is_reached_in_order_and_left_again() {
    record::run("clavier", || {
        let service = TestService::with_folder();
        let browser = Browser::start();
        let pages = [
            "/",
            "/guides/depot-de-garantie/",
            "/diagnostics/depot-de-garantie/q/bail/",
            "/recherche/?q=caution",
            "/contact",
        ];
        for address in pages {
            browser.open(&service.page(address));
            if address.starts_with("/recherche") {
                browser.wait_for(".fr-pagination__link"); // what comes later is no part of the first look
            }
            walk(&browser, address);
        }
        phone_menu_and_settings(&browser, &service);
        format!("{} pages, touche par touche ; menu et réglages", pages.len())
    });
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

fn walk(browser: &Browser, address: &str) {
    // Scripts may still add a link to the page: its stops are counted once they are settled.
    let mut before = -1;
    let stops = eventually(Duration::from_secs(30), "a page that is settled", || {
        std::thread::sleep(Duration::from_millis(500));
        let stops = number(&browser.run(RANKS, Vec::new()));
        let settled = stops == before;
        before = stops;
        settled.then_some(stops)
    });
    assert!(stops > 20, "{address} has {stops} stops");
    for rank in 0..stops {
        browser.key(Key::Tab);
        let at = number(&browser.run(RANK, Vec::new()));
        assert_eq!(at, rank, "{address}: the stop after {} is {at}", rank - 1);
    }
    // After the last stop, the focus leaves the page: no trap.
    browser.key(Key::Tab);
    let at = number(&browser.run(RANK, Vec::new()));
    assert!(at <= 0, "{address}: after its last stop the focus is at {at}");
}

/// The menu of the phone and the settings window open, hold the focus, close with Escape and give it back.
fn phone_menu_and_settings(browser: &Browser, service: &TestService) {
    let has =
        |script: &str| browser.run(&format!("return Boolean({script})"), Vec::new()) == Value::Bool(true);
    browser.set_window(320, 640);
    browser.emulate(Scheme::Light, false, false);
    browser.open(&service.page("/"));
    let _ = browser.run("document.querySelector('#bouton-menu').focus()", Vec::new());
    browser.key(Key::Enter);
    browser.wait_for("#menu.fr-modal--opened");
    for _ in 0..30 {
        browser.key(Key::Tab);
        assert!(
            has(
                "document.querySelector('#menu').contains(document.activeElement) || document.activeElement === document.body"
            ),
            "the menu holds the focus"
        );
    }
    browser.key(Key::Escape);
    assert!(
        has("document.activeElement.id === 'bouton-menu'"),
        "the focus comes back to the button of the menu"
    );
    browser.set_window(1280, 800);
    browser.open(&service.page("/"));
    let _ = browser.run(
        "document.querySelector('[data-display-open]').focus()",
        Vec::new(),
    );
    browser.key(Key::Enter);
    browser.wait_for("dialog[open]");
    assert!(
        has("document.activeElement.closest('dialog')"),
        "the window takes the focus"
    );
    browser.key(Key::Escape);
    assert!(
        has(
            "document.activeElement.matches('[data-display-open]') && !document.querySelector('dialog[open]')"
        ),
        "the focus comes back to the button of the settings"
    );
}
