//! Headings go down one level at a time.

use crate::body::Body;
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        one(body, faults);
    }
}

fn one(body: &Body, faults: &mut Diagnostics) {
    let mut before = 1;
    for heading in body.headings() {
        if heading.level > before + 1 {
            let message = format!("Ce titre saute un niveau : {} après {before}.", heading.level);
            let marks = "#".repeat(usize::from(before) + 1);
            faults.push(
                Diagnostic::error("titre-ordre", heading.span.clone(), message)
                    .hint(format!("Écrivez « {marks} {} ».", heading.text)),
            );
        }
        before = heading.level;
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn a_skipped_level_is_told() {
        assert_eq!(
            told("", "### Un\n"),
            [("titre-ordre", "Écrivez « ## Un ».".to_owned())]
        );
        assert_eq!(told("", "## A\n\n#### B\n\n## C\n").len(), 1);
    }
}
