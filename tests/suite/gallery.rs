//! The gallery of components as `generator serve` shows it: every example of every component is valid HTML, and
//! axe-core finds nothing in it, in light and in dark colours.

use std::time::Duration;

use tests::preview::Preview;
use tests::process::eventually;
use tests::{Browser, Scheme, TestSite, axe, html, programs, referral, validator};

const GALLERY: &str = "/_apercu/composants/";
/// What the preview itself adds to a page, and its stream of changes, which never ends.
const PREVIEW: [&str; 2] = ["*/_apercu/apercu.js", "*/_apercu/changements"];

/// The preview of a small site with the project's theme.
fn preview(site: &TestSite) -> Preview {
    let mut preview = Preview::start(site);
    preview.wait_built();
    preview
}

fn fetched(preview: &Preview, address: &str) -> String {
    // The gallery comes with the end of the build, a moment after the first pages on a busy machine.
    eventually(Duration::from_secs(60), address, || {
        let answer = referral::client().get(preview.page(address)).send();
        let answer = answer.expect("the preview answers");
        (answer.status() == 200).then(|| answer.text().expect("a page is text"))
    })
}

/// Addresses of the examples that the index of the gallery leads to.
fn examples(preview: &Preview) -> Vec<String> {
    let index = scraper::Html::parse_document(&fetched(preview, GALLERY));
    html::attributes(&index, "main a", "href")
}

/// What both tools say of these examples.
fn faults(preview: &Preview, addresses: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<_> = addresses
        .iter()
        .map(|address| {
            let name = address.trim_matches('/').replace('/', "-");
            let file = folder.path().join(format!("{name}.html"));
            std::fs::write(&file, fetched(preview, address)).expect("a file can be written");
            file
        })
        .collect();
    let mut wrong = validator::errors(&files);
    let browser = Browser::start();
    axe::install(&browser);
    browser.block(&PREVIEW);
    for address in addresses {
        browser.emulate(Scheme::Light, false, false);
        browser.open(&preview.page(address));
        let mut found = axe::faults(&browser);
        browser.emulate(Scheme::Dark, false, false);
        browser.settle();
        found.extend(axe::colour_faults(&browser));
        wrong.extend(found.into_iter().map(|fault| format!("{address} {fault}")));
    }
    wrong
}

#[test]
fn every_example_of_every_component_is_valid_and_accessible() {
    let site = TestSite::small();
    let preview = preview(&site);
    let addresses = examples(&preview);
    let components = programs::repository().join("theme/components");
    for component in std::fs::read_dir(components).expect("the theme has components") {
        let component = component.expect("a folder can be read").file_name();
        let place = format!("{GALLERY}{}/", component.to_string_lossy());
        assert!(
            addresses.iter().any(|address| address.starts_with(&place)),
            "{place}: every component has an example"
        );
    }
    let wrong = faults(&preview, &addresses);
    assert!(
        wrong.is_empty(),
        "{} faults in {} examples\n{}",
        wrong.len(),
        addresses.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_bad_example_is_caught_by_both_tools() {
    let site = TestSite::small();
    site.write(
        "theme/components/highlight/examples.yaml",
        "- nom: champ sans étiquette\n  contenu: <p><input type=\"text\" id=\"a\"><b id=\"a\">Sans nom</b></p>\n",
    );
    let preview = preview(&site);
    let place = format!("{GALLERY}highlight/1/");
    let wrong = faults(&preview, &[place]).join("\n");
    assert!(wrong.contains("Duplicate ID"), "the HTML checker: {wrong}");
    assert!(wrong.contains("label ("), "axe-core: {wrong}");
}
