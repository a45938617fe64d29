//! Can the commission take this case? The author's rules, applied to what was answered.

use crate::answers::Answers;
use crate::definition::{Compulsory, Definition, Motive};
use crate::names;
use crate::posted::Posted;
use crate::validate::{FieldError, fill};
use crate::value::Day;
use serde::Serialize;

/// The verdict on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// In one word.
    pub status: Status,
    /// Why, most serious first.
    pub reasons: Vec<Reason>,
    /// What is known of each motive.
    pub motives: Vec<MotiveVerdict>,
}

/// Competent, or not, or with a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing in the answers is against it.
    Competent,
    /// To be looked at by the commission.
    Reserved,
    /// The law or the place is against it.
    NotCompetent,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Field whose answer is the cause.
    pub field: String,
    /// Verdict in a few words.
    pub title: String,
    /// Why, with its article.
    pub text: String,
    /// The right door.
    pub door: String,
    /// Whether it stops the form.
    pub blocking: bool,
}

/// What is known of one motive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MotiveVerdict {
    /// Code.
    pub code: String,
    /// Words.
    pub label: String,
    /// Whether the commission takes it in this sector and lease.
    pub taken: bool,
    /// Article that says so.
    pub article: String,
    /// Whether the commission must be asked before the judge.
    pub compulsory: Compulsory,
    /// Why, with its article.
    pub compulsory_text: String,
    /// The day that counts, in words, with what it is; empty when there is none.
    pub deadline: String,
    /// That day, if there is one.
    #[serde(serialize_with = "iso")]
    pub deadline_day: Option<Day>,
    /// Whether that day is past.
    pub passed: bool,
}

/// `AAAA-MM-JJ`, or null.
fn iso<S: serde::Serializer>(day: &Option<Day>, to: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => to.serialize_str(&day.iso()),
        None => to.serialize_none(),
    }
}

/// The verdict on typed answers.
#[must_use]
pub fn of_answers(definition: &Definition, answers: &Answers, today: Day) -> Verdict {
    let mut verdict = judge(definition, &|id| answers.chosen(id).to_vec());
    for known in &mut verdict.motives {
        let rule = definition
            .motive(&known.code)
            .and_then(|motive| motive.deadline.as_ref());
        let Some((rule, start)) = rule.and_then(|rule| Some((rule, answers.day(&rule.field)?))) else {
            continue;
        };
        let day = start.plus_months(rule.months);
        known.deadline = fill(&rule.text, &[("date", &day.words())]);
        known.deadline_day = Some(day);
        known.passed = day < today;
    }
    verdict
}

/// The verdict on what was posted, whatever else is wrong with it.
#[must_use]
pub fn of_posted(definition: &Definition, posted: &Posted) -> Verdict {
    judge(definition, &|id| posted.all(id).to_vec())
}

/// The blocking reasons, as faults of their fields.
pub(crate) fn errors(definition: &Definition, posted: &Posted) -> Vec<FieldError> {
    let verdict = of_posted(definition, posted);
    let blocking = verdict.reasons.iter().filter(|reason| reason.blocking);
    blocking
        .map(|reason| FieldError {
            field: reason.field.clone(),
            code: "hors_competence".to_owned(),
            message: fill(definition.message("hors_competence"), &[("titre", &reason.title)]),
        })
        .collect()
}

/// The rules as the script of the page reads them: conditions as authors write them, and where each motive is taken.
#[derive(Debug, Serialize)]
pub struct Rules<'a> {
    rules: Vec<ScriptRule<'a>>,
    motives: Vec<ScriptMotive<'a>>,
    communes: Vec<(&'a str, &'a str, &'a [String])>,
    texts: [&'a str; 5],
}

#[derive(Debug, Serialize)]
struct ScriptRule<'a> {
    when: Vec<String>,
    blocking: bool,
    title: &'a str,
    text: &'a str,
    door: &'a str,
}

#[derive(Debug, Serialize)]
struct ScriptMotive<'a> {
    code: &'a str,
    label: &'a str,
    sectors: &'a [String],
    leases: &'a [String],
}

/// The rules of competence of a form, for the script of its page.
#[must_use]
pub fn rules(definition: &Definition) -> Rules<'_> {
    let rules = definition.competence.iter().map(|rule| ScriptRule {
        when: rule.when.iter().map(ToString::to_string).collect(),
        blocking: rule.blocking,
        title: &rule.title,
        text: &rule.text,
        door: &rule.door,
    });
    let motives = definition.motives.iter().map(|motive| ScriptMotive {
        code: &motive.code,
        label: &motive.label,
        sectors: &motive.sectors,
        leases: &motive.leases,
    });
    let communes = definition.communes.iter();
    Rules {
        rules: rules.collect(),
        motives: motives.collect(),
        communes: communes
            .map(|one| (one.insee.as_str(), one.name.as_str(), one.postal_codes.as_slice()))
            .collect(),
        texts: [
            "motif_exclu_titre",
            "motifs_exclus_titre",
            "motifs_exclus",
            "motifs_exclus_orientation",
            "hors_competence_suite",
        ]
        .map(|name| definition.text(name)),
    }
}

fn judge(definition: &Definition, answered: &dyn Fn(&str) -> Vec<String>) -> Verdict {
    let rules = definition.competence.iter();
    let mut reasons: Vec<Reason> = rules
        .filter(|rule| {
            rule.when
                .iter()
                .all(|condition| condition.holds(&answered(&condition.field)))
        })
        .map(|rule| Reason {
            field: rule
                .when
                .first()
                .map_or_else(String::new, |condition| condition.field.clone()),
            title: rule.title.clone(),
            text: rule.text.clone(),
            door: rule.door.clone(),
            blocking: rule.blocking,
        })
        .collect();
    let motives = motives(definition, answered);
    reasons.extend(untaken(definition, &motives));
    reasons.sort_by_key(|reason| !reason.blocking);
    let status = match reasons.first() {
        None => Status::Competent,
        Some(reason) if reason.blocking => Status::NotCompetent,
        Some(_) => Status::Reserved,
    };
    Verdict {
        status,
        reasons,
        motives,
    }
}

fn motives(definition: &Definition, answered: &dyn Fn(&str) -> Vec<String>) -> Vec<MotiveVerdict> {
    let (sector, lease) = (answered(names::SECTOR), answered(names::LEASE));
    answered(names::MOTIVES)
        .iter()
        .filter_map(|code| definition.motive(code))
        .map(|motive| MotiveVerdict {
            code: motive.code.clone(),
            label: motive.label.clone(),
            taken: is_taken(motive, &sector, &lease),
            article: motive.article.clone(),
            compulsory: motive.compulsory,
            compulsory_text: motive.compulsory_text.clone(),
            deadline: String::new(),
            deadline_day: None,
            passed: false,
        })
        .collect()
}

/// A sector or lease that is not known excludes nothing.
fn is_taken(motive: &Motive, sector: &[String], lease: &[String]) -> bool {
    let allows = |allowed: &[String], given: &[String], known: &[&str]| {
        allowed.is_empty()
            || !given.iter().any(|value| known.contains(&value.as_str()))
            || given.iter().any(|value| allowed.contains(value))
    };
    allows(&motive.sectors, sector, &["prive", "social"])
        && allows(&motive.leases, lease, &["vide", "meuble"])
}

/// Motives the commission does not take: all of them stop the form, some of them are a remark.
fn untaken(definition: &Definition, motives: &[MotiveVerdict]) -> Option<Reason> {
    let out: Vec<&str> = motives
        .iter()
        .filter(|m| !m.taken)
        .map(|m| m.label.as_str())
        .collect();
    if out.is_empty() {
        return None;
    }
    let all = out.len() == motives.len();
    Some(Reason {
        field: names::MOTIVES.to_owned(),
        title: definition
            .text(if all {
                "motifs_exclus_titre"
            } else {
                "motif_exclu_titre"
            })
            .to_owned(),
        text: fill(
            definition.text("motifs_exclus"),
            &[("motifs", &out.join("\u{a0}; "))],
        ),
        door: definition.text("motifs_exclus_orientation").to_owned(),
        blocking: all,
    })
}
