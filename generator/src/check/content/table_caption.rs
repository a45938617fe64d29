//! A table stands inside a `tableau` directive, which gives it its caption.

use crate::body::{Body, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use pulldown_cmark::{Event, Tag};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        one(body, faults);
    }
}

fn one(body: &Body, faults: &mut Diagnostics) {
    let mut open: Vec<(&str, usize)> = Vec::new();
    for piece in &body.pieces {
        match &piece.kind {
            PieceKind::Open(directive) => open.push((directive.name, 0)),
            PieceKind::Close => {
                open.pop();
            }
            PieceKind::Event(Event::Start(Tag::Table(_))) => {
                let (message, hint) = match open.last_mut() {
                    Some(("tableau", count)) if *count == 0 => {
                        *count = 1;
                        continue;
                    }
                    Some(("tableau", _)) => (
                        "Un encadré « tableau » porte un seul tableau.",
                        "Ouvrez une seconde directive, avec sa propre légende.",
                    ),
                    _ => (
                        "Ce tableau n'a pas de légende.",
                        "Ajoutez au-dessus une ligne « :::tableau{légende=\"Ce que montre le tableau\"} », et en dessous une ligne « ::: ».",
                    ),
                };
                faults.push(Diagnostic::error("tableau-legende", piece.span.clone(), message).hint(hint));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    const TABLE: &str = "| A |\n|---|\n| 1 |\n";

    #[test]
    fn a_table_needs_its_own_caption() {
        let inside = |body: &str| told("", &format!(":::tableau{{légende=\"L\"}}\n{body}\n:::\n")).len();
        assert_eq!(told("", TABLE)[0].0, "tableau-legende");
        assert_eq!((inside(TABLE), inside(&format!("{TABLE}\nx\n\n{TABLE}"))), (0, 1));
    }
}
