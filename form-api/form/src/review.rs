//! Is the file complete? What the law asks, and which useful pieces are there.

use crate::answers::Answers;
use crate::definition::{Definition, Piece};
use crate::names;
use serde::Serialize;

/// State of one useful piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PieceState {
    /// Identifier.
    pub id: String,
    /// Words.
    pub label: String,
    /// Present, missing, or said to be impossible.
    pub state: State,
    /// Reason given for an absence.
    pub reason: String,
    /// Whether it is asked for because of this case, not in every case.
    #[serde(skip)]
    pub own: bool,
}

/// Present, missing, or said to be impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// At least one file is joined.
    Present,
    /// Nothing is said of it.
    Missing,
    /// The person says they do not have it.
    Impossible,
}

/// The state of every piece that is useful for this case.
#[must_use]
pub fn pieces(definition: &Definition, answers: &Answers, joined: &[&str]) -> Vec<PieceState> {
    let motives = answers.chosen(names::MOTIVES);
    let asked = |piece: &&Piece| {
        let joined = joined.contains(&piece.id.as_str());
        let shown = piece
            .when
            .as_ref()
            .is_none_or(|when| when.holds(answers.chosen(&when.field)));
        joined || (piece.concerns(motives) && shown)
    };
    let states = definition.pieces.iter().filter(asked).map(|piece| {
        let absence = answers.absences.get(&piece.id);
        let state = match absence {
            _ if joined.contains(&piece.id.as_str()) => State::Present,
            Some(_) => State::Impossible,
            None => State::Missing,
        };
        PieceState {
            id: piece.id.clone(),
            label: piece.label.clone(),
            state,
            reason: absence.cloned().unwrap_or_default(),
            own: !piece.motives.is_empty() || piece.when.is_some(),
        }
    });
    states.collect()
}

/// The labels of what décret n° 2001-653, article 7, asks for and the answers do not hold.
#[must_use]
pub fn missing_by_law(definition: &Definition, answers: &Answers) -> Vec<String> {
    let asked = definition
        .fields()
        .filter(|field| field.legal && field.when.is_none());
    asked
        .filter(|field| !answers.values.contains_key(&field.id))
        .map(|field| field.name().to_owned())
        .collect()
}
