//! The pictures of the guide for editors: taken of the real tools by `make pictures`, never by hand.

use std::time::Duration;

use serde_json::json;
use tests::preview::Preview;
use tests::process::eventually;
use tests::{Browser, folder, programs};

use crate::redaction::{FILL, GUIDE, PATIENCE, PICKED, site, texts};

/// All of them together weigh at most this, in bytes.
const MOST: u64 = 600_000;

#[test]
fn the_guide_for_editors_shows_pictures_that_are_there_and_light() {
    let docs = programs::repository().join("docs");
    let text = std::fs::read_to_string(docs.join("rediger.md")).expect("the guide for editors");
    let mut shown = Vec::new();
    for piece in text.lines().filter_map(|line| line.strip_prefix("![")) {
        let (words, rest) = piece.split_once("](").expect("a picture");
        let name = rest.split(')').next().expect("an address");
        assert!(words.len() > 20, "« {words} » does not say what {name} shows");
        assert!(
            docs.join(name).is_file(),
            "{name} is missing: run `make pictures`"
        );
        shown.push(docs.join(name));
    }
    assert!(shown.len() >= 5, "{shown:?}");
    let files = folder::files(&docs.join("images"));
    let weight: u64 = files
        .iter()
        .map(|path| path.metadata().map_or(0, |data| data.len()))
        .sum();
    assert!(weight <= MOST, "{weight} bytes of pictures");
    let unused: Vec<_> = files.iter().filter(|path| !shown.contains(path)).collect();
    assert!(unused.is_empty(), "nobody shows {unused:?}");
}

#[test]
#[ignore = "writes docs/images: run by `make pictures`"]
fn take_the_pictures() {
    let site = site();
    let good = std::fs::read_to_string(site.root().join(GUIDE)).expect("the guide");
    let mut preview = Preview::start(&site);
    preview.wait_built();
    let browser = Browser::start();
    browser.before_each_page(PICKED);
    let take = |name: &str| {
        std::thread::sleep(Duration::from_secs(1));
        let path = programs::repository()
            .join("docs/images")
            .join(format!("{name}.webp"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, browser.picture()).expect("a picture is written");
    };
    browser.open(&preview.page("/guides/bail/"));
    take("apercu");
    site.write(GUIDE, &good.replace("reponse:", "reponze:"));
    eventually(PATIENCE, "the fault", || {
        browser.says(".apercu-faute mark", "reponze").then_some(())
    });
    take("faute");
    site.write(GUIDE, &good);
    eventually(PATIENCE, "the mended page", || {
        (!browser.says(".apercu-fautes", "reponze")).then_some(())
    });
    browser.open(&preview.page("/_apercu/telephone?page=/guides/bail/"));
    take("telephone");
    site.write(
        GUIDE,
        &good.replace("prochaine_revue: 2027-01-01", "prochaine_revue: 2026-11-01"),
    );
    browser.open(&preview.page("/_apercu/relectures"));
    eventually(PATIENCE, "the late guide", || {
        browser.says("table caption", "Textes en retard").then_some(())
    });
    take("relectures");
    site.write(GUIDE, &good);
    assert_eq!(browser.run(FILL, vec![texts(&site)]), json!(true));
    browser.open(&preview.page("/admin/"));
    browser.follow_in("button", "Travailler avec un dépôt local");
    browser.arrive("the guides", |address| address.contains("#/collections"));
    browser.open(&preview.page("/admin/#/collections/guide"));
    eventually(PATIENCE, "the guides", || {
        browser.says("body", "Le bail").then_some(())
    });
    // An offer of the tool to follow the language of this browser, which is not that of its readers.
    let _ = browser.run(
        "[...document.querySelectorAll('button')].find(b => b.innerText === 'Later')?.click()",
        vec![],
    );
    take("redaction-liste");
    browser.open(&preview.page("/admin/#/collections/guide/entries/bail"));
    browser.wait_for("[data-key-path='titre'] input");
    take("redaction-fiche");
}
