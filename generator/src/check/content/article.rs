//! `:::loi{article=…}` names an article of the registry.

use crate::body::PieceKind;
use crate::check::Content;
use crate::diagnostic::Diagnostics;
use crate::parse::law;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    // A letter that a questionnaire proposes has its articles checked with it.
    let alone = content
        .site
        .letters
        .values()
        .filter(|letter| letter.trees.is_empty());
    for id in alone.flat_map(|letter| &letter.legal_basis) {
        if let Err(fault) = law::find(&content.site.law, id) {
            faults.push(fault);
        }
    }
    for body in content.every_body() {
        for piece in &body.pieces {
            if let PieceKind::Open(directive) = &piece.kind
                && directive.name == "loi"
                && let Some(id) = directive.arg("article")
                && let Err(fault) = law::find(&content.site.law, id)
            {
                faults.push(fault);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn an_unknown_article_is_told() {
        let told = told("", ":::loi{article=loi-89}\n:::\n");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, "article-inconnu");
    }
}
