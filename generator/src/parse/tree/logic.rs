//! `arbre.md`: the whole logic of a tree, and the words of its start page.

use super::read::Reader;
use super::{StartPage, TREE};
use crate::diagnostic::Diagnostics;
use crate::parse::directive::GUIDE;
use crate::parse::fields::Fields;
use crate::parse::{dates, front_matter, markdown, publication};
use crate::site::Review;
use decision_tree::source::TreeSource;
use jiff::civil::Date;

/// Fills the logic of `tree` from `arbre.md`, and gives back its start page.
pub(super) fn read(
    reader: &Reader,
    tree: &mut TreeSource,
    today: Date,
    faults: &mut Diagnostics,
) -> Option<StartPage> {
    let (node, body) = front_matter::read(reader.source, faults)?;
    let mut fields = Fields::new(&node, faults);
    tree.span = reader.files.number(&node.span);
    let title = fields.required("titre");
    tree.title = reader.raw(&title);
    let description = fields.required("description");
    tree.voices = reader.raws(&mut fields, "pour");
    tree.duration = reader.raw_at(&mut fields, "duree");
    tree.prepare = reader.raws(&mut fields, "preparer");
    let owner = fields.required("responsable");
    let reviewed = dates::required(&mut fields, "revue_le", today);
    let next = dates::required(&mut fields, "relire_avant", today);
    tree.reviewed_on = reader.raw_at(&mut fields, "revue_le");
    tree.review_before = reader.raw_at(&mut fields, "relire_avant");
    tree.order = reader.expressions(&mut fields, "questions");
    tree.stop = reader.expression_at(&mut fields, "arreter_si");
    tree.facts = reader.named(&mut fields, "faits", true);
    tree.figures = reader.named(&mut fields, "calculs", true);
    tree.formulas = reader.named(&mut fields, "formules", false);
    tree.outcome_order = reader.named(&mut fields, "issues", true);
    if tree.order.is_empty() {
        fields.required("questions");
    }
    if tree.outcome_order.is_empty() {
        fields.required("issues");
    }
    let aliases = publication::aliases(&mut fields);
    fields.finish();
    let body = markdown::parse(reader.source, body, &[GUIDE], faults);
    debug_assert!(reader.source.path.ends_with(TREE));
    Some(StartPage {
        title,
        description,
        review: Review {
            owner,
            reviewed,
            next,
        },
        aliases,
        body,
    })
}
