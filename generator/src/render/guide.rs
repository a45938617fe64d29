//! The page of a guide.

use super::context::{GuideContext, SourceLine};
use super::frame::{PageSpec, link};
use super::{Renderer, cards, markdown};
use crate::diagnostic::Diagnostics;
use crate::site::{Audience, Guide, Reference};

/// Words that people read in a minute, unhurried.
const WORDS_PER_MINUTE: usize = 200;

/// Renders a guide.
pub fn render(renderer: &Renderer, guide: &Guide, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let title = words.fill(&guide.title.value);
    let linker = renderer.glossary.page(&title, &guide.address(), None);
    let host = renderer.host();
    let host = if guide.glossary {
        host.with_terms(&linker)
    } else {
        host
    };
    let summary = guide
        .body
        .headings()
        .into_iter()
        .filter(|heading| heading.level == 2);
    let context = GuideContext {
        audience: guide
            .audience
            .iter()
            .map(|side| audience(*side).to_owned())
            .collect(),
        answer: words.fill(&guide.answer.value),
        body: markdown::html(&guide.body, 1, &host, faults),
        summary: summary
            .map(|heading| link(words.fill(&heading.text), format!("#{}", heading.id)))
            .collect(),
        minutes: minutes(guide.words),
        reviewed: guide.review.reviewed.value.into(),
        next_review: guide.review.next.value.into(),
        sources: guide
            .sources
            .iter()
            .map(|source| source_line(renderer, source))
            .collect(),
        next_steps: guide
            .next_steps
            .iter()
            .map(|address| cards::of_address(renderer.site, &address.value, words))
            .collect(),
        related: guide
            .related
            .iter()
            .map(|slug| cards::of_address(renderer.site, &format!("/guides/{}/", slug.value), words))
            .collect(),
    };
    let spec = PageSpec {
        heading: guide.title.value.clone(),
        description: guide.description.value.clone(),
        path: guide.address(),
        parents: vec![("Guides".to_owned(), "/guides/".to_owned())],
        indexable: true,
        notice: guide.shown.notice(),
        ..PageSpec::default()
    };
    renderer.page("guide.html", spec, "guide", &context, faults)
}

/// « Pour le locataire ».
#[must_use]
pub fn audience(side: Audience) -> &'static str {
    match side {
        Audience::Tenant => "Pour le locataire",
        Audience::Landlord => "Pour le bailleur",
    }
}

/// Minutes that it takes to read so many words, at least one.
#[must_use]
pub fn minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_PER_MINUTE))
        .unwrap_or(u32::MAX)
        .max(1)
}

/// A line of the list of sources.
#[must_use]
pub fn source_line(renderer: &Renderer, source: &Reference) -> SourceLine {
    let words = renderer.words();
    let article = source.article.as_ref().map(|article| {
        let name = if several(&article.value) {
            "articles"
        } else {
            "article"
        };
        format!(", {name} {}", article.value)
    });
    SourceLine {
        title: words.fill(&format!("{}{}", source.title.value, article.unwrap_or_default())),
        href: source
            .address
            .as_ref()
            .map(|address| address.value.clone())
            .unwrap_or_default(),
        read: source.read.value.into(),
    }
}

/// Whether « 4, 7 et 22 » names more than one article.
fn several(articles: &str) -> bool {
    articles.contains(", ") || articles.contains(" et ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_minutes_and_articles() {
        assert_eq!(minutes(0), 1);
        assert_eq!(minutes(201), 2);
        assert!(several("4, 7") && several("1730 et 1731") && !several("7 d"));
    }
}
