//! Several-choice questions without script: the sets of answers that lead to one place, told in few phrases.

use crate::answers::{Answer, shown};
use crate::model::{Question, Voice};

/// Sets of answers: some are ticked, some are not, any other may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Phrase {
    with: i64,
    without: i64,
}

impl Phrase {
    fn says(self, set: i64) -> bool {
        set & self.with == self.with && set & self.without == 0
    }

    /// Its words, when conditions read the answers of `read`.
    fn words(self, read: i64, asked: &Question, voice: Voice) -> String {
        let free = read & !self.with & !self.without;
        if self.with == 0 {
            return format!(
                "Une ou plusieurs réponses parmi : {}",
                names(free, ", ", asked, voice)
            );
        }
        let with = names(self.with, " et ", asked, voice);
        match (self.without, free) {
            (0, 0) if self.with.count_ones() == 1 => with.trim_matches(['«', '»', ' ']).to_owned(),
            (0, 0) => with,
            (0, _) => format!("{with}, avec ou sans autre réponse"),
            (without, _) => format!("{with}, mais pas : {}", names(without, ", ", asked, voice)),
        }
    }
}

/// The labels of some answers, in quotes: they may hold commas.
fn names(set: i64, joint: &str, asked: &Question, voice: Voice) -> String {
    let held = (0..asked.choices.len()).filter(|option| set >> option & 1 == 1);
    let names: Vec<String> = held
        .map(|option| format!("« {} »", shown(asked, &Answer::Value(1 << option), voice)))
        .collect();
    names.join(joint)
}

/// Phrases that together say the sets of `group` and none of `others`, each with the sets that it is the first to
/// say: the widest first.
pub(crate) fn phrases(
    group: &[i64],
    others: &[i64],
    asked: &Question,
    voice: Voice,
) -> Vec<(String, Vec<i64>)> {
    let read = group.iter().chain(others).fold(0, |all, set| all | set);
    let possible: Vec<Phrase> = all(read)
        .into_iter()
        .filter(|phrase| !others.iter().any(|set| phrase.says(*set)))
        .collect();
    let mut left = group.to_vec();
    let mut told = Vec::new();
    while !left.is_empty() {
        let said = |phrase: &Phrase| left.iter().filter(|set| phrase.says(**set)).count();
        let plain = |phrase: &Phrase| {
            let literals = phrase.with.count_ones() + phrase.without.count_ones();
            std::cmp::Reverse((phrase.with == 0, literals, phrase.without, phrase.with))
        };
        // A set alone is always sayable: what it holds, and nothing of the rest.
        let Some(best) = possible
            .iter()
            .copied()
            .max_by_key(|phrase| (said(phrase), plain(phrase)))
        else {
            return told;
        };
        let (now, later) = left.iter().copied().partition(|set| best.says(*set));
        left = later;
        told.push((best.words(read, asked, voice), now));
    }
    told
}

/// Every phrase over these answers: three to the power of their number, of which there are six at most.
fn all(read: i64) -> Vec<Phrase> {
    let mut phrases = vec![Phrase { with: 0, without: 0 }];
    for option in (0..63)
        .map(|bit| 1_i64 << bit)
        .filter(|option| read & option != 0)
    {
        let wider = phrases.clone();
        phrases.extend(wider.iter().map(|phrase| Phrase {
            with: phrase.with | option,
            ..*phrase
        }));
        phrases.extend(wider.iter().map(|phrase| Phrase {
            without: phrase.without | option,
            ..*phrase
        }));
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Kind, Voiced};

    fn asked() -> Question {
        let choice = |id: &&str| Choice {
            id: (*id).to_owned(),
            label: Voiced {
                base: id.to_uppercase(),
                variants: Vec::new(),
            },
        };
        Question {
            id: "points".to_owned(),
            kind: Kind::Cases,
            text: Voiced::default(),
            help_voices: Vec::new(),
            condition: None,
            choices: ["a", "b", "c"].iter().map(choice).collect(),
            dont_know: false,
            min: None,
            max: None,
            unit: None,
            brackets: Vec::new(),
        }
    }

    fn told(group: &[i64], others: &[i64]) -> Vec<String> {
        let told = phrases(group, others, &asked(), Voice::Locataire);
        let sets: Vec<i64> = told.iter().flat_map(|(_, sets)| sets.clone()).collect();
        assert_eq!(sets.len(), group.len(), "each set is said once");
        told.into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn sets_that_lead_to_one_place_are_one_phrase() {
        // A alone decides: four sets hold it, three do not.
        assert_eq!(
            told(&[1, 3, 5, 7], &[2, 4, 6]),
            ["« A », avec ou sans autre réponse"]
        );
        assert_eq!(
            told(&[2, 4, 6], &[1, 3, 5, 7]),
            ["Une ou plusieurs réponses parmi : « B », « C »"]
        );
        // None decides.
        assert_eq!(
            told(&[1, 2, 3, 4, 5, 6, 7], &[]),
            ["Une ou plusieurs réponses parmi : « A », « B », « C »"]
        );
        // Each decides.
        assert_eq!(told(&[1], &[2, 3]), ["« A », mais pas : « B »"]);
        assert_eq!(told(&[3], &[1, 2]), ["« A » et « B »"]);
        assert_eq!(told(&[1], &[]), ["A"]);
    }

    #[test]
    fn any_partition_is_told_without_a_word_for_two_places() {
        for group in 1_u32..127 {
            let (mine, others): (Vec<i64>, Vec<i64>) = (1..8).partition(|set| group >> (set - 1) & 1 == 1);
            let words = told(&mine, &others);
            let rest = told(&others, &mine);
            assert!(
                words.iter().all(|word| !rest.contains(word)),
                "{words:?} {rest:?}"
            );
        }
    }
}
