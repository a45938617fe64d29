//! axe-core on every page of the site, in light and dark, on a desk and on a small phone, with and without script.
//! About an hour of two cores: `make accessibility` runs it; `make test` has the two walks of `walks.rs`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tests::{Browser, Scheme, TestService, TestSite, axe, record};

use super::sample;
use crate::visit;

/// The four settings: width, colours, and whether all rules are run. In the other colours of the same width the page
/// has the same elements in the same places: only the rules on colours can answer otherwise.
const SETTINGS: [(u32, Scheme, bool); 4] = [
    (1280, Scheme::Light, true),
    (1280, Scheme::Dark, false),
    (320, Scheme::Dark, true),
    (320, Scheme::Light, false),
];
/// Files of the scripts, which a page without script does not get.
const SCRIPTS: &str = "*/assets/s-*";

#[derive(Default)]
struct Tally {
    pages: AtomicUsize,
    examined: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

/// One page of each kind and every state: what `make test` looks at.
#[test]
fn one_page_of_each_kind_in_every_setting() {
    record::run("axe", || see(&sample::addresses(), 1));
}

#[test]
#[ignore = "an hour: `make accessibility` runs it"]
fn every_page_in_every_setting() {
    let mut all: Vec<String> = TestSite::real()
        .pages()
        .into_iter()
        .map(|page| page.address)
        .collect();
    all.push("/recherche/?q=caution".to_owned());
    let number = |name: &str| {
        let text = std::env::var(name).ok();
        text.map(|text| text.parse::<usize>().expect("a number"))
    };
    let browsers = number("BROWSERS").unwrap_or(2);
    // One page in so many is a quick look, never recorded as a whole run.
    if let Some(every) = number("EVERY") {
        let some: Vec<String> = all.into_iter().step_by(every).collect();
        see(&some, browsers);
    } else {
        record::run("axe-toutes-les-pages", || see(&all, browsers));
    }
}

/// Examines these pages and every state with this many browsers; says in French what was seen.
fn see(all: &[String], browsers: usize) -> String {
    let service = TestService::with_folder();
    let next = AtomicUsize::new(0);
    let tally = Tally::default();
    let origin = service.origin();
    std::thread::scope(|scope| {
        for _ in 0..browsers {
            scope.spawn(|| {
                let browser = Browser::start();
                axe::install(&browser);
                while let Some(address) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    page(&browser, origin, address, &tally);
                }
            });
        }
    });
    states(&service, &tally);
    let (pages, examined) = (tally.pages.into_inner(), tally.examined.into_inner());
    let wrong = tally.wrong.into_inner().expect("no thread panicked");
    println!(
        "{pages} pages and states, {examined} examinations, {} faults",
        wrong.len()
    );
    assert_eq!(pages, all.len() + visit::count(), "every page was seen");
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    format!(
        "{pages} pages et états, clair et sombre, 320 et 1280 pixels, avec et sans script : {examined} examens, aucune faute"
    )
}

fn page(browser: &Browser, origin: &str, address: &str, tally: &Tally) {
    for scripts in [true, false] {
        browser.block(if scripts { &[] } else { &[SCRIPTS] });
        let place = format!("{origin}{address}");
        browser.set_window(SETTINGS[0].0, 800);
        browser.emulate(SETTINGS[0].1, false, false);
        browser.open(&place);
        let runs = browser.run(
            "return document.documentElement.classList.contains('js')",
            Vec::new(),
        );
        assert_eq!(runs, Value::Bool(scripts), "{address}: scripts run as asked");
        let said = if scripts { "with script" } else { "without script" };
        examine(browser, &format!("{address} {said}"), scripts, tally);
    }
    let done = tally.pages.fetch_add(1, Ordering::Relaxed) + 1;
    if done.is_multiple_of(50) {
        println!(
            "{done} pages, {} examinations",
            tally.examined.load(Ordering::Relaxed)
        );
    }
}

/// The page shown, in each setting.
fn examine(browser: &Browser, place: &str, scripts: bool, tally: &Tally) {
    for (width, scheme, whole) in SETTINGS {
        browser.set_window(width, 800);
        browser.emulate(scheme, false, false);
        browser.settle();
        if scripts {
            let theme = browser.run(
                "return document.documentElement.dataset.frTheme === 'dark'",
                Vec::new(),
            );
            assert_eq!(
                theme,
                Value::Bool(scheme == Scheme::Dark),
                "{place}: the colours follow the system"
            );
        }
        let found = if whole {
            axe::faults(browser)
        } else {
            axe::colour_faults(browser)
        };
        let told = found
            .into_iter()
            .map(|fault| format!("{place} ({width}, {scheme:?}): {fault}"));
        tally.wrong.lock().expect("no thread panicked").extend(told);
        tally.examined.fetch_add(1, Ordering::Relaxed);
    }
}

/// The states that no address alone shows; each needs its script, or comes from the service.
fn states(service: &TestService, tally: &Tally) {
    let browser = Browser::start();
    axe::install(&browser);
    for (name, prepare) in visit::STATES.iter().chain(visit::FAULTY) {
        browser.set_window(1280, 800);
        browser.emulate(Scheme::Light, false, false);
        prepare(&browser, service);
        examine(&browser, name, true, tally);
        tally.pages.fetch_add(1, Ordering::Relaxed);
    }
}
