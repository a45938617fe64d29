//! The abstract walk: every situation that the questions can lead to, those with the same future merged.

use crate::diagram::{Diagrams, Exhausted, FALSE, Id, TRUE};
use crate::model::{Kind, Voice};
use crate::partition::Class;
use crate::plan::Plan;
use std::collections::HashMap;

/// Most merged situations of one walk.
const MAX_STATES: usize = 60_000;

/// A situation before a question.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// The question.
    pub(crate) question: usize,
    /// Truth of its condition.
    pub(crate) asked: u64,
    /// Where each class leads; one edge only when it is not asked.
    pub(crate) edges: Vec<Target>,
    /// How many complete walks lead here.
    pub(crate) paths: u128,
    /// A situation and a class that lead here.
    pub(crate) from: Option<(usize, usize)>,
}

/// Where an edge leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    State(usize),
    End(usize),
}

/// The end of walks.
#[derive(Debug, Clone)]
pub(crate) struct End {
    /// Outcomes left open, as bits.
    pub(crate) outcomes: u64,
    /// Outcomes whose condition read a question that was not asked, as bits.
    pub(crate) blamed: u64,
    pub(crate) voice: Option<Voice>,
    /// Truth of the watched conditions.
    pub(crate) guards: Vec<u64>,
    /// Whether the watched question was asked.
    pub(crate) watched: bool,
    pub(crate) paths: u128,
    pub(crate) from: Option<(usize, usize)>,
}

/// All situations, in an order where every edge goes forward.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) states: Vec<State>,
    pub(crate) ends: Vec<End>,
}

/// What tells two situations apart: what remains of each diagram, the voice, the watched question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    conditions: Vec<Id>,
    stop: Id,
    outcome: Id,
    blame: Id,
    guards: Vec<Id>,
    voice: Option<Voice>,
    watched: bool,
}

impl Key {
    fn take(&self, diagrams: &Diagrams, question: usize, class: usize) -> Self {
        let take = |id: &Id| diagrams.take(*id, question, class);
        Self {
            conditions: self.conditions.iter().skip(1).map(take).collect(),
            stop: take(&self.stop),
            outcome: take(&self.outcome),
            blame: take(&self.blame),
            guards: self.guards.iter().map(take).collect(),
            ..*self
        }
    }
}

impl Plan<'_> {
    /// Walks everywhere. `guards` are watched at the ends; `watch` is a question to follow.
    pub(crate) fn explore(&self, guards: &[Id], watch: Option<usize>) -> Result<Flow, Exhausted> {
        let mut flow = Flow::default();
        let start = Key {
            conditions: self.conditions.clone(),
            stop: self.stop,
            outcome: self.outcome,
            blame: self.blame,
            guards: guards.to_vec(),
            voice: None,
            watched: false,
        };
        let mut ends = HashMap::new();
        let mut level: Vec<Key> = vec![start];
        flow.states.push(State {
            question: 0,
            asked: FALSE,
            edges: Vec::new(),
            paths: 1,
            from: None,
        });
        let mut first = 0;
        for question in 0..self.tree.questions.len() {
            let mut next: Vec<Key> = Vec::new();
            let mut known: HashMap<Key, usize> = HashMap::new();
            let base = first + level.len();
            for (offset, key) in level.iter().enumerate() {
                let state = first + offset;
                let asked = self.diagrams.end(key.conditions[0]);
                flow.states[state].asked = asked;
                let absent = self.classes[question].len();
                let range = if asked == FALSE {
                    absent..absent + 1
                } else {
                    0..absent
                };
                for class in range {
                    let mut after = key.take(&self.diagrams, question, class);
                    if class < absent {
                        after.watched |= watch == Some(question);
                        after.voice = self.voice(question, class).or(after.voice);
                    }
                    let stops = class < absent && self.diagrams.end(after.stop) == TRUE;
                    let from = (state, class);
                    let paths = flow.states[state].paths;
                    let target = if stops || question + 1 == self.tree.questions.len() {
                        Target::End(self.arrive(&mut flow, &mut ends, &after, paths, from))
                    } else {
                        let at = *known.entry(after.clone()).or_insert_with(|| {
                            next.push(after);
                            flow.states.push(State {
                                question: question + 1,
                                asked: FALSE,
                                edges: Vec::new(),
                                paths: 0,
                                from: Some(from),
                            });
                            base + next.len() - 1
                        });
                        flow.states[at].paths = flow.states[at].paths.saturating_add(paths);
                        Target::State(at)
                    };
                    flow.states[state].edges.push(target);
                }
                if flow.states.len() > MAX_STATES {
                    return Err(Exhausted);
                }
            }
            first = base;
            level = next;
        }
        if self.tree.questions.is_empty() {
            flow.states.clear();
        }
        Ok(flow)
    }

    fn arrive(
        &self,
        flow: &mut Flow,
        known: &mut HashMap<Key, usize>,
        key: &Key,
        paths: u128,
        from: (usize, usize),
    ) -> usize {
        let at = *known.entry(key.clone()).or_insert_with(|| {
            flow.ends.push(End {
                outcomes: self.diagrams.end(key.outcome),
                blamed: self.diagrams.end(key.blame),
                voice: key.voice,
                guards: key.guards.iter().map(|id| self.diagrams.end(*id)).collect(),
                watched: key.watched,
                paths: 0,
                from: Some(from),
            });
            flow.ends.len() - 1
        });
        flow.ends[at].paths = flow.ends[at].paths.saturating_add(paths);
        at
    }

    /// The voice that an answer gives.
    fn voice(&self, question: usize, class: usize) -> Option<Voice> {
        let asked = &self.tree.questions[question];
        match &self.classes[question][class] {
            Class::Value(choice) if asked.id == crate::answers::PROFILE && asked.kind == Kind::Choix => {
                Voice::from_id(&asked.choices.get(usize::try_from(*choice).ok()?)?.id)
            }
            _ => None,
        }
    }
}

impl Flow {
    /// The answers of a walk that leads to a place: (question, class), in order.
    pub(crate) fn example(&self, from: Option<(usize, usize)>) -> Vec<(usize, usize)> {
        let mut answers = Vec::new();
        let mut at = from;
        while let Some((state, class)) = at {
            if self.states[state].asked != FALSE {
                answers.push((self.states[state].question, class));
            }
            at = self.states[state].from;
        }
        answers.reverse();
        answers
    }

    /// How many complete walks there are.
    pub(crate) fn paths(&self) -> u128 {
        self.ends.iter().fold(0, |sum, end| sum.saturating_add(end.paths))
    }
}
