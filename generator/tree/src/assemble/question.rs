//! Questions: conditions, choices, limits and brackets.

use super::Places;
use super::bracket::bracket;
use super::names::Line;
use super::text::voiced;
use crate::expr::scope::Scope;
use crate::expr::types::Ty;
use crate::expr::{condition, constant};
use crate::finding::Finding;
use crate::model::{Choice, Kind, Question};
use crate::rule::Rule;
use crate::source::{QuestionSource, TreeSource};

/// Most choices of a question: a set of them is a bit mask that both engines hold exactly.
const MAX_CHOICES: usize = 30;

/// The questions of the list, in order.
pub(crate) fn questions(
    source: &TreeSource,
    lines: &[Line],
    scope: &Scope,
    places: &Places,
    findings: &mut Vec<Finding>,
) -> Vec<Question> {
    debug_assert_eq!(lines.len(), places.questions.len());
    let compiled = lines.iter().enumerate().map(|(at, line)| {
        let raw = &source.questions[line.question];
        question(raw, at, line, scope, findings)
    });
    compiled.collect()
}

fn question(
    raw: &QuestionSource,
    at: usize,
    line: &Line,
    scope: &Scope,
    findings: &mut Vec<Finding>,
) -> Question {
    let kind = scope.questions[at].kind;
    choices_fit(raw, kind, findings);
    let ty = match kind {
        Kind::Date => Some(Ty::Date),
        Kind::Montant => Some(Ty::Amount),
        Kind::Nombre => Some(Ty::Number),
        _ => None,
    };
    let mut limit = |limit: &Option<crate::source::Raw>| constant(limit.as_ref()?, ty?, scope, findings);
    let (min, max) = (limit(&raw.min), limit(&raw.max));
    for (limit, name) in [(&raw.min, "min"), (&raw.max, "max")] {
        if let (Some(limit), None) = (limit, ty) {
            let message = format!(
                "« {name} » n’a pas de sens pour une question de type « {} ».",
                kind.id()
            );
            findings.push(Finding::error(Rule::Type, limit.span, message));
        }
    }
    let brackets = raw
        .brackets
        .iter()
        .filter_map(|line| bracket(line, at, kind, scope, findings))
        .collect();
    Question {
        id: raw.id.value.clone(),
        kind,
        text: voiced(&raw.text, findings),
        help_voices: raw
            .help
            .iter()
            .flat_map(|help| voiced(help, findings).variants)
            .map(|(voice, _)| voice)
            .collect(),
        condition: line
            .condition
            .as_ref()
            .and_then(|raw| condition(raw, scope, findings)),
        choices: raw
            .choices
            .iter()
            .map(|c| Choice {
                id: c.id.value.clone(),
                label: voiced(&c.label, findings),
            })
            .collect(),
        dont_know: raw.dont_know.is_some(),
        min,
        max,
        unit: raw.unit.as_ref().map(|unit| unit.value.clone()),
        brackets,
    }
}

/// Choices where they are needed, well named, once each, and `aucune` for several cases.
fn choices_fit(raw: &QuestionSource, kind: Kind, findings: &mut Vec<Finding>) {
    let mut tell = |span, message: String, hint: &str| {
        findings.push(Finding::error(Rule::Syntax, span, message).hint(hint));
    };
    let chosen = matches!(kind, Kind::Choix | Kind::Cases);
    if chosen && raw.choices.len() < 2 || raw.choices.len() > MAX_CHOICES {
        tell(
            raw.kind.span,
            format!(
                "La question « {} » propose {} réponse(s).",
                raw.id.value,
                raw.choices.len()
            ),
            &format!("Il en faut de 2 à {MAX_CHOICES}, sous « choix »."),
        );
    }
    if !chosen && !raw.choices.is_empty() {
        tell(
            raw.choices[0].id.span,
            format!("Une question de type « {} » n’a pas de « choix ».", kind.id()),
            "Retirez « choix », ou changez le type.",
        );
    }
    if kind == Kind::Cases && !raw.choices.iter().any(|choice| choice.id.value == "aucune") {
        tell(
            raw.kind.span,
            format!("La question « {} » n’a pas la réponse « aucune ».", raw.id.value),
            "Ajoutez le choix « aucune » : personne ne doit avoir à laisser la question sans réponse.",
        );
    }
    for (at, choice) in raw.choices.iter().enumerate() {
        let id = &choice.id.value;
        let well_written = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && id != "nsp";
        if !well_written {
            tell(
                choice.id.span,
                format!("L’identifiant de réponse « {id} » ne convient pas."),
                "Employez des lettres sans accent, des chiffres et des tirets, en commençant par une lettre (« nsp » est réservé).",
            );
        }
        if raw.choices[..at].iter().any(|before| before.id.value == *id) {
            tell(
                choice.id.span,
                format!("La réponse « {id} » figure deux fois."),
                "Donnez un identifiant à chacune.",
            );
        }
    }
}
