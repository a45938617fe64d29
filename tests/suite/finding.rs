//! Finding things: the search, the communes, the glossary, the frequent questions.

use serde_json::Value;
use tests::{Browser, TestService, TestSite, folder, html};

fn ask(browser: &Browser, service: &TestService, address: &str) -> String {
    browser.open(&service.page(address));
    browser.wait_for("[data-results]:not([hidden]), [data-none]:not([hidden])");
    browser.texts("[data-status]").join(" ")
}

/// Addresses of the results shown, in order.
fn results(browser: &Browser) -> Vec<String> {
    let found = browser.run(
        "return [...document.querySelectorAll('[data-results] h3 a')].map((a) => a.getAttribute('href'))",
        Vec::new(),
    );
    let found = found.as_array().cloned().unwrap_or_default();
    found
        .iter()
        .filter_map(Value::as_str)
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn the_word_that_people_type_finds_what_the_law_calls_it() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let said = ask(&browser, &service, "/recherche/?q=caution");
    assert!(
        said.contains("résultats pour « caution »") && said.contains("« dépôt de garantie »"),
        "{said}"
    );
    assert!(
        results(&browser).contains(&"/guides/depot-de-garantie/".to_owned()),
        "{:?}",
        results(&browser)
    );
    assert!(
        browser.title().starts_with("« caution » – Recherche"),
        "{}",
        browser.title()
    );
    assert_eq!(browser.faults(), Vec::<String>::new());
}

#[test]
fn accents_capitals_and_apostrophes_do_not_matter() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    for query in ["DEPOT de garantie", "l’état des lieux", "d'état des lieux"] {
        let said = ask(
            &browser,
            &service,
            &format!("/recherche/?q={}", query.replace(' ', "+")),
        );
        assert!(
            said.contains("résultat") && !said.contains("Aucun"),
            "{query}: {said}"
        );
        let texts = browser.run(
            "return document.querySelector('[data-results]').textContent",
            Vec::new(),
        );
        let texts = texts.as_str().unwrap_or_default();
        assert!(!texts.contains('\''), "curly apostrophes are set back: {texts}");
    }
}

#[test]
fn results_come_by_pages_and_a_miss_says_what_to_do() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    let said = ask(&browser, &service, "/recherche/?q=bailleur");
    assert!(said.contains("page 1 sur"), "{said}");
    let first = results(&browser);
    assert_eq!(first.len(), 10);
    let said = ask(&browser, &service, "/recherche/?q=bailleur&page=2");
    assert!(said.contains("page 2 sur"), "{said}");
    assert!(
        browser.title().starts_with("« bailleur », page 2 – Recherche"),
        "{}",
        browser.title()
    );
    let current = browser.texts(".fr-pagination [aria-current=page]");
    assert_eq!(current, ["2"]);
    let second = results(&browser);
    assert!(
        !second.is_empty() && second.iter().all(|found| !first.contains(found)),
        "{second:?}"
    );
    let said = ask(&browser, &service, "/recherche/?q=xyzzyxyzzy");
    assert!(said.contains("Aucun résultat pour « xyzzyxyzzy »"), "{said}");
    assert!(browser.main_text().contains("Parlez à quelqu'un"));
}

#[test]
fn the_header_searches_from_any_page() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.open(&service.page("/guides/charges/"));
    browser.fill("Rechercher dans le site", "préavis");
    let _ = browser.run(
        "document.querySelector('header form').requestSubmit()",
        Vec::new(),
    );
    browser.wait_for("[data-results]:not([hidden])");
    assert!(browser.texts("[data-status]").join(" ").contains("« préavis »"));
}

#[test]
fn without_script_every_page_is_listed() {
    let service = TestService::with_folder();
    let browser = Browser::without_scripts();
    browser.open(&service.page("/recherche/?q=caution"));
    let text = browser.main_text();
    assert!(text.contains("La recherche demande JavaScript"), "{text}");
    let page = std::fs::read_to_string(TestSite::real().dist().join("recherche/index.html")).expect("built");
    for address in [
        "/guides/charges/",
        "/courriers/saisine-cdc/",
        "/communes/",
        "/glossaire/",
    ] {
        assert!(page.contains(&format!("<a href=\"{address}\">")), "{address}");
    }
}

#[test]
fn a_commune_is_found_by_name_by_code_and_by_its_former_name() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    for (query, expected) in [
        ("93380", "Saint-Denis"),
        ("93210", "Saint-Denis"),
        ("pierrefitte", "Saint-Denis"),
        ("le raincy", "Le Raincy"),
        ("EPINAY", "Épinay-sur-Seine"),
        ("st ouen", "Saint-Ouen-sur-Seine"),
    ] {
        browser.open(&service.page(&format!("/communes/?q={}", query.replace(' ', "+"))));
        browser.wait_for("[data-status]:not(:empty)");
        let shown = browser.texts("[data-list] > li:not([hidden]) a");
        assert_eq!(shown, [expected], "{query}");
        let said = browser.texts("[data-status]").join(" ");
        assert!(said.starts_with("1 commune de Seine-Saint-Denis"), "{said}");
    }
    browser.open(&service.page("/communes/?q=75011"));
    browser.wait_for("[data-elsewhere]:not([hidden])");
    assert!(browser.main_text().contains("département 75"));
    assert!(
        browser
            .main_text()
            .contains("Aucune commune de Seine-Saint-Denis pour « 75011 »")
    );
}

#[test]
fn each_commune_has_its_page_and_the_list_works_without_script() {
    let pages = TestSite::real().pages();
    let communes: Vec<_> = pages
        .iter()
        .filter(|page| page.address.starts_with("/communes/") && page.address != "/communes/")
        .collect();
    assert_eq!(communes.len(), 39);
    for page in &communes {
        assert!(
            page.text.contains("Commission départementale de conciliation"),
            "{}",
            page.address
        );
        assert!(
            page.text.contains("vérifier"),
            "{} says what is not sure",
            page.address
        );
    }
    let service = TestService::with_folder();
    let browser = Browser::without_scripts();
    browser.open(&service.page("/communes/"));
    assert_eq!(browser.texts("[data-list] > li a").len(), 39);
}

#[test]
fn a_term_is_linked_once_in_a_page_and_never_in_a_heading_or_a_link() {
    let mut linked = 0;
    for page in TestSite::real().pages() {
        let document = page.document();
        assert_eq!(
            html::select(
                &document,
                "h1 .ml-term, h2 .ml-term, h3 .ml-term, a .ml-term, code .ml-term"
            )
            .len(),
            0,
            "{}",
            page.address
        );
        let mut targets = html::attributes(&document, ".ml-term", "href");
        linked += targets.len();
        targets.sort();
        let all = targets.len();
        targets.dedup();
        assert_eq!(all, targets.len(), "{} links a term twice", page.address);
    }
    assert!(linked > 10, "{linked} links to the glossary");
}

#[test]
fn an_unchanged_site_keeps_the_files_of_its_index() {
    let dist = TestSite::real().dist();
    let index = folder::files(&dist.join("recherche/index"));
    assert!(index.len() > 20, "{} files", index.len());
    let interface = index
        .iter()
        .any(|path| path.to_string_lossy().contains("pagefind-ui"));
    assert!(!interface, "only what the search page uses is published");
}
