//! The words of the administration and their plain ones: `content/redaction/mots-simples.yaml`.

use super::fields::{Fields, Located};
use super::list;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// Path of the list.
pub const PLAIN_WORDS: &str = "content/redaction/mots-simples.yaml";

/// Words to avoid, and what to write instead.
#[derive(Debug, Clone)]
pub struct PlainWord {
    /// Words and their forms.
    pub words: Vec<Located<String>>,
    /// What to write instead.
    pub plain: Located<String>,
}

/// Reads the list; a missing file is read as an empty one.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Vec<PlainWord> {
    let hint = "Commencez chaque groupe par « - mots: [nonobstant] », puis « simple: malgré ».";
    let items = list::items(sources.text(PLAIN_WORDS), hint, faults);
    items
        .iter()
        .map(|item| {
            let mut fields = Fields::new(item, faults);
            let word = PlainWord {
                words: list::some(&mut fields, "mots", "nonobstant"),
                plain: fields.required("simple"),
            };
            fields.finish();
            word
        })
        .collect()
}
