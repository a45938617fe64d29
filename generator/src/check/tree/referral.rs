//! The referral that an outcome prefills names a motive and fields that the form has.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::tree::Files;
use decision_tree::Raw;

/// Name of the rule.
const RULE: &str = "questionnaire-saisine";

pub(in crate::check) fn check(content: &Content, faults: &mut Diagnostics) {
    let Some(form) = &content.site.form else { return };
    let motives: Vec<&str> = form.motives.iter().map(|motive| motive.code.as_str()).collect();
    let fields: Vec<&str> = form.fields().map(|field| field.id.as_str()).collect();
    for tree in content.site.trees.values() {
        for referral in tree
            .source
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.referral.as_ref())
        {
            one(&tree.files, &referral.motive, &motives, "un motif", faults);
            for line in &referral.fields {
                one(&tree.files, &line.name, &fields, "un champ", faults);
            }
        }
    }
}

fn one(files: &Files, name: &Raw, known: &[&str], what: &str, faults: &mut Diagnostics) {
    if known.contains(&name.value.as_str()) {
        return;
    }
    let hint = nearest(&name.value, known.iter().copied()).map_or_else(
        || format!("Possibles : {}.", known.join(", ")),
        |near| format!("Vouliez-vous dire « {near} » ?"),
    );
    let message = format!("« {} » n'est pas {what} du formulaire de saisine.", name.value);
    let fault = match files.place(name.span) {
        Some(place) => Diagnostic::error(RULE, place, message),
        None => Diagnostic::error_nowhere(RULE, message),
    };
    faults.push(fault.hint(hint));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn an_unknown_name_is_told_where_it_stands() {
        let source = Source::new("content/x.md", "motif: DJ");
        let mut files = Files::default();
        files.add(&source);
        let name = Raw::new("DJ".to_owned(), files.number(&source.span(7..9)));
        let mut faults = Diagnostics::default();
        one(&files, &name, &["DG", "CHG"], "un motif", &mut faults);
        one(&files, &Raw::from("DG"), &["DG"], "un motif", &mut faults);
        let faults = faults.sorted();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].hint.as_deref(), Some("Vouliez-vous dire « DG » ?"));
        assert_eq!(faults[0].place.as_ref().map(|place| place.start), Some(7));
    }
}
