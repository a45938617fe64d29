//! An editor at work: the preview that follows each saving, tells each fault on its page, and never dies.

use std::time::Duration;

use tests::preview::Preview;
use tests::process::eventually;
use tests::{Browser, Scheme, Screen, TestSite, axe};

/// A rebuild of a small site on a machine shared with other work.
const PATIENCE: Duration = Duration::from_secs(120);

fn guide(title: &str, next: &str, body: &str) -> String {
    format!(
        "---\ntitre: {title}\ndescription: Ce que dit ce guide.\nreponse: La réponse.\npublic: locataire\nresponsable: Équipe\nrevue_le: 2026-01-01\nprochaine_revue: {next}\n---\n\n{body}\n"
    )
}

/// Paragraphs enough to scroll.
fn long(first: &str) -> String {
    let more: String = (1..60).map(|n| format!("Paragraphe numéro {n}.\n\n")).collect();
    format!("{first}\n\n{more}")
}

fn small_site() -> TestSite {
    let site = TestSite::small();
    site.write(
        "content/guides/bail.md",
        &guide("Le bail", "2027-09-01", &long("Premier texte.")),
    );
    site.write(
        "content/guides/charges.md",
        &guide("Les charges", "2026-11-01", "Voir [le bail](/guides/bail/)."),
    );
    site
}

#[test]
fn a_page_follows_its_file_and_a_fault_keeps_the_last_good_one() {
    let site = small_site();
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let browser = Browser::start();
    browser.open(&preview.page("/guides/bail/"));
    assert!(browser.says("main", "Premier texte."), "{}", preview.said());
    assert!(!browser.says(".apercu-fautes", "erreur"));

    // Saved: shown without a hand on the browser, at the same height.
    let _ = browser.run("window.scrollTo({top: 700, behavior: 'instant'})", vec![]);
    let bail = "content/guides/bail.md";
    site.write(bail, &guide("Le bail", "2027-09-01", &long("Deuxième texte.")));
    eventually(PATIENCE, "the new words", || {
        browser.says("main", "Deuxième texte.").then_some(())
    });
    let scrolled = eventually(PATIENCE, "the same height", || {
        browser
            .run("return window.scrollY", vec![])
            .as_f64()
            .filter(|y| *y > 0.0)
    });
    assert!((scrolled - 700.0).abs() < 60.0, "scrolled to {scrolled}");

    // Half-way through a word: the fault stands on top in French, the last good page beneath.
    let broken = guide(
        "Le bail",
        "2027-09-01",
        &long("Troisième texte.\n\n:::alert{type=info"),
    );
    site.write(bail, &broken.replace("public: locataire", "public: locatair"));
    eventually(PATIENCE, "the fault", || {
        browser
            .says(
                ".apercu-fautes[open] .erreur",
                "« locatair » n'est pas une valeur de « public »",
            )
            .then_some(())
    });
    assert!(
        browser.says("main", "Deuxième texte."),
        "the last good page stays"
    );
    assert!(browser.says(".apercu-fautes summary", "dernière version sans erreur"));
    assert!(browser.says(".apercu-lieu", "content/guides/bail.md, ligne 5"));
    assert!(browser.says(".apercu-faute mark", "locatair"));
    let faults = axe::faults(&browser);
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // Elsewhere it says that this page has none; at a broken file of its own, a new page says why it is not there.
    browser.open(&preview.page("/guides/charges/"));
    assert!(browser.says(".apercu-fautes summary", "sur cette page"));
    assert!(browser.says(".apercu-liste", "Ailleurs sur le site"));
    browser.open(&preview.page("/guides/nouveau/"));
    assert!(browser.says("main", "n'a pas encore pu être construite"));
    browser.open(&preview.page("/_apercu/regles/cle-valeur"));
    assert!(browser.main_text().len() > 100, "the page of the rule");

    // Mended: gone.
    browser.open(&preview.page("/guides/bail/"));
    site.write(bail, &guide("Le bail", "2027-09-01", &long("Quatrième texte.")));
    eventually(PATIENCE, "the mended page", || {
        (browser.says("main", "Quatrième texte.") && !browser.says(".apercu-fautes", "locatair"))
            .then_some(())
    });
    let told = browser.faults();
    let grave: Vec<_> = told.iter().filter(|line| !line.contains("404")).collect();
    assert!(grave.is_empty(), "{grave:?}");
}

#[test]
fn the_preview_has_a_phone_and_the_texts_to_read_again() {
    let site = small_site();
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let mut browser = Browser::start();
    browser.open(&preview.page("/guides/bail/"));
    browser.follow_in(".apercu-outils a", "largeur de téléphone");
    browser.arrive("the phone", |address| address.contains("/_apercu/telephone"));
    let width = |browser: &Browser| {
        eventually(PATIENCE, "the framed page", || {
            let inner = "const f = document.querySelector('iframe').contentDocument; return f.querySelector('h1') && f.documentElement.clientWidth";
            browser.run(inner, vec![]).as_u64()
        })
    };
    assert!((300..=320).contains(&width(&browser)), "{}", width(&browser));
    let hidden = "const f = document.querySelector('iframe').contentDocument; return getComputedStyle(f.querySelector('.apercu-outils')).display";
    assert_eq!(
        browser.run(hidden, vec![]),
        "none",
        "the frame holds the page alone"
    );

    browser.open(&preview.page("/_apercu/relectures"));
    assert!(browser.says("table", "Les charges"), "overdue since 1 November");
    assert!(!browser.says("table", "Le bail"));
    for (screen, scheme) in [(Screen::Phone, Scheme::Dark), (Screen::Desk, Scheme::Light)] {
        browser.set_screen(screen);
        browser.set_scheme(scheme);
        for page in [
            "/_apercu/relectures",
            "/_apercu/telephone?page=/guides/charges/",
            "/_apercu/regles/lien-mort",
        ] {
            browser.open(&preview.page(page));
            let faults = axe::faults(&browser);
            assert!(
                faults.is_empty(),
                "{page} {}\n{}",
                browser.state(),
                faults.join("\n")
            );
        }
    }
}

#[test]
fn a_site_that_cannot_be_built_at_first_is_served_with_its_faults() {
    let site = small_site();
    site.write("content/guides/bail.md", "---\ntitre: [\n---\n");
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let browser = Browser::start();
    browser.open(&preview.page("/guides/bail/"));
    assert!(
        browser.says(".apercu-fautes .erreur", "crochet"),
        "{}",
        preview.said()
    );
    site.write(
        "content/guides/bail.md",
        &guide("Le bail", "2027-09-01", "Enfin."),
    );
    eventually(PATIENCE, "the page", || {
        browser.says("main", "Enfin.").then_some(())
    });
}
