//! Merges the situations that have the same future, whatever the voice, from the ends to the start.

use super::{Goal, Outline, Share, Step, Way};
use crate::diagram::FALSE;
use crate::flow::{Flow, Target};
use crate::labels::labels;
use crate::plan::Plan;
use crate::proof::brackets::bracket_of;
use std::collections::{BTreeSet, HashMap};

/// What follows an answer: questions without effect, then a place. The place alone tells futures apart.
#[derive(Debug, Clone)]
struct Rest {
    asks: BTreeSet<usize>,
    to: Goal,
}

/// A question, and its classes grouped by where they lead.
type Signature = (usize, Vec<(Vec<usize>, Goal)>);

struct Merger<'a> {
    plan: &'a Plan<'a>,
    flow: &'a Flow,
    known: HashMap<Signature, usize>,
    steps: Vec<Step>,
    /// How many complete situations each state leads to.
    ends: Vec<u128>,
}

/// The steps of a walk already explored, without scenarios or shares.
pub(super) fn merge(plan: &Plan, flow: &Flow) -> Option<Outline> {
    let mut merger = Merger {
        plan,
        flow,
        known: HashMap::new(),
        steps: Vec::new(),
        ends: vec![0; flow.states.len()],
    };
    let mut rests: Vec<Option<Rest>> = vec![None; flow.states.len()];
    for state in (0..flow.states.len()).rev() {
        rests[state] = Some(merger.resolve(state, &rests)?);
    }
    let start = rests.first()?.clone()?;
    let mut outline = Outline {
        first: start.asks.into_iter().collect(),
        start: start.to,
        steps: merger.steps,
        outcomes: vec![Share::default(); plan.tree.outcomes.len()],
        astray: Vec::new(),
    };
    number(&mut outline);
    Some(outline)
}

impl Merger<'_> {
    fn rest(&self, edge: Target, rests: &[Option<Rest>]) -> Option<Rest> {
        match edge {
            Target::State(next) => rests[next].clone(),
            Target::End(end) => {
                let open = self.flow.ends[end].outcomes;
                let outcomes = (0..self.plan.tree.outcomes.len()).filter(|index| open >> index & 1 == 1);
                Some(Rest {
                    asks: BTreeSet::new(),
                    to: Goal::Outcomes(outcomes.collect()),
                })
            }
        }
    }

    fn resolve(&mut self, state: usize, rests: &[Option<Rest>]) -> Option<Rest> {
        let here = &self.flow.states[state];
        let after = |edge: &Target| match edge {
            Target::State(next) => self.ends[*next],
            Target::End(_) => 1,
        };
        let counts: Vec<u128> = here.edges.iter().map(after).collect();
        self.ends[state] = counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
        let found: Option<Vec<Rest>> = here.edges.iter().map(|edge| self.rest(*edge, rests)).collect();
        let found = found?;
        let first = found.first()?.clone();
        if here.asked == FALSE {
            return Some(first);
        }
        if found.iter().all(|rest| rest.to == first.to) {
            let mut asks: BTreeSet<usize> = found.into_iter().flat_map(|rest| rest.asks).collect();
            asks.insert(here.question);
            return Some(Rest { asks, to: first.to });
        }
        let step = self.step(here.question, &found);
        let by = &mut self.steps[step];
        for way in &mut by.ways {
            let ends = way.classes.iter().map(|class| counts[*class]);
            let ends = ends.fold(0, |sum: u128, count| sum.saturating_add(count));
            let situations = here.paths.saturating_mul(ends);
            way.situations = way.situations.saturating_add(situations);
            by.situations = by.situations.saturating_add(situations);
            way.asks
                .extend(way.classes.iter().flat_map(|class| &found[*class].asks));
            way.asks.sort_unstable();
            way.asks.dedup();
        }
        Some(Rest {
            asks: BTreeSet::new(),
            to: Goal::Step(step),
        })
    }

    /// The step of a question with these futures, made when it is new.
    fn step(&mut self, question: usize, found: &[Rest]) -> usize {
        let mut classes: Vec<usize> = (0..found.len()).collect();
        // Brackets go in the author's order, as on the pages.
        classes.sort_by_key(|class| bracket_of(self.plan, question, &self.plan.classes[question][*class]));
        let mut groups: Vec<(Vec<usize>, Goal)> = Vec::new();
        for class in classes {
            match groups.iter_mut().find(|(_, to)| *to == found[class].to) {
                Some((group, _)) => group.push(class),
                None => groups.push((vec![class], found[class].to.clone())),
            }
        }
        let signature = (question, groups);
        if let Some(step) = self.known.get(&signature) {
            return *step;
        }
        let ways = signature
            .1
            .iter()
            .map(|(classes, to)| self.way(question, classes, to));
        let ways = ways.collect();
        self.steps.push(Step {
            question,
            ways,
            situations: 0,
        });
        self.known.insert(signature, self.steps.len() - 1);
        self.steps.len() - 1
    }

    fn way(&self, question: usize, classes: &[usize], to: &Goal) -> Way {
        let tree = self.plan.tree;
        let mut answers: Vec<String> = Vec::new();
        for class in classes {
            for (text, _) in labels(self.plan, question, *class, tree.voices[0]) {
                if !answers.contains(&text) {
                    answers.push(text);
                }
            }
        }
        Way {
            answers,
            asks: Vec::new(),
            to: to.clone(),
            situations: 0,
            scenarios: Vec::new(),
            classes: classes.to_vec(),
        }
    }
}

/// Numbers the steps by question, then in the order in which ways reach them.
fn number(outline: &mut Outline) {
    let mut reached: Vec<usize> = Vec::new();
    let mut seen = vec![false; outline.steps.len()];
    let mut waiting = vec![outline.start.clone()];
    while let Some(goal) = waiting.pop() {
        let Goal::Step(step) = goal else { continue };
        if std::mem::replace(&mut seen[step], true) {
            continue;
        }
        reached.push(step);
        waiting.extend(outline.steps[step].ways.iter().rev().map(|way| way.to.clone()));
    }
    reached.sort_by_key(|step| outline.steps[*step].question);
    let mut place = vec![0; outline.steps.len()];
    for (number, step) in reached.iter().enumerate() {
        place[*step] = number;
    }
    let renumber = |goal: &mut Goal| {
        if let Goal::Step(step) = goal {
            *step = place[*step];
        }
    };
    let mut steps: Vec<Step> = reached.iter().map(|step| outline.steps[*step].clone()).collect();
    steps
        .iter_mut()
        .flat_map(|step| &mut step.ways)
        .for_each(|way| renumber(&mut way.to));
    renumber(&mut outline.start);
    outline.steps = steps;
}
