//! Which scenarios pass by each way. A scenario has its own day: its dates fall in the class where every
//! condition has, on the day of the outline, the truth that it has on the day of the scenario.

use super::{Goal, Outline};
use crate::answers::{Answer, Answers};
use crate::date::Date;
use crate::expr::eval::Env;
use crate::partition::{Atoms, Class, atoms};
use crate::plan::{Plan, flow_roots};
use crate::proof::scenario::read;
use crate::source::ScenarioSource;
use crate::walk::walk;

/// Follows each scenario.
pub(super) fn cover(plan: &Plan, scenarios: &[ScenarioSource], outline: &mut Outline) {
    let atoms = atoms(plan.tree, flow_roots(plan.tree));
    for (index, scenario) in scenarios.iter().enumerate() {
        // The faults of a scenario are told by its own rule.
        let followed = read(scenario, plan.tree, &mut Vec::new()).and_then(|(answers, context)| {
            let follower = Follower {
                plan,
                atoms: &atoms,
                answers: &answers,
                day: context.today,
            };
            let (path, end) = follower.follow(outline)?;
            let walked = walk(plan.tree, &answers, &context);
            (walked.outcomes() == end).then_some((path, end))
        });
        let Some((path, end)) = followed else {
            outline.astray.push(index);
            continue;
        };
        for (step, way) in path {
            outline.steps[step].ways[way].scenarios.push(index);
        }
        for outcome in end {
            outline.outcomes[outcome].scenarios.push(index);
        }
    }
}

/// Ways taken, as (step, way).
type Path = Vec<(usize, usize)>;

struct Follower<'a> {
    plan: &'a Plan<'a>,
    atoms: &'a Atoms<'a>,
    answers: &'a Answers,
    day: Date,
}

impl Follower<'_> {
    /// The ways of the scenario, and the outcomes at the end.
    fn follow(&self, outline: &Outline) -> Option<(Path, Vec<usize>)> {
        let (mut path, mut goal) = (Vec::new(), &outline.start);
        loop {
            let step = match goal {
                Goal::Outcomes(outcomes) => return Some((path, outcomes.clone())),
                Goal::Step(step) => *step,
            };
            let class = self.class(outline.steps[step].question)?;
            let ways = &outline.steps[step].ways;
            let way = ways.iter().position(|way| way.classes.contains(&class))?;
            path.push((step, way));
            goal = &ways[way].to;
        }
    }

    /// The class of the answer to a question.
    fn class(&self, question: usize) -> Option<usize> {
        let classes = &self.plan.classes[question];
        let value = match self.answers.get(question)? {
            Answer::DontKnow => return classes.iter().position(|class| *class == Class::DontKnow),
            Answer::Text(_) => return classes.iter().position(|class| *class == Class::Text),
            Answer::Value(value) => *value,
        };
        let given = self.truths(question, value, self.day);
        let same = |class: &Class| {
            class
                .value()
                .is_some_and(|value| self.truths(question, value, self.plan.today) == given)
        };
        classes.iter().position(same)
    }

    /// The truth of every condition on one question.
    fn truths(&self, question: usize, value: i64, day: Date) -> Vec<Option<i64>> {
        let mut answers = vec![None; self.plan.tree.questions.len()];
        answers[question] = Some(value);
        let env = Env {
            answers: &answers,
            facts: &[],
            figures: &[],
            parameters: &self.plan.tree.parameters,
            today: day.day_number(),
        };
        let own = self.atoms.iter().filter(|(read, _)| *read == question);
        own.map(|(_, atom)| env.eval(atom)).collect()
    }
}
