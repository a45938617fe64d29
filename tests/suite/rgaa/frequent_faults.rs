//! The eleven faults most often found in public services in 2025, each put back into a real page of the site: the
//! gate that stands against it must see it there, and must not see it before.

use tests::{Browser, Scheme, TestService, TestSite, axe, checks};

/// The page that is spoilt: it has tables, links, headings, a picture of its own is put in.
const PAGE: &str = "guides/depot-de-garantie/index.html";

/// Faults that the build refuses: what the evaluation of 2025 calls it, the rule, and how the page is spoilt.
type Built = (&'static str, &'static str, fn(&str) -> String);

const BUILT: &[Built] = &[
    ("heading order", "page-titres", |page| {
        page.replacen("<h2", "<h4", 1).replacen("</h2>", "</h4>", 1)
    }),
    ("skip link", "page-evitement", |page| {
        page.replacen("href=\"#contenu\"", "href=\"#ailleurs\"", 1)
    }),
    ("informative image", "page-image", |page| {
        page.replacen("</h1>", "</h1><img src=\"/favicon.png\">", 1)
    }),
    ("decorative image", "page-image", |page| {
        page.replacen("</h1>", "</h1><svg><path d=\"M0 0\"/></svg>", 1)
    }),
    ("name of a link", "page-lien", |page| {
        page.replacen("</h1>", "</h1><p><a href=\"/guides/\"></a></p>", 1)
    }),
    ("name of a button", "page-bouton", |page| {
        page.replacen("</h1>", "</h1><button type=\"button\"></button>", 1)
    }),
    ("title of the page", "page-titre", |page| {
        let (before, rest) = page.split_once("<title>").expect("a title");
        let (_, after) = rest.split_once("</title>").expect("its end");
        format!("{before}<title></title>{after}")
    }),
];

#[test]
fn the_build_refuses_each_fault_put_back() {
    let sound = TestSite::real().built(PAGE);
    let told = |page: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("page.html"), page).unwrap();
        let path = folder.path().display().to_string();
        TestSite::real()
            .run(&["check", "--format", "json", "--pages", &path])
            .said()
    };
    let before = told(&sound);
    for (name, rule, spoil) in BUILT {
        assert!(
            !before.contains(&format!("\"{rule}\"")),
            "{name}: the sound page has it: {before}"
        );
        let spoilt = spoil(&sound);
        assert_ne!(spoilt, sound, "{name}: nothing was spoilt");
        let after = told(&spoilt);
        assert!(
            after.contains(&format!("\"{rule}\"")),
            "{name} is not seen: {after}"
        );
    }
}

/// The eleventh is a difference between pages: the menu of one page is not that of the others.
#[test]
fn the_build_refuses_two_systems_of_navigation() {
    let site = TestSite::copy();
    let header = "theme/components/header/template.html";
    let text = std::fs::read_to_string(site.root().join(header)).unwrap();
    let spoilt = text.replacen(
        "<nav class=\"fr-nav\"",
        "{% if path == \"/guides/\" %}<p>Autre menu</p>{% endif %}<nav class=\"fr-nav\"",
        1,
    );
    assert_ne!(spoilt, text, "nothing was spoilt");
    site.write(header, &spoilt);
    let run = site.generate("check", &["--format", "json"]);
    assert!(run.said().contains("\"page-navigation\""), "{}", run.said());
}

/// Faults that only a browser sees: the check, the style that puts the fault back, and the words that tell it.
struct Seen {
    name: &'static str,
    css: &'static str,
    look: fn(&Browser) -> Vec<String>,
}

fn text_at_200(browser: &Browser) -> Vec<String> {
    browser.set_window(1280, 16_000);
    browser.size_text(200);
    checks::faults(browser, "cut")
}

fn on_a_phone(browser: &Browser) -> Vec<String> {
    browser.set_window(320, 256);
    checks::faults(browser, "narrow")
}

const SEEN: &[Seen] = &[
    Seen {
        name: "text at 200 %",
        css: "main h2 { height: 2rem; overflow: hidden; white-space: nowrap; font-size: 3rem !important }
              main p { height: 24px; overflow: hidden }",
        look: text_at_200,
    },
    Seen {
        name: "focus visible",
        css: "*:focus, *:focus-visible, *::before { outline: none !important }",
        look: |browser| checks::faults(browser, "focus"),
    },
    Seen {
        name: "contrast",
        css: "main p { color: #999 !important }",
        look: axe::faults,
    },
    Seen {
        name: "responsive",
        css: "main table, main p { min-width: 900px }",
        look: on_a_phone,
    },
];

#[test]
fn the_browser_sees_each_fault_put_back() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.emulate(Scheme::Light, false, false);
    for Seen { name, css, look } in SEEN {
        let open = || {
            browser.set_window(1280, 800);
            browser.open(&service.page("/guides/depot-de-garantie/"));
        };
        open();
        let before = look(&browser);
        assert!(before.is_empty(), "{name}: the sound page has it: {before:#?}");
        open();
        browser.spoil(css);
        assert!(!look(&browser).is_empty(), "{name} is not seen");
    }
}
