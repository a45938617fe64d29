//! What every built page has around its content, and that all it refers to exists.

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;
use tests::html::{Page, attributes, select, text};
use tests::{TestSite, folder};

/// Runs a check on every built page and fails with all that it found.
fn on_every_page(check: impl Fn(&Page, &Html) -> Vec<String>) {
    let mut wrong = Vec::new();
    for page in TestSite::real().pages() {
        let found = check(&page, &page.document());
        wrong.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", page.address)),
        );
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn one_heading_and_the_language() {
    on_every_page(|_, page| {
        let mut wrong = Vec::new();
        let headings = select(page, "h1").len();
        if headings != 1 {
            wrong.push(format!("{headings} h1"));
        }
        if attributes(page, "html", "lang") != ["fr"] {
            wrong.push("no lang=fr".to_owned());
        }
        if attributes(page, "meta[name=description]", "content")
            .first()
            .is_none_or(String::is_empty)
        {
            wrong.push("no description".to_owned());
        }
        wrong
    });
}

/// Pages for search engines only: a question that is reached by several ways is one question, and has
/// one title.
#[test]
fn titles_are_unique() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in TestSite::real().pages() {
        let document = page.document();
        if hidden(&document) {
            continue;
        }
        let title = select(&document, "head title")
            .first()
            .map(text)
            .unwrap_or_default();
        assert!(title.len() > 10, "{} has the title « {title} »", page.address);
        seen.entry(title).or_default().push(page.address);
    }
    let shared: Vec<_> = seen.iter().filter(|(_, pages)| pages.len() > 1).collect();
    assert!(shared.is_empty(), "pages share a title: {shared:#?}");
}

#[test]
fn skip_links_lead_somewhere() {
    on_every_page(|_, page| {
        let targets = attributes(page, ".fr-skiplinks nav a", "href");
        let ids: BTreeSet<_> = attributes(page, "[id]", "id").into_iter().collect();
        let mut wrong: Vec<_> = targets
            .iter()
            .filter(|target| !target.strip_prefix('#').is_some_and(|id| ids.contains(id)))
            .map(|target| format!("the skip link {target} leads nowhere"))
            .collect();
        if targets.first().map(String::as_str) != Some("#contenu") {
            wrong.push(format!("the first skip link is not the content: {targets:?}"));
        }
        wrong
    });
}

#[test]
fn ids_are_unique() {
    on_every_page(|_, page| {
        let mut seen = BTreeSet::new();
        let ids = attributes(page, "[id]", "id").into_iter();
        ids.filter(|id| !seen.insert(id.clone()))
            .map(|id| format!("the id {id} stands twice"))
            .collect()
    });
}

/// A built page, read.
fn html_page(path: &str) -> Html {
    Html::parse_document(&TestSite::real().built(path))
}

#[test]
fn footer_holds_the_compulsory_links() {
    // The mention repeats the state that the declaration computes, whatever it is.
    let declaration = html_page("accessibilite/index.html");
    let mention = select(&declaration, "h1")
        .first()
        .map(text)
        .unwrap_or_default()
        .replace('\u{a0}', " ");
    let states =
        ["non", "partiellement", "totalement"].map(|state| format!("Accessibilité : {state} conforme"));
    assert!(states.contains(&mention), "{mention}");
    let ours = [
        ("/plan-du-site/", "Plan du site"),
        ("/accessibilite/", mention.as_str()),
        ("/mentions-legales/", "Mentions légales"),
        ("/donnees-personnelles/", "Données personnelles"),
        ("/gestion-des-cookies/", "Gestion des cookies"),
    ];
    const OFFICIAL: [&str; 4] = [
        "info.gouv.fr",
        "service-public.gouv.fr",
        "legifrance.gouv.fr",
        "data.gouv.fr",
    ];
    on_every_page(|_, page| {
        let links = select(page, "footer a[href]");
        let has = |address: &str, words: &str| {
            links
                .iter()
                .any(|link| link.attr("href") == Some(address) && text(link).replace('\u{a0}', " ") == words)
        };
        let absent = ours.iter().filter(|(address, words)| !has(address, words));
        let mut wrong: Vec<_> = absent
            .map(|(_, words)| format!("the footer has no link « {words} »"))
            .collect();
        let to = |host: &&&str| {
            !links.iter().any(|link| {
                link.attr("href").is_some_and(|address| {
                    address
                        .split('/')
                        .nth(2)
                        .is_some_and(|place| place.trim_start_matches("www.") == **host)
                })
            })
        };
        wrong.extend(
            OFFICIAL
                .iter()
                .filter(to)
                .map(|host| format!("the footer has no link to {host}")),
        );
        if select(page, "header .fr-header__brand").len() != 1 {
            wrong.push("no header".to_owned());
        }
        wrong
    });
}

#[test]
fn links_lead_to_pages_and_anchors_that_exist() {
    let site = TestSite::real();
    let pages: BTreeMap<String, Html> = site
        .pages()
        .into_iter()
        .map(|page| {
            let document = page.document();
            (page.address, document)
        })
        .collect();
    on_every_page(|from, page| {
        let links = attributes(page, "a[href]", "href").into_iter();
        links
            .filter_map(|link| dead(&link, from, &pages).then(|| format!("dead link {link}")))
            .collect()
    });
}

/// Whether a page asks not to be indexed.
fn hidden(page: &Html) -> bool {
    attributes(page, "meta[name=robots]", "content")
        .join(" ")
        .contains("noindex")
}

/// Whether a link to our own site leads nowhere.
fn dead(link: &str, from: &Page, pages: &BTreeMap<String, Html>) -> bool {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let served = ["/saisine", "/contact"].contains(&path);
    if served || path.starts_with("https://") || path.starts_with("tel:") {
        return false;
    }
    let address = if path.is_empty() { &from.address } else { path };
    let Some(target) = pages.get(address) else {
        let file = TestSite::real().dist().join(address.trim_start_matches('/'));
        return !file.is_file();
    };
    let written = !anchor.is_empty() && !anchor.contains('=');
    written && !attributes(target, "[id]", "id").iter().any(|id| id == anchor)
}

#[test]
fn pages_hold_no_inline_code_and_their_files_exist() {
    let dist = TestSite::real().dist();
    on_every_page(|page, document| {
        let mut wrong = Vec::new();
        for css in [
            "[style]",
            "style",
            "script:not([src])",
            "[onclick]",
            "[onload]",
            "[onsubmit]",
        ] {
            let data = |element: &scraper::ElementRef| element.attr("type") == Some("application/json");
            let found = select(document, css)
                .into_iter()
                .filter(|element| !data(element))
                .count();
            if found > 0 {
                wrong.push(format!("{found} × {css}"));
            }
        }
        let files = [
            "link[href]:not([rel=canonical])",
            "script[src]",
            "img[src]",
            "use[href]",
        ];
        for css in files {
            for name in ["href", "src"] {
                for address in attributes(document, css, name) {
                    let file = dist.join(
                        address
                            .split(['#', '?'])
                            .next()
                            .unwrap_or_default()
                            .trim_start_matches('/'),
                    );
                    if !address.starts_with('/') || !(file.is_file() || file.join("index.html").is_file()) {
                        wrong.push(format!("{css} asks for {address}"));
                    }
                }
            }
        }
        if page.text.contains("http://") && !page.text.contains("http://www.w3.org/2000/svg") {
            wrong.push("an address without https".to_owned());
        }
        wrong
    });
}

#[test]
fn the_site_map_lists_every_page_to_be_found_and_no_other() {
    let site = TestSite::real();
    let listed: BTreeSet<String> = site
        .built("sitemap.xml")
        .split("<loc>")
        .skip(1)
        .filter_map(|part| part.split("</loc>").next())
        .filter_map(|address| address.splitn(4, '/').nth(3).map(|path| format!("/{path}")))
        .collect();
    let (hidden, found): (Vec<_>, Vec<_>) = site
        .pages()
        .into_iter()
        .partition(|page| hidden(&page.document()));
    let missing: Vec<_> = found
        .iter()
        .map(|page| &page.address)
        .filter(|address| !listed.contains(*address))
        .collect();
    assert!(missing.is_empty(), "sitemap.xml leaves out {missing:?}");
    let too_many: Vec<_> = hidden
        .iter()
        .map(|page| &page.address)
        .filter(|address| listed.contains(*address))
        .collect();
    assert!(
        too_many.is_empty(),
        "sitemap.xml lists pages that ask not to be indexed: {too_many:?}"
    );
    assert!(!hidden.is_empty(), "question pages ask not to be indexed");
}

/// Below this size, compression spares no packet on the network. In bytes.
const ONE_PACKET: u64 = 1_400;

#[test]
fn every_text_file_worth_it_is_there_compressed_too() {
    let dist = TestSite::real().dist();
    let text = |path: &&std::path::PathBuf| {
        let public = !path.starts_with(dist.join(".service"));
        public
            && path.metadata().is_ok_and(|file| file.len() > ONE_PACKET)
            && path.extension().is_some_and(|end| {
                ["html", "css", "js", "svg", "xml"]
                    .iter()
                    .any(|text| end == *text)
            })
    };
    let files = folder::files(&dist);
    let plain: Vec<_> = files.iter().filter(text).collect();
    assert!(plain.len() > 20);
    let lacking: Vec<_> = plain
        .iter()
        .filter(|path| {
            let with = |end: &str| {
                path.with_file_name(format!(
                    "{}.{end}",
                    path.file_name().unwrap_or_default().to_string_lossy()
                ))
            };
            !with("br").is_file() || !with("gz").is_file()
        })
        .collect();
    assert!(lacking.is_empty(), "not compressed: {lacking:?}");
}
