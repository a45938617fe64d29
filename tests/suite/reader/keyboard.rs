//! The questionnaire without a mouse: order of the stops, keys that answer, and a focus that is seen.

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Browser, Key, TestService};

use super::{ask, at, fragment, holds, shown_fragment};

/// What has the focus: its kind and its words; and whether it, and it alone, is outlined in the window.
const STOP: &str = "
    const focus = document.activeElement;
    const outlined = (e, part) => { const s = getComputedStyle(e, part);
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 && s.outlineColor !== 'rgba(0, 0, 0, 0)'
            && (!part || s.content !== 'none'); };
    const seen = e => [e, ...(e.labels ?? [])].some(x => [null, '::before', '::after'].some(part => outlined(x, part)));
    // A label for screen readers alone has no box of its own.
    const label = focus.labels?.[0]?.getBoundingClientRect();
    const box = label?.width > 1 ? label : focus.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1;
    const others = [...document.querySelectorAll('main a, main button, main input')].filter(e => e !== focus && seen(e));
    const words = (focus.labels?.[0] ?? focus).innerText.trim().replace(/\\s+/g, ' ');
    return [focus.type || focus.localName, words, seen(focus) && inside && others.length === 0];";

/// One stop of the Tab key.
#[derive(Debug)]
struct Stop {
    kind: String,
    words: String,
    seen: bool,
}

/// The stop where the focus is, once what brings it into view has ended.
fn stop(browser: &Browser) -> Stop {
    let deadline = Instant::now() + Duration::from_secs(1);
    loop {
        let stop = look(browser);
        if stop.seen || Instant::now() > deadline {
            return stop;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn look(browser: &Browser) -> Stop {
    let found = browser.run(STOP, Vec::new());
    let text = |at: usize| tests::browser::plain(found[at].as_str().unwrap_or_default());
    Stop {
        kind: text(0),
        words: text(1),
        seen: found[2] == Value::Bool(true),
    }
}

/// Presses Tab until the focus is on these words; every stop on the way is seen.
fn tab_to(browser: &Browser, words: &str) -> Stop {
    let mut stops = Vec::new();
    for _ in 0..40 {
        browser.key(Key::Tab);
        let stop = stop(browser);
        assert!(
            stop.seen,
            "the focus is not seen on {stop:?} at {}",
            browser.address()
        );
        if stop.words.starts_with(words) {
            return stop;
        }
        stops.push(stop);
    }
    panic!("Tab does not reach « {words} »; it stops at {stops:#?}");
}

#[test]
fn keyboard_alone_answers_and_shows_where_it_is() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    ask(&browser, &service, "residence");
    let fragment = fragment(&super::before("residence"));
    // The way around the header, which leaves the answers in the address.
    browser.key(Key::Tab);
    let first = stop(&browser);
    assert_eq!(
        (first.kind.as_str(), first.words.as_str(), first.seen),
        ("a", "Contenu", true)
    );
    browser.key(Key::Enter);
    assert!(
        holds(&browser, "document.activeElement.id === 'contenu'"),
        "the skip link moves the focus"
    );
    assert_eq!(
        shown_fragment(&browser),
        fragment,
        "the skip link keeps the answers"
    );

    browser.key(Key::Tab);
    assert_eq!(
        stop(&browser).kind,
        "radio",
        "the answers come first in the content"
    );
    let picked = || {
        browser.run(
            "return document.querySelector('main :checked')?.value ?? null",
            Vec::new(),
        )
    };
    assert_eq!(picked(), Value::Null, "the focus alone picks nothing");
    browser.key(Key::Space);
    assert_eq!(picked(), "oui");
    browser.key(Key::Down);
    assert_eq!(picked(), "non");
    assert!(stop(&browser).seen);
    browser.key(Key::Up);
    assert_eq!(picked(), "oui");
    assert_eq!(
        shown_fragment(&browser),
        fragment,
        "arrows answer, they do not send"
    );
    assert_eq!(tab_to(&browser, "Question suivante").kind, "submit");
    tab_to(&browser, "Question précédente");
    tab_to(&browser, "Modifier");
    tab_to(&browser, "Effacer mes réponses");
    back_to_the_button(&browser);
    browser.key(Key::Enter);
    at(&browser, "bail");
    fields_are_sent_by_enter(&browser, &service);
}

fn back_to_the_button(browser: &Browser) {
    for _ in 0..6 {
        browser.back_tab();
        if stop(browser).words == "Question suivante" {
            return;
        }
    }
    panic!(
        "Shift and Tab do not go back to the button, but to {:?}",
        stop(browser)
    );
}

/// Enter in a radio button or a field sends the form, on a mistake too.
fn fields_are_sent_by_enter(browser: &Browser, service: &TestService) {
    tab_to(browser, "Logement loué vide");
    browser.key(Key::Space);
    browser.key(Key::Enter);
    at(browser, "cles");
    ask(browser, service, "date-cles");
    assert_eq!(tab_to(browser, "Jour").kind, "text");
    browser.key(Key::Enter);
    browser.wait_for("[data-errors] .fr-alert--error:focus");
    browser.key(Key::Tab);
    assert!(stop(browser).seen, "the link of the summary is outlined");
    browser.key(Key::Enter);
    let day = super::keys_day();
    let parts = [
        i32::from(day.day()),
        i32::from(day.month()),
        i32::from(day.year()),
    ];
    for (part, number) in ["Jour", "Mois", "Année"].into_iter().zip(parts) {
        assert_eq!(stop(browser).words, part);
        browser.keys(&number.to_string());
        if part != "Année" {
            browser.key(Key::Tab);
        }
    }
    browser.key(Key::Enter);
    at(browser, "edl");
    assert!(shown_fragment(browser).ends_with(&format!("&date-cles={day}")));
}
