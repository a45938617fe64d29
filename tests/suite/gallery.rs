//! The components as contracts: each example, as the preview shows it, is valid HTML and gives axe-core nothing to say,
//! in light and dark, on a desk and on a phone.

use std::process::Command;
use std::time::Duration;

use tests::html::attributes;
use tests::process::Process;
use tests::{Browser, Scheme, axe, programs, referral, validator};

/// Where the preview lists them.
const GALLERY: &str = "/_apercu/composants/";

/// A preview of the project's own site, on a free port.
fn preview() -> (Process, String) {
    let port = programs::free_port();
    let mut command = Command::new(programs::program("generator"));
    command
        .args([
            "serve",
            "--date",
            tests::site::TODAY,
            "--port",
            &port.to_string(),
            "--root",
        ])
        .arg(programs::repository());
    let mut process = Process::start(&mut command);
    let origin = process.wait_for(Duration::from_secs(240), |line| {
        let at = line.find("http://")?;
        Some(line[at..].split_whitespace().next()?.to_owned())
    });
    (process, origin)
}

#[test]
fn every_example_is_valid_and_accessible() {
    let (mut process, origin) = preview();
    let client = referral::client();
    let get = |address: &str| {
        client
            .get(format!("{origin}{address}"))
            .send()
            .unwrap()
            .text()
            .unwrap()
    };
    let list = scraper::Html::parse_document(&get(GALLERY));
    let examples = attributes(&list, "main li a", "href");
    let folders = std::fs::read_dir(programs::repository().join("theme/components"))
        .unwrap()
        .count();
    assert!(
        examples.len() >= folders,
        "{} examples for {folders} components",
        examples.len()
    );

    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = examples
        .iter()
        .map(|address| {
            let path = folder
                .path()
                .join(format!("{}.html", address.trim_matches('/').replace('/', "-")));
            std::fs::write(&path, get(address)).unwrap();
            path
        })
        .collect();
    let mut wrong = validator::errors(&files);

    let browser = Browser::start();
    axe::install(&browser);
    for address in &examples {
        browser.set_window(1280, 800);
        browser.emulate(Scheme::Light, false, false);
        browser.open(&format!("{origin}{address}"));
        let mut found = axe::faults(&browser);
        browser.set_window(320, 640);
        browser.emulate(Scheme::Dark, false, false);
        browser.settle();
        found.extend(axe::colour_faults(&browser));
        wrong.extend(found.into_iter().map(|fault| format!("{address}: {fault}")));
    }
    process.terminate(Duration::from_secs(5));
    println!("{} examples of {folders} components", examples.len());
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}
