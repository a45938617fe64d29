//! What the State's own dashboard (DashLord) looks for on a public site, and the two brands that may run it.

use tests::html::{attributes, page_text, select, text};
use tests::{Browser, Scheme, TestService, TestSite, axe, checks, folder};

fn plain(words: &str) -> String {
    words.replace(['\u{a0}', '\u{202f}'], " ").to_lowercase()
}

#[test]
fn the_dashboard_of_the_state_finds_what_it_looks_for() {
    let site = TestSite::real();
    let home = site
        .pages()
        .into_iter()
        .find(|page| page.address == "/")
        .expect("a home page");
    let document = home.document();
    assert_eq!(
        select(&document, ".fr-header__brand").len(),
        1,
        "the mark of the design system"
    );
    let links = select(&document, "a[href]");
    let leads = |words: &[&str], address: &str| {
        links.iter().any(|link| {
            link.attr("href") == Some(address) && words.iter().any(|word| plain(&text(link)).contains(word))
        })
    };
    let states = [
        "accessibilité : non conforme",
        "accessibilité : partiellement conforme",
        "accessibilité : totalement conforme",
    ];
    assert!(
        leads(&states, "/accessibilite/"),
        "the mention leads to the declaration"
    );
    assert!(leads(&["mentions légales"], "/mentions-legales/"));
    assert!(leads(&["données personnelles"], "/donnees-personnelles/"));
    assert!(leads(&["statistiques"], "/statistiques/"));
    let legal = plain(&page_text(&site.built("mentions-legales/index.html")));
    for words in ["directeur de la publication", "hébergement", "éditeur"] {
        let other = words
            .replace("directeur de la", "direction de la")
            .replace("hébergement", "hébergeur")
            .replace("éditeur", "édite");
        assert!(
            legal.contains(words) || legal.contains(&other),
            "the legal notice lacks « {words} »"
        );
    }
    let privacy = plain(&page_text(&site.built("donnees-personnelles/index.html")));
    for words in ["@", "finalité", "durée de conservation", "sous-traitant"] {
        assert!(
            privacy.contains(words),
            "the page on personal data lacks « {words} »"
        );
    }
}

/// No page names another host for anything that a browser would fetch by itself. (The walks of `walks.rs` see that
/// none is asked for, and that no cookie stays.)
#[test]
fn no_page_fetches_anything_from_elsewhere() {
    for page in TestSite::real().pages() {
        let document = page.document();
        for (css, name) in [
            ("script", "src"),
            ("img", "src"),
            ("link[rel=stylesheet]", "href"),
            ("iframe", "src"),
            ("use", "href"),
            ("source", "srcset"),
        ] {
            let elsewhere: Vec<_> = attributes(&document, css, name)
                .into_iter()
                .filter(|address| address.contains("//"))
                .collect();
            assert!(elsewhere.is_empty(), "{}: {elsewhere:?}", page.address);
        }
    }
}

/// French spaces and quotes are for eyes: a machine, an address, a search must get what was typed.
#[test]
fn french_typography_stays_out_of_code_addresses_and_identifiers() {
    let special = ['\u{a0}', '\u{202f}', '’', '…'];
    for page in TestSite::real().pages() {
        let document = page.document();
        for code in select(&document, "main pre, main code") {
            let words: String = code.text().collect();
            assert!(
                !words.contains(&special[..]),
                "{}: code « {words} »",
                page.address
            );
        }
        for name in [
            "href",
            "id",
            "name",
            "for",
            "value",
            "src",
            "action",
            "aria-describedby",
            "aria-labelledby",
        ] {
            for value in attributes(&document, &format!("main [{name}]"), name) {
                assert!(
                    !value.contains(&special[..]),
                    "{}: {name}=« {value} »",
                    page.address
                );
            }
        }
    }
    let synonyms = TestSite::real().built("recherche/synonymes.json");
    assert!(synonyms.contains("\"caution\""), "{synonyms}");
    assert!(
        !synonyms.contains(&special[..]),
        "what people type and what is searched: {synonyms}"
    );
}

/// Neither brand may do less than the other: the same pages, axe-core and the checks of the browser on a sample.
#[test]
fn without_the_mark_of_the_state_the_same_site_passes() {
    let site = TestSite::copy();
    let settings = std::fs::read_to_string(site.root().join("content/site.yaml")).unwrap();
    let neutral = settings.replace("marque: etat", "marque: neutre").replace(
        "https://mediationlogement.beta.gouv.fr\n",
        "https://mediation.example.org\n",
    );
    assert_ne!(neutral, settings);
    site.write("content/site.yaml", &neutral);
    let run = site.generate("build", &[]);
    assert_eq!(run.status, 0, "{}", run.said());
    let fonts: Vec<_> = folder::files(&site.dist())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "woff2"))
        .collect();
    assert!(fonts.is_empty(), "the State's font is published: {fonts:?}");
    let home = site.built("index.html");
    assert!(
        !home.contains("fr-logo") && !home.contains("preload"),
        "no bloc marque"
    );
    let dist = site.dist().display().to_string();
    let service = TestService::with(&[("ML_SITE_DIR", &dist)]);
    let browser = Browser::start();
    axe::install(&browser);
    let mut wrong = Vec::new();
    for address in [
        "/",
        "/guides/depot-de-garantie/",
        "/diagnostics/depot-de-garantie/q/bail/",
        "/saisine",
        "/contact",
        "/recherche/?q=caution",
    ] {
        for (width, scheme) in [(1280, Scheme::Light), (320, Scheme::Dark)] {
            browser.set_window(width, 800);
            browser.emulate(scheme, false, false);
            browser.open(&service.page(address));
            let mut found = axe::faults(&browser);
            let names: &[&str] = if width == 320 {
                &["focus", "components", "narrow", "targets"]
            } else {
                &["focus", "components", "colours", "targets"]
            };
            found.extend(names.iter().flat_map(|name| checks::faults(&browser, name)));
            browser.set_window(width, 16_000);
            found.extend(checks::faults(&browser, "cut"));
            wrong.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{address} at {width}: {fault}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_mark_of_the_state_is_refused_elsewhere() {
    let site = TestSite::copy();
    let settings = std::fs::read_to_string(site.root().join("content/site.yaml")).unwrap();
    assert!(
        settings.contains("marque: etat"),
        "the project's own site bears the mark, on a host of the State"
    );
    site.write(
        "content/site.yaml",
        &settings.replace(
            "https://mediationlogement.beta.gouv.fr\n",
            "https://mediation.example.org\n",
        ),
    );
    let run = site.generate("build", &["--production"]);
    assert_eq!(run.status, 1, "{}", run.said());
    assert!(run.said().contains("marque"), "{}", run.said());
}
