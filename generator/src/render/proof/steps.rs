//! All paths as nested lists. A step that several answers lead to stands once, and the others refer to it: the
//! list stays finite.

use super::Told;
use super::context::Section;
use super::numbers::{plural, scenarios};
use crate::render::words::escape;
use decision_tree::outline::{Goal, Step, Way};
use std::fmt::Write;

/// How deep a step may stand in another: beyond, it has its own place, so that a phone can show it.
const DEEPEST: usize = 2;
/// Most steps that the page lists.
const MOST: usize = 400;

/// Where each step stands.
struct Places {
    /// Steps that stand inside the only answer that leads to them.
    inside: Vec<bool>,
    /// Number of each other step.
    number: Vec<usize>,
}

impl Told<'_> {
    /// The parts of the list, and how many steps are left out.
    pub(super) fn sections(&self) -> (Vec<Section>, usize) {
        let places = self.places();
        let steps = self.outline.steps.iter().enumerate();
        let own = steps.filter(|(index, _)| !places.inside[*index]);
        let all: Vec<(usize, &Step)> = own.collect();
        let sections = all.iter().take(MOST).map(|(index, step)| Section {
            id: format!("etape-{}", places.number[*index]),
            title: self.step_title(places.number[*index], step),
            meta: self.meta(step.situations, &union(step)),
            html: self.ways(step, &places),
        });
        (sections.collect(), all.len().saturating_sub(MOST))
    }

    fn places(&self) -> Places {
        let steps = &self.outline.steps;
        let mut arrivals = vec![0_usize; steps.len()];
        let mut depth = vec![0_usize; steps.len()];
        let mut inside = vec![false; steps.len()];
        let mut number = vec![0; steps.len()];
        let goals = steps.iter().flat_map(|step| &step.ways).map(|way| &way.to);
        for goal in goals.chain([&self.outline.start]) {
            if let Goal::Step(next) = goal {
                arrivals[*next] += 1;
            }
        }
        let mut count = 0;
        for (index, step) in steps.iter().enumerate() {
            if !inside[index] {
                count += 1;
                number[index] = count;
            }
            for way in &step.ways {
                if let Goal::Step(next) = way.to
                    && arrivals[next] == 1
                    && depth[index] < DEEPEST
                {
                    inside[next] = true;
                    depth[next] = depth[index] + 1;
                }
            }
        }
        Places { inside, number }
    }

    fn step_title(&self, number: usize, step: &Step) -> String {
        self.fill(&format!("Étape {number} : {}", self.question(step.question)))
    }

    fn meta(&self, situations: u128, passing: &[usize]) -> String {
        let told = format!(
            "{} ; {}",
            plural(situations, "situation", "situations"),
            scenarios(passing)
        );
        self.fill(&told)
    }

    /// Names of questions asked for figures and letters alone.
    pub(super) fn asked(&self, questions: &[usize]) -> String {
        let names: Vec<&str> = questions
            .iter()
            .map(|q| self.tree.questions[*q].id.as_str())
            .collect();
        names.join(", ")
    }

    fn ways(&self, step: &Step, places: &Places) -> String {
        let mut html = String::from("<ul class=\"ml-plan__ways\">");
        for way in &step.ways {
            self.one_way(way, places, &mut html);
        }
        html.push_str("</ul>");
        html
    }

    /// Writing into a string cannot fail.
    fn one_way(&self, way: &Way, places: &Places, html: &mut String) {
        let meta = escape(&self.meta(way.situations, &way.scenarios));
        let _ = write!(
            html,
            "<li><p><strong>{}</strong>",
            escape(&self.answers(&way.answers))
        );
        let mut nested = String::new();
        match &way.to {
            Goal::Outcomes(outcomes) => self.end(outcomes, html),
            Goal::Step(next) if places.inside[*next] => {
                let step = &self.outline.steps[*next];
                let _ = write!(html, "\u{a0}: {}", escape(&self.question(step.question)));
                nested = self.ways(step, places);
            }
            Goal::Step(next) => {
                let (number, step) = (places.number[*next], &self.outline.steps[*next]);
                let title = escape(&self.step_title(number, step));
                if number <= MOST {
                    let _ = write!(html, "\u{a0}: <a href=\"#etape-{number}\">{title}</a>");
                } else {
                    let _ = write!(html, "\u{a0}: {title}");
                }
            }
        }
        let _ = write!(html, "</p><p class=\"ml-meta\">{meta}");
        if !way.asks.is_empty() {
            let _ = write!(
                html,
                ". Demandé aussi, selon le cas\u{a0}: {}",
                escape(&self.asked(&way.asks))
            );
        }
        let _ = write!(html, "</p>{nested}</li>");
    }

    fn end(&self, outcomes: &[usize], html: &mut String) {
        let links: Vec<String> = outcomes
            .iter()
            .map(|index| {
                let (href, title) = (self.outcome_address(*index), self.outcome(*index));
                format!("<a href=\"{}\">{}</a>", escape(&href), escape(&title))
            })
            .collect();
        let before = if links.len() == 1 {
            "conclusion"
        } else {
            "plusieurs conclusions possibles,"
        };
        let _ = write!(html, "\u{a0}: {before} {}", links.join(" ou "));
    }
}

/// The scenarios that pass by a step.
fn union(step: &Step) -> Vec<usize> {
    let mut all: Vec<usize> = step.ways.iter().flat_map(|way| way.scenarios.clone()).collect();
    all.sort_unstable();
    all
}
