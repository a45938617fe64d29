//! Conditions in words that a reader understands, for pages without script.

use decision_tree::Voice;
use decision_tree::source::{TreeSource, VoicedSource};

/// The text of a voice: its own, or everybody's.
pub(crate) fn voiced(text: &VoicedSource, voice: Voice) -> &str {
    text.variants
        .iter()
        .find(|(of, _)| of.value == voice.id())
        .map_or(&text.base.value, |(_, text)| &text.value)
}

/// A condition as a phrase: « délai d'un mois », « sauf si délai d'un mois », « Il garde une provision ».
pub(crate) fn condition(text: &str, tree: &TreeSource, voice: Voice) -> String {
    let mut words = String::new();
    let mut rest = text.trim();
    while let Some((at, joint)) = next_joint(rest) {
        words.push_str(&atom(&rest[..at], tree, voice));
        words.push_str(joint);
        rest = &rest[at + joint.len()..];
    }
    words.push_str(&atom(rest, tree, voice));
    words
}

fn next_joint(text: &str) -> Option<(usize, &'static str)> {
    [" et ", " ou "]
        .into_iter()
        .filter_map(|joint| text.find(joint).map(|at| (at, joint)))
        .min()
}

fn atom(text: &str, tree: &TreeSource, voice: Voice) -> String {
    let text = text.trim().trim_matches(['(', ')']).trim();
    if let Some(rest) = text.strip_prefix("non ") {
        return format!("sauf si {}", atom(rest, tree, voice));
    }
    for (sign, before) in [("!=", "autre réponse que "), ("=", ""), (" contient ", "")] {
        if let Some((question, choice)) = text.split_once(sign)
            && let Some(label) = label(question.trim(), choice.trim(), tree, voice)
        {
            return format!("{before}« {label} »");
        }
    }
    text.to_owned()
}

fn label<'a>(question: &str, choice: &str, tree: &'a TreeSource, voice: Voice) -> Option<&'a str> {
    let question = tree.questions.iter().find(|q| q.id.value == question)?;
    let choice = question.choices.iter().find(|c| c.id.value == choice)?;
    Some(voiced(&choice.label, voice))
}

/// Whether a condition says that the reader has another voice than this one: `profil = bailleur`.
pub(crate) fn is_other_voice(condition: &str, voice: Voice) -> bool {
    condition
        .strip_prefix("profil")
        .and_then(|rest| rest.trim().strip_prefix('='))
        .and_then(|id| Voice::from_id(id.trim()))
        .is_some_and(|other| other != voice)
}

/// Whether a condition says that the reader has this very voice.
pub(crate) fn is_this_voice(condition: &str, voice: Voice) -> bool {
    condition
        .strip_prefix("profil")
        .and_then(|rest| rest.trim().strip_prefix('='))
        .and_then(|id| Voice::from_id(id.trim()))
        == Some(voice)
}

/// The text with a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use decision_tree::source::{ChoiceSource, QuestionSource};

    fn tree() -> TreeSource {
        TreeSource {
            questions: vec![QuestionSource {
                id: "edl".into(),
                choices: vec![ChoiceSource {
                    id: "pas-d-entree".into(),
                    label: VoicedSource {
                        base: "Pas d'entrée".into(),
                        variants: vec![("bailleur".into(), "Aucune".into())],
                    },
                    help: None,
                }],
                ..QuestionSource::default()
            }],
            ..TreeSource::default()
        }
    }

    #[test]
    fn conditions_read_as_phrases() {
        let tree = tree();
        let say = |text| condition(text, &tree, Voice::Locataire);
        assert_eq!(say("en retard"), "en retard");
        assert_eq!(
            say("non en retard et edl = pas-d-entree"),
            "sauf si en retard et « Pas d'entrée »"
        );
        assert_eq!(say("(edl != pas-d-entree)"), "autre réponse que « Pas d'entrée »");
        assert_eq!(
            condition("edl = pas-d-entree", &tree, Voice::Bailleur),
            "« Aucune »"
        );
        assert!(is_other_voice("profil = bailleur", Voice::Locataire));
        assert!(!is_other_voice("profil = bailleur", Voice::Bailleur));
        assert!(is_this_voice("profil = bailleur", Voice::Bailleur));
        assert_eq!(capital("été"), "Été");
    }
}
