//! Outcomes, and the letters that they propose.

use super::names::split_condition;
use super::text::{body, letter, voiced};
use super::{Places, unknown, without_file};
use crate::expr::scope::Scope;
use crate::expr::{Expr, condition, placeholder, value};
use crate::finding::Finding;
use crate::model::{Certainty, Deadline, Item, Letter, Outcome, Referral, Unit};
use crate::rule::Rule;
use crate::source::{OutcomeSource, Raw, ReferralSource, TreeSource};

/// Most outcomes of a tree: a set of them is a bit mask.
const MAX_OUTCOMES: usize = 60;

/// The outcomes in order, and their letters.
pub(crate) fn outcomes(
    source: &TreeSource,
    scope: &Scope,
    places: &mut Places,
    findings: &mut Vec<Finding>,
) -> (Vec<Outcome>, Vec<Letter>) {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut letters = Vec::new();
    if source.outcome_order.len() > MAX_OUTCOMES {
        let message = format!(
            "Cet arbre a {} issues, au plus {MAX_OUTCOMES}.",
            source.outcome_order.len()
        );
        findings.push(
            Finding::error(Rule::Budget, source.span, message).hint("Séparez-le en deux questionnaires."),
        );
    }
    for (at, line) in source.outcome_order.iter().take(MAX_OUTCOMES).enumerate() {
        let Some(index) = source
            .outcomes
            .iter()
            .position(|outcome| outcome.id.value == line.name.value)
        else {
            let known = source.outcomes.iter().map(|o| o.id.value.as_str());
            findings.push(without_file("l’issue", &line.name, "issues", known));
            continue;
        };
        if outcomes.iter().any(|known| known.id == line.name.value) {
            let message = format!("L’issue « {} » figure deux fois dans la liste.", line.name.value);
            findings.push(
                Finding::error(Rule::Duplicate, line.name.span, message)
                    .hint("Réunissez ses conditions avec « ou »."),
            );
            continue;
        }
        let last = at + 1 == source.outcome_order.len();
        let condition = line_condition(&line.value, last, scope, places, findings);
        let raw = &source.outcomes[index];
        places.outcomes.push(index);
        places.outcome_lines.push(line.value.span);
        outcomes.push(outcome(
            raw,
            condition,
            source,
            scope,
            places,
            &mut letters,
            findings,
        ));
    }
    for outcome in &source.outcomes {
        if !source
            .outcome_order
            .iter()
            .any(|line| line.name.value == outcome.id.value)
        {
            let message = format!(
                "L’issue « {} » n’est dans aucune ligne de « issues ».",
                outcome.id.value
            );
            let list = source.outcome_order.last();
            let span = list.map_or(outcome.id.span, |line| line.name.span);
            let hint = format!(
                "Ajoutez à cette liste une ligne « - {}: {} », avec la condition qui y mène, ou supprimez le fichier « issues/{}.md ».",
                outcome.id.value,
                likely_condition(source, &outcome.id.value),
                outcome.id.value
            );
            findings.push(Finding::error(Rule::NeverReached, span, message).hint(hint));
        }
    }
    if source.outcome_order.is_empty() {
        findings.push(
            Finding::error(Rule::NoOutcome, source.span, "Cet arbre n’a aucune issue.")
                .hint("Ajoutez la liste « issues »."),
        );
    }
    (outcomes, letters)
}

/// The condition that most likely leads to an outcome: the answer of the same name.
fn likely_condition(source: &TreeSource, outcome: &str) -> String {
    let question = source
        .questions
        .iter()
        .find(|question| question.choices.iter().any(|choice| choice.id.value == outcome));
    question.map_or_else(
        || "question = réponse".to_owned(),
        |question| format!("{} = {outcome}", question.id.value),
    )
}

/// `sinon`, `sinon (12 situations)`, or a condition.
fn line_condition(
    raw: &Raw,
    last: bool,
    scope: &Scope,
    places: &mut Places,
    findings: &mut Vec<Finding>,
) -> Option<Expr> {
    let text = raw.value.trim();
    let Some(rest) = text
        .strip_prefix("sinon")
        .filter(|rest| rest.is_empty() || rest.starts_with([' ', '(', '\u{a0}']))
    else {
        return condition(raw, scope, findings);
    };
    if !last {
        let message = "« sinon » recueille tout le reste : ce doit être la dernière issue.";
        findings
            .push(Finding::error(Rule::NeverReached, raw.span, message).hint("Placez cette ligne à la fin."));
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if !rest.trim().is_empty() && (digits.is_empty() || !rest.trim().starts_with('(') || !rest.ends_with(')'))
    {
        let message = format!("« {text} » ne se lit pas.");
        findings.push(
            Finding::error(Rule::Syntax, raw.span, message)
                .hint("Écrivez « sinon » ou « sinon (12 situations) »."),
        );
    }
    places.acknowledged = digits.parse().ok();
    None
}

fn outcome(
    raw: &OutcomeSource,
    own: Option<Expr>,
    source: &TreeSource,
    scope: &Scope,
    places: &mut Places,
    letters: &mut Vec<Letter>,
    findings: &mut Vec<Finding>,
) -> Outcome {
    let proposed = raw
        .letters
        .iter()
        .filter_map(|line| proposed(line, source, scope, places, letters, findings))
        .collect();
    let guard = |raw: &Option<Raw>, findings: &mut Vec<Finding>| condition(raw.as_ref()?, scope, findings);
    let deadline = |raw: &crate::source::DeadlineSource, findings: &mut Vec<Finding>| {
        let on = value(&raw.on, Unit::Date, scope, findings)?;
        let condition = raw.condition.as_ref().and_then(|c| condition(c, scope, findings));
        Some(Deadline {
            title: raw.title.value.clone(),
            on,
            condition,
        })
    };
    let documents = raw.documents.iter().map(|item| Item {
        text: item.text.value.clone(),
        condition: guard(&item.condition, findings),
    });
    let documents = documents.collect();
    Outcome {
        id: raw.id.value.clone(),
        title: voiced(&raw.title, findings),
        condition: own,
        certainty: certainty(raw.certainty.as_ref(), findings),
        legal_basis: raw.legal_basis.iter().map(|id| id.value.clone()).collect(),
        summary: body(&raw.summary, scope, &[], findings),
        body: body(&raw.body, scope, &[], findings),
        letters: proposed,
        deadlines: raw
            .deadlines
            .iter()
            .filter_map(|raw| deadline(raw, findings))
            .collect(),
        documents,
        referral: raw.referral.as_ref().map(|raw| referral(raw, scope, findings)),
    }
}

/// « mise-en-demeure si en retard » -> the letter, compiled once, and the condition.
fn proposed(
    line: &Raw,
    source: &TreeSource,
    scope: &Scope,
    places: &mut Places,
    letters: &mut Vec<Letter>,
    findings: &mut Vec<Finding>,
) -> Option<(usize, Option<Expr>)> {
    let (slug, guard) = split_condition(line);
    let guard = guard.and_then(|raw| condition(&raw, scope, findings));
    if let Some(known) = letters.iter().position(|letter| letter.slug == slug.value) {
        return Some((known, guard));
    }
    let Some(at) = source
        .letters
        .iter()
        .position(|letter| letter.slug.value == slug.value)
    else {
        findings.push(unknown(
            "la lettre",
            &slug,
            source.letters.iter().map(|l| l.slug.value.as_str()),
        ));
        return None;
    };
    let before = findings.len();
    letters.push(letter(&source.letters[at], scope, findings));
    // A letter may serve several trees: the fault is of this one.
    for finding in &mut findings[before..] {
        finding.message = format!("Après le questionnaire « {} » : {}", source.slug, finding.message);
    }
    places.letters.push(at);
    Some((letters.len() - 1, guard))
}

fn referral(raw: &ReferralSource, scope: &Scope, findings: &mut Vec<Finding>) -> Referral {
    let mut fields = Vec::new();
    for field in &raw.fields {
        if let Some(value) = placeholder(&field.value, scope, findings) {
            fields.push((field.name.value.clone(), value));
        }
    }
    let condition = raw.condition.as_ref().and_then(|c| condition(c, scope, findings));
    Referral {
        motive: raw.motive.value.clone(),
        fields,
        condition,
    }
}

fn certainty(raw: Option<&Raw>, findings: &mut Vec<Finding>) -> Certainty {
    match raw.map(|raw| (raw, raw.value.as_str())) {
        None | Some((_, "certain")) => Certainty::Certain,
        Some((_, "probable")) => Certainty::Probable,
        Some((_, "à vérifier" | "a-verifier")) => Certainty::AVerifier,
        Some((raw, _)) => {
            findings.push(unknown(
                "la certitude",
                raw,
                ["certain", "probable", "à vérifier"],
            ));
            Certainty::AVerifier
        }
    }
}
