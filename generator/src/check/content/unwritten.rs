//! « À écrire »: what a starting file leaves to its author.

use crate::body::{Body, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::site::Site;
use crate::source::Span;
use pulldown_cmark::Event;

/// The words that `generator new` puts where the author is to write.
const MARK: &str = "À écrire";

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for body in content.every_body() {
        one(body, faults);
    }
    for words in heads(content.site) {
        if words.value.starts_with(MARK) {
            faults.push(fault(&words.span));
        }
    }
}

/// The sentences of the headers that a starting file leaves to its author.
fn heads(site: &Site) -> Vec<&Located<String>> {
    let guides = site
        .guides
        .values()
        .flat_map(|guide| [&guide.description, &guide.answer]);
    let letters = site.letters.values().map(|letter| &letter.description);
    let trees = site.trees.values().flat_map(|tree| {
        let outcomes = tree
            .outcomes
            .values()
            .filter_map(|words| words.description.as_ref());
        outcomes.chain([&tree.start.description])
    });
    let terms = site.terms.values().map(|term| &term.definition);
    guides.chain(letters).chain(trees).chain(terms).collect()
}

fn fault(place: &Span) -> Diagnostic {
    Diagnostic::warning("a-ecrire", place.clone(), "Ce passage attend son texte.")
        .hint("Remplacez « À écrire » et ce qui suit par votre texte, ou retirez le passage.")
}

fn one(body: &Body, faults: &mut Diagnostics) {
    for piece in &body.pieces {
        if let PieceKind::Event(Event::Text(text)) = &piece.kind
            && text.starts_with(MARK)
        {
            faults.push(fault(&piece.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn what_is_left_to_write_is_told() {
        let told = told(
            "",
            "## À écrire : un titre\n\nÀ écrire : la règle.\n\nOn doit à écrire.\n",
        );
        assert_eq!(
            told.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(),
            ["a-ecrire"; 2]
        );
    }
}
