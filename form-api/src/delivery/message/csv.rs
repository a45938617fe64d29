//! One row for the commission's register, with its heading: UTF-8 with BOM, `;`, CRLF, no formula.

use super::{Body, Joined};
use crate::referral::casefile::CaseFile;
use referral_form::{Answers, names};

/// Every column, in order: those of the register in `docs/registre.ods` too.
pub fn columns() -> impl Iterator<Item = &'static str> {
    OWN.iter().chain(&ANSWERS).copied()
}

/// Columns of the register that are not answers.
const OWN: [&str; 10] = [
    "reference",
    "recu_le",
    "departement",
    "mode",
    "competence",
    "saisine_obligatoire",
    "prochaine_date",
    "motifs_codes",
    "parc_code",
    "pieces_manquantes",
];

/// Columns that are answers, by the identifier of their field.
const ANSWERS: [&str; 25] = [
    "qualite",
    "motifs",
    "commune",
    "code_postal",
    "parc",
    "type_bail",
    "demandeur_nom",
    "demandeur_adresse",
    "demandeur_code_postal",
    "demandeur_ville",
    "demandeur_courriel",
    "demandeur_telephone",
    "mandataire_nom",
    "adverse_qualite",
    "adverse_nom",
    "adverse_adresse",
    "adverse_code_postal",
    "adverse_ville",
    "logement_adresse",
    "logement_complement",
    "agence",
    "montant",
    "demande",
    "presence",
    "besoins",
];

/// The attachment.
pub(super) fn file(case: &CaseFile, answers: &Answers) -> Joined {
    let heading = columns().map(str::to_owned);
    let missing = case.missing.join(", ");
    let own = [
        case.reference.clone(),
        case.received_iso.clone(),
        case.commission.departement.clone(),
        case.mode.clone(),
        case.verdict_title.to_owned(),
        word(case.compulsory).to_owned(),
        case.urgency
            .dates
            .iter()
            .find(|due| due.days >= 0)
            .map_or_else(String::new, |due| due.day.clone()),
        answers.chosen(names::MOTIVES).join(", "),
        answers.text(names::SECTOR).to_owned(),
        missing,
    ];
    let words = ANSWERS.iter().map(|id| match *id {
        // An amount is a number that a spreadsheet can add.
        names::AMOUNT => answers
            .cents(id)
            .map_or_else(String::new, |cents| format!("{},{:02}", cents / 100, cents % 100)),
        _ => case.answer(id).to_owned(),
    });
    let text = format!("\u{feff}{}{}", row(heading), row(own.into_iter().chain(words)));
    Joined {
        name: format!("{}-donnees.csv", case.reference),
        mime: "text/csv; charset=utf-8",
        body: Body::Made(text.into_bytes()),
    }
}

fn word(compulsory: &str) -> &'static str {
    match compulsory {
        "yes" => "oui",
        "no" => "non",
        _ => "à vérifier",
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    format!("{}\r\n", cells.join(";"))
}

/// A cell that begins like a formula gets an apostrophe in front: no spreadsheet runs it.
fn quoted(cell: &str) -> String {
    let flat = cell.replace(['\r', '\n', '\t'], " ");
    let risky = flat
        .trim_start()
        .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let safe = if risky { format!("'{flat}") } else { flat };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_the_row() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted(" +33 6"), "\"' +33 6\"");
        assert_eq!(quoted("1 rue\nB;C"), "\"1 rue B;C\"");
        assert_eq!(quoted("N’Diaye"), "\"N’Diaye\"");
    }
}
