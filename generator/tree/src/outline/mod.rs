//! A tree told in full: its questions in order, equal answers merged, where each answer leads, what hides
//! what, and which scenarios pass by. It is what a lawyer reads over, as a list and as a drawing.
//!
//! Situations with the same future are one step: the list stays finite, and short.

mod cover;
mod merge;
mod share;

use crate::date::Date;
use crate::model::Tree;
use crate::plan::Plan;
use crate::source::ScenarioSource;

/// A whole tree, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Questions asked before the first step, whose answers change nothing of the conclusion.
    pub first: Vec<usize>,
    /// Where the reader begins.
    pub start: Goal,
    /// Steps, in the order of their questions: a way goes to a later step or to a conclusion.
    pub steps: Vec<Step>,
    /// What each outcome takes, in the order of the tree.
    pub outcomes: Vec<Share>,
    /// Scenarios that pass by no way, by index: none when the tree has no fault.
    pub astray: Vec<usize>,
}

/// A question whose answer changes what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Index of the question.
    pub question: usize,
    /// Its answers, merged by what they lead to.
    pub ways: Vec<Way>,
    /// How many complete situations pass by it.
    pub situations: u128,
}

/// Answers to a step that lead to the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The answers as the first voice of the tree reads them.
    pub answers: Vec<String>,
    /// Questions asked before the place it leads to, in some situations at least, whose answers change
    /// nothing of the conclusion.
    pub asks: Vec<usize>,
    /// Where it leads.
    pub to: Goal,
    /// How many complete situations pass by it.
    pub situations: u128,
    /// Scenarios that pass by it, by index.
    pub scenarios: Vec<usize>,
    /// Classes of the answers, by number.
    classes: Vec<usize>,
}

/// Where answers lead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Goal {
    /// The step of this index.
    Step(usize),
    /// The outcome of this index; several when « je ne sais pas » leaves them open.
    Outcomes(Vec<usize>),
}

/// What an outcome takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// Situations that it alone concludes.
    pub situations: u128,
    /// Situations that it concludes among others, after « je ne sais pas ».
    pub open: u128,
    /// Situations where its condition holds too and an earlier outcome wins: (that outcome, how many).
    pub hidden_by: Vec<(usize, u128)>,
    /// Scenarios that come to it, by index.
    pub scenarios: Vec<usize>,
}

/// The outline of a tree on a day, with the scenarios that pass by each way. Nothing when the tree is
/// beyond the budget, which [`compile`](crate::compile()) has already told.
#[must_use]
pub fn outline(tree: &Tree, scenarios: &[ScenarioSource], today: Date) -> Option<Outline> {
    let plan = Plan::new(tree, today, &[]).ok()?;
    let flow = plan.explore(&[], None).ok()?;
    let mut outline = merge::merge(&plan, &flow)?;
    share::count(&plan, &flow, &mut outline);
    cover::cover(&plan, scenarios, &mut outline);
    Some(outline)
}

impl Outline {
    /// Ways from the start to an outcome, as (step, way), the first `most` of them; and whether there are more.
    #[must_use]
    pub fn ways_to(&self, outcome: usize, most: usize) -> (Vec<Vec<(usize, usize)>>, bool) {
        let reaches = self.reaching(outcome);
        let mut found = Vec::new();
        let mut waiting = vec![(&self.start, Vec::new())];
        while let Some((goal, path)) = waiting.pop() {
            let step = match goal {
                Goal::Step(step) if reaches[*step] => *step,
                Goal::Outcomes(outcomes) if outcomes.contains(&outcome) => {
                    if found.len() == most {
                        return (found, true);
                    }
                    found.push(path);
                    continue;
                }
                _ => continue,
            };
            for (number, way) in self.steps[step].ways.iter().enumerate().rev() {
                let mut longer: Vec<(usize, usize)> = path.clone();
                longer.push((step, number));
                waiting.push((&way.to, longer));
            }
        }
        (found, false)
    }

    /// Whether each step may come to an outcome.
    fn reaching(&self, outcome: usize) -> Vec<bool> {
        let mut reaches = vec![false; self.steps.len()];
        for (index, step) in self.steps.iter().enumerate().rev() {
            reaches[index] = step.ways.iter().any(|way| match &way.to {
                Goal::Step(next) => reaches[*next],
                Goal::Outcomes(outcomes) => outcomes.contains(&outcome),
            });
        }
        reaches
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::deposit;
    use std::collections::BTreeSet;

    fn told() -> (Tree, Outline, u128) {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let source = deposit();
        let compiled = crate::compile(&source, today);
        let tree = compiled.tree.expect("a tree");
        let outline = outline(&tree, &source.scenarios, today).expect("within the budget");
        (tree, outline, compiled.proof.paths)
    }

    #[test]
    fn every_situation_is_counted_once() {
        let (_, outline, paths) = told();
        let Goal::Step(first) = outline.start else {
            panic!("a step first");
        };
        assert_eq!(outline.steps[first].situations, paths);
        for step in &outline.steps {
            let ways: u128 = step.ways.iter().map(|way| way.situations).sum();
            assert_eq!(ways, step.situations);
            assert!(step.ways.len() > 1);
        }
        let alone: u128 = outline.outcomes.iter().map(|share| share.situations).sum();
        assert!(alone > 0 && alone <= paths);
    }

    #[test]
    fn ways_go_forward_and_reach_every_outcome() {
        let (tree, outline, _) = told();
        let mut reached = BTreeSet::new();
        for (index, step) in outline.steps.iter().enumerate() {
            for way in &step.ways {
                match &way.to {
                    Goal::Step(next) => assert!(*next > index),
                    Goal::Outcomes(outcomes) => reached.extend(outcomes.clone()),
                }
            }
        }
        assert_eq!(reached.len(), tree.outcomes.len());
    }

    #[test]
    fn equal_answers_are_merged_whatever_the_voice() {
        let (tree, outline, _) = told();
        let profile = tree
            .questions
            .iter()
            .position(|q| q.id == "profil")
            .expect("a question");
        assert!(outline.first.contains(&profile), "{:?}", outline.first);
        let bail = tree
            .questions
            .iter()
            .position(|q| q.id == "bail")
            .expect("a question");
        let step = outline
            .steps
            .iter()
            .find(|step| step.question == bail)
            .expect("a step");
        assert!(step.ways.iter().any(|way| way.answers.len() > 1), "{step:?}");
    }

    #[test]
    fn each_scenario_passes_by_the_way_to_its_outcome() {
        let (tree, outline, _) = told();
        let source = deposit();
        assert_eq!(outline.astray, [0_usize; 0]);
        for (index, scenario) in source.scenarios.iter().enumerate() {
            let mut goal = &outline.start;
            while let Goal::Step(step) = goal {
                let way = outline.steps[*step]
                    .ways
                    .iter()
                    .find(|way| way.scenarios.contains(&index));
                goal = &way.expect("a way").to;
            }
            let Goal::Outcomes(outcomes) = goal else { continue };
            let mut ids: Vec<&str> = outcomes.iter().map(|o| tree.outcomes[*o].id.as_str()).collect();
            let mut expected: Vec<&str> = scenario.outcome.value.split(',').map(str::trim).collect();
            ids.sort_unstable();
            expected.sort_unstable();
            assert_eq!(ids, expected, "{}", scenario.name.value);
        }
    }

    #[test]
    fn ways_to_an_outcome_are_bounded() {
        let (tree, outline, _) = told();
        let last = tree.outcomes.len() - 1;
        let (all, more) = outline.ways_to(last, 10_000);
        assert!(!more && !all.is_empty());
        for path in &all {
            let (step, way) = path.last().expect("a way");
            assert!(matches!(&outline.steps[*step].ways[*way].to, Goal::Outcomes(o) if o.contains(&last)));
        }
        let (one, more) = outline.ways_to(last, 1);
        assert_eq!((one.len(), more), (1, all.len() > 1));
    }

    #[test]
    fn what_hides_an_outcome_is_counted() {
        let (_, outline, _) = told();
        let hidden: Vec<_> = outline
            .outcomes
            .iter()
            .flat_map(|share| &share.hidden_by)
            .collect();
        assert!(!hidden.is_empty() && hidden.iter().all(|(_, count)| *count > 0));
        for (index, share) in outline.outcomes.iter().enumerate() {
            assert!(share.hidden_by.iter().all(|(earlier, _)| *earlier < index));
        }
    }
}
