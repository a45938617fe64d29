//! Two walks over every page and state, which between them see each of them in light and in dark, on a
//! desk and on a small phone. On both: axe-core finds nothing, nothing is asked from elsewhere, no cookie
//! stays, and the console has no word to say. On the phone, nothing scrolls sideways either.

use tests::{Browser, Scheme, Screen, TestService, axe};

use crate::visit;

#[test]
fn every_page_in_light_on_a_desk() {
    walk(Screen::Desk, Scheme::Light);
}

#[test]
fn every_page_in_dark_on_a_phone() {
    walk(Screen::Phone, Scheme::Dark);
}

fn walk(screen: Screen, scheme: Scheme) {
    let service = TestService::with_folder();
    let browser = Browser::with(screen, scheme, true);
    axe::install(&browser);
    browser.open(&service.page("/"));
    let _ = (browser.requests(), browser.faults()); // what the empty first tab did
    let wrong = visit::every_page(&browser, &service, |browser| {
        let dark = browser.run(
            "return document.documentElement.dataset.frTheme === 'dark'",
            Vec::new(),
        );
        assert_eq!(
            dark,
            scheme == Scheme::Dark,
            "the page takes other colours than asked for"
        );
        let mut wrong = axe::faults(browser);
        wrong.extend(leaks(browser, service.origin()));
        if screen == Screen::Phone {
            wrong.extend(too_wide(browser));
        }
        wrong
    });
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What the page asked from elsewhere, left behind, or had to say on the console.
fn leaks(browser: &Browser, origin: &str) -> Vec<String> {
    let ours = |address: &str| address.starts_with(origin) || address.starts_with("data:");
    let elsewhere = browser.requests().into_iter().filter(|address| !ours(address));
    let mut found: Vec<_> = elsewhere.map(|address| format!("asks for {address}")).collect();
    found.extend(browser.faults().into_iter().filter(|fault| !expected(fault)));
    found.extend(
        browser
            .cookies()
            .into_iter()
            .map(|name| format!("leaves the cookie {name}")),
    );
    found
}

/// What the browser notes about an answer that is right to be a refusal: the form sent with faults.
fn expected(fault: &str) -> bool {
    let forms = ["/saisine", "/contact"];
    forms.iter().any(|form| fault.contains(form)) && fault.contains("status of 422")
}

/// The page if it is wider than the window, with the elements that stick out of it. What stands in a box
/// that scrolls by itself (a table of figures) is allowed to.
fn too_wide(browser: &Browser) -> Vec<String> {
    let script = "
        const width = document.documentElement.clientWidth;
        if (width !== 320) return [`the window is ${width} wide, not 320`];
        if (document.documentElement.scrollWidth <= width) return [];
        const style = e => getComputedStyle(e);
        const boxed = e => { for (let p = e.parentElement; p; p = p.parentElement)
            if (style(p).overflowX !== 'visible') return true; return false; };
        const out = e => e.getBoundingClientRect().right > width + 1
            || (style(e).display !== 'inline' && style(e).overflowX === 'visible' && e.scrollWidth > e.clientWidth + 1);
        const deepest = [...document.querySelectorAll('main *, header *, footer *')]
            .filter(e => out(e) && !boxed(e) && ![...e.children].some(out))
            .sort((a, b) => b.scrollWidth - a.scrollWidth);
        return [`is ${document.documentElement.scrollWidth} wide: `
            + deepest.slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ')];";
    let found = browser.run(script, Vec::new());
    let found = found.as_array().cloned().unwrap_or_default();
    found
        .iter()
        .filter_map(|fault| fault.as_str().map(str::to_owned))
        .collect()
}
