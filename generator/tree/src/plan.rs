//! The conditions of a tree as decision diagrams over the classes of its answers.

use crate::date::Date;
use crate::diagram::{ABSENT, Diagrams, Exhausted, FALSE, Id, NO_OUTCOME, Op, TRUE, UNKNOWN};
use crate::expr::Expr;
use crate::expr::eval::Env;
use crate::model::{Kind, Tree};
use crate::partition::{Atoms, Class, atoms, classes};
use std::collections::HashMap;

/// The conditions of a tree as diagrams over the classes of its questions.
pub(crate) struct Plan<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) today: Date,
    pub(crate) classes: Vec<Vec<Class>>,
    pub(crate) diagrams: Diagrams,
    pub(crate) conditions: Vec<Id>,
    pub(crate) stop: Id,
    pub(crate) outcome: Id,
    pub(crate) blame: Id,
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
