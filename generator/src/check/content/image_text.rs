//! An image says in words what it shows.

use crate::body::{Body, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use pulldown_cmark::{Event, Tag, TagEnd};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        one(body, faults);
    }
}

fn one(body: &Body, faults: &mut Diagnostics) {
    for (index, piece) in body.pieces.iter().enumerate() {
        if !matches!(piece.kind, PieceKind::Event(Event::Start(Tag::Image { .. }))) {
            continue;
        }
        let inside = body.pieces.iter().skip(index + 1);
        let mut words = inside
            .take_while(|piece| !matches!(piece.kind, PieceKind::Event(Event::End(TagEnd::Image))))
            .filter(
                |piece| matches!(&piece.kind, PieceKind::Event(Event::Text(text)) if !text.trim().is_empty()),
            );
        if words.next().is_none() {
            faults.push(
                Diagnostic::error("image-texte", piece.span.clone(), "Cette image n'a pas de texte de remplacement.")
                    .hint("Écrivez entre les crochets ce que l'image montre : ![Plan du logement](/images/plan.png)."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn an_image_without_words_is_told() {
        let rules: Vec<_> = told("", "![](/images/a.png) ![Plan](/images/a.png)\n")
            .into_iter()
            .map(|told| told.0)
            .collect();
        assert_eq!(rules, ["image-texte"]);
    }
}
