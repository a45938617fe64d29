//! The cases on which the script of the browser must agree with this crate: every complete walk over the
//! classes of answers (or every merged situation when there are too many), with the days and amounts at
//! the edges of the classes, and tables of dates, amounts and formats.

mod short;
mod tables;

pub use short::{Short, short};
pub use tables::{Tables, tables};

use crate::answers::{Answer, Answers, Context};
use crate::date::Date;
use crate::diagram::FALSE;
use crate::expr::Expr;
use crate::flow::{Flow, Target};
use crate::letter::{plain, render_letter};
use crate::model::{Kind, Tree};
use crate::partition::{Class, domain};
use crate::plan::Plan;
use crate::report::Teller;
use crate::walk::{Step, walk};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The cases of a tree on a day: what the crate says of each is computed when it is asked for.
#[derive(Debug, Clone)]
pub struct Vectors<'a> {
    tree: &'a Tree,
    /// The day.
    pub today: Date,
    /// Complete walks over the classes of answers.
    pub walks: u128,
    /// Whether every one of them is among the cases.
    pub all: bool,
    complete: Vec<Given>,
    unfinished: Vec<Given>,
}

/// Answers by question; no value is « je ne sais pas », or a text for a free text.
type Given = Vec<(usize, Option<i64>)>;

impl Vectors<'_> {
    /// How many cases there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.complete.len() + self.unfinished.len()
    }

    /// The cases.
    pub fn cases(&self) -> impl Iterator<Item = Case> {
        self.every(1)
    }

    /// One case in so many.
    pub fn every(&self, step: usize) -> impl Iterator<Item = Case> {
        let context = Context { today: self.today };
        let case = move |given: &Given| case(self.tree, given, &context);
        self.complete
            .iter()
            .chain(&self.unfinished)
            .step_by(step)
            .map(case)
    }

    /// The answers of the cases that reach an end, as in an address.
    pub fn complete(&self) -> impl Iterator<Item = Vec<(String, String)>> {
        self.complete
            .iter()
            .map(|given| read(self.tree, given).pairs(self.tree))
    }
}

/// Some answers, and what they give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Answers, as in an address.
    pub answers: Vec<(String, String)>,
    /// Index of the next question.
    pub question: Option<usize>,
    /// Indexes of the outcomes.
    pub outcomes: Vec<usize>,
    /// Questions asked.
    pub asked: Vec<usize>,
    /// Truth of the facts.
    pub facts: Vec<Option<bool>>,
    /// Ranges of the figures.
    pub figures: Vec<Option<(i64, i64)>>,
    /// Summary, placeholders and letters of each outcome, as text.
    pub texts: Vec<String>,
}

/// The cases of a tree on a day; nothing when the tree is beyond the budget. With more than `most`
/// complete walks, the cases pass once by every answer of every merged situation.
#[must_use]
pub fn vectors(tree: &Tree, today: Date, most: usize) -> Option<Vectors<'_>> {
    let plan = Plan::new(tree, today, &[]).ok()?;
    let flow = plan.explore(&[], None).ok()?;
    let mut chosen: BTreeSet<Given> = BTreeSet::new();
    for (turn, path) in paths(&flow, most).iter().enumerate() {
        chosen.insert(values(&plan, path, |question| turn + question));
    }
    for end in &flow.ends {
        let path = flow.example(end.from);
        for edge in 0..4 {
            chosen.insert(values(&plan, &path, |_| edge));
        }
    }
    let mut unfinished = BTreeSet::new();
    for state in &flow.states {
        unfinished.insert(values(&plan, &flow.example(state.from), |question| question));
    }
    // What lies wholly ahead is left to the days on which it has come: see `days`.
    let possible = |answers: &&Given| {
        let within = |(question, value): &(usize, Option<i64>)| {
            let limit = domain(tree, &tree.questions[*question], today).1;
            tree.questions[*question].kind != Kind::Date || value.is_none_or(|day| day <= limit)
        };
        answers.iter().all(within)
    };
    Some(Vectors {
        tree,
        today,
        walks: flow.paths(),
        all: flow.paths() <= most as u128,
        complete: chosen.iter().filter(possible).cloned().collect(),
        unfinished: unfinished.difference(&chosen).filter(possible).cloned().collect(),
    })
}

/// The days around each fixed day, still to come, at which a condition on a date changes.
#[must_use]
pub fn days(tree: &Tree, today: Date) -> Vec<Date> {
    let atoms = crate::partition::atoms(tree, crate::plan::flow_roots(tree));
    let mut days = BTreeSet::new();
    for question in 0..tree.questions.len() {
        for class in crate::partition::classes(tree, question, &atoms, today) {
            match class {
                Class::Range(day, _)
                    if tree.questions[question].kind == Kind::Date && day > today.day_number() =>
                {
                    days.extend(day - 1..=day + 1);
                }
                _ => {}
            }
        }
    }
    days.into_iter().map(Date::from_day_number).collect()
}

/// Walks as (question, class), all of them if they are few.
fn paths(flow: &Flow, most: usize) -> Vec<Vec<(usize, usize)>> {
    if flow.paths() <= most as u128 && !flow.states.is_empty() {
        let mut all = Vec::new();
        descend(flow, Target::State(0), &mut Vec::new(), &mut all);
        return all;
    }
    let edges = flow
        .states
        .iter()
        .enumerate()
        .flat_map(|(at, state)| (0..state.edges.len()).map(move |edge| (at, edge)));
    edges.map(|(at, edge)| through(flow, at, edge)).collect()
}

fn descend(flow: &Flow, at: Target, path: &mut Vec<(usize, usize)>, all: &mut Vec<Vec<(usize, usize)>>) {
    let Target::State(index) = at else {
        all.push(path.clone());
        return;
    };
    let state = &flow.states[index];
    for (class, next) in state.edges.iter().enumerate() {
        if state.asked == FALSE {
            descend(flow, *next, path, all);
            continue;
        }
        path.push((state.question, class));
        descend(flow, *next, path, all);
        path.pop();
    }
}

/// A complete walk through one answer of one situation.
fn through(flow: &Flow, state: usize, edge: usize) -> Vec<(usize, usize)> {
    let mut path = flow.example(flow.states[state].from);
    let (mut at, mut class) = (state, edge);
    loop {
        let here = &flow.states[at];
        if here.asked != FALSE {
            path.push((here.question, class));
        }
        let Target::State(next) = here.edges[class] else {
            return path;
        };
        at = next;
        class = (state + edge) % flow.states[next].edges.len();
    }
}

/// A value for each class of a walk: for a range, its first, second, last but one or last value in turn.
fn values(plan: &Plan, path: &[(usize, usize)], turn: impl Fn(usize) -> usize) -> Given {
    let value = |(question, class): &(usize, usize)| {
        let value = match &plan.classes[*question][*class] {
            Class::Range(low, high) => {
                // A day still to come is no answer yet.
                let limit = domain(plan.tree, &plan.tree.questions[*question], plan.today).1;
                let high = &(*high).min(limit).max(*low);
                let edges = [*low, (low + 1).min(*high), (high - 1).max(*low), *high];
                Some(edges[turn(*question) % 4])
            }
            other => other.value(),
        };
        (*question, value)
    };
    path.iter().map(value).collect()
}

/// What the crate says of some answers.
fn case(tree: &Tree, given: &[(usize, Option<i64>)], context: &Context) -> Case {
    told(tree, &read(tree, given), context)
}

fn read(tree: &Tree, given: &[(usize, Option<i64>)]) -> Answers {
    let mut answers = Answers::none(tree);
    for (question, value) in given {
        let answer = match (tree.questions[*question].kind, value) {
            (Kind::Texte, _) => Answer::Text("Texte d’essai & « guillemets »".to_owned()),
            (_, Some(value)) => Answer::Value(*value),
            (_, None) => Answer::DontKnow,
        };
        answers.set(*question, Some(answer));
    }
    answers
}

fn told(tree: &Tree, answers: &Answers, context: &Context) -> Case {
    let walk = walk(tree, answers, context);
    let question = match &walk.step {
        Step::Question(index) => Some(*index),
        Step::Outcomes(_) => None,
    };
    let teller = Teller {
        tree,
        answers,
        context,
        walk: &walk,
        voice: answers.voice(tree),
    };
    Case {
        answers: answers.pairs(tree),
        question,
        outcomes: walk.outcomes().to_vec(),
        asked: walk.asked.clone(),
        facts: (0..tree.facts.len())
            .map(|i| walk.truth(tree, &Expr::Fact(i), None, context))
            .collect(),
        figures: (0..tree.figures.len())
            .map(|i| walk.range(tree, &Expr::Figure(i), None, context))
            .collect(),
        texts: walk
            .outcomes()
            .iter()
            .map(|outcome| text(&teller, *outcome))
            .collect(),
    }
}

/// What the crate says of answers written as in an address; refused ones are left out.
#[must_use]
pub fn observe(tree: &Tree, answers: &[(String, String)], today: Date) -> Case {
    let context = Context { today };
    let pairs = answers.iter().map(|(id, text)| (id.as_str(), text.as_str()));
    told(tree, &Answers::read(tree, pairs, &context).0, &context)
}

fn text(teller: &Teller, outcome: usize) -> String {
    let (tree, found) = (teller.tree, &teller.tree.outcomes[outcome]);
    let mut text = plain(&crate::letter::body(teller, &found.summary, Some(outcome), None));
    text.push_str(&plain(&crate::letter::body(
        teller,
        &found.body,
        Some(outcome),
        None,
    )));
    for (letter, _) in &found.letters {
        let rendered = render_letter(
            tree,
            &tree.letters[*letter],
            teller.answers,
            &BTreeMap::new(),
            teller.context,
        );
        text.push_str(&plain(&rendered));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_day_to_come_has_its_class_and_its_days() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let mut source = crate::fixture::deposit();
        let prescribed = source.facts.iter_mut().find(|fact| fact.name.value == "prescrit");
        prescribed.expect("a fact").value =
            "cles = rendues et (depuis(date-cles) > 36 mois ou date-cles >= 2027-01-01)".into();
        let asked = source
            .questions
            .iter_mut()
            .find(|question| question.id.value == "date-cles");
        let brackets = &mut asked.expect("a question").brackets;
        brackets.insert(
            0,
            crate::source::NamedSource {
                name: "à partir du 2027-01-01".into(),
                value: "Depuis 2027".into(),
            },
        );
        let compiled = crate::compile(&source, today);
        let brackets = compiled
            .findings
            .iter()
            .filter(|finding| finding.rule == crate::Rule::Brackets);
        assert_eq!(brackets.count(), 0, "{:?}", compiled.findings);
        let tree = compiled.tree.expect("a tree");
        // The page without script offers the class before it comes.
        let site = compiled.site.expect("pages");
        let offered = |label: &str| {
            site.pages
                .iter()
                .any(|page| page.links.iter().any(|link| link.label == label))
        };
        assert!(offered("Depuis 2027"));
        let iso: Vec<String> = days(&tree, today).into_iter().map(Date::iso).collect();
        assert_eq!(iso, ["2026-12-31", "2027-01-01", "2027-01-02"]);
        let prescription = tree
            .outcomes
            .iter()
            .position(|outcome| outcome.id == "prescription");
        for (day, comes) in [("2026-11-23", false), ("2026-12-31", false), ("2027-01-01", true)] {
            let day = Date::from_iso(day).expect("a date");
            let cases = vectors(&tree, day, 0)
                .expect("vectors")
                .cases()
                .collect::<Vec<_>>();
            let given = |case: &Case| {
                case.answers
                    .iter()
                    .any(|(id, text)| id == "date-cles" && text.as_str() >= "2027-01-01")
            };
            assert_eq!(cases.iter().any(given), comes, "no answer of a day to come");
            let told = cases.iter().filter(|case| given(case) && case.question.is_none());
            assert!(
                told.clone()
                    .all(|case| case.outcomes.contains(&prescription.expect("an outcome")))
            );
        }
    }

    #[test]
    fn the_vectors_pass_by_every_outcome_and_question() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let tree = crate::compile(&crate::fixture::deposit(), today)
            .tree
            .expect("a tree");
        for most in [20_000, 10] {
            let cases = vectors(&tree, today, most)
                .expect("vectors")
                .cases()
                .collect::<Vec<_>>();
            let outcomes: BTreeSet<usize> = cases.iter().flat_map(|case| case.outcomes.clone()).collect();
            assert_eq!(outcomes.len(), tree.outcomes.len());
            let questions: BTreeSet<usize> = cases.iter().filter_map(|case| case.question).collect();
            assert_eq!(questions.len(), tree.questions.len());
        }
    }
}
