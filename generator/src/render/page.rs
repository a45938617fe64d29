//! Legal pages and the like, and the pages of errors.

use super::context::SimplePageContext;
use super::frame::PageSpec;
use super::{Renderer, markdown};
use crate::diagnostic::Diagnostics;
use crate::site::Page;

/// Renders a page.
pub fn render(renderer: &Renderer, page: &Page, faults: &mut Diagnostics) -> Option<String> {
    let title = renderer.words().fill(&page.title.value);
    let linker = renderer.glossary.page(&title, &page.address(), None);
    let host = renderer.host();
    // An error page is read in a hurry, and stands alone when nothing else answers.
    let host = if page.is_error() {
        host
    } else {
        host.with_terms(&linker)
    };
    let context = SimplePageContext {
        body: markdown::html(&page.body, 1, &host, faults),
        reviewed: (!page.is_error()).then(|| page.review.reviewed.value.into()),
    };
    let spec = PageSpec {
        heading: page.title.value.clone(),
        description: page.description.value.clone(),
        path: page.address(),
        indexable: page.indexable,
        notice: page.shown.notice(),
        ..PageSpec::default()
    };
    let layout = if page.is_error() {
        "error.html"
    } else {
        "page.html"
    };
    renderer.page(layout, spec, "simple", &context, faults)
}
