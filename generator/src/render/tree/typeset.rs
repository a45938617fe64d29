//! French typography in the words that scripts show. Names that scripts look up stay as they are.

use crate::render::words::Words;
use decision_tree::Tree;
use decision_tree::model::{Letter, Part, Voiced};

/// The same tree, its questions, answers, titles, summaries and letters typeset.
pub(super) fn tree(tree: &Tree, words: Words) -> Tree {
    let mut tree = tree.clone();
    for question in &mut tree.questions {
        voiced(&mut question.text, words);
        for choice in &mut question.choices {
            voiced(&mut choice.label, words);
        }
    }
    for fact in &mut tree.facts {
        fact.name = words.fill(&fact.name);
    }
    for outcome in &mut tree.outcomes {
        voiced(&mut outcome.title, words);
        parts(&mut outcome.summary.parts, words);
    }
    for known in &mut tree.letters {
        letter(known, words);
    }
    tree
}

/// A letter and the labels of its blanks, typeset.
pub(crate) fn letter(letter: &mut Letter, words: Words) {
    letter.title = words.fill(&letter.title);
    for field in &mut letter.fields {
        field.label = words.fill(&field.label);
    }
    parts(&mut letter.body.parts, words);
}

fn voiced(text: &mut Voiced, words: Words) {
    text.base = words.fill(&text.base);
    for (_, variant) in &mut text.variants {
        *variant = words.fill(variant);
    }
}

fn parts(list: &mut [Part], words: Words) {
    for part in list {
        match part {
            Part::Text(text) => *text = words.fill(text),
            Part::If(_, inner) | Part::Voice(_, inner) => parts(inner, words),
            Part::Value(_) => {}
        }
    }
}
