//! Small words of the mails.

use crate::outbox::Scan;
use referral_form::recap::Section;
use referral_form::review::{PieceState, State};

/// Labels of the pieces about which nothing is said; those that this case needs come before those of every case.
pub(super) fn missing(pieces: &[PieceState]) -> Vec<String> {
    let missing = pieces.iter().filter(|piece| piece.state == State::Missing);
    let (own, usual): (Vec<_>, Vec<_>) = missing.partition(|piece| piece.own);
    let all = own.into_iter().chain(usual);
    all.map(|piece| piece.label.clone()).collect()
}

/// Whether one of these parts of an address holds a postal code: five digits in a row, no more.
pub(super) fn has_postcode(parts: &[&str]) -> bool {
    let mut words = parts
        .iter()
        .flat_map(|part| part.split(|c: char| !c.is_ascii_digit()));
    words.any(|digits| digits.len() == 5)
}

/// Most missing pieces named in the summary: the list of the pieces says them all.
const NAMED: usize = 3;

/// « Manquent 8 pièces : bail ; quittance ; photos ; et 5 autres (liste plus bas) »; empty when none is missing.
pub(super) fn missing_brief(missing: &[String]) -> String {
    let named = missing[..missing.len().min(NAMED)].join("\u{a0}; ");
    let (begin, end) = match missing.len() {
        0 => return String::new(),
        1 => ("Manque".to_owned(), String::new()),
        all if all <= NAMED => (format!("Manquent {all} pièces"), String::new()),
        all if all == NAMED + 1 => (
            format!("Manquent {all} pièces"),
            "\u{a0}; et une autre (liste plus bas)".to_owned(),
        ),
        all => (
            format!("Manquent {all} pièces"),
            format!("\u{a0}; et {} autres (liste plus bas)", all - NAMED),
        ),
    };
    format!("{begin}\u{a0}: {named}{end}")
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

#[cfg(test)]
mod tests {
    use super::{has_postcode, missing_brief};

    #[test]
    fn a_postal_code_is_five_digits() {
        assert!(has_postcode(&["1 rue du Modèle, 93100 Montreuil", ""]));
        assert!(has_postcode(&["1 rue du Modèle", "93100"]));
        assert!(!has_postcode(&["1 rue du Modèle, Montreuil", ""]));
        assert!(!has_postcode(&["BP 123456", "930"]));
    }

    #[test]
    fn a_summary_names_three_pieces_and_counts_the_others() {
        let all: Vec<String> = ["bail", "quittance", "photos", "devis", "mandat"]
            .map(str::to_owned)
            .to_vec();
        let brief = |count: usize| missing_brief(&all[..count]).replace('\u{a0}', " ");
        assert_eq!(brief(0), "");
        assert_eq!(brief(1), "Manque : bail");
        assert_eq!(brief(3), "Manquent 3 pièces : bail ; quittance ; photos");
        assert_eq!(
            brief(4),
            "Manquent 4 pièces : bail ; quittance ; photos ; et une autre (liste plus bas)"
        );
        assert_eq!(
            brief(5),
            "Manquent 5 pièces : bail ; quittance ; photos ; et 2 autres (liste plus bas)"
        );
    }
}
