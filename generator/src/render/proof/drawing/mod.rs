//! The drawing of a tree: questions on a line from top to bottom, conclusions beside them, and between them the
//! answers. Steps of the same question are one box: the list of the plan tells them apart.

mod lanes;
mod layout;
mod svg;

use super::Told;
use decision_tree::outline::{Goal, Step};
use std::collections::{BTreeMap, BTreeSet};

/// Words of the box of several conclusions.
const FORK: &str = "Plusieurs conclusions restent possibles";

/// What is drawn.
struct Graph {
    /// Words of the questions that decide, in order.
    questions: Vec<String>,
    /// Words of the conclusions that are reached.
    ends: Vec<String>,
    /// Answers between them.
    edges: Vec<Edge>,
}

/// Answers that lead from a question to a place.
struct Edge {
    from: usize,
    to: To,
    label: String,
    /// Whether these answers always lead there, whatever was answered before.
    always: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum To {
    Question(usize),
    End(usize),
}

/// The drawing as SVG; empty when the tree has no step.
pub(super) fn svg(told: &Told) -> String {
    if told.outline.steps.is_empty() {
        return String::new();
    }
    let graph = graph(told);
    let title = told.fill(&format!(
        "Dessin du questionnaire « {} »",
        told.files.start.title.value
    ));
    svg::draw(&layout::place(&graph), &title)
}

fn graph(told: &Told) -> Graph {
    let steps = &told.outline.steps;
    let questions: BTreeSet<usize> = steps.iter().map(|step| step.question).collect();
    let questions: Vec<usize> = questions.into_iter().collect();
    let place = |question: usize| {
        questions
            .iter()
            .position(|known| *known == question)
            .unwrap_or_default()
    };
    let count = told.tree.outcomes.len();
    // An outcome beyond the last stands for « several are possible ».
    let end_of = |goal: &Goal| match goal {
        Goal::Step(next) => To::Question(place(steps[*next].question)),
        Goal::Outcomes(outcomes) if outcomes.len() == 1 => To::End(outcomes[0]),
        Goal::Outcomes(_) => To::End(count),
    };
    let mut edges = Vec::new();
    let mut reached = BTreeSet::new();
    for (from, question) in questions.iter().enumerate() {
        let own: Vec<&Step> = steps.iter().filter(|step| step.question == *question).collect();
        let (order, leads) = answers(&own, end_of);
        for (to, given) in &leads {
            let elsewhere = |answer: &usize| {
                leads
                    .iter()
                    .any(|(other, set)| other != to && set.contains(answer))
            };
            if let To::End(end) = to {
                reached.insert(*end);
            }
            let words: Vec<String> = given.iter().map(|answer| order[*answer].clone()).collect();
            let all = given.len() == order.len();
            edges.push(Edge {
                from,
                to: *to,
                label: if all {
                    "toute réponse".to_owned()
                } else {
                    told.answers(&words)
                },
                always: !given.iter().any(elsewhere),
            });
        }
    }
    let reached: Vec<usize> = reached.into_iter().collect();
    for edge in &mut edges {
        if let To::End(end) = &mut edge.to {
            *end = reached.iter().position(|known| known == end).unwrap_or_default();
        }
    }
    let words = |end: &usize| {
        if *end == count {
            FORK.to_owned()
        } else {
            told.outcome(*end)
        }
    };
    Graph {
        questions: questions
            .iter()
            .map(|question| told.question(*question))
            .collect(),
        ends: reached.iter().map(words).collect(),
        edges,
    }
}

/// The answers to a question in order, and by place those that lead there.
fn answers(steps: &[&Step], end_of: impl Fn(&Goal) -> To) -> (Vec<String>, BTreeMap<To, BTreeSet<usize>>) {
    let mut order: Vec<String> = Vec::new();
    let mut leads: BTreeMap<To, BTreeSet<usize>> = BTreeMap::new();
    for way in steps.iter().flat_map(|step| &step.ways) {
        for answer in &way.answers {
            let at = order.iter().position(|known| known == answer).unwrap_or_else(|| {
                order.push(answer.clone());
                order.len() - 1
            });
            leads.entry(end_of(&way.to)).or_default().insert(at);
        }
    }
    (order, leads)
}
