//! The walk over the sample, once for all the tests that need it: each page is opened in five settings, and in each
//! every check that has something to see there is run.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tests::{Browser, Scheme, TestService, checks};

use super::sample;
use crate::visit;

/// Faults by the name of the test that they belong to.
type Found = BTreeMap<&'static str, Vec<String>>;

/// Higher than any page, so that all of it is in the window.
const WHOLE: u32 = 16_000;

/// Fails with what the walk found for this name; says in French what it looked at.
pub(super) fn expect_none(name: &str) -> String {
    static FOUND: OnceLock<(usize, Found)> = OnceLock::new();
    let (pages, found) = FOUND.get_or_init(walk);
    let wrong = found
        .get(name)
        .unwrap_or_else(|| panic!("the walk has no check {name}"));
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    format!("{pages} pages, une de chaque sorte au moins")
}

fn walk() -> (usize, Found) {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let mut found = Found::new();
    let addresses = sample::addresses();
    for address in &addresses {
        let mut look = Look {
            browser: &browser,
            address,
            page: service.page(address),
            found: &mut found,
        };
        look.on_a_desk();
        look.on_a_phone();
        look.turned();
        look.in_forced_colours();
        look.on_paper();
    }
    faulty_forms(&browser, &service, &mut found);
    (addresses.len(), found)
}

struct Look<'a> {
    browser: &'a Browser,
    address: &'a str,
    page: String,
    found: &'a mut Found,
}

impl Look<'_> {
    fn open(&self, width: u32, height: u32, scheme: Scheme, forced: bool, paper: bool) {
        self.browser.set_window(width, height);
        self.browser.emulate(scheme, forced, paper);
        self.browser.open(&self.page);
    }

    /// Runs the check `check`; its faults go to the test `name`.
    fn check(&mut self, name: &'static str, check: &str, setting: &str) {
        let wrong = checks::faults(self.browser, check);
        let told = wrong
            .into_iter()
            .map(|fault| format!("{} ({setting}): {fault}", self.address));
        self.found.entry(name).or_default().extend(told);
    }

    fn on_a_desk(&mut self) {
        self.open(1280, 800, Scheme::Light, false, false);
        for (name, check) in [
            ("focus-visible", "focus"),
            ("contraste-composants", "components"),
            ("couleurs-ensemble", "colours"),
            ("etiquette-accolee", "labels"),
            ("apparition", "hover"),
            ("mouvement-reduit", "motion"),
        ] {
            self.check(name, check, "desk, light");
        }
        self.browser.set_window(1280, WHOLE);
        self.browser.size_text(200);
        self.check("texte-double", "cut", "text at 200 %");
        self.browser.size_text(100);
        self.browser.widen_spaces(true);
        self.check("espacement", "cut", "desk");
        self.browser.widen_spaces(false);
        // What a window of 1280 shows once enlarged twice.
        self.browser.set_window(640, WHOLE);
        self.check("texte-double", "cut", "page at 200 %");
    }

    fn on_a_phone(&mut self) {
        self.open(320, 640, Scheme::Dark, false, false);
        for (name, check) in [
            ("focus-visible", "focus"),
            ("contraste-composants", "components"),
            ("couleurs-ensemble", "colours"),
            ("etiquette-accolee", "labels"),
            ("cibles", "targets"),
            ("sans-style", "plain"),
        ] {
            self.check(name, check, "phone, dark");
        }
        // 1280 × 1024 enlarged four times.
        self.browser.set_window(320, 256);
        self.check("ecran-etroit", "narrow", "320 × 256");
        self.browser.set_window(320, WHOLE);
        self.check("ecran-etroit", "cut", "320 wide");
        self.browser.widen_spaces(true);
        self.check("espacement", "cut", "320 wide");
    }

    fn turned(&mut self) {
        let words = |width, height| {
            self.browser.set_window(width, height);
            checks::faults(self.browser, "rotated")
        };
        self.browser.widen_spaces(false);
        let (upright, lying) = (words(360, 590), words(590, 360));
        let differ = (upright != lying).then(|| format!("{}: other words when turned", self.address));
        self.found.entry("orientation").or_default().extend(differ);
    }

    fn in_forced_colours(&mut self) {
        self.open(1280, 800, Scheme::Dark, true, false);
        self.check("couleurs-forcees", "forced", "forced colours");
        self.check("couleurs-forcees", "focus", "forced colours");
    }

    fn on_paper(&mut self) {
        self.open(794, 1123, Scheme::Light, false, true);
        self.check("impression", "print", "paper");
    }
}

/// The forms with their faults.
fn faulty_forms(browser: &Browser, service: &TestService, found: &mut Found) {
    browser.set_window(1280, 800);
    browser.emulate(Scheme::Light, false, false);
    for (name, prepare) in visit::FAULTY {
        prepare(browser, service);
        let mut look = Look {
            browser,
            address: name,
            page: String::new(),
            found,
        };
        look.check("erreurs-de-saisie", "errors", "desk");
        look.check("focus-visible", "focus", "desk");
        look.check("contraste-composants", "components", "desk");
    }
}
