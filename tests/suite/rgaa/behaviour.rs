//! What a page does: messages that are announced, no move that nobody asked for, no gesture that cannot be made
//! otherwise, and everything without script.

use serde_json::json;
use tests::html::attributes;
use tests::{Browser, Scheme, TestService, TestSite, checks, folder, programs, record};

use super::sample;

/// What a gesture, a sensor or a single key would listen to.
const GESTURES: [&str; 12] = [
    "\"touchstart\"",
    "\"touchmove\"",
    "\"touchend\"",
    "\"pointerdown\"",
    "\"pointermove\"",
    "\"mousedown\"",
    "\"mousemove\"",
    "\"dragstart\"",
    "\"wheel\"",
    "\"devicemotion\"",
    "\"deviceorientation\"",
    "\"keypress\"",
];

#[test]
fn no_gesture_no_sensor_no_shortcut() {
    record::run("gestes", || {
        let scripts = folder::files(&programs::repository().join("theme/scripts"));
        let mut listeners = 0;
        for path in scripts
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "js"))
        {
            let text = std::fs::read_to_string(path).unwrap();
            let found: Vec<_> = GESTURES
                .iter()
                .filter(|gesture| text.contains(**gesture))
                .collect();
            assert!(found.is_empty(), "{} listens to {found:?}", path.display());
            listeners += text.matches("addEventListener(\"click\"").count();
            // A key is listened to for the tabs and Escape alone, never a letter by itself.
            let keys = text.contains("addEventListener(\"keydown\"");
            let known = ["tabs.js", "menu.js"].iter().any(|name| path.ends_with(name));
            assert!(!keys || known, "{} listens to keys", path.display());
        }
        assert!(listeners > 5, "presses are listened to at their end: {listeners}");
        let pages = TestSite::real().pages();
        for page in &pages {
            let shortcuts = attributes(&page.document(), "[accesskey]", "accesskey");
            assert!(
                shortcuts.is_empty(),
                "{} has shortcuts: {shortcuts:?}",
                page.address
            );
        }
        format!("tous les scripts, {} pages", pages.len())
    });
}

/// Changes each field of each form of the page; the address, the title, the focus and the windows stay.
const CHANGE: &str = "
    const wrong = [];
    const before = [location.href, document.title];
    for (const field of document.querySelectorAll('main :is(input:not([type=hidden], [type=file]), select, textarea)')) {
        if (!field.checkVisibility() || field.closest('[aria-hidden=true]')) continue;
        field.focus();
        if (field.type === 'radio' || field.type === 'checkbox') field.click();
        else {
            if (field.localName === 'select') field.selectedIndex = field.options.length - 1; else field.value = '1';
            field.dispatchEvent(new Event('input', {bubbles: true}));
            field.dispatchEvent(new Event('change', {bubbles: true}));
        }
        if (document.activeElement !== field) wrong.push(`the focus leaves ${field.name}`);
        if (location.href !== before[0] || document.title !== before[1]) wrong.push(`${field.name} changes the page`);
    }
    return wrong;";

#[test]
fn changing_a_field_moves_nothing() {
    record::run("changement-de-contexte", || {
        let service = TestService::with_folder();
        let browser = Browser::start();
        let addresses = sample::addresses();
        for address in &addresses {
            browser.open(&service.page(address));
            let before = browser.address();
            let wrong = browser.run(CHANGE, Vec::new());
            assert_eq!(wrong, json!([]), "{address}");
            assert_eq!(
                browser.address(),
                before,
                "{address}: no page is left by a change"
            );
        }
        format!("{} pages, chaque champ", addresses.len())
    });
}

#[test]
fn messages_are_announced() {
    record::run("messages-de-statut", || {
        let service = TestService::with_folder();
        let browser = Browser::start();
        let status = "main [role=status]";
        let says = |what: &str, words: &str| {
            browser.arrive(what, |_| browser.says(status, words));
        };
        browser.open(&service.page("/recherche/?q=caution"));
        says("the count of results", "résultat");
        browser.open(&service.page("/recherche/?q=xyzzyxyzzy"));
        says("that nothing was found", "Aucun résultat");
        browser.open(&service.page("/communes/?q=saint"));
        says("the count of communes", "commune");
        browser.allow_clipboard(service.origin(), true);
        browser.open(&service.page("/courriers/mise-en-demeure-depot-de-garantie/"));
        browser.press("Copier la lettre");
        says("that the letter is copied", "copiée");
        browser.open(&service.page("/diagnostics/depot-de-garantie/"));
        browser.follow("Commencer");
        browser.press("Question suivante");
        browser.wait_for("main [role=alert]");
        "recherche, communes, copie d'une lettre, question sans réponse".to_owned()
    });
}

#[test]
fn every_page_serves_without_script() {
    record::run("sans-script", || {
        let service = TestService::with_folder();
        let browser = Browser::start();
        browser.block(&["*/assets/s-*"]);
        let addresses = sample::addresses();
        for (width, scheme) in [(1280, Scheme::Light), (320, Scheme::Dark)] {
            browser.set_window(width, 800);
            browser.emulate(scheme, false, false);
            for address in &addresses {
                browser.open(&service.page(address));
                let wrong = checks::faults(&browser, "noscript");
                assert!(wrong.is_empty(), "{address} at {width}: {wrong:#?}");
            }
        }
        format!("{} pages, 320 et 1280 pixels", addresses.len())
    });
}
