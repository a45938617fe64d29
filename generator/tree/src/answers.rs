//! Answers: read from what people or addresses say, checked against the questions.

use crate::date::Date;
use crate::expr::eval::Env;
use crate::model::{Kind, Question, Tree, Unit, Voice};
use crate::value::{commune_code, commune_text, format, parse_amount, parse_number};

/// « Je ne sais pas », in addresses and scenarios.
pub const DONT_KNOW: &str = "nsp";
/// The question whose answer gives the voice.
pub const PROFILE: &str = "profil";
/// Longest free text kept.
const MAX_TEXT: usize = 2_000;

/// The day of the evaluation: everything else is in the tree and in the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Today, for the reader.
    pub today: Date,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// « Je ne sais pas ».
    DontKnow,
    /// Anything but free text, as an integer: see [`crate::expr::Expr`].
    Value(i64),
    /// Free text, for letters only.
    Text(String),
}

/// The answers to a tree, by the index of the question. Answers to questions that are not asked are
/// kept: they count again as soon as their question is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<Option<Answer>>);

/// What is wrong with an answer; the ids are the keys of `erreurs` of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No such question in this tree.
    UnknownQuestion,
    /// `vide`: nothing written.
    Empty,
    /// `format`: cannot be read.
    Format,
    /// `choix`: not a choice of the question, or `aucune` with another.
    Choice,
    /// `futur`: a date after today, which is the latest accepted.
    Future,
    /// `min`: below the smallest accepted.
    Min,
    /// `max`: above the greatest accepted.
    Max,
}

impl Fault {
    /// The key of `erreurs`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::UnknownQuestion => "question",
            Self::Empty => "vide",
            Self::Format => "format",
            Self::Choice => "choix",
            Self::Future => "futur",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// An answer that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerError {
    /// The id given.
    pub question: String,
    /// Why.
    pub fault: Fault,
}

impl Answers {
    /// No answer yet.
    #[must_use]
    pub fn none(tree: &Tree) -> Self {
        Self(vec![None; tree.questions.len()])
    }

    /// Reads pairs (id of question, value). Refused ones are told and left out.
    pub fn read<'a>(
        tree: &Tree,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        context: &Context,
    ) -> (Self, Vec<AnswerError>) {
        let mut answers = Self::none(tree);
        let mut errors = Vec::new();
        for (id, text) in pairs {
            let found = tree.questions.iter().position(|question| question.id == id);
            let read = found.ok_or(Fault::UnknownQuestion).and_then(|index| {
                answers.0[index] = Some(read(tree, &tree.questions[index], text, context)?);
                Ok(())
            });
            if let Err(fault) = read {
                errors.push(AnswerError {
                    question: id.to_owned(),
                    fault,
                });
            }
        }
        (answers, errors)
    }

    /// The answer to a question.
    #[must_use]
    pub fn get(&self, question: usize) -> Option<&Answer> {
        self.0.get(question).and_then(Option::as_ref)
    }

    /// Gives, changes or takes back an answer. A question that the tree does not have is ignored.
    pub fn set(&mut self, question: usize, answer: Option<Answer>) {
        if let Some(slot) = self.0.get_mut(question) {
            *slot = answer;
        }
    }

    /// The answers as pairs (id, value) for an address or a form, in the order of the questions.
    #[must_use]
    pub fn pairs(&self, tree: &Tree) -> Vec<(String, String)> {
        let known = tree.questions.iter().enumerate();
        known
            .filter_map(|(i, question)| Some((question.id.clone(), canonical(question, self.get(i)?))))
            .collect()
    }

    /// To whom the texts speak.
    #[must_use]
    pub fn voice(&self, tree: &Tree) -> Voice {
        let profile = tree.questions.iter().position(|question| question.id == PROFILE);
        let choice = profile.and_then(|index| match self.get(index)? {
            Answer::Value(choice) => tree.questions[index].choices.get(usize::try_from(*choice).ok()?),
            _ => None,
        });
        choice
            .and_then(|choice| Voice::from_id(&choice.id))
            .unwrap_or(tree.voices[0])
    }
}

/// Reads one answer, as written by a person or in its canonical form.
pub(crate) fn read(tree: &Tree, question: &Question, text: &str, context: &Context) -> Result<Answer, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    if text == DONT_KNOW && question.dont_know {
        return Ok(Answer::DontKnow);
    }
    let value = match question.kind {
        Kind::Texte => return Ok(Answer::Text(text.chars().take(MAX_TEXT).collect())),
        Kind::Choix => choice(question, text).ok_or(Fault::Choice)?,
        Kind::Cases => return cases(question, text),
        Kind::Date => Date::parse(text).ok_or(Fault::Format)?.day_number(),
        Kind::Montant => parse_amount(text).ok_or(Fault::Format)?,
        Kind::Nombre => parse_number(text).ok_or(Fault::Format)?,
        Kind::Commune => commune_code(text).ok_or(Fault::Format)?,
    };
    limits(tree, question, value, context)?;
    Ok(Answer::Value(value))
}

fn choice(question: &Question, id: &str) -> Option<i64> {
    let index = question.choices.iter().position(|choice| choice.id == id)?;
    i64::try_from(index).ok()
}

/// Ids with commas; `aucune` stands alone.
fn cases(question: &Question, text: &str) -> Result<Answer, Fault> {
    let mut set = 0;
    for id in text.split(',') {
        set |= 1_i64 << choice(question, id.trim()).ok_or(Fault::Choice)?;
    }
    let none = choice(question, "aucune").map_or(0, |index| 1_i64 << index);
    if set & none != 0 && set != none {
        return Err(Fault::Choice);
    }
    Ok(Answer::Value(set))
}

fn limits(tree: &Tree, question: &Question, value: i64, context: &Context) -> Result<(), Fault> {
    let today = context.today.day_number();
    let env = Env {
        answers: &[],
        facts: &[],
        figures: &[],
        parameters: &tree.parameters,
        today,
    };
    let limit = |expr: &Option<crate::expr::Expr>| expr.as_ref().and_then(|expr| env.eval(expr));
    if limit(&question.min).is_some_and(|min| value < min) {
        return Err(Fault::Min);
    }
    match limit(&question.max) {
        Some(max) if value > max && question.kind == Kind::Date && max == today => Err(Fault::Future),
        Some(max) if value > max => Err(Fault::Max),
        _ => Ok(()),
    }
}

/// An answer as it stands in an address: it reads back to the same answer.
#[must_use]
pub fn canonical(question: &Question, answer: &Answer) -> String {
    let value = match answer {
        Answer::DontKnow => return DONT_KNOW.to_owned(),
        Answer::Text(text) => return text.clone(),
        Answer::Value(value) => *value,
    };
    match question.kind {
        Kind::Choix => chosen(
            question,
            1_i64.checked_shl(u32::try_from(value).unwrap_or(63)).unwrap_or(0),
            |c| c.id.as_str(),
        )
        .join(","),
        Kind::Cases => chosen(question, value, |c| c.id.as_str()).join(","),
        Kind::Date => Date::from_day_number(value).iso(),
        Kind::Montant if value % 100 == 0 => (value / 100).to_string(),
        Kind::Montant => format!("{},{:02}", value / 100, value % 100),
        Kind::Commune => commune_text(value),
        Kind::Nombre | Kind::Texte => value.to_string(),
    }
}

/// An answer as the reader sees it.
#[must_use]
pub fn shown(question: &Question, answer: &Answer, voice: Voice) -> String {
    let value = match answer {
        Answer::DontKnow => return "Je ne sais pas".to_owned(),
        Answer::Text(text) => return text.clone(),
        Answer::Value(value) => *value,
    };
    match question.kind {
        Kind::Choix => chosen(
            question,
            1_i64.checked_shl(u32::try_from(value).unwrap_or(63)).unwrap_or(0),
            |c| c.label.get(voice),
        )
        .join(", "),
        Kind::Cases => chosen(question, value, |c| c.label.get(voice)).join(", "),
        Kind::Date => format(Unit::Date, value),
        Kind::Montant => format(Unit::Euro, value),
        Kind::Commune => commune_text(value),
        Kind::Nombre | Kind::Texte => match &question.unit {
            Some(unit) => format!("{}\u{a0}{unit}", format(Unit::Nombre, value)),
            None => format(Unit::Nombre, value),
        },
    }
}

fn chosen<'a>(
    question: &'a Question,
    set: i64,
    show: impl Fn(&'a crate::model::Choice) -> &'a str,
) -> Vec<&'a str> {
    let held = question
        .choices
        .iter()
        .enumerate()
        .filter(|(index, _)| set >> index & 1 == 1);
    held.map(|(_, choice)| show(choice)).collect()
}
