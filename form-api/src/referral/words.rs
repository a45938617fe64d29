//! Small words of the mails.

use crate::outbox::Scan;
use referral_form::recap::Section;
use referral_form::review::{PieceState, State};

/// Labels of the pieces about which nothing is said.
pub(super) fn missing(pieces: &[PieceState]) -> Vec<String> {
    let missing = pieces.iter().filter(|piece| piece.state == State::Missing);
    missing.map(|piece| piece.label.clone()).collect()
}

/// Labels of the pieces that the requester does not have, each with the reason given.
pub(super) fn impossible(pieces: &[PieceState]) -> Vec<String> {
    let absent = pieces.iter().filter(|piece| piece.state == State::Impossible);
    absent
        .map(|piece| match piece.reason.as_str() {
            "" => piece.label.clone(),
            reason => format!("{} ({reason})", piece.label),
        })
        .collect()
}

/// A role in one word, for a subject or beside a name.
pub(super) fn role(id: &str) -> &'static str {
    match id {
        "bailleur" => "bailleur",
        "association" => "association",
        "groupe" => "locataires",
        _ => "locataire",
    }
}

/// The answers as the commission reads them: street, postal code and town make one line.
pub(super) fn compact(mut sections: Vec<Section>) -> Vec<Section> {
    for section in &mut sections {
        for party in ["demandeur", "adverse"] {
            let mut take = |end: &str| {
                let at = section
                    .lines
                    .iter()
                    .position(|line| line.id == format!("{party}_{end}"))?;
                Some(section.lines.remove(at).text)
            };
            let town = [take("code_postal"), take("ville")].into_iter().flatten();
            let town = town.collect::<Vec<_>>().join(" ");
            let street = section
                .lines
                .iter_mut()
                .find(|line| line.id == format!("{party}_adresse"));
            if let Some(street) = street.filter(|_| !town.is_empty()) {
                street.text = format!("{}\n{town}", street.text);
                street.long = true;
            }
        }
    }
    sections
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
