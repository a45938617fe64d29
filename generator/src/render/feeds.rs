//! The Atom feed of the guides, newest review first.

use super::words::{Words, escape};
use crate::site::{Guide, Site};
use std::cmp::Reverse;
use std::fmt::Write;

/// Address of the feed.
pub const ADDRESS: &str = "/nouveautes.xml";
/// How many guides the feed shows.
const ENTRIES: usize = 20;

/// Writes the feed. Days have no hour: midnight, universal time, is said.
#[must_use]
pub fn atom(site: &Site, words: Words) -> String {
    let base = &site.settings.base_url.value;
    let mut guides: Vec<&Guide> = site.guides.values().collect();
    guides.sort_by_key(|guide| (Reverse(guide.review.reviewed.value), &guide.slug));
    let updated = guides
        .first()
        .map_or(site.today, |guide| guide.review.reviewed.value);
    let title = escape(&words.fill(&site.settings.title.value));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n<title>{title}</title>\n<id>{base}/</id>\n<link href=\"{base}/\"/>\n<link rel=\"self\" href=\"{base}{ADDRESS}\"/>\n<updated>{updated}T00:00:00Z</updated>\n<author><name>{title}</name></author>\n"
    );
    for guide in guides.into_iter().take(ENTRIES) {
        let address = format!("{base}{}", guide.address());
        // Writing into a string cannot fail.
        let _ = writeln!(
            xml,
            "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/><updated>{}T00:00:00Z</updated><summary>{}</summary></entry>",
            escape(&words.fill(&guide.title.value)),
            guide.review.reviewed.value,
            escape(&words.fill(&guide.description.value)),
        );
    }
    xml.push_str("</feed>\n");
    xml
}
