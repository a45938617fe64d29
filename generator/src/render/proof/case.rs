//! The rows that both pages show: outcomes and scenarios.

use super::Told;
use super::context::{OutcomeRow, ScenarioRow};
use super::numbers::{grouped, plural, scenarios};
use crate::render::frame::link;
use decision_tree::source::ScenarioSource;
use decision_tree::{Answers, Context, Date, report};

impl Told<'_> {
    /// The outcomes, in the order in which they win.
    pub(super) fn outcomes(&self) -> Vec<OutcomeRow> {
        let rows = self.outline.outcomes.iter().enumerate();
        rows.map(|(index, share)| OutcomeRow {
            rank: index + 1,
            title: self.outcome(index),
            href: self.outcome_address(index),
            condition: self.written(index),
            situations: grouped(share.situations),
            open: grouped(share.open),
            hidden: share
                .hidden_by
                .iter()
                .map(|(earlier, count)| {
                    format!(
                        "« {} » passe avant dans {}",
                        self.outcome(*earlier),
                        plural(*count, "situation", "situations")
                    )
                })
                .map(|text| self.fill(&text))
                .collect(),
            scenarios: scenarios(&share.scenarios),
        })
        .collect()
    }

    /// The condition of an outcome as the author wrote it.
    fn written(&self, index: usize) -> String {
        let id = &self.tree.outcomes[index].id;
        let lines = &self.files.source.outcome_order;
        let line = lines.iter().find(|line| line.name.value == *id);
        line.map(|line| line.value.value.clone()).unwrap_or_default()
    }

    /// The scenarios, in the author's order.
    pub(super) fn scenarios(&self) -> Vec<ScenarioRow> {
        let known = self.files.source.scenarios.iter().enumerate();
        known
            .filter_map(|(index, scenario)| self.scenario(index + 1, scenario))
            .collect()
    }

    fn scenario(&self, number: usize, scenario: &ScenarioSource) -> Option<ScenarioRow> {
        let context = Context {
            today: Date::from_iso(scenario.on.value.trim())?,
        };
        let pairs = scenario.answers.iter();
        let pairs = pairs.map(|line| (line.name.value.as_str(), line.value.value.as_str()));
        let (answers, _) = Answers::read(self.tree, pairs, &context);
        let found = report(self.tree, &answers, &context);
        let outcomes = found.outcomes.iter().filter_map(|outcome| {
            let index = self
                .tree
                .outcomes
                .iter()
                .position(|known| known.id == outcome.id)?;
            Some(link(self.outcome(index), self.outcome_address(index)))
        });
        let figures = scenario.figures.iter().filter_map(|expected| {
            let figure = found
                .figures
                .iter()
                .find(|figure| figure.name == expected.name.value)?;
            Some(self.fill(&format!("{} : {}", figure.name, figure.text.as_ref()?)))
        });
        let day: jiff::civil::Date = scenario.on.value.trim().parse().ok()?;
        Some(ScenarioRow {
            number,
            name: self.fill(&scenario.name.value),
            day: day.into(),
            outcomes: outcomes.collect(),
            figures: figures.collect(),
        })
    }
}
