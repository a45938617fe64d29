//! Each page has a description that search engines show whole: 160 characters at most.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;

/// What engines show before they cut.
const LIMIT: usize = 160;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let site = content.site;
    let guides = site.guides.values().map(|guide| &guide.description);
    let pages = site.pages.values().map(|page| &page.description);
    let home = site.home.iter().map(|home| &home.description);
    let letters = site.letters.values().map(|letter| &letter.description);
    let trees = site.trees.values().map(|tree| &tree.start.description);
    let terms = site.terms.values().map(|term| &term.definition);
    let all = guides.chain(pages).chain(home).chain(letters);
    for description in all.chain(trees).chain(terms) {
        one(description, faults);
    }
}

fn one(description: &Located<String>, faults: &mut Diagnostics) {
    let length = description.value.chars().count();
    if length > LIMIT {
        faults.push(
            Diagnostic::error(
                "description",
                description.span.clone(),
                format!("Cette description a {length} caractères."),
            )
            .hint(format!(
                "Gardez {LIMIT} caractères au plus : retirez-en {}.",
                length - LIMIT
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::one;
    use crate::diagnostic::Diagnostics;
    use crate::parse::fields::Located;
    use crate::source::Source;

    #[test]
    fn counts_characters_and_not_bytes() {
        let count = |text: String| {
            let mut faults = Diagnostics::default();
            one(
                &Located {
                    value: text,
                    span: Source::new("x", "").span(0..0),
                },
                &mut faults,
            );
            faults.sorted().len()
        };
        assert_eq!((count("é".repeat(160)), count("é".repeat(161))), (0, 1));
    }
}
