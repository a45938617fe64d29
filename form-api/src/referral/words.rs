//! Small words of the mails.

use crate::outbox::Scan;
use referral_form::review::{PieceState, State};

/// Labels of the pieces about which nothing is said.
pub(super) fn missing(pieces: &[PieceState]) -> Vec<String> {
    let missing = pieces.iter().filter(|piece| piece.state == State::Missing);
    missing.map(|piece| piece.label.clone()).collect()
}

/// How many pieces are present, missing, said impossible.
pub(super) fn counts([present, missing, impossible]: [usize; 3]) -> String {
    let count = |n: usize, one: &str, more: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {more}")),
    };
    let all = [
        count(present, "pièce présente", "pièces présentes"),
        count(missing, "pièce manquante", "pièces manquantes"),
        count(
            impossible,
            "pièce que le demandeur dit ne pas avoir",
            "pièces que le demandeur dit ne pas avoir",
        ),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the antivirus said.
pub(super) fn scan(scan: Scan) -> &'static str {
    match scan {
        Scan::Pending => "analyse antivirus en cours",
        Scan::Clean => "aucun virus trouvé",
        Scan::Infected => "virus trouvé : fichier retenu, non transmis",
        Scan::Unscanned => "non analysé par un antivirus",
    }
}
