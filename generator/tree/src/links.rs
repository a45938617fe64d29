//! The links of the static pages, followed on every walk: they reach the outcome that the walk reaches.

use crate::answers::{Answer, Answers, Context};
use crate::date::Date;
use crate::diagram::FALSE;
use crate::flow::{Flow, Target as Edge};
use crate::labels::labels;
use crate::model::Tree;
use crate::pages::{build, leads_to};
use crate::plan::Plan;
use crate::states::{StaticLink, StaticSite, Target};
use crate::walk::walk;
use std::collections::HashSet;

/// Follows the links of the static pages on every walk of a tree, and walks for good to every end. Gives
/// the number of (situation, page) pairs that agree, or the first disagreement; nothing when the tree is
/// beyond the budget.
#[must_use]
pub fn follow_links(tree: &Tree, today: Date) -> Option<Result<usize, String>> {
    let plan = Plan::new(tree, today, &[]).ok()?;
    let flow = plan.explore(&[], None).ok()?;
    let site = build(&plan, &flow).ok()?;
    let follower = Follower {
        plan: &plan,
        flow: &flow,
        site: &site,
    };
    let mut seen = HashSet::new();
    let mut waiting = vec![(Edge::State(0), site.start)];
    while let Some(pair) = waiting.pop() {
        if !seen.insert(pair) {
            continue;
        }
        match follower.step(pair.0, pair.1) {
            Ok(next) => waiting.extend(next),
            Err(disagreement) => return Some(Err(disagreement)),
        }
    }
    Some(Ok(seen.len()))
}

struct Follower<'a> {
    plan: &'a Plan<'a>,
    flow: &'a Flow,
    site: &'a StaticSite,
}

impl Follower<'_> {
    /// Where each answer leads, in the walk and on the pages.
    fn step(&self, at: Edge, page: Target) -> Result<Vec<(Edge, Target)>, String> {
        let state = match at {
            Edge::State(index) => &self.flow.states[index],
            Edge::End(end) => {
                self.arrive(end, page)?;
                return self
                    .walk_to(end, &self.flow.example(self.flow.ends[end].from))
                    .map(|()| Vec::new());
            }
        };
        let mut next = Vec::new();
        for (class, edge) in state.edges.iter().enumerate() {
            let to = if state.asked == FALSE {
                page
            } else {
                self.link(state.question, class, page)?
            };
            next.push((*edge, to));
        }
        Ok(next)
    }

    /// The page after an answer: the same when this page does not ask the question.
    fn link(&self, question: usize, class: usize, page: Target) -> Result<Target, String> {
        let Target::Page(index) = page else {
            return Ok(page);
        };
        let here = &self.site.pages[index];
        if here.question != question {
            return Ok(page);
        }
        // A reader follows words: none of those that stand for this answer may lead to two places.
        let own: Vec<_> = here
            .links
            .iter()
            .filter(|link| link.classes.contains(&class))
            .collect();
        let ambiguous = |link: &StaticLink| {
            here.links
                .iter()
                .any(|other| other.label == link.label && other.to != link.to)
        };
        match own.first() {
            Some(link) if own.iter().all(|other| other.to == link.to && !ambiguous(other)) => Ok(link.to),
            _ => {
                let tree = self.plan.tree;
                let voice = here.voice.unwrap_or(tree.voices[0]);
                let said: Vec<String> = labels(self.plan, question, class, voice)
                    .into_iter()
                    .map(|(label, _)| format!("« {label} »"))
                    .collect();
                Err(format!(
                    "page « {} » : la réponse {} ne mène pas à un seul endroit",
                    here.id,
                    said.join(" ou ")
                ))
            }
        }
    }

    fn arrive(&self, end: usize, page: Target) -> Result<(), String> {
        let open = self.flow.ends[end].outcomes;
        let reached = leads_to(page, &self.site.forks)
            .iter()
            .fold(0, |all, (outcome, _)| all | 1_u64 << outcome);
        if reached == open {
            return Ok(());
        }
        Err(format!("les liens mènent à {page:?} et le parcours à {open:b}"))
    }
}

impl Follower<'_> {
    /// The walk of the evaluator asks the same questions and comes to the same end.
    fn walk_to(&self, end: usize, path: &[(usize, usize)]) -> Result<(), String> {
        let tree = self.plan.tree;
        let mut answers = Answers::none(tree);
        for (question, class) in path {
            let value = self.plan.classes[*question][*class].value();
            answers.set(*question, Some(value.map_or(Answer::DontKnow, Answer::Value)));
        }
        let walked = walk(
            tree,
            &answers,
            &Context {
                today: self.plan.today,
            },
        );
        let reached = walked
            .outcomes()
            .iter()
            .fold(0, |all, outcome| all | 1_u64 << outcome);
        let asked: Vec<usize> = path.iter().map(|(question, _)| *question).collect();
        if reached == self.flow.ends[end].outcomes && walked.asked == asked {
            return Ok(());
        }
        Err(format!(
            "le parcours {path:?} mène à {reached:b} et l’analyse à {:b}",
            self.flow.ends[end].outcomes
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_alone_reach_the_outcome_of_every_walk() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let tree = crate::compile(&crate::fixture::deposit(), today)
            .tree
            .expect("a tree");
        let followed = follow_links(&tree, today)
            .expect("within the budget")
            .expect("agreement");
        assert!(followed > 50, "{followed}");
    }

    #[test]
    fn the_evaluator_agrees_with_the_analysis_on_every_walk() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let tree = crate::compile(&crate::fixture::deposit(), today)
            .tree
            .expect("a tree");
        let plan = Plan::new(&tree, today, &[]).expect("a plan");
        let flow = plan.explore(&[], None).expect("a flow");
        let site = build(&plan, &flow).expect("pages");
        let follower = Follower {
            plan: &plan,
            flow: &flow,
            site: &site,
        };
        let mut walks = vec![(Edge::State(0), Vec::new())];
        let mut count = 0_u128;
        while let Some((at, path)) = walks.pop() {
            let index = match at {
                Edge::State(index) => index,
                Edge::End(end) => {
                    count += 1;
                    assert_eq!(follower.walk_to(end, &path), Ok(()));
                    continue;
                }
            };
            let state = &flow.states[index];
            for (class, next) in state.edges.iter().enumerate() {
                let mut longer = path.clone();
                longer.extend((state.asked != FALSE).then_some((state.question, class)));
                walks.push((*next, longer));
            }
        }
        assert_eq!(count, flow.paths());
    }

    #[test]
    fn a_label_for_two_classes_is_a_disagreement() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let mut tree = crate::compile(&crate::fixture::deposit(), today)
            .tree
            .expect("a tree");
        let date = tree
            .questions
            .iter_mut()
            .find(|question| question.id == "date-cles")
            .expect("a question");
        date.brackets.remove(1);
        assert!(follow_links(&tree, today).expect("within the budget").is_err());
    }
}
