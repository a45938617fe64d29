//! The frequent questions: one page, a heading a question, so that find-in-page and print have them all.

use super::context::{FaqContext, FaqTheme};
use super::frame::{PageSpec, link};
use super::{Renderer, markdown, put};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::faq::ADDRESS;

/// Slug of the page that gives it its words.
pub const SLUG: &str = "questions-frequentes";
const TITLE: &str = "Questions fréquentes";
const DESCRIPTION: &str = "Les réponses courtes aux questions que posent locataires et bailleurs.";

/// Renders the page; nothing without questions.
pub fn render(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    if renderer.site.faq.is_empty() {
        return;
    }
    let words = renderer.words();
    let page = renderer.site.pages.get(SLUG);
    let title = page.map_or(TITLE, |page| &page.title.value);
    let description = page.map_or(DESCRIPTION, |page| &page.description.value);
    let linker = renderer.glossary.page(&words.fill(title), ADDRESS, None);
    let themes = renderer.site.faq.iter().map(|theme| FaqTheme {
        title: words.fill(&theme.title.value),
        anchor: anchor(theme.slug.as_str()),
        questions: theme
            .body
            .headings()
            .into_iter()
            .map(|heading| link(words.fill(&heading.text), format!("#{}", heading.id)))
            .collect(),
        body: markdown::html(&theme.body, 2, &renderer.host().with_terms(&linker), faults),
        reviewed: theme.review.reviewed.value.into(),
    });
    let context = FaqContext {
        lead: words.fill(description),
        themes: themes.collect(),
    };
    let spec = PageSpec {
        heading: title.to_owned(),
        description: description.to_owned(),
        path: ADDRESS.to_owned(),
        indexable: true,
        ..PageSpec::default()
    };
    let html = renderer.page("faq.html", spec, "faq", &context, faults);
    put(output, ADDRESS, html, faults);
}

/// The anchor of a theme, apart from those of questions.
#[must_use]
pub fn anchor(slug: &str) -> String {
    format!("theme-{slug}")
}
