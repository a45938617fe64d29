//! The links of the static pages, followed on every walk: they reach the outcome that the walk reaches.

use crate::date::Date;
use crate::diagram::FALSE;
use crate::flow::{Flow, Plan, Target as Edge};
use crate::model::Tree;
use crate::pages::{build, label, leads_to};
use crate::states::{StaticSite, Target};
use std::collections::HashSet;

/// Follows the links of the static pages on every walk of a tree. Gives the number of (situation, page)
/// pairs that agree, or the first disagreement; nothing when the tree is beyond the budget.
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
            Edge::End(end) => return self.arrive(end, page).map(|()| Vec::new()),
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
        let tree = self.plan.tree;
        let voice = here.voice.unwrap_or(tree.voices[0]);
        let (label, _) = label(self.plan, &tree.questions[question], question, class, voice);
        let mut links = here.links.iter().filter(|link| link.label == label);
        match (links.next(), links.next()) {
            (Some(link), None) => Ok(link.to),
            _ => Err(format!(
                "page « {} » : la réponse « {label} » n’a pas un seul lien",
                here.id
            )),
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

#[cfg(test)]
mod tests {
    use super::follow_links;
    use crate::Date;

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
