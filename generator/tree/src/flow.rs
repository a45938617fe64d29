//! The abstract walk: every situation that the questions can lead to, those with the same future merged.

use crate::date::Date;
use crate::diagram::{ABSENT, Diagrams, Exhausted, FALSE, Id, NO_OUTCOME, Op, TRUE, UNKNOWN};
use crate::expr::Expr;
use crate::expr::eval::Env;
use crate::model::{Kind, Tree, Voice};
use crate::partition::{Atoms, Class, atoms, classes};
use std::collections::HashMap;

/// Most merged situations of one walk.
const MAX_STATES: usize = 60_000;

/// The conditions of a tree as diagrams over the classes of its questions.
pub(crate) struct Plan<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) today: Date,
    pub(crate) classes: Vec<Vec<Class>>,
    pub(crate) diagrams: Diagrams,
    conditions: Vec<Id>,
    stop: Id,
    outcome: Id,
    blame: Id,
    /// Condition of each outcome.
    pub(crate) outcome_conditions: Vec<Id>,
    facts: Vec<Option<Id>>,
}

/// The conditions that decide of the walk.
pub(crate) fn flow_roots(tree: &Tree) -> impl Iterator<Item = &Expr> {
    let asked = tree
        .questions
        .iter()
        .filter_map(|question| question.condition.as_ref());
    let concluded = tree
        .outcomes
        .iter()
        .filter_map(|outcome| outcome.condition.as_ref());
    asked.chain(&tree.stop).chain(concluded)
}

impl<'a> Plan<'a> {
    /// The plan of a tree on a day; `guards` are further conditions that the caller will watch.
    pub(crate) fn new(tree: &'a Tree, today: Date, guards: &[&'a Expr]) -> Result<Self, Exhausted> {
        let atoms: Atoms = atoms(tree, flow_roots(tree).chain(guards.iter().copied()));
        let classes = (0..tree.questions.len())
            .map(|q| classes(tree, q, &atoms, today))
            .collect();
        let mut plan = Self {
            tree,
            today,
            classes,
            diagrams: Diagrams::default(),
            conditions: Vec::new(),
            stop: 0,
            outcome: 0,
            blame: 0,
            outcome_conditions: Vec::new(),
            facts: vec![None; tree.facts.len()],
        };
        for question in &tree.questions {
            let id = plan.optional(question.condition.as_ref(), TRUE)?;
            plan.conditions.push(id);
        }
        plan.stop = plan.optional(tree.stop.as_ref(), FALSE)?;
        plan.conclude()?;
        Ok(plan)
    }

    fn optional(&mut self, condition: Option<&'a Expr>, default: u64) -> Result<Id, Exhausted> {
        match condition {
            Some(expr) => self.diagram(expr),
            None => self.diagrams.leaf(default),
        }
    }

    /// The outcomes left open, and those that read a question that was not asked.
    fn conclude(&mut self) -> Result<(), Exhausted> {
        for outcome in &self.tree.outcomes {
            let id = self.optional(outcome.condition.as_ref(), TRUE)?;
            self.outcome_conditions.push(id);
        }
        let (mut open, mut blame) = (self.diagrams.leaf(NO_OUTCOME)?, self.diagrams.leaf(0)?);
        for (index, condition) in self.outcome_conditions.clone().into_iter().enumerate().rev() {
            let bit = u32::try_from(index).map_err(|_| Exhausted)?;
            open = self.diagrams.apply(Op::Else(bit), condition, open)?;
            blame = self.diagrams.apply(Op::Blame(bit), condition, blame)?;
        }
        let unknown: Vec<Option<usize>> = self
            .tree
            .questions
            .iter()
            .zip(&self.classes)
            .map(|(question, classes)| {
                let choice = question.kind == Kind::Choix && question.dont_know;
                choice.then(|| classes.len() - 1)
            })
            .collect();
        self.outcome = self.diagrams.complete(open, &unknown, &mut HashMap::new())?;
        self.blame = blame;
        Ok(())
    }

    /// The diagram of a condition.
    pub(crate) fn diagram(&mut self, expr: &'a Expr) -> Result<Id, Exhausted> {
        match expr {
            Expr::Not(inner) => {
                let id = self.diagram(inner)?;
                self.diagrams.apply(Op::Not, id, id)
            }
            Expr::And(parts) => self.all(parts, Op::And, TRUE),
            Expr::Or(parts) => self.all(parts, Op::Or, FALSE),
            Expr::Fact(index) => {
                if let Some(id) = self.facts[*index] {
                    return Ok(id);
                }
                let id = self.diagram(&self.tree.facts[*index].expr)?;
                self.facts[*index] = Some(id);
                Ok(id)
            }
            atom => self.atom(atom),
        }
    }

    fn all(&mut self, parts: &'a [Expr], op: Op, neutral: u64) -> Result<Id, Exhausted> {
        let mut all = self.diagrams.leaf(neutral)?;
        for part in parts {
            let id = self.diagram(part)?;
            all = self.diagrams.apply(op, all, id)?;
        }
        Ok(all)
    }

    fn atom(&mut self, atom: &Expr) -> Result<Id, Exhausted> {
        let mut answers = vec![None; self.tree.questions.len()];
        let today = self.today.day_number();
        let question = atom.reads().answers.first().copied();
        let mut values: Vec<Option<i64>> = vec![None];
        if let Some(question) = question {
            values = self.classes[question].iter().map(Class::value).collect();
        }
        let mut children = Vec::with_capacity(values.len() + 1);
        for value in values {
            if let Some(question) = question {
                answers[question] = value;
            }
            let env = Env {
                answers: &answers,
                facts: &[],
                figures: &[],
                parameters: &self.tree.parameters,
                today,
            };
            let truth = match env.eval(atom) {
                Some(0) => FALSE,
                Some(_) => TRUE,
                None => UNKNOWN,
            };
            children.push(self.diagrams.leaf(truth)?);
        }
        match question {
            Some(question) => {
                children.push(self.diagrams.leaf(ABSENT)?);
                self.diagrams.branch(question, children)
            }
            None => Ok(children[0]),
        }
    }
}

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
