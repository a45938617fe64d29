//! Answers -> the next question, or the outcomes.

use crate::answers::{Answer, Answers, Context};
use crate::expr::Expr;
use crate::expr::eval::Env;
use crate::model::{Kind, Tree};

/// Most ways of completing « je ne sais pas » explored together.
const MAX_WORLDS: usize = 1024;

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The question of this index must be answered.
    Question(usize),
    /// The outcome is known; several when « je ne sais pas » leaves several open, in the tree's order.
    Outcomes(Vec<usize>),
}

/// A walk through the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Questions asked and answered, in order.
    pub asked: Vec<usize>,
    /// Questions answered but not asked on this path: kept, without effect.
    pub ignored: Vec<usize>,
    /// What comes next.
    pub step: Step,
    /// One or more ways to read the answers, each with the outcomes it leaves open.
    pub(crate) worlds: Vec<World>,
}

/// One way of completing the « je ne sais pas » of choices: all values that expressions read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) answers: Vec<Option<i64>>,
    pub(crate) facts: Vec<Option<i64>>,
    pub(crate) figures: Vec<Option<i64>>,
    /// Outcomes that it leaves open.
    pub(crate) outcomes: Vec<usize>,
}

impl World {
    fn new(tree: &Tree, answers: Vec<Option<i64>>, today: i64) -> Self {
        let facts = facts(tree, &answers, today);
        let mut figures = Vec::with_capacity(tree.figures.len());
        for figure in &tree.figures {
            let env = Env {
                answers: &answers,
                facts: &facts,
                figures: &figures,
                parameters: &tree.parameters,
                today,
            };
            let value = env.eval(&figure.expr);
            figures.push(value);
        }
        let env = Env {
            answers: &answers,
            facts: &facts,
            figures: &figures,
            parameters: &tree.parameters,
            today,
        };
        let mut outcomes = Vec::new();
        for (index, outcome) in tree.outcomes.iter().enumerate() {
            let truth = outcome
                .condition
                .as_ref()
                .map_or(Some(1), |condition| env.eval(condition));
            if truth != Some(0) {
                outcomes.push(index);
            }
            if truth == Some(1) {
                break;
            }
        }
        Self {
            answers,
            facts,
            figures,
            outcomes,
        }
    }

    pub(crate) fn eval(&self, tree: &Tree, expr: &Expr, today: i64) -> Option<i64> {
        let env = Env {
            answers: &self.answers,
            facts: &self.facts,
            figures: &self.figures,
            parameters: &tree.parameters,
            today,
        };
        env.eval(expr)
    }
}

/// The facts, each computed after those that it reads.
fn facts(tree: &Tree, answers: &[Option<i64>], today: i64) -> Vec<Option<i64>> {
    let mut facts = vec![None; tree.facts.len()];
    learn(tree, answers, &mut facts, today);
    facts
}

/// Computes the facts that were still unknown. One more answer never changes a value that is known.
fn learn(tree: &Tree, answers: &[Option<i64>], facts: &mut [Option<i64>], today: i64) {
    for (index, fact) in tree.facts.iter().enumerate() {
        let (before, rest) = facts.split_at_mut(index);
        if rest[0].is_none() {
            rest[0] = before_outcomes(tree, answers, before, today).eval(&fact.expr);
        }
    }
}

/// What conditions read while the walk goes on: figures come after it.
fn before_outcomes<'a>(
    tree: &'a Tree,
    answers: &'a [Option<i64>],
    facts: &'a [Option<i64>],
    today: i64,
) -> Env<'a> {
    Env {
        answers,
        facts,
        figures: &[],
        parameters: &tree.parameters,
        today,
    }
}

/// Walks: asks each question in order when its condition is true or unknown, stops on `arreter_si`,
/// then keeps the first true outcome, and those before it that stay possible.
#[must_use]
pub fn walk(tree: &Tree, answers: &Answers, context: &Context) -> Walk {
    let today = context.today.day_number();
    let mut values = vec![None; tree.questions.len()];
    let mut asked = Vec::new();
    let mut pending = None;
    let mut known = facts(tree, &values, today);
    for (index, question) in tree.questions.iter().enumerate() {
        let env = before_outcomes(tree, &values, &known, today);
        let condition = question.condition.as_ref();
        if condition.is_some_and(|condition| env.eval(condition) == Some(0)) {
            continue;
        }
        let Some(answer) = answers.get(index) else {
            pending = Some(index);
            break;
        };
        if let Answer::Value(value) = answer {
            values[index] = Some(*value);
            learn(tree, &values, &mut known, today);
        }
        asked.push(index);
        let env = before_outcomes(tree, &values, &known, today);
        if tree.stop.as_ref().is_some_and(|stop| env.eval(stop) == Some(1)) {
            break;
        }
    }
    let ignored = (0..tree.questions.len())
        .filter(|i| answers.get(*i).is_some() && !asked.contains(i))
        .collect();
    let worlds = worlds(tree, answers, &asked, &values, today);
    let step = pending.map_or_else(|| Step::Outcomes(open(&worlds)), Step::Question);
    Walk {
        asked,
        ignored,
        step,
        worlds,
    }
}

/// Outcomes open in one world at least.
fn open(worlds: &[World]) -> Vec<usize> {
    let mut outcomes: Vec<usize> = worlds
        .iter()
        .flat_map(|world| world.outcomes.iter().copied())
        .collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    outcomes
}

/// All ways of completing the unknown choices, in order; the first unknown varies slowest. Beyond
/// [`MAX_WORLDS`], the last unknown choices stay unknown.
fn worlds(tree: &Tree, answers: &Answers, asked: &[usize], values: &[Option<i64>], today: i64) -> Vec<World> {
    let mut completed = vec![values.to_vec()];
    for index in asked {
        let question = &tree.questions[*index];
        let unknown = question.kind == Kind::Choix && answers.get(*index) == Some(&Answer::DontKnow);
        if !unknown || completed.len() * question.choices.len() > MAX_WORLDS {
            continue;
        }
        let each = |values: Vec<Option<i64>>| {
            (0_i64..).take(question.choices.len()).map(move |choice| {
                let mut values = values.clone();
                values[*index] = Some(choice);
                values
            })
        };
        completed = completed.into_iter().flat_map(each).collect();
    }
    completed
        .into_iter()
        .map(|values| World::new(tree, values, today))
        .collect()
}

impl Walk {
    /// The outcomes, when no question remains.
    #[must_use]
    pub fn outcomes(&self) -> &[usize] {
        match &self.step {
            Step::Outcomes(list) => list,
            Step::Question(_) => &[],
        }
    }

    /// Truth of a condition: known when all ways to read the answers agree. With an outcome, only the
    /// ways that leave it open count.
    #[must_use]
    pub fn truth(
        &self,
        tree: &Tree,
        condition: &Expr,
        outcome: Option<usize>,
        context: &Context,
    ) -> Option<bool> {
        let (min, max) = self.range(tree, condition, outcome, context)?;
        (min == max).then_some(min != 0)
    }

    /// Smallest and greatest value of an expression over the ways to read the answers; nothing when
    /// it is unknown in one of them.
    #[must_use]
    pub fn range(
        &self,
        tree: &Tree,
        expr: &Expr,
        outcome: Option<usize>,
        context: &Context,
    ) -> Option<(i64, i64)> {
        let today = context.today.day_number();
        let counts = |world: &&World| outcome.is_none_or(|outcome| world.outcomes.contains(&outcome));
        let mut range: Option<(i64, i64)> = None;
        for world in self.worlds.iter().filter(counts) {
            let value = world.eval(tree, expr, today)?;
            range = Some(range.map_or((value, value), |(min, max)| (min.min(value), max.max(value))));
        }
        range
    }
}
