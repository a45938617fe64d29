//! What the template of the form is given: definition, values as typed, errors beside their fields.

use crate::competence::{self, Verdict};
use crate::definition::{Definition, Field, Kind};
use crate::files::{FileLimits, megabytes};
use crate::names;
use crate::posted::Posted;
use crate::validate::FieldError;
use serde::Serialize;

/// The whole form, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// Heading.
    pub title: String,
    /// Paragraphs under the heading.
    pub introduction: Vec<String>,
    /// Heading of the warning about the legal value of the form; empty in modes that need none.
    pub warning_title: String,
    /// Text of that warning.
    pub warning: String,
    /// Steps.
    pub steps: Vec<StepView>,
    /// All errors, in the order of the page.
    pub errors: Vec<ErrorView>,
    /// Verdict on what is already answered; shown when it stops the form.
    pub verdict: Verdict,
    /// What to add under a verdict that stops the form.
    pub verdict_next: String,
    /// Remarks above the form that are not errors of a field.
    pub notices: Vec<String>,
    /// Limits in words.
    pub limits: LimitsView,
}

/// Limits of the files, in words and in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LimitsView {
    /// Most files.
    pub count: usize,
    /// Most bytes of one file.
    pub each_bytes: u64,
    /// Most bytes of all.
    pub total_bytes: u64,
    /// « 5 Mo ».
    pub each: String,
    /// « 20 Mo ».
    pub total: String,
}

impl LimitsView {
    /// The words of some limits.
    #[must_use]
    pub fn new(limits: FileLimits) -> Self {
        Self {
            count: limits.count,
            each_bytes: limits.each,
            total_bytes: limits.total,
            each: megabytes(limits.each),
            total: megabytes(limits.total),
        }
    }
}

/// An error of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorView {
    /// Identifier of the element to go to.
    pub anchor: String,
    /// Message, the same as beside the field.
    pub message: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Identifier.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Heading of the recap.
    pub short: String,
    /// Sentence under the heading.
    pub lead: String,
    /// Fields.
    pub fields: Vec<FieldView>,
}

/// A field, with what was typed in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// Identifier and name.
    pub id: String,
    /// Label.
    pub label: String,
    /// Short label, as messages say it.
    pub name: String,
    /// Hint, may be empty.
    pub hint: String,
    /// `text`, `long-text`, `choice`, `select`, `choices`, `date`, `amount`, `email`, `phone`, `postal-code`, `files`, `consent`.
    pub kind: Kind,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether a date must not be later than today.
    pub past: bool,
    /// Value of `autocomplete`, may be empty.
    pub autocomplete: String,
    /// Most characters; 0 when it does not apply.
    pub max: usize,
    /// What was typed.
    pub value: String,
    /// The options that were chosen.
    pub values: Vec<String>,
    /// The three numbers of a date, as typed.
    pub date: [String; 3],
    /// Options of a choice.
    pub options: Vec<OptionView>,
    /// Condition for the script, may be empty.
    pub when: String,
    /// Condition in words for readers without script, may be empty.
    pub only_if: String,
    /// Message of the error, may be empty.
    pub error: String,
    /// Message for the script when it is required and empty.
    pub empty: String,
    /// Value of `aria-describedby`, may be empty.
    pub described_by: String,
    /// Pieces, for the field of kind `files`.
    pub pieces: Vec<PieceView>,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// Posted value.
    pub value: String,
    /// Words.
    pub label: String,
    /// Hint, may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub checked: bool,
}

/// A piece to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PieceView {
    /// Identifier.
    pub id: String,
    /// Words.
    pub label: String,
    /// Hint, may be empty.
    pub hint: String,
    /// Condition for the script, may be empty.
    pub when: String,
    /// Whether it concerns the motives already chosen, or no motive is chosen yet and it concerns all.
    pub relevant: bool,
    /// Whether « I do not have it » is ticked.
    pub absent: bool,
    /// Reason typed.
    pub reason: String,
    /// Message of the error, may be empty.
    pub error: String,
}

/// Builds the view of a form. `mode` is the mode of the commission.
#[must_use]
pub fn form(
    definition: &Definition,
    mode: &str,
    posted: &Posted,
    errors: &[FieldError],
    limits: FileLimits,
) -> FormView {
    let steps = definition.steps.iter().map(|step| StepView {
        id: step.id.clone(),
        title: step.title.clone(),
        short: if step.short.is_empty() {
            &step.title
        } else {
            &step.short
        }
        .clone(),
        lead: step.lead.clone(),
        fields: step
            .fields
            .iter()
            .map(|f| field(definition, f, posted, errors))
            .collect(),
    });
    FormView {
        title: title(definition, mode).to_owned(),
        introduction: definition.introduction.get(mode).cloned().unwrap_or_default(),
        warning_title: definition.text(&format!("alerte_titre_{mode}")).to_owned(),
        warning: definition.text(&format!("alerte_{mode}")).to_owned(),
        steps: steps.collect(),
        errors: errors.iter().map(|error| summary(definition, error)).collect(),
        verdict: competence::of_posted(definition, posted),
        verdict_next: definition.text("hors_competence_suite").to_owned(),
        notices: Vec::new(),
        limits: LimitsView::new(limits),
    }
}

/// The title of the form: a file is prepared, or the commission is asked, by the mode of the commission.
#[must_use]
pub fn title<'a>(definition: &'a Definition, mode: &str) -> &'a str {
    if mode == "preparation" {
        &definition.title
    } else {
        definition.text("titre_saisine")
    }
}

/// Where the link of an error leads: the first input of its field.
#[must_use]
pub fn summary(definition: &Definition, error: &FieldError) -> ErrorView {
    let anchor = match definition.field(&error.field) {
        Some(field) if field.kind == Kind::Date => format!("{}{}", field.id, names::DATE_PARTS[0]),
        Some(field) if matches!(field.kind, Kind::Choice | Kind::Choices) => format!("{}-1", field.id),
        _ => error.field.clone(),
    };
    ErrorView {
        anchor,
        message: error.message.clone(),
    }
}

fn field(definition: &Definition, field: &Field, posted: &Posted, errors: &[FieldError]) -> FieldView {
    let error = message(errors, &field.id);
    let mut described = Vec::new();
    if !field.hint.is_empty() && !field.kind_is_group() {
        described.push(format!("{}-aide", field.id));
    }
    if !error.is_empty() {
        described.push(format!("{}-erreur", field.id));
    }
    let [day, month, year] = posted.date(&field.id);
    FieldView {
        id: field.id.clone(),
        label: field.label.clone(),
        name: field.name().to_owned(),
        hint: field.hint.clone(),
        kind: field.kind,
        required: field.required,
        past: field.past,
        autocomplete: field.autocomplete.clone(),
        max: field.max,
        value: posted.first(&field.id).to_owned(),
        values: posted.all(&field.id).to_vec(),
        date: [day.to_owned(), month.to_owned(), year.to_owned()],
        options: options(field, posted),
        when: field.when.as_ref().map(ToString::to_string).unwrap_or_default(),
        only_if: only_if(definition, field),
        error,
        empty: field.empty.clone(),
        described_by: described.join(" "),
        pieces: if field.kind == Kind::Files {
            pieces(definition, posted, errors)
        } else {
            Vec::new()
        },
    }
}

fn message(errors: &[FieldError], id: &str) -> String {
    let own: Vec<&str> = errors
        .iter()
        .filter(|e| e.field == id)
        .map(|e| e.message.as_str())
        .collect();
    own.join(" ")
}

fn options(field: &Field, posted: &Posted) -> Vec<OptionView> {
    let chosen = posted.all(&field.id);
    field
        .options
        .iter()
        .map(|option| OptionView {
            value: option.id.clone(),
            label: option.label.clone(),
            hint: option.hint.clone(),
            checked: chosen.contains(&option.id),
        })
        .collect()
}

/// « Seulement si vous avez répondu … à … » for readers whose browser runs no script.
fn only_if(definition: &Definition, field: &Field) -> String {
    let Some(condition) = &field.when else {
        return String::new();
    };
    let Some(earlier) = definition.field(&condition.field) else {
        return String::new();
    };
    let labels: Vec<String> = condition
        .values
        .iter()
        .filter_map(|value| earlier.options.iter().find(|option| option.id == *value))
        .map(|option| format!("«\u{a0}{}\u{a0}»", option.label))
        .collect();
    let sign = if condition.negated { "autre chose que " } else { "" };
    format!(
        "À remplir seulement si vous avez répondu {sign}{}.",
        labels.join(" ou ")
    )
}

/// The pieces, with what was said of each.
#[must_use]
pub fn pieces(definition: &Definition, posted: &Posted, errors: &[FieldError]) -> Vec<PieceView> {
    let motives = posted.all(names::MOTIVES);
    let views = definition.pieces.iter().map(|piece| {
        let name = |prefix: &str| format!("{prefix}{}", piece.id);
        let shown = piece
            .when
            .as_ref()
            .is_none_or(|when| when.holds(posted.all(&when.field)));
        let mut conditions = Vec::new();
        if !piece.motives.is_empty() {
            conditions.push(format!("{} = {}", names::MOTIVES, piece.motives.join(" | ")));
        }
        conditions.extend(piece.when.as_ref().map(ToString::to_string));
        PieceView {
            id: piece.id.clone(),
            label: piece.label.clone(),
            hint: piece.hint.clone(),
            when: conditions.join(" ; "),
            relevant: piece.concerns(motives) && shown,
            absent: !posted.first(&name(names::ABSENT_PREFIX)).is_empty(),
            reason: posted.first(&name(names::REASON_PREFIX)).to_owned(),
            error: message(errors, &name(names::PIECE_PREFIX)),
        }
    });
    views.collect()
}

impl Field {
    /// Whether it is shown as a fieldset, whose legend holds the hint.
    fn kind_is_group(&self) -> bool {
        matches!(self.kind, Kind::Choice | Kind::Choices | Kind::Date)
    }
}
