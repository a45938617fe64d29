//! The finite classes of the answers to each question: within a class, every condition has one value.

use crate::date::{Date, FIRST_YEAR, LAST_YEAR};
use crate::expr::Expr;
use crate::expr::eval::Env;
use crate::model::{Kind, Question, Tree};
use crate::value::{MAX_AMOUNT, commune_code};
use std::collections::BTreeSet;

/// Most options of a several-choice question that conditions may read together.
pub(crate) const MAX_READ_OPTIONS: u32 = 6;

/// A class of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Class {
    /// One value: a choice, a set of choices, a place.
    Value(i64),
    /// All values from the first to the last.
    Range(i64, i64),
    /// « Je ne sais pas ».
    DontKnow,
    /// Free text: nothing reads it.
    Text,
}

impl Class {
    /// A value of the class that expressions may read.
    pub(crate) fn value(&self) -> Option<i64> {
        match self {
            Self::Value(value) | Self::Range(value, _) => Some(*value),
            Self::DontKnow | Self::Text => None,
        }
    }
}

/// Conditions of a tree that contain no fact, `et`, `ou` or `non`, and read one question.
pub(crate) type Atoms<'a> = Vec<(usize, &'a Expr)>;

/// The atoms of some conditions, through the facts that they read.
pub(crate) fn atoms<'a>(tree: &'a Tree, roots: impl IntoIterator<Item = &'a Expr>) -> Atoms<'a> {
    let mut found = Vec::new();
    let mut seen = vec![false; tree.facts.len()];
    let mut waiting: Vec<&Expr> = roots.into_iter().collect();
    while let Some(expr) = waiting.pop() {
        match expr {
            Expr::Not(inner) => waiting.push(inner),
            Expr::And(parts) | Expr::Or(parts) => waiting.extend(parts),
            Expr::Fact(index) => {
                if !std::mem::replace(&mut seen[*index], true) {
                    waiting.push(&tree.facts[*index].expr);
                }
            }
            atom => found.extend(atom.reads().answers.first().map(|question| (*question, atom))),
        }
    }
    found
}

/// The classes of a question.
pub(crate) fn classes(tree: &Tree, question: usize, atoms: &Atoms, today: Date) -> Vec<Class> {
    let asked = &tree.questions[question];
    let own: Vec<&Expr> = atoms
        .iter()
        .filter(|(read, _)| *read == question)
        .map(|(_, atom)| *atom)
        .collect();
    let mut classes = match asked.kind {
        Kind::Texte => vec![Class::Text],
        Kind::Choix => (0_i64..).take(asked.choices.len()).map(Class::Value).collect(),
        Kind::Cases => sets(asked, &own),
        Kind::Commune => places(&own),
        Kind::Date | Kind::Montant | Kind::Nombre => {
            let (low, high) = domain(tree, asked, today);
            let high = high.max(ahead(tree, question, &own, low, today));
            ranges(low, high, &cuts(tree, question, &own, (low, high), today))
        }
    };
    if asked.dont_know {
        classes.push(Class::DontKnow);
    }
    classes
}

/// The classes that these options of a several-choice question make.
fn sets(question: &Question, atoms: &[&Expr]) -> Vec<Class> {
    let none = question.choices.iter().position(|choice| choice.id == "aucune");
    let mut read: BTreeSet<u32> = BTreeSet::new();
    for atom in atoms {
        atom.visit(&mut |expr| {
            if let Expr::Has(_, index) = expr {
                read.insert(*index);
            }
        });
    }
    let none_index = none.and_then(|index| u32::try_from(index).ok());
    let reads_none = none_index.is_some_and(|index| read.remove(&index));
    let read: Vec<u32> = read.into_iter().take(MAX_READ_OPTIONS as usize).collect();
    let other = (0..question.choices.len())
        .filter(|index| Some(*index) != none)
        .find(|index| !read.iter().any(|r| *r as usize == *index));
    let mut classes: Vec<Class> = (1_u32..1 << read.len())
        .map(|subset| {
            let held = read.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1);
            Class::Value(held.map(|(_, index)| 1_i64 << index).sum())
        })
        .collect();
    if let Some(other) = other {
        classes.push(Class::Value(1 << other));
    }
    if let Some(none) = none.filter(|_| reads_none || other.is_none()) {
        classes.push(Class::Value(1 << none));
    }
    classes
}

/// The class of the options that no condition reads, and these options in the author's order; nothing for
/// another type of question, or when conditions read every option.
pub(crate) fn unread_options(question: &Question, classes: &[Class]) -> Option<(usize, Vec<usize>)> {
    if question.kind != Kind::Cases {
        return None;
    }
    let none = question.choices.iter().position(|choice| choice.id == "aucune");
    let sets: Vec<i64> = classes.iter().map(|class| class.value().unwrap_or(0)).collect();
    let together = |set: i64| sets.iter().any(|other| *other != set && other & set == set);
    // The classes of options that are read come first.
    let class = sets.iter().rposition(|set| {
        set.count_ones() == 1 && none.is_none_or(|none| *set != 1 << none) && !together(*set)
    })?;
    let seen = sets.iter().fold(0, |all, set| all | set);
    let options = (0..question.choices.len()).filter(|option| {
        Some(*option) != none && (sets[class] >> option & 1 == 1 || seen >> option & 1 == 0)
    });
    Some((class, options.collect()))
}

/// One class for each commune and each department that conditions name, and one for all others.
fn places(atoms: &[&Expr]) -> Vec<Class> {
    let mut values: BTreeSet<i64> = BTreeSet::new();
    for atom in atoms {
        atom.visit(&mut |expr| {
            let Expr::Eq(pair) = expr else { return };
            match (&pair.0, &pair.1) {
                (Expr::Department(_), Expr::Const(department)) => {
                    // A commune of the department that no condition names.
                    let overseas = *department >= 36 * 36;
                    let suffix = if overseas { 36 * 36 - 1 } else { 36 * 36 * 36 - 1 };
                    let width = if overseas { 36 * 36 } else { 36 * 36 * 36 };
                    values.insert(department * width + suffix);
                }
                (_, Expr::Const(commune)) => {
                    values.insert(*commune);
                }
                _ => {}
            }
        });
    }
    values.extend(commune_code("00000"));
    values.into_iter().map(Class::Value).collect()
}

/// Smallest and greatest possible answer.
pub(crate) fn domain(tree: &Tree, question: &Question, today: Date) -> (i64, i64) {
    let env = Env {
        answers: &[],
        facts: &[],
        figures: &[],
        parameters: &tree.parameters,
        today: today.day_number(),
    };
    let limit = |expr: &Option<Expr>| expr.as_ref().and_then(|expr| env.eval(expr));
    let day = |year, month, day| Date::from_ymd(year, month, day).map_or(0, Date::day_number);
    let (low, high) = match question.kind {
        Kind::Date => (day(FIRST_YEAR, 1, 1), day(LAST_YEAR, 12, 31)),
        Kind::Montant => (0, MAX_AMOUNT - 1),
        _ => (0, 999_999_999),
    };
    let low = limit(&question.min).map_or(low, |min| min.max(low));
    (
        low,
        limit(&question.max).map_or(high, |max| max.min(high)).max(low),
    )
}

/// The last fixed day of the calendar at which a condition on a date changes. A day that is still to come when
/// the limit is « aujourd'hui » has its class already: the pages and the proofs stay true when it has passed.
fn ahead(tree: &Tree, question: usize, atoms: &[&Expr], low: i64, today: Date) -> i64 {
    let follows_today = |expr: &Expr| {
        let mut found = false;
        expr.visit(&mut |inner| found |= matches!(inner, Expr::Today));
        found
    };
    let asked = &tree.questions[question];
    if asked.kind != Kind::Date || !asked.max.as_ref().is_some_and(follows_today) {
        return low;
    }
    let fixed: Vec<&Expr> = atoms
        .iter()
        .copied()
        .filter(|atom| !follows_today(atom))
        .collect();
    let calendar = Date::from_ymd(LAST_YEAR, 12, 31).map_or(low, Date::day_number);
    cuts(tree, question, &fixed, (low, calendar), today)
        .last()
        .copied()
        .unwrap_or(low)
}

/// First values of the classes after the first one: where an atom changes.
pub(crate) fn cuts(
    tree: &Tree,
    question: usize,
    atoms: &[&Expr],
    domain: (i64, i64),
    today: Date,
) -> BTreeSet<i64> {
    let mut cuts = BTreeSet::new();
    for atom in atoms {
        // « a = b » changes where « a < b » does and where « a <= b » does.
        let monotonous = match atom {
            Expr::Eq(pair) => vec![Expr::Lt(pair.clone()), Expr::Le(pair.clone())],
            other => vec![(*other).clone()],
        };
        cuts.extend(
            monotonous
                .iter()
                .filter_map(|atom| cut(tree, question, atom, domain, today)),
        );
    }
    cuts
}

/// Where a comparison that changes at most once over the domain changes.
fn cut(tree: &Tree, question: usize, atom: &Expr, domain: (i64, i64), today: Date) -> Option<i64> {
    let mut answers = vec![None; tree.questions.len()];
    let mut holds = |value: i64| {
        answers[question] = Some(value);
        let today = today.day_number();
        Env {
            answers: &answers,
            facts: &[],
            figures: &[],
            parameters: &tree.parameters,
            today,
        }
        .eval(atom)
    };
    let (mut low, mut high) = domain;
    let first = holds(low)?;
    if holds(high)? == first {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle)? == first {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// The ranges between the cuts.
pub(crate) fn ranges(low: i64, high: i64, cuts: &BTreeSet<i64>) -> Vec<Class> {
    let mut starts = vec![low];
    starts.extend(cuts.iter().copied().filter(|cut| *cut > low && *cut <= high));
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([high]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Class::Range(*start, end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(ids: &[&str]) -> Question {
        let mut tree = crate::compile(
            &crate::fixture::deposit(),
            Date::from_iso("2026-11-23").expect("a date"),
        )
        .tree
        .expect("a tree");
        let mut question = tree
            .questions
            .iter()
            .position(|question| question.kind == Kind::Cases)
            .map(|index| tree.questions.swap_remove(index))
            .expect("a several-choice question");
        let model = question.choices[0].clone();
        question.choices = ids
            .iter()
            .map(|id| crate::model::Choice {
                id: (*id).to_owned(),
                ..model.clone()
            })
            .collect();
        question
    }

    #[test]
    fn options_that_no_condition_reads_are_all_offered() {
        let question = ticks(&["a", "b", "c", "d", "aucune"]);
        let has = |option| Expr::Has(Box::new(Expr::Answer(0)), option);
        let offered = |atoms: &[&Expr]| unread_options(&question, &sets(&question, atoms));
        assert_eq!(offered(&[]), Some((0, vec![0, 1, 2, 3])));
        assert_eq!(offered(&[&has(1)]), Some((1, vec![0, 2, 3])));
        assert_eq!(offered(&[&has(0), &has(3)]), Some((3, vec![1, 2])));
        assert_eq!(offered(&[&has(0), &has(1), &has(2), &has(3)]), None);
    }
}
