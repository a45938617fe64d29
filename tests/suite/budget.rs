//! What a first view weighs on the network: the page and every file that its head asks for, as they are compressed on
//! the disk, fonts apart.

use std::collections::BTreeSet;

use tests::TestSite;
use tests::html::{Page, attributes};

/// A guide: bytes and requests, fonts apart. The icon of the tab counts as a request.
const GUIDE: (u64, usize) = (45_000, 8);
/// Any page, in bytes.
const ANY: u64 = 90_000;

/// Bytes and requests of a first view.
fn weigh(page: &Page) -> (u64, usize) {
    let dist = TestSite::real().dist();
    let document = page.document();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for (css, name) in [
        ("link[rel=stylesheet]", "href"),
        ("link[rel=icon][type='image/svg+xml']", "href"),
        ("link[rel=modulepreload]", "href"),
        ("script[src]", "src"),
        ("img[src]", "src"),
    ] {
        asked.extend(attributes(&document, css, name));
    }
    let file = match page.address.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None => page.address.clone(),
    };
    let size = |address: &str| {
        let path = dist.join(address.trim_start_matches('/'));
        let compressed = path.with_file_name(format!(
            "{}.br",
            path.file_name().unwrap_or_default().to_string_lossy()
        ));
        let found = compressed.metadata().or_else(|_| path.metadata());
        found
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            .len()
    };
    let bytes = size(&file) + asked.iter().map(|address| size(address)).sum::<u64>();
    (bytes, asked.len() + 1)
}

#[test]
fn pages_stay_light() {
    let mut heaviest = (0, String::new());
    let mut guides = (0, 0, String::new());
    let mut wrong = Vec::new();
    for page in TestSite::real().pages() {
        let (bytes, requests) = weigh(&page);
        if bytes > ANY {
            wrong.push(format!("{} weighs {bytes} bytes, {ANY} at most", page.address));
        }
        if page.address.starts_with("/guides/") && page.address.matches('/').count() == 3 {
            if bytes > GUIDE.0 || requests > GUIDE.1 {
                wrong.push(format!(
                    "{} weighs {bytes} bytes in {requests} requests",
                    page.address
                ));
            }
            guides = guides.max((bytes, requests, page.address.clone()));
        }
        heaviest = heaviest.max((bytes, page.address));
    }
    println!("the heaviest guide: {guides:?}; the heaviest page: {heaviest:?}");
    assert!(guides.0 > 10_000, "guides are weighed: {guides:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
