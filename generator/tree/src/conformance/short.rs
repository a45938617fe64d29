//! A case in short: all but the words, of which a sum is kept.

use super::Case;
use serde::Serialize;

/// Answers, next question, outcomes, questions asked, facts (`0`, `1` or `?`), figures, and a sum of the texts.
#[derive(Debug, Serialize)]
pub struct Short<'a>(
    String,
    Option<usize>,
    &'a [usize],
    &'a [usize],
    String,
    &'a [Option<(i64, i64)>],
    u32,
);

/// A case in short, as the script observes it.
#[must_use]
pub fn short(case: &Case) -> Short<'_> {
    let answers: Vec<String> = case
        .answers
        .iter()
        .map(|(id, text)| format!("{id}={text}"))
        .collect();
    let fact = |fact: &Option<bool>| match fact {
        Some(true) => '1',
        Some(false) => '0',
        None => '?',
    };
    Short(
        answers.join("|"),
        case.question,
        &case.outcomes,
        &case.asked,
        case.facts.iter().map(fact).collect(),
        &case.figures,
        sum(&case.texts.join("\n")),
    )
}

/// FNV-1a over the UTF-8 bytes: the script computes the same. It tells texts apart, it protects nothing.
fn sum(text: &str) -> u32 {
    let mix = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_published_algorithm() {
        assert_eq!(sum(""), 0x811c_9dc5);
        assert_eq!(sum("a"), 0xe40c_292c);
        assert_eq!(sum("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn a_case_keeps_all_but_the_words() {
        let case = Case {
            answers: vec![
                ("profil".to_owned(), "locataire".to_owned()),
                ("a".to_owned(), "1,2".to_owned()),
            ],
            question: Some(2),
            outcomes: vec![],
            asked: vec![0, 1],
            facts: vec![Some(true), Some(false), None],
            figures: vec![None, Some((1, 2))],
            texts: vec!["foo".to_owned()],
        };
        let json = serde_json::to_string(&short(&case)).expect("JSON");
        assert!(
            json.starts_with("[\"profil=locataire|a=1,2\",2,[],[0,1],\"10?\",[null,[1,2]],"),
            "{json}"
        );
    }
}
