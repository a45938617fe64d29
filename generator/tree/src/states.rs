//! The finite pages that need no script: one page for all situations with the same question and the
//! same future.

use crate::date::Date;
use crate::model::{Tree, Voice};
use crate::plan::Plan;
use serde::Serialize;

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Target {
    /// The page of this index in [`StaticSite::pages`].
    Page(usize),
    /// An outcome, for a voice when its words differ for it.
    Outcome(usize, Option<Voice>),
    /// Several outcomes stay possible: the index in [`StaticSite::forks`].
    Fork(usize),
}

/// A link of a page: an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaticLink {
    /// The answer as the reader sees it.
    pub label: String,
    /// Index of the choice, for a question `choix` (not for « Je ne sais pas »).
    pub choice: Option<usize>,
    /// Where it leads.
    pub to: Target,
    /// Indexes of the classes of answers that it stands for.
    #[serde(skip)]
    pub(crate) classes: Vec<usize>,
}

/// A page: a question and its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaticPage {
    /// Last part of its address: the id of the question, with a number from the second page on.
    pub id: String,
    /// Index of the question.
    pub question: usize,
    /// The voice, when the words of the question differ for it.
    pub voice: Option<Voice>,
    /// The answers.
    pub links: Vec<StaticLink>,
    /// Answers that every path to this page gives: (question, answer as the reader sees it).
    pub known: Vec<(usize, String)>,
}

/// Several outcomes that stay possible after « je ne sais pas ».
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Fork {
    /// The outcomes, each with its voice when its words differ for it.
    pub outcomes: Vec<(usize, Option<Voice>)>,
}

/// All static pages of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaticSite {
    /// Where the reader begins.
    pub start: Target,
    /// Question pages, in the order in which links reach them.
    pub pages: Vec<StaticPage>,
    /// Pages where several outcomes stay possible.
    pub forks: Vec<Fork>,
    /// Outcome pages that a link leads to, in order: outcome, voice.
    pub outcomes: Vec<(usize, Option<Voice>)>,
}

impl StaticSite {
    /// Number of pages in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len() + self.forks.len() + self.outcomes.len()
    }

    /// Whether there is no page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The page of a question that has the plain id, if any: answers that change nothing need no page.
    #[must_use]
    pub fn canonical(&self, question: usize) -> Option<usize> {
        self.pages.iter().position(|page| page.question == question)
    }
}

/// The static pages of a compiled tree on a day. Nothing when they cannot be enumerated within the
/// budget, which [`compile`](crate::compile) has already told.
#[must_use]
pub fn static_pages(tree: &Tree, today: Date) -> Option<StaticSite> {
    let plan = Plan::new(tree, today, &[]).ok()?;
    let flow = plan.explore(&[], None).ok()?;
    crate::pages::build(&plan, &flow).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::from_iso("2026-11-23").expect("a date")
    }

    fn tree() -> Tree {
        crate::compile(&crate::fixture::deposit(), today())
            .tree
            .expect("a tree")
    }

    #[test]
    fn pages_have_distinct_ids_and_their_voice() {
        let site = static_pages(&tree(), today()).expect("pages");
        let ids: std::collections::BTreeSet<&str> = site.pages.iter().map(|page| page.id.as_str()).collect();
        assert_eq!(ids.len(), site.pages.len());
        let tree = tree();
        let of = |id: &str| {
            site.pages
                .iter()
                .filter(|page| tree.questions[page.question].id == id)
                .collect::<Vec<_>>()
        };
        assert!(
            of("date-cles")
                .iter()
                .any(|page| page.voice == Some(Voice::Bailleur))
        );
        assert!(
            of("loyer").is_empty(),
            "an amount that decides of nothing is not asked"
        );
        assert_eq!(site.canonical(0), Some(0));
        assert!(of("restitution")[0].known.contains(&(1, "Oui".to_owned())));
    }

    #[test]
    fn a_helper_shares_the_pages_of_the_tenant_unless_spoken_to() {
        let site = static_pages(&tree(), today()).expect("pages");
        assert!(
            site.outcomes
                .iter()
                .any(|(_, voice)| *voice == Some(Voice::Bailleur))
        );
        assert!(
            site.outcomes
                .iter()
                .all(|(_, voice)| *voice != Some(Voice::Aidant))
        );
    }

    #[test]
    fn several_open_outcomes_make_a_fork() {
        let site = static_pages(&tree(), today()).expect("pages");
        assert!(!site.forks.is_empty());
        assert!(site.forks.iter().all(|fork| fork.outcomes.len() > 1));
    }
}
