//! Posted strings to typed answers, or every fault at once.

use crate::answers::Answers;
use crate::clean;
use crate::competence;
use crate::definition::{Definition, Field, Kind};
use crate::files::{self, FileLimits, PostedFile};
use crate::names;
use crate::posted::Posted;
use crate::value::{self, Day, Value};
use serde::Serialize;

/// A fault of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Identifier of the field (of the input for files: `piece_bail`).
    #[serde(rename = "champ")]
    pub field: String,
    /// Code, stable.
    pub code: String,
    /// What to do, in French.
    pub message: String,
}

/// Validates a whole form.
///
/// # Errors
/// Every fault, in the order of the form.
pub fn validate(
    definition: &Definition,
    posted: &Posted,
    files: &[PostedFile],
    limits: FileLimits,
    today: Day,
) -> Result<Answers, Vec<FieldError>> {
    let mut answers = Answers::default();
    let mut errors = Vec::new();
    for field in definition.fields() {
        if field.kind == Kind::Files {
            errors.extend(files::check(definition, posted, files, limits));
            continue;
        }
        if !is_shown(definition, posted, field) {
            continue;
        }
        match read(definition, posted, field, today) {
            Ok(Some(value)) => {
                answers.values.insert(field.id.clone(), value);
            }
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    errors.extend(place(definition, &answers));
    errors.extend(competence::errors(definition, posted));
    errors.sort_by_key(|error| position(definition, &error.field));
    answers.absences = absences(definition, posted, files);
    if errors.is_empty() {
        Ok(answers)
    } else {
        Err(errors)
    }
}

/// Place of a fault on the page; the files of a piece stand where the pieces are asked.
fn position(definition: &Definition, id: &str) -> usize {
    let piece = id.starts_with(names::PIECE_PREFIX);
    let found = definition
        .fields()
        .position(|field| field.id == id || (piece && field.kind == Kind::Files));
    found.unwrap_or(usize::MAX)
}

/// Whether a field is shown for what was posted: its condition holds, and so does that of the field it looks at.
#[must_use]
pub fn is_shown(definition: &Definition, posted: &Posted, field: &Field) -> bool {
    let mut current = field;
    // A condition may only look at an earlier field, so this ends; the bound is for a damaged definition.
    for _ in 0..definition.fields().count() + 1 {
        let Some(condition) = &current.when else {
            return true;
        };
        if !condition.holds(posted.all(&condition.field)) {
            return false;
        }
        match definition.field(&condition.field) {
            Some(earlier) => current = earlier,
            None => return false,
        }
    }
    false
}

fn read(
    definition: &Definition,
    posted: &Posted,
    field: &Field,
    today: Day,
) -> Result<Option<Value>, FieldError> {
    let typed = posted.first(&field.id);
    let read = match field.kind {
        Kind::Text => length(clean::line(typed), field).map(Value::Text),
        Kind::LongText => length(clean::block(typed), field).map(Value::LongText),
        Kind::Choice | Kind::Select => one(typed, field),
        Kind::Choices => several(posted.all(&field.id), field),
        Kind::Date => value::date(posted.date(&field.id), field.past, today).map(Value::Date),
        Kind::Amount => value::amount(typed).map(Value::Amount),
        Kind::Email => value::email(typed).map(Value::Email),
        Kind::Phone => value::phone(typed).map(Value::Phone),
        Kind::PostalCode => value::postal_code(typed).map(Value::PostalCode),
        Kind::Consent if typed.is_empty() => Err("vide"),
        Kind::Consent => Ok(Value::Consent),
        Kind::Files => return Ok(None),
    };
    match read {
        Ok(value) => Ok(Some(value)),
        Err("vide") if !field.required => Ok(None),
        Err(code) => Err(fault(definition, field, code)),
    }
}

fn length(text: String, field: &Field) -> Result<String, &'static str> {
    if text.is_empty() {
        Err("vide")
    } else if text.chars().count() > field.max {
        Err("trop_long")
    } else {
        Ok(text)
    }
}

fn one(typed: &str, field: &Field) -> Result<Value, &'static str> {
    if typed.is_empty() {
        return Err("vide");
    }
    let known = field.options.iter().find(|option| option.id == typed);
    known
        .map(|option| Value::Choice(option.id.clone()))
        .ok_or("choix_inconnu")
}

fn several(typed: &[String], field: &Field) -> Result<Value, &'static str> {
    let typed: Vec<&String> = typed.iter().filter(|id| !id.is_empty()).collect();
    if typed.is_empty() {
        return Err("vide");
    }
    if typed
        .iter()
        .any(|id| !field.options.iter().any(|option| option.id == **id))
    {
        return Err("choix_inconnu");
    }
    let chosen = field.options.iter().filter(|option| typed.contains(&&option.id));
    Ok(Value::Choices(chosen.map(|option| option.id.clone()).collect()))
}

fn fault(definition: &Definition, field: &Field, code: &str) -> FieldError {
    let template = match code {
        "vide" if !field.empty.is_empty() => &field.empty,
        "vide" if field.kind == Kind::Consent => definition.message("accord"),
        _ => definition.message(code),
    };
    FieldError {
        field: field.id.clone(),
        code: code.to_owned(),
        message: fill(
            template,
            &[("champ", field.name()), ("max", &field.max.to_string())],
        ),
    }
}

/// The postal code must be one of the municipality's.
fn place(definition: &Definition, answers: &Answers) -> Option<FieldError> {
    let commune = definition.commune(answers.text(names::COMMUNE))?;
    let code = answers.text(names::POSTAL_CODE);
    if code.is_empty() || commune.postal_codes.iter().any(|known| known == code) {
        return None;
    }
    Some(FieldError {
        field: names::POSTAL_CODE.to_owned(),
        code: "code_postal_commune".to_owned(),
        message: fill(
            definition.message("code_postal_commune"),
            &[
                ("commune", &commune.name),
                ("codes", &commune.postal_codes.join(", ")),
            ],
        ),
    })
}

fn absences(
    definition: &Definition,
    posted: &Posted,
    files: &[PostedFile],
) -> std::collections::BTreeMap<String, String> {
    let joined = |id: &str| files.iter().any(|file| file.piece.as_deref() == Some(id));
    let boxes = definition.pieces.iter().filter(|piece| {
        !posted
            .first(&format!("{}{}", names::ABSENT_PREFIX, piece.id))
            .is_empty()
            && !joined(&piece.id)
    });
    boxes
        .map(|piece| {
            let reason = clean::line(posted.first(&format!("{}{}", names::REASON_PREFIX, piece.id)));
            let cut: String = reason.chars().take(names::REASON_MAX).collect();
            (piece.id.clone(), cut)
        })
        .collect()
}

/// Puts values in the places `{name}` of a message.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}
