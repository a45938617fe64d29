//! Builds the static pages from the abstract walk, from the ends to the start.

use crate::answers::PROFILE;
use crate::diagram::{Exhausted, FALSE};
use crate::flow::{Flow, Target as Edge};
use crate::labels::{alone, labels};
use crate::model::{Body, Outcome, Part, Question, Tree, Voice};
use crate::partition::{Class, atoms, unread_options};
use crate::plan::Plan;
use crate::states::{Fork, StaticLink, StaticPage, StaticSite, Target};
use std::collections::{BTreeMap, HashMap};

/// The static pages of a walk already explored.
pub(crate) fn build(plan: &Plan, flow: &Flow) -> Result<StaticSite, Exhausted> {
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
                    outcome_differs(self.plan.tree, index, voice).then_some(voice),
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

pub(crate) fn leads_to(target: Target, forks: &[Fork]) -> Vec<(usize, Option<Voice>)> {
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
    let order: Vec<usize> = (0..ends.len()).collect();
    let classes = &plan.classes[question];
    let unread = unread_options(asked, classes);
    let mut add = |label: String, choice: Option<usize>, class: usize| {
        let to = ends[class];
        match links.iter_mut().find(|link| link.label == label && link.to == to) {
            Some(known) => known.classes.push(class),
            None => links.push(StaticLink {
                label,
                choice,
                to,
                classes: vec![class],
            }),
        }
    };
    // Sets of answers that conditions read: those that lead to one place are told together.
    let ticks: Vec<usize> = order
        .iter()
        .copied()
        .filter(|class| {
            is_tick(
                asked,
                &classes[*class],
                unread.as_ref().is_some_and(|(of, _)| of == class),
            )
        })
        .collect();
    let set = |class: &usize| classes[*class].value().unwrap_or(0);
    let mut told: Vec<usize> = Vec::new();
    for class in order {
        if told.contains(&class) {
            continue;
        }
        if ticks.contains(&class) {
            let (group, others): (Vec<usize>, Vec<usize>) = ticks
                .iter()
                .copied()
                .partition(|other| ends[*other] == ends[class]);
            let sets = |list: &[usize]| list.iter().map(set).collect::<Vec<_>>();
            for (label, said) in crate::ticks::phrases(&sets(&group), &sets(&others), asked, voice) {
                for class in group.iter().filter(|class| said.contains(&set(class))) {
                    add(label.clone(), None, *class);
                }
            }
            told.extend(group);
        } else if let Some((_, options)) = unread.as_ref().filter(|(of, _)| *of == class) {
            // Options that no condition reads lead to the same place; each keeps its own words.
            for option in options {
                add(alone(asked, *option, voice), None, class);
            }
        } else {
            for (label, choice) in labels(plan, question, class, voice) {
                add(label, choice, class);
            }
        }
    }
    // A class may hold several brackets, and two classes share none.
    let place = |link: &StaticLink| {
        asked
            .brackets
            .iter()
            .position(|bracket| bracket.label == link.label)
    };
    links.sort_by_key(|link| place(link).unwrap_or(asked.brackets.len()));
    links
}

/// Whether a class is a set of answers that conditions read, rather than « aucune » or the unread answers.
fn is_tick(asked: &Question, class: &Class, unread: bool) -> bool {
    let none = asked.choices.iter().position(|choice| choice.id == "aucune");
    asked.kind == crate::model::Kind::Cases
        && !unread
        && class
            .value()
            .is_some_and(|set| none.is_none_or(|none| set != 1 << none))
}

fn question_differs(question: &Question, voice: Voice) -> bool {
    let labels = question.choices.iter().any(|choice| choice.label.differs(voice));
    question.text.differs(voice) || labels || question.help_voices.contains(&voice)
}

fn outcome_differs(tree: &Tree, outcome: usize, voice: Voice) -> bool {
    let outcome = &tree.outcomes[outcome];
    outcome.title.differs(voice)
        || speaks(&outcome.body, voice)
        || speaks(&outcome.summary, voice)
        || (!matches!(voice, Voice::Locataire | Voice::Aidant) && follows_profile(tree, outcome))
}

/// Whether what an outcome offers (letters, dates, documents, referral) depends on who reads.
fn follows_profile(tree: &Tree, outcome: &Outcome) -> bool {
    let letters = outcome
        .letters
        .iter()
        .filter_map(|(_, condition)| condition.as_ref());
    let deadlines = outcome
        .deadlines
        .iter()
        .filter_map(|item| item.condition.as_ref());
    let documents = outcome
        .documents
        .iter()
        .filter_map(|item| item.condition.as_ref());
    let referral = outcome.referral.iter().filter_map(|item| item.condition.as_ref());
    atoms(tree, letters.chain(deadlines).chain(documents).chain(referral))
        .iter()
        .any(|(question, _)| tree.questions[*question].id == PROFILE)
}

/// Whether a text has a part for some voice that makes it differ from the default.
fn speaks(body: &Body, voice: Voice) -> bool {
    fn any(parts: &[Part], voice: Voice) -> bool {
        parts.iter().any(|part| match part {
            Part::Text(_) | Part::Value(_) => false,
            Part::If(_, inner) => any(inner, voice),
            // A helper reads the words of the tenant, but for those said to helpers.
            Part::Voice(of, _) => {
                voice != Voice::Locataire && (voice != Voice::Aidant || *of == Voice::Aidant)
            }
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
