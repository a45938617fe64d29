//! A walk told in full: answers, facts, figures, outcomes with their letters, deadlines and referral.
//! It goes to the terminal (`generator diagnose`), to the e-mail of a referral and to the tests.

use crate::answers::{Answers, Context, canonical, shown};
use crate::date::Date;
use crate::letter;
use crate::model::{Outcome, Tree, Unit, Value, Voice};
use crate::value::{format, format_range};
use crate::walk::{Step, Walk, walk};
use serde::Serialize;

/// What the tree concludes from the answers on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The tree.
    pub tree: String,
    /// Its version.
    pub version: String,
    /// The day, in ISO form.
    pub today: String,
    /// To whom the texts speak.
    pub voice: Voice,
    /// The question that comes next, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Answers used, in order.
    pub answers: Vec<AnswerLine>,
    /// Answers kept but not asked on this path.
    pub ignored: Vec<String>,
    /// Facts.
    pub facts: Vec<FactLine>,
    /// Figures.
    pub figures: Vec<FigureLine>,
    /// Outcomes: none while a question remains, several when an unknown answer leaves them open.
    pub outcomes: Vec<OutcomeReport>,
}

/// An answer used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerLine {
    /// Id of the question.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer, as the reader sees it.
    pub answer: String,
    /// The answer, as in an address.
    pub value: String,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactLine {
    /// Its name.
    pub name: String,
    /// Whether it holds; nothing when unknown.
    pub holds: Option<bool>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureLine {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Smallest value; nothing when unknown.
    pub min: Option<i64>,
    /// Greatest value; the same as the smallest when all is known.
    pub max: Option<i64>,
    /// As the reader sees it; nothing when unknown.
    pub text: Option<String>,
    /// How it is computed, said to the reader.
    pub formula: Option<String>,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Articles.
    pub legal_basis: Vec<String>,
    /// Conditions of its body, by number.
    pub conditions: Vec<Option<bool>>,
    /// Values of its body, by number, as the reader sees them.
    pub values: Vec<Option<String>>,
    /// Slugs of the letters.
    pub letters: Vec<String>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineLine>,
    /// Documents to gather.
    pub documents: Vec<String>,
    /// The referral, when it is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralReport>,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineLine {
    /// What happens.
    pub title: String,
    /// The day in ISO form; nothing when unknown.
    pub on: Option<String>,
}

/// A referral: motive and prefilled fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferralReport {
    /// Code of the motive.
    pub motive: String,
    /// (field of the form, value): ids of choices, ISO dates, `195,00`.
    pub fields: Vec<(String, String)>,
}

/// Walks and tells.
#[must_use]
pub fn report(tree: &Tree, answers: &Answers, context: &Context) -> Report {
    let walk = walk(tree, answers, context);
    let voice = answers.voice(tree);
    let teller = Teller {
        tree,
        answers,
        context,
        walk: &walk,
        voice,
    };
    let (question, outcomes) = match &walk.step {
        Step::Question(index) => (Some(tree.questions[*index].id.clone()), Vec::new()),
        Step::Outcomes(list) => (None, list.iter().map(|index| teller.outcome(*index)).collect()),
    };
    Report {
        tree: tree.slug.clone(),
        version: tree.version.clone(),
        today: context.today.iso(),
        voice,
        question,
        answers: walk
            .asked
            .iter()
            .filter_map(|index| teller.answer(*index))
            .collect(),
        ignored: walk
            .ignored
            .iter()
            .map(|index| tree.questions[*index].id.clone())
            .collect(),
        facts: teller.facts(),
        figures: teller.figures(),
        outcomes,
    }
}

/// What all parts of a report read.
pub(crate) struct Teller<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) answers: &'a Answers,
    pub(crate) context: &'a Context,
    pub(crate) walk: &'a Walk,
    pub(crate) voice: Voice,
}

impl Teller<'_> {
    fn answer(&self, index: usize) -> Option<AnswerLine> {
        let (question, answer) = (&self.tree.questions[index], self.answers.get(index)?);
        Some(AnswerLine {
            id: question.id.clone(),
            question: question.text.get(self.voice).to_owned(),
            answer: shown(question, answer, self.voice),
            value: canonical(question, answer),
        })
    }

    fn facts(&self) -> Vec<FactLine> {
        let line = |(index, fact): (usize, &crate::model::Fact)| FactLine {
            name: fact.name.clone(),
            holds: self.truth(&crate::expr::Expr::Fact(index), None),
        };
        self.tree.facts.iter().enumerate().map(line).collect()
    }

    fn figures(&self) -> Vec<FigureLine> {
        let line = |(index, figure): (usize, &crate::model::Figure)| {
            let range = self
                .walk
                .range(self.tree, &crate::expr::Expr::Figure(index), None, self.context);
            FigureLine {
                name: figure.name.clone(),
                unit: figure.unit,
                min: range.map(|(min, _)| min),
                max: range.map(|(_, max)| max),
                text: range.map(|(min, max)| format_range(figure.unit, min, max)),
                formula: figure.formula.clone(),
            }
        };
        self.tree.figures.iter().enumerate().map(line).collect()
    }

    pub(crate) fn truth(&self, condition: &crate::expr::Expr, outcome: Option<usize>) -> Option<bool> {
        self.walk.truth(self.tree, condition, outcome, self.context)
    }

    fn holds(&self, condition: Option<&crate::expr::Expr>, outcome: usize) -> bool {
        condition.is_none_or(|condition| self.truth(condition, Some(outcome)) != Some(false))
    }

    /// A value as the reader sees it; nothing when unknown or not answered.
    pub(crate) fn value(&self, value: &Value, outcome: Option<usize>) -> Option<String> {
        match value {
            Value::Answer(index) => {
                let asked = self.walk.asked.contains(index);
                let answer = self
                    .answers
                    .get(*index)
                    .filter(|answer| asked && **answer != crate::answers::Answer::DontKnow)?;
                Some(shown(&self.tree.questions[*index], answer, self.voice))
            }
            Value::Field(_) => None,
            Value::Expr(unit, expr) => {
                let (min, max) = self.walk.range(self.tree, expr, outcome, self.context)?;
                Some(format_range(*unit, min, max))
            }
        }
    }

    /// A value as a field of a form holds it; nothing when it is not one single value.
    fn plain(&self, value: &Value, outcome: usize) -> Option<String> {
        let Value::Expr(unit, expr) = value else {
            let Value::Answer(index) = value else { return None };
            let asked = self.walk.asked.contains(index);
            let answer = self
                .answers
                .get(*index)
                .filter(|answer| asked && **answer != crate::answers::Answer::DontKnow)?;
            return Some(canonical(&self.tree.questions[*index], answer));
        };
        let (min, max) = self.walk.range(self.tree, expr, Some(outcome), self.context)?;
        let text = match unit {
            Unit::Date => Date::from_day_number(min).iso(),
            Unit::Euro => format!("{},{:02}", min / 100, min.abs() % 100),
            _ => min.to_string(),
        };
        (min == max).then_some(text)
    }

    fn outcome(&self, index: usize) -> OutcomeReport {
        let outcome = &self.tree.outcomes[index];
        let guarded = |condition: &Option<crate::expr::Expr>| self.holds(condition.as_ref(), index);
        OutcomeReport {
            id: outcome.id.clone(),
            title: outcome.title.get(self.voice).to_owned(),
            summary: letter::plain(&letter::body(self, &outcome.summary, Some(index), None)),
            legal_basis: outcome.legal_basis.clone(),
            conditions: outcome
                .body
                .conditions
                .iter()
                .map(|c| self.truth(c, Some(index)))
                .collect(),
            values: outcome
                .body
                .values
                .iter()
                .map(|v| self.value(v, Some(index)))
                .collect(),
            letters: outcome
                .letters
                .iter()
                .filter(|l| guarded(&l.1))
                .map(|l| self.tree.letters[l.0].slug.clone())
                .collect(),
            deadlines: self.deadlines(outcome, index),
            documents: outcome
                .documents
                .iter()
                .filter(|d| guarded(&d.condition))
                .map(|d| d.text.clone())
                .collect(),
            referral: outcome
                .referral
                .as_ref()
                .filter(|r| guarded(&r.condition))
                .map(|referral| ReferralReport {
                    motive: referral.motive.clone(),
                    fields: referral
                        .fields
                        .iter()
                        .filter_map(|(id, v)| Some((id.clone(), self.plain(v, index)?)))
                        .collect(),
                }),
        }
    }

    fn deadlines(&self, outcome: &Outcome, index: usize) -> Vec<DeadlineLine> {
        let line = |deadline: &crate::model::Deadline| {
            let range = self
                .walk
                .range(self.tree, &deadline.on, Some(index), self.context);
            let known = range.filter(|(min, max)| min == max);
            DeadlineLine {
                title: deadline.title.clone(),
                on: known.map(|(day, _)| Date::from_day_number(day).iso()),
            }
        };
        outcome
            .deadlines
            .iter()
            .filter(|d| self.holds(d.condition.as_ref(), index))
            .map(line)
            .collect()
    }
}

/// A field of a letter as the reader sees it: dates and amounts that can be read are written in full.
pub(crate) fn field_text(kind: crate::model::Kind, text: &str) -> String {
    match kind {
        crate::model::Kind::Date => Date::parse(text).map_or_else(|| text.to_owned(), Date::french),
        crate::model::Kind::Montant => crate::value::parse_amount(text)
            .map_or_else(|| text.to_owned(), |cents| format(Unit::Euro, cents)),
        _ => text.to_owned(),
    }
}
