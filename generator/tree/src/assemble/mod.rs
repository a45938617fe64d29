//! Raw texts -> a tree with every name resolved and every type known, or findings.

mod bracket;
mod names;
mod outcome;
mod question;
mod registry;
mod text;

use crate::expr::scope::{Name, Scope};
use crate::finding::{Finding, Severity};
use crate::model::{FORMAT, Fact, Figure, Letter, Tree, Voice};
use crate::rule::Rule;
use crate::source::{LetterSource, Raw, Span, TreeSource};
use crate::version;

/// Where the parts of a tree were written, by the indexes of the compiled tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// Question -> index in [`TreeSource::questions`].
    pub(crate) questions: Vec<usize>,
    /// Question -> its line in `questions` of `arbre.md`.
    pub(crate) order: Vec<Span>,
    /// Question -> its condition.
    pub(crate) conditions: Vec<Span>,
    /// Outcome -> index in [`TreeSource::outcomes`].
    pub(crate) outcomes: Vec<usize>,
    /// Outcome -> its line in `issues` of `arbre.md`.
    pub(crate) outcome_lines: Vec<Span>,
    /// The acknowledged count of `sinon`, when written.
    pub(crate) acknowledged: Option<u64>,
    /// Letter -> index in [`TreeSource::letters`].
    pub(crate) letters: Vec<usize>,
    /// Fact -> index in [`TreeSource::facts`].
    pub(crate) facts: Vec<usize>,
    /// Figure -> index in [`TreeSource::figures`].
    pub(crate) figures: Vec<usize>,
}

/// The tree and its places; nothing when a fault forbids to go on.
pub(crate) fn assemble(source: &TreeSource, findings: &mut Vec<Finding>) -> Option<(Tree, Places)> {
    let mut places = Places::default();
    let mut scope = Scope::default();
    scope.parameters = registry::parameters(&source.parameters, findings);
    let lines = names::questions(source, &mut scope, &mut places, findings);
    names::figures_and_facts(source, &mut scope, &mut places, findings)?;
    let facts = facts(source, &scope, &places, findings);
    let figures = figures(source, &scope, &places, findings);
    let questions = question::questions(source, &lines, &scope, &places, findings);
    let stop = source
        .stop
        .as_ref()
        .and_then(|raw| crate::expr::condition(raw, &scope, findings));
    let (outcomes, letters) = outcome::outcomes(source, &scope, &mut places, findings);
    formulas(source, &scope, findings);
    let voices = voices(source, findings);
    if questions.is_empty() {
        findings.push(
            Finding::error(Rule::Syntax, source.span, "Ce questionnaire n’a aucune question.")
                .hint("Remplissez la liste « questions »."),
        );
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return None;
    }
    let mut tree = Tree {
        format: FORMAT,
        version: String::new(),
        slug: source.slug.clone(),
        title: source.title.value.clone(),
        voices,
        questions,
        stop,
        facts,
        figures,
        outcomes,
        letters,
        parameters: scope.parameters,
    };
    tree.version = version::of(&tree);
    Some((tree, places))
}

/// A letter that belongs to no tree: it may use its own fields, `aujourd'hui` and parameters.
pub(crate) fn lone_letter(source: &LetterSource, findings: &mut Vec<Finding>) -> Option<Letter> {
    let mut scope = Scope::default();
    scope.declare("aujourd'hui", Name::Today);
    let letter = text::letter(source, &scope, findings);
    findings
        .iter()
        .all(|finding| finding.severity == Severity::Warning)
        .then_some(letter)
}

fn facts(source: &TreeSource, scope: &Scope, places: &Places, findings: &mut Vec<Finding>) -> Vec<Fact> {
    let compiled = places.facts.iter().map(|index| {
        let fact = &source.facts[*index];
        let expr = crate::expr::condition(&fact.value, scope, findings)?;
        Some(Fact {
            name: fact.name.value.clone(),
            expr,
        })
    });
    compiled.flatten().collect()
}

fn figures(source: &TreeSource, scope: &Scope, places: &Places, findings: &mut Vec<Finding>) -> Vec<Figure> {
    let mut compiled = Vec::new();
    for (at, index) in places.figures.iter().enumerate() {
        let figure = &source.figures[*index];
        let (name, unit) = (names::bare(&figure.name.value).to_owned(), scope.figures[at]);
        let formula = source.formulas.iter().find(|formula| formula.name.value == name);
        if let Some(expr) = crate::expr::value(&figure.value, unit, scope, findings) {
            compiled.push(Figure {
                name,
                unit,
                expr,
                formula: formula.map(|f| f.value.value.clone()),
            });
        }
    }
    compiled
}

/// Every line of `formules` names a figure.
fn formulas(source: &TreeSource, scope: &Scope, findings: &mut Vec<Finding>) {
    let known: Vec<&str> = source
        .figures
        .iter()
        .map(|figure| names::bare(&figure.name.value))
        .collect();
    for formula in &source.formulas {
        if !matches!(scope.find(&formula.name.value), Some(Name::Figure(_))) {
            findings.push(unknown("le calcul", &formula.name, known.iter().copied()));
        }
    }
}

fn voices(source: &TreeSource, findings: &mut Vec<Finding>) -> Vec<Voice> {
    let ids = ["locataire", "bailleur", "aidant"];
    let mut voices = Vec::new();
    for raw in &source.voices {
        match Voice::from_id(&raw.value) {
            Some(voice) => voices.push(voice),
            None => findings.push(unknown("le public", raw, ids)),
        }
    }
    if voices.is_empty() {
        voices.push(Voice::Locataire);
    }
    let first = voices[0];
    voices.retain(|voice| *voice == first || can_be(source, *voice));
    voices
}

/// Whether a reader can say to be this person: a voice that nobody can choose has no pages of its own.
fn can_be(source: &TreeSource, voice: Voice) -> bool {
    let profile = source
        .questions
        .iter()
        .find(|question| question.id.value == "profil");
    profile.is_some_and(|question| {
        question
            .choices
            .iter()
            .any(|choice| choice.id.value == voice.id())
    })
}

/// « Le calcul « x » n’est défini nulle part », with the nearest.
fn unknown<'a>(what: &str, raw: &Raw, known: impl IntoIterator<Item = &'a str> + Clone) -> Finding {
    let mut letters = what.chars();
    let what = letters
        .next()
        .map(|c| c.to_uppercase().to_string() + letters.as_str())
        .unwrap_or_default();
    let agreement = if what.starts_with("La ") || what.starts_with("L’issue") {
        "e"
    } else {
        ""
    };
    let message = format!("{what} « {} » n’est défini{agreement} nulle part.", raw.value);
    let finding = Finding::error(Rule::UnknownName, raw.span, message);
    Finding {
        hint: crate::nearest::suggestion(&raw.value, known),
        ..finding
    }
}

/// The same for what has a file of its own: without a near name, the cure is to write that file.
fn without_file<'a>(
    what: &str,
    raw: &Raw,
    folder: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Finding {
    let finding = unknown(what, raw, known);
    let write = format!(
        "crivez le fichier « {folder}/{}.md », ou retirez cette ligne.",
        raw.value
    );
    let hint = finding
        .hint
        .map_or_else(|| format!("É{write}"), |near| format!("{near} Sinon, é{write}"));
    Finding {
        hint: Some(hint),
        ..finding
    }
}
