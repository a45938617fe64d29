//! The home page.

use super::context::{Card, HomeContext};
use super::frame::PageSpec;
use super::{Renderer, cards, markdown};
use crate::diagnostic::Diagnostics;
use crate::parse::fields::Located;
use crate::site::{Home, LinkCard};

/// Renders the home page.
pub fn render(renderer: &Renderer, home: &Home, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let cards =
        |links: &[LinkCard]| -> Vec<Card> { links.iter().map(|card| cards::of_link(card, words)).collect() };
    let texts = |texts: &[Located<String>]| -> Vec<String> {
        texts.iter().map(|text| words.fill(&text.value)).collect()
    };
    let context = HomeContext {
        lead: words.fill(&home.lead.value),
        entries: cards(&home.entries),
        motives: cards(&home.motives),
        urgent: cards(&home.urgent),
        commission: texts(&home.commission),
        help: cards(&home.help),
        assurances: texts(&home.assurances),
        body: markdown::html(&home.body, 1, &renderer.host(), faults),
    };
    let spec = PageSpec {
        heading: home.title.value.clone(),
        title: Some(home.title.value.clone()),
        description: home.description.value.clone(),
        path: "/".to_owned(),
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("home.html", spec, "home", &context, faults)
}
