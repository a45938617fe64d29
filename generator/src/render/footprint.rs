//! « Écoconception »: what each kind of page really weighs, measured on the pages just built.

use super::context::{FootprintContext, WeightLine};
use super::frame::PageSpec;
use super::{Renderer, markdown, put};
use crate::assets::compress::{ASSET_QUALITY, PAGE_QUALITY};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use std::collections::BTreeMap;

/// Slug of the page whose words it takes; without it nothing is measured.
pub const SLUG: &str = "ecoconception";
/// Address of the page.
const ADDRESS: &str = "/ecoconception/";

/// Renders the page, once the others are in `output`; `files` holds styles, scripts and fonts.
pub fn render(renderer: &Renderer, files: &Output, output: &mut Output, faults: &mut Diagnostics) {
    let Some(page) = renderer.site.pages.get(SLUG) else {
        return;
    };
    let mut scale = Scale {
        files,
        known: BTreeMap::new(),
    };
    let words = renderer.words();
    let lines = samples(renderer)
        .into_iter()
        .filter_map(|(label, address)| {
            let html = output.get(&format!("{}index.html", address.trim_start_matches('/')))?;
            let weight = scale.page(html);
            Some(WeightLine {
                label: words.fill(&label),
                href: address,
                compressed: words.fill(&kilobytes(weight.compressed)),
                raw: words.fill(&kilobytes(weight.raw)),
                requests: weight.requests,
            })
        })
        .collect();
    let fonts = renderer.assets.fonts.iter();
    let fonts = fonts.filter_map(|font| files.get(font.trim_start_matches('/')));
    let context = FootprintContext {
        body: markdown::html(&page.body, 1, &renderer.host(), faults),
        lines,
        fonts: words.fill(&kilobytes(fonts.map(|bytes| bytes.len()).sum())),
        font_count: renderer.assets.fonts.len(),
        day: renderer.site.today.into(),
        reviewed: page.review.reviewed.value.into(),
    };
    let spec = PageSpec {
        heading: page.title.value.clone(),
        description: page.description.value.clone(),
        path: ADDRESS.to_owned(),
        indexable: page.indexable,
        ..PageSpec::default()
    };
    let html = renderer.page("footprint.html", spec, "footprint", &context, faults);
    put(output, ADDRESS, html, faults);
}

/// One page of each kind, with its label.
fn samples(renderer: &Renderer) -> Vec<(String, String)> {
    let site = renderer.site;
    let mut found = vec![("Accueil".to_owned(), "/".to_owned())];
    let guide = site
        .guides
        .values()
        .max_by_key(|guide| guide.body.plain_text().len());
    found.extend(guide.map(|guide| {
        (
            format!("Le guide le plus long : {}", guide.title.value),
            guide.address(),
        )
    }));
    let tree = site.trees.values().next();
    found.extend(tree.map(|tree| {
        let title = &tree.start.title.value;
        (format!("Un diagnostic : {title}"), tree.address())
    }));
    let letter = site.letters.values().next();
    found.extend(letter.map(|letter| {
        let title = &letter.title.value;
        (format!("Un courrier : {title}"), letter.address())
    }));
    found.push((
        "Recherche, avant de chercher".to_owned(),
        "/recherche/".to_owned(),
    ));
    found.push(("Votre commune".to_owned(), "/communes/".to_owned()));
    found.push((
        "Questions fréquentes".to_owned(),
        "/questions-frequentes/".to_owned(),
    ));
    found
}

/// What a first visit downloads, fonts apart.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Weight {
    /// Bytes once decompressed.
    raw: usize,
    /// Bytes on the wire, brotli.
    compressed: usize,
    /// Files asked for.
    requests: usize,
}

struct Scale<'a> {
    files: &'a Output,
    known: BTreeMap<String, (usize, usize)>,
}

impl Scale<'_> {
    fn page(&mut self, html: &[u8]) -> Weight {
        let mut weight = Weight {
            raw: html.len(),
            compressed: compress::brotli(html, PAGE_QUALITY).len(),
            requests: 1,
        };
        for address in assets(&String::from_utf8_lossy(html)) {
            let (raw, compressed) = self.file(&address);
            weight.raw += raw;
            weight.compressed += compressed;
            weight.requests += 1;
        }
        weight
    }

    fn file(&mut self, address: &str) -> (usize, usize) {
        let files = self.files;
        *self.known.entry(address.to_owned()).or_insert_with(|| {
            let bytes = files
                .get(address.trim_start_matches('/'))
                .map_or(&[][..], |bytes| bytes);
            (bytes.len(), compress::brotli(bytes, ASSET_QUALITY).len())
        })
    }
}

/// Styles and scripts named by the head of a page.
fn assets(html: &str) -> Vec<String> {
    let head = html.split("<body").next().unwrap_or_default();
    let mut found: Vec<String> = head
        .split('"')
        .filter(|part| part.starts_with("/assets/") && [".css", ".js"].iter().any(|end| part.ends_with(end)))
        .map(ToOwned::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// « 12,4 Ko », of 1,000 bytes as the international system has it.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{},{}\u{a0}Ko", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_weighs_itself_and_what_its_head_names_once() {
        let mut files = Output::default();
        files.insert("assets/a.css", vec![b'a'; 5_000]).expect("a path");
        let mut scale = Scale {
            files: &files,
            known: BTreeMap::new(),
        };
        let html = "<head><link href=\"/assets/a.css\"><link href=\"/assets/a.css\"></head><body data-x=\"/assets/b.js\">";
        let weight = scale.page(html.as_bytes());
        assert_eq!((weight.requests, weight.raw), (2, 5_000 + html.len()));
        assert!(weight.compressed < 1_000);
        assert_eq!(kilobytes(12_340), "12,4\u{a0}Ko");
        assert_eq!(kilobytes(0), "0,0\u{a0}Ko");
    }
}
