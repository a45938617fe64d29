//! Every page on a small phone: nothing to scroll sideways, nothing that axe-core refuses. And what a
//! page asks for and leaves behind: nothing from elsewhere, no cookie, no word on the console.

use tests::{Browser, Scheme, Screen, TestService, axe};

use crate::visit;

#[test]
fn nothing_scrolls_sideways_on_a_phone() {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Phone, Scheme::Light, true);
    let wrong = visit::every_page(&browser, &service, |browser| {
        let mut wrong = too_wide(browser);
        wrong.extend(axe::faults(browser));
        wrong
    });
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// The page if it is wider than the window, with the elements that stick out of it. What stands in a box
/// that scrolls by itself (a table of figures) is allowed to.
fn too_wide(browser: &Browser) -> Vec<String> {
    let script = "
        const width = document.documentElement.clientWidth;
        if (width !== 320) return [`the window is ${width} wide, not 320`];
        if (document.documentElement.scrollWidth <= width) return [];
        const boxed = e => { for (let p = e.parentElement; p; p = p.parentElement)
            if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false; };
        const out = [...document.body.querySelectorAll('*')]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !boxed(e));
        return [`is ${document.documentElement.scrollWidth} wide: `
            + out.slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join(' | ')];";
    let found = browser.run(script, Vec::new());
    let found = found.as_array().cloned().unwrap_or_default();
    found
        .iter()
        .filter_map(|fault| fault.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn pages_keep_to_themselves() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.open(&service.page("/"));
    let _ = (browser.requests(), browser.faults());
    let origin = service.origin().to_owned();
    let wrong = visit::every_page(&browser, &service, |browser| {
        let ours = |address: &str| address.starts_with(&origin) || address.starts_with("data:");
        let elsewhere = browser.requests().into_iter().filter(|address| !ours(address));
        let mut wrong: Vec<_> = elsewhere.map(|address| format!("asks for {address}")).collect();
        wrong.extend(browser.faults().into_iter().filter(|fault| !expected(fault)));
        wrong.extend(
            browser
                .cookies()
                .into_iter()
                .map(|name| format!("leaves the cookie {name}")),
        );
        wrong
    });
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What the browser notes about an answer that is right to be a refusal: the form sent with faults.
fn expected(fault: &str) -> bool {
    fault.contains("/saisine") && fault.contains("status of 422")
}
