//! The body of an outcome in HTML: values and conditions bear the expressions that the script computes.

use super::outcome::{Page, inline};
use super::words;
use crate::body::{Directive, PieceKind};
use crate::diagnostic::Diagnostic;
use crate::parse::tree::OutcomeWords;
use crate::render::directive::GuideHost;
use crate::render::glossary::link::Linker;
use crate::render::markdown::{Host, Place};
use crate::render::words::escape;
use decision_tree::model::Outcome;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Renders the body of one outcome, for one voice.
pub(super) struct OutcomeHost<'a> {
    guide: GuideHost<'a>,
    page: &'a Page<'a>,
    /// The same outcome, compiled.
    outcome: Option<&'a Outcome>,
    /// Number of a condition by the first byte of its line.
    conditions: BTreeMap<usize, usize>,
    /// Number of the next value.
    next: Cell<usize>,
}

impl<'a> OutcomeHost<'a> {
    /// The host of a body: its conditions are numbered in reading order.
    pub(super) fn new(
        page: &'a Page<'a>,
        outcome: Option<&'a Outcome>,
        words: &OutcomeWords,
        terms: &'a Linker<'a>,
    ) -> Self {
        let opened = words.body.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Open(directive) if directive.name == "si" => Some(piece.span.start),
            _ => None,
        });
        Self {
            guide: page.renderer.host().with_terms(terms),
            page,
            outcome,
            conditions: opened
                .enumerate()
                .map(|(number, start)| (start, number))
                .collect(),
            next: Cell::new(0),
        }
    }
}

impl Host for OutcomeHost<'_> {
    fn slot(&self, words: &str) -> String {
        let number = self.next.replace(self.next.get() + 1);
        let value = self.outcome.and_then(|outcome| outcome.body.values.get(number));
        self.page.value(value, words)
    }

    fn directive(&self, directive: &Directive, place: Place, body: &str) -> Result<String, Diagnostic> {
        let page = self.page;
        match directive.name {
            "cas"
                if directive
                    .arg("profil")
                    .is_some_and(|side| side.value == page.voice.id()) =>
            {
                Ok(body.to_owned())
            }
            "cas" if directive.arg("profil").is_some() => Ok(String::new()),
            "si" => {
                let condition = &directive.title.value;
                if words::is_other_voice(condition, page.voice) {
                    return Ok(String::new());
                }
                let number = self.conditions.get(&place.span.start);
                let conditions = self.outcome.map(|outcome| &outcome.body.conditions);
                let expr = inline(
                    conditions
                        .zip(number)
                        .and_then(|(list, number)| list.get(*number)),
                );
                let case = words::condition(condition, &page.files.source, page.voice);
                let case = escape(&page.renderer.words().fill(&format!("Dans ce cas : {case}")));
                Ok(format!(
                    "<div class=\"ml-condition\" data-if=\"{}\">\n<p class=\"ml-condition__case\" data-case>{case}</p>\n{body}\n</div>",
                    escape(&expr)
                ))
            }
            _ => self.guide.directive(directive, place, body),
        }
    }

    fn text(&self, words: &str) -> String {
        self.guide.text(words)
    }

    fn image(&self, address: &str) -> String {
        self.guide.image(address)
    }
}
