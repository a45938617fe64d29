//! A bound that its message does not say: a number refused without reason, or for another number than said.

use super::Case;
use crate::expr::Expr;
use crate::finding::Finding;
use crate::model::Unit;
use crate::rule::Rule;
use crate::source::{QuestionSource, Raw};
use crate::value::format;

/// Every fixed bound of a number or an amount stands, in figures, in the message of its refusal.
pub(crate) fn check(case: &Case, findings: &mut Vec<Finding>) {
    for (index, question) in case.tree.questions.iter().enumerate() {
        let source = &case.source.questions[case.places.questions[index]];
        let bounds = [
            ("min", &question.min, &source.min),
            ("max", &question.max, &source.max),
        ];
        for (name, bound, raw) in bounds {
            if let (Some(Expr::Const(value)), Some(raw)) = (bound, raw) {
                let said = match question.kind {
                    crate::model::Kind::Nombre => format(Unit::Nombre, *value),
                    crate::model::Kind::Montant => format(Unit::Euro, *value),
                    _ => continue,
                };
                findings.extend(silent(source, name, &said, raw));
            }
        }
    }
}

/// The fault, when the message is missing or says another number.
fn silent(question: &QuestionSource, name: &str, said: &str, raw: &Raw) -> Option<Finding> {
    let message = question.errors.iter().find(|error| error.name.value == name);
    let short = said.replace([' ', '\u{a0}', '€'], "").replace(",00", "");
    let told = message.is_some_and(|message| {
        let text = message.value.value.replace([' ', '\u{a0}', '\u{202f}'], "");
        text.split(|c: char| !c.is_ascii_digit() && c != ',')
            .any(|number| number.trim_end_matches(',').trim_end_matches(",00") == short)
    });
    let text = format!(
        "La question « {} » refuse des réponses avec « {name}: {} », mais son message ne dit pas ce nombre.",
        question.id.value, raw.value
    );
    let said = said.replace(",00", "");
    let hint = format!("Écrivez « {said} » en chiffres dans le message « {name} » de « erreurs ».");
    (!told).then(|| Finding::error(Rule::Bound, raw.span, text).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;
    use crate::source::NamedSource;

    #[test]
    fn a_bound_is_told_in_figures() {
        assert_eq!(of_rule(&deposit(), Rule::Bound), []);
        let said = |message: &str, max: &str| {
            let mut tree = deposit();
            let rent = tree
                .questions
                .iter_mut()
                .find(|question| question.id.value == "loyer");
            let rent = rent.expect("a question");
            rent.max = Some(max.into());
            rent.errors.retain(|error| error.name.value != "max");
            rent.errors.push(NamedSource {
                name: "max".into(),
                value: message.into(),
            });
            of_rule(&tree, Rule::Bound).len()
        };
        assert_eq!(said("Au plus 5 000 €", "5000 €"), 0);
        assert_eq!(said("Au plus 5 000 €", "5001 €"), 1);
        assert_eq!(said("Ce loyer est trop élevé", "5000 €"), 1);
    }
}
