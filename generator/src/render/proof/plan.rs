//! The plan: the drawing, the list of all paths, and the logic as its author wrote it.

use super::context::{PlanContext, QuestionRow};
use super::numbers::plural;
use super::{Told, drawing, plan_address, sheet_address};
use crate::diagnostic::Diagnostics;
use crate::render::frame::PageSpec;
use crate::render::tree::context::Named;

impl Told<'_> {
    /// Renders the plan. It is for those who read the logic over: engines need not show it.
    pub(super) fn plan(&self, faults: &mut Diagnostics) -> Option<String> {
        let source = &self.files.source;
        let ways: usize = self.outline.steps.iter().map(|step| step.ways.len()).sum();
        let (sections, left_out) = self.sections();
        let context = PlanContext {
            title: self.fill(&self.files.start.title.value),
            base: self.files.address(),
            sheet: sheet_address(&self.files.slug),
            size: format!(
                "{} et {}",
                plural(self.outline.steps.len() as u128, "étape", "étapes"),
                plural(ways as u128, "branche", "branches")
            ),
            drawing: drawing::svg(self),
            first: self.asked(&self.outline.first),
            sections,
            left_out,
            outcomes: self.outcomes(),
            questions: self.questions(),
            stop: source
                .stop
                .as_ref()
                .map(|stop| one_line(&stop.value))
                .unwrap_or_default(),
            facts: source
                .facts
                .iter()
                .map(|fact| Named {
                    name: self.fill(&fact.name.value),
                    text: one_line(&fact.value.value),
                })
                .collect(),
        };
        let spec = PageSpec {
            heading: "Plan du questionnaire".to_owned(),
            description: format!(
                "Tous les chemins du questionnaire « {} ».",
                self.files.start.title.value
            ),
            path: plan_address(&self.files.slug),
            parents: self.parents(),
            ..PageSpec::default()
        };
        self.renderer.page("plan.html", spec, "proof", &context, faults)
    }

    fn questions(&self) -> Vec<QuestionRow> {
        let order = self.files.source.order.iter().zip(0..self.tree.questions.len());
        order
            .map(|(line, index)| QuestionRow {
                id: self.tree.questions[index].id.clone(),
                text: self.question(index),
                condition: line
                    .value
                    .split_once(" si ")
                    .map(|(_, condition)| one_line(condition))
                    .unwrap_or_default(),
            })
            .collect()
    }
}

/// A text folded on several lines, on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
