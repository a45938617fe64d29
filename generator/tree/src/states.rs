//! The finite pages that need no script: one page for all situations with the same question and the
//! same future.

use crate::date::Date;
use crate::diagram::{Exhausted, FALSE};
use crate::flow::{Flow, Plan, Target as Edge};
use crate::model::{Body, Outcome, Part, Question, Tree, Voice};
use crate::partition::Class;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

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
    pages(&plan, &flow).ok()
}

/// The static pages of a walk already explored.
pub(crate) fn pages(plan: &Plan, flow: &Flow) -> Result<StaticSite, Exhausted> {
    let mut builder = Builder {
        plan,
        flow,
        pages: Vec::new(),
        known: HashMap::new(),
        forks: Vec::new(),
    };
    let voices = builder.voices();
    let mut targets: Vec<Option<Target>> = vec![None; flow.states.len()];
    for state in (0..flow.states.len()).rev() {
        targets[state] = Some(builder.resolve(state, &targets, &voices));
    }
    let start = targets.first().copied().flatten().ok_or(Exhausted)?;
    Ok(builder.finish(start))
}

type Signature = (usize, Option<Voice>, Vec<(String, Target)>);

struct Builder<'a> {
    plan: &'a Plan<'a>,
    flow: &'a Flow,
    pages: Vec<StaticPage>,
    known: HashMap<Signature, usize>,
    forks: Vec<Fork>,
}

impl Builder<'_> {
    /// The voice of each state: the same for all walks that lead there, by construction.
    fn voices(&self) -> Vec<Option<Voice>> {
        let mut voices = vec![None; self.flow.states.len()];
        for (state, slot) in voices.iter_mut().enumerate() {
            let example = self.flow.example(self.flow.states[state].from);
            *slot = example
                .iter()
                .rev()
                .find_map(|(q, class)| self.plan_voice(*q, *class));
        }
        voices
    }

    fn plan_voice(&self, question: usize, class: usize) -> Option<Voice> {
        let asked = &self.plan.tree.questions[question];
        match &self.plan.classes[question][class] {
            Class::Value(choice) if asked.id == crate::answers::PROFILE => {
                Voice::from_id(&asked.choices.get(usize::try_from(*choice).ok()?)?.id)
            }
            _ => None,
        }
    }

    fn resolve(&mut self, state: usize, targets: &[Option<Target>], voices: &[Option<Voice>]) -> Target {
        let situation = &self.flow.states[state];
        let ends: Vec<Target> = situation
            .edges
            .iter()
            .map(|edge| match edge {
                Edge::State(next) => targets[*next].unwrap_or(Target::Page(usize::MAX)),
                Edge::End(end) => self.end(*end),
            })
            .collect();
        // A question that is not asked, or whose answer changes nothing here, needs no page.
        if situation.asked == FALSE || ends.iter().all(|end| *end == ends[0]) {
            return ends[0];
        }
        let tree = self.plan.tree;
        let question = &tree.questions[situation.question];
        let voice = voices[state].unwrap_or(tree.voices[0]);
        let links = links(tree, self.plan, situation.question, voice, &ends);
        let own = question_differs(question, voice).then_some(voice);
        let signature = (
            situation.question,
            own,
            links.iter().map(|link| (link.label.clone(), link.to)).collect(),
        );
        let page = *self.known.entry(signature).or_insert_with(|| {
            self.pages.push(StaticPage {
                id: String::new(),
                question: situation.question,
                voice: own,
                links,
                known: Vec::new(),
            });
            self.pages.len() - 1
        });
        Target::Page(page)
    }

    fn end(&mut self, end: usize) -> Target {
        let end = &self.flow.ends[end];
        let voice = end.voice.unwrap_or(self.plan.tree.voices[0]);
        let open = (0..self.plan.tree.outcomes.len()).filter(|index| end.outcomes >> index & 1 == 1);
        let mut outcomes: Vec<_> = open
            .map(|index| {
                (
                    index,
                    outcome_differs(&self.plan.tree.outcomes[index], voice).then_some(voice),
                )
            })
            .collect();
        if let [(outcome, voice)] = outcomes[..] {
            return Target::Outcome(outcome, voice);
        }
        outcomes.sort_unstable();
        let fork = Fork { outcomes };
        let at = self
            .forks
            .iter()
            .position(|known| *known == fork)
            .unwrap_or_else(|| {
                self.forks.push(fork);
                self.forks.len() - 1
            });
        Target::Fork(at)
    }

    /// Keeps what links reach, in the order reached, and names it.
    fn finish(self, start: Target) -> StaticSite {
        let mut order: Vec<usize> = Vec::new();
        let mut number: BTreeMap<usize, usize> = BTreeMap::new();
        let mut see = |target: Target, order: &mut Vec<usize>| {
            if let Target::Page(page) = target {
                number.entry(page).or_insert_with(|| {
                    order.push(page);
                    order.len() - 1
                });
            }
        };
        see(start, &mut order);
        let mut at = 0;
        while at < order.len() {
            for link in &self.pages[order[at]].links {
                see(link.to, &mut order);
            }
            at += 1;
        }
        let mut outcomes = Vec::new();
        let renumber = |target: Target| match target {
            Target::Page(page) => Target::Page(number[&page]),
            other => other,
        };
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut pages: Vec<StaticPage> = Vec::new();
        for page in &order {
            let mut page = self.pages[*page].clone();
            let count = taken.entry(page.question).or_insert(0);
            *count += 1;
            let id = &self.plan.tree.questions[page.question].id;
            page.id = if *count == 1 {
                id.clone()
            } else {
                format!("{id}-{count}")
            };
            for link in &mut page.links {
                link.to = renumber(link.to);
                outcomes.extend(leads_to(link.to, &self.forks));
            }
            pages.push(page);
        }
        outcomes.extend(leads_to(start, &self.forks));
        outcomes.sort_unstable();
        outcomes.dedup();
        let mut site = StaticSite {
            start: renumber(start),
            pages,
            forks: self.forks,
            outcomes,
        };
        spread_known(&mut site);
        site
    }
}

fn leads_to(target: Target, forks: &[Fork]) -> Vec<(usize, Option<Voice>)> {
    match target {
        Target::Page(_) => Vec::new(),
        Target::Outcome(outcome, voice) => vec![(outcome, voice)],
        Target::Fork(fork) => forks[fork].outcomes.clone(),
    }
}

/// The links of a page: classes with the same label are one answer.
fn links(tree: &Tree, plan: &Plan, question: usize, voice: Voice, ends: &[Target]) -> Vec<StaticLink> {
    let mut links: Vec<StaticLink> = Vec::new();
    let asked = &tree.questions[question];
    let mut order: Vec<usize> = (0..ends.len()).collect();
    // Brackets go in the author's order; classes of dates go from the oldest.
    order.sort_by_key(|class| {
        crate::proof::brackets::bracket_of(plan, question, &plan.classes[question][*class])
    });
    for class in order {
        let (label, choice) = label(plan, asked, question, class, voice);
        if !links
            .iter()
            .any(|link| link.label == label && link.to == ends[class])
        {
            links.push(StaticLink {
                label,
                choice,
                to: ends[class],
            });
        }
    }
    links
}

/// What the reader sees for a class of answers.
fn label(
    plan: &Plan,
    asked: &Question,
    question: usize,
    class: usize,
    voice: Voice,
) -> (String, Option<usize>) {
    let class = &plan.classes[question][class];
    let bracket = crate::proof::brackets::bracket_of(plan, question, class);
    if let (Some(bracket), Some(_)) = (asked.brackets.get(bracket), class.value()) {
        return (bracket.label.clone(), None);
    }
    let choice = match class {
        Class::Value(value) if asked.kind == crate::model::Kind::Choix => usize::try_from(*value).ok(),
        _ => None,
    };
    let answer = class
        .value()
        .map_or(crate::answers::Answer::DontKnow, crate::answers::Answer::Value);
    (crate::answers::shown(asked, &answer, voice), choice)
}

fn question_differs(question: &Question, voice: Voice) -> bool {
    let labels = question.choices.iter().any(|choice| choice.label.differs(voice));
    question.text.differs(voice) || labels || question.help_voices.contains(&voice)
}

fn outcome_differs(outcome: &Outcome, voice: Voice) -> bool {
    outcome.title.differs(voice) || speaks(&outcome.body, voice) || speaks(&outcome.summary, voice)
}

/// Whether a text has a part for some voice that makes it differ from the default.
fn speaks(body: &Body, voice: Voice) -> bool {
    fn any(parts: &[Part], voice: Voice) -> bool {
        parts.iter().any(|part| match part {
            Part::Text(_) | Part::Value(_) => false,
            Part::If(_, inner) => any(inner, voice),
            Part::Voice(..) => voice != Voice::Locataire,
        })
    }
    any(&body.parts, voice)
}

/// Answers that all links to a page give; links go from a question to a later one.
fn spread_known(site: &mut StaticSite) {
    let mut order: Vec<usize> = (0..site.pages.len()).collect();
    order.sort_by_key(|page| site.pages[*page].question);
    let mut known: Vec<Option<Vec<(usize, String)>>> = vec![None; site.pages.len()];
    if let Target::Page(start) = site.start {
        known[start] = Some(Vec::new());
    }
    for page in order {
        let mine = known[page].clone().unwrap_or_default();
        for link in &site.pages[page].links {
            let Target::Page(next) = link.to else { continue };
            let mut given = mine.clone();
            given.push((site.pages[page].question, link.label.clone()));
            known[next] = Some(match known[next].take() {
                None => given,
                Some(before) => before
                    .into_iter()
                    .filter(|answer| given.contains(answer))
                    .collect(),
            });
        }
        site.pages[page].known = mine;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::State;

    fn today() -> Date {
        Date::from_iso("2026-11-23").expect("a date")
    }

    fn tree() -> Tree {
        crate::compile(&crate::fixture::deposit(), today())
            .tree
            .expect("a tree")
    }

    /// Follows links and walk together; returns how many complete walks agreed.
    fn follow(plan: &Plan, flow: &Flow, site: &StaticSite, at: Edge, page: Target) -> usize {
        let state: &State = match at {
            Edge::State(index) => &flow.states[index],
            Edge::End(end) => {
                let open: Vec<usize> = (0..plan.tree.outcomes.len())
                    .filter(|i| flow.ends[end].outcomes >> i & 1 == 1)
                    .collect();
                let reached = leads_to(page, &site.forks);
                assert_eq!(
                    reached
                        .into_iter()
                        .map(|(outcome, _)| outcome)
                        .collect::<Vec<_>>(),
                    open
                );
                return 1;
            }
        };
        let mut count = 0;
        for (class, next) in state.edges.iter().enumerate() {
            let mut to = page;
            if let (Target::Page(index), true) = (page, state.asked != FALSE) {
                let here = &site.pages[index];
                if here.question == state.question {
                    let voice = here.voice.unwrap_or(plan.tree.voices[0]);
                    let (label, _) = label(
                        plan,
                        &plan.tree.questions[here.question],
                        here.question,
                        class,
                        voice,
                    );
                    let links: Vec<_> = here.links.iter().filter(|link| link.label == label).collect();
                    assert_eq!(links.len(), 1, "one answer, one link: {label}");
                    to = links[0].to;
                }
            }
            count += follow(plan, flow, site, *next, to);
        }
        count
    }

    #[test]
    fn links_alone_reach_the_outcome_of_every_walk() {
        let tree = tree();
        let plan = Plan::new(&tree, today(), &[]).expect("a plan");
        let flow = plan.explore(&[], None).expect("a walk");
        let site = pages(&plan, &flow).expect("pages");
        let followed = follow(&plan, &flow, &site, Edge::State(0), site.start);
        assert_eq!(followed as u128, flow.paths());
        assert!(site.pages.len() < 40, "{}", site.pages.len());
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
    fn several_open_outcomes_make_a_fork() {
        let site = static_pages(&tree(), today()).expect("pages");
        assert!(!site.forks.is_empty());
        assert!(site.forks.iter().all(|fork| fork.outcomes.len() > 1));
    }
}
