//! A diagnosis done before the referral, walked again by the service: what the commission reads is our
//! conclusion from the person's answers, not what their browser said.

use decision_tree::{Answers, Context, Date, Tree, report};
use referral_form::value::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// Most characters of a carried diagnosis; what is longer is cut at its last whole answer.
pub const MAX: usize = 4_000;

/// What an address carries beside answers: the version of the questionnaire, the day and result of a former visit.
const MARKS: [&str; 2] = ["v", "~le"];

/// A diagnosis in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Title of the tree.
    pub title: String,
    /// Conclusions; several when an answer is unknown, none when a question remains.
    pub outcomes: Vec<String>,
    /// Questions whose answer could not be read, or that had none and are asked on this day.
    pub lost: Vec<String>,
    /// Questions and answers.
    pub answers: Vec<(String, String)>,
    /// Figures that are known: name, value, how it is computed.
    pub figures: Vec<(String, String, String)>,
    /// Days to come: what happens, ISO day.
    pub deadlines: Vec<(String, String)>,
}

/// What is kept of a carried diagnosis.
#[must_use]
pub fn shortened(carried: &str) -> &str {
    let Some((end, _)) = carried.char_indices().nth(MAX) else {
        return carried;
    };
    let whole = carried[..end].rfind('&').unwrap_or(0);
    &carried[..whole]
}

/// Walks a tree again. `carried` is `slug?question=answer&…`; nothing when it is of no tree that we know, or when
/// no answer can be read.
#[must_use]
pub fn walk(trees: &BTreeMap<String, Tree>, carried: &str, day: Day) -> Option<Diagnosis> {
    let (slug, query) = carried.split_once('?')?;
    let tree = trees.get(slug)?;
    let today = Date::from_ymd(i64::from(day.year), i64::from(day.month), i64::from(day.day))?;
    let pairs = pairs(query);
    let known = pairs
        .iter()
        .map(|(id, text)| (id.as_str(), text.as_str()))
        .filter(|(id, _)| !MARKS.contains(id));
    let context = Context { today };
    // Answers that cannot be read are left out: the walk then stops at their question, and both sides are told.
    let (answers, refused) = Answers::read(tree, known, &context);
    let report = report(tree, &answers, &context);
    if report.answers.is_empty() {
        return None;
    }
    let unread = refused.into_iter().map(|refused| refused.question);
    let lost = unread.chain(report.question.clone());
    let asked = |id: String| tree.questions.iter().position(|question| question.id == id);
    let mut lost: Vec<usize> = lost.filter_map(asked).collect();
    lost.sort_unstable();
    lost.dedup();
    let deadlines = report.outcomes.iter().flat_map(|outcome| &outcome.deadlines);
    Some(Diagnosis {
        title: tree.title.clone(),
        lost: lost
            .into_iter()
            .map(|index| tree.questions[index].text.get(report.voice).to_owned())
            .collect(),
        deadlines: deadlines
            .filter_map(|line| Some((line.title.clone(), line.on.clone()?)))
            .collect(),
        outcomes: report
            .outcomes
            .iter()
            .map(|outcome| outcome.title.clone())
            .collect(),
        answers: report
            .answers
            .into_iter()
            .map(|line| (line.question, line.answer))
            .collect(),
        figures: report
            .figures
            .into_iter()
            .filter_map(|line| Some((line.name, line.text?, line.formula.unwrap_or_default())))
            .collect(),
    })
}

/// The pairs of a query, decoded (`+`, `%20`).
fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decode(name), decode(value))).collect()
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|two| std::str::from_utf8(two).ok());
        match (bytes[at], hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{decode, pairs, walk};
    use referral_form::value::Day;
    use std::collections::BTreeMap;

    #[test]
    fn decodes_what_an_address_carries() {
        assert_eq!(decode("150%2C25+%E2%82%AC"), "150,25 €");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(
            pairs("a=1&b&c=%3D"),
            [("a".into(), "1".into()), ("c".into(), "=".into())]
        );
    }

    #[test]
    fn an_unknown_tree_is_left_out() {
        let day = Day {
            year: 2026,
            month: 11,
            day: 23,
        };
        assert_eq!(walk(&BTreeMap::new(), "depot-de-garantie?bail=vide", day), None);
        assert_eq!(walk(&BTreeMap::new(), "", day), None);
    }
}
