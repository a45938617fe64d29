//! The HTML checker on every built file and on what the service answers, and that dark is dark.
//! axe-core goes over every page in `walks.rs`.

use tests::{Browser, Scheme, Screen, TestService, TestSite, folder, validator};

#[test]
fn dark_pages_are_really_dark() {
    let service = TestService::with_folder();
    let browser = Browser::with(Screen::Desk, Scheme::Dark, true);
    browser.open(&service.page("/"));
    let colour = browser.run(
        "return getComputedStyle(document.body).backgroundColor",
        Vec::new(),
    );
    let colour = colour.as_str().unwrap_or_default();
    let parts = colour.trim_start_matches("rgb(").trim_end_matches(')').split(',');
    let parts: Vec<u32> = parts.filter_map(|part| part.trim().parse().ok()).collect();
    assert!(
        parts.len() == 3 && parts.iter().all(|part| *part < 64),
        "the background is {colour}"
    );
}

#[test]
fn every_built_file_is_valid_html() {
    tests::record::run("html", || {
        let files = folder::files(&TestSite::real().dist()).into_iter();
        let pages: Vec<_> = files
            .filter(|path| path.extension().is_some_and(|end| end == "html"))
            .collect();
        // The templates of the service are parts of a page; the page around them, `shell.html`, is whole.
        let whole: Vec<_> = pages
            .into_iter()
            .filter(|path| !path.to_string_lossy().contains("/templates/"))
            .collect();
        assert!(
            whole.iter().any(|path| path.ends_with(".service/shell.html")),
            "the service's page is checked too"
        );
        let errors = validator::errors(&whole);
        assert!(
            errors.is_empty(),
            "{} errors\n{}",
            errors.len(),
            errors.join("\n")
        );
        format!("{} pages", whole.len())
    });
}

#[test]
fn the_served_pages_are_valid_html() {
    let service = TestService::with_folder();
    let folder = tempfile::tempdir().unwrap();
    let client = tests::referral::client();
    let open = tests::referral::OpenForm::read(&service);
    let confirmation = tests::referral::accepted(open.post(tests::referral::ANSWERS, &[]));
    let get = |address: &str| client.get(service.page(address)).send().unwrap().text().unwrap();
    let answers = [
        ("form", get("/saisine")),
        (
            "faults",
            tests::referral::OpenForm::read(&service)
                .post(&[], &[])
                .text()
                .unwrap(),
        ),
        ("confirmation", get(&confirmation)),
        ("missing", get("/adresse-qui-n-existe-pas/")),
    ];
    let files = answers.map(|(name, page)| {
        let path = folder.path().join(format!("{name}.html"));
        std::fs::write(&path, page).unwrap();
        path
    });
    let errors = validator::errors(&files);
    assert!(
        errors.is_empty(),
        "{} errors\n{}",
        errors.len(),
        errors.join("\n")
    );
}
