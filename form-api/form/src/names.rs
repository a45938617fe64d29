//! Names that the service itself relies on; the generator checks that the author's files keep them.

use crate::definition::{Definition, Kind};

/// Who refers: `locataire`, `bailleur`, `association`, `groupe`.
pub const ROLE: &str = "qualite";
/// INSEE code of the municipality of the dwelling, or [`ELSEWHERE`].
pub const COMMUNE: &str = "commune";
/// Postal code of the dwelling.
pub const POSTAL_CODE: &str = "code_postal";
/// `prive`, `social` or `nsp`.
pub const SECTOR: &str = "parc";
/// Type of lease.
pub const LEASE: &str = "type_bail";
/// Codes of the motives.
pub const MOTIVES: &str = "motifs";
/// Name of the requester.
pub const REQUESTER_NAME: &str = "demandeur_nom";
/// E-mail of the requester.
pub const REQUESTER_EMAIL: &str = "demandeur_courriel";
/// Street lines of the requester.
pub const REQUESTER_ADDRESS: &str = "demandeur_adresse";
/// Postal code of the requester.
pub const REQUESTER_POSTAL_CODE: &str = "demandeur_code_postal";
/// Town of the requester.
pub const REQUESTER_TOWN: &str = "demandeur_ville";
/// Telephone of the requester.
pub const REQUESTER_PHONE: &str = "demandeur_telephone";
/// Name of the other party.
pub const OTHER_NAME: &str = "adverse_nom";
/// Quality of the other party.
pub const OTHER_ROLE: &str = "adverse_qualite";
/// Street lines of the other party.
pub const OTHER_ADDRESS: &str = "adverse_adresse";
/// Postal code of the other party.
pub const OTHER_POSTAL_CODE: &str = "adverse_code_postal";
/// Town of the other party.
pub const OTHER_TOWN: &str = "adverse_ville";
/// Street lines of the dwelling.
pub const DWELLING_ADDRESS: &str = "logement_adresse";
/// Facts, in dates.
pub const FACTS: &str = "faits";
/// What is asked.
pub const REQUEST: &str = "demande";
/// Amount claimed.
pub const AMOUNT: &str = "montant";
/// Rent without charges.
pub const RENT: &str = "loyer";
/// Charges.
pub const CHARGES: &str = "charges";
/// Deposit.
pub const DEPOSIT: &str = "depot";
/// Day the lease was signed.
pub const SIGNED: &str = "bail_signature";
/// Day the lease ends.
pub const ENDS: &str = "bail_fin";
/// Where the pieces stand.
pub const PIECES: &str = "pieces";

/// Value of [`COMMUNE`] for a dwelling outside the offered municipalities.
pub const ELSEWHERE: &str = "autre";
/// Answer to « I do not know ».
pub const UNKNOWN: &str = "nsp";

/// Posted name of the files of a piece: this, then the identifier of the piece.
pub const PIECE_PREFIX: &str = "piece_";
/// Posted name of the box « I do not have it ».
pub const ABSENT_PREFIX: &str = "absente_";
/// Posted name of the reason why it is absent.
pub const REASON_PREFIX: &str = "raison_";
/// Most characters of such a reason.
pub const REASON_MAX: usize = 300;
/// Ends of the three names of a date.
pub const DATE_PARTS: [&str; 3] = ["-jour", "-mois", "-annee"];

/// Names that the page uses for itself: no field may take them.
pub const RESERVED: [&str; 3] = ["jeton", "site_web", "diagnostic"];

/// Fields that must exist, with the kinds they may have.
pub const FIELDS: [(&str, &[Kind]); 19] = [
    (ROLE, &[Kind::Choice]),
    (COMMUNE, &[Kind::Select]),
    (POSTAL_CODE, &[Kind::PostalCode]),
    (SECTOR, &[Kind::Choice]),
    (LEASE, &[Kind::Choice, Kind::Select]),
    (MOTIVES, &[Kind::Choices]),
    (REQUESTER_NAME, &[Kind::Text]),
    (REQUESTER_EMAIL, &[Kind::Email]),
    (REQUESTER_ADDRESS, &[Kind::LongText]),
    (REQUESTER_POSTAL_CODE, &[Kind::Text]),
    (REQUESTER_TOWN, &[Kind::Text]),
    (OTHER_NAME, &[Kind::Text]),
    (OTHER_ROLE, &[Kind::Choice]),
    (OTHER_ADDRESS, &[Kind::LongText]),
    (DWELLING_ADDRESS, &[Kind::LongText]),
    (FACTS, &[Kind::LongText]),
    (REQUEST, &[Kind::LongText]),
    (AMOUNT, &[Kind::Amount]),
    (PIECES, &[Kind::Files]),
];

/// Codes of the messages that the author must write.
pub const MESSAGES: [&str; 27] = [
    "vide",
    "trop_long",
    "choix_inconnu",
    "date_incomplete",
    "date_impossible",
    "date_ancienne",
    "date_future",
    "date_lointaine",
    "montant",
    "montant_trop_grand",
    "courriel",
    "courriel_accents",
    "telephone",
    "code_postal",
    "code_postal_commune",
    "accord",
    "fichier_type",
    "fichier_heic",
    "fichier_extension",
    "fichier_vide",
    "fichier_trop_gros",
    "fichiers_nombre",
    "fichiers_total",
    "fichier_et_absente",
    "hors_competence",
    "complement_vide",
    "reponse_non_reprise",
];

/// Names of the other texts that the author must write.
pub const TEXTS: [&str; 26] = [
    "diagnostic_incomplet",
    "diagnostic_illisible",
    "diagnostic_completer",
    "titre_saisine",
    "rappel_lettre",
    "alerte_titre_preparation",
    "alerte_preparation",
    "suite_prescription",
    "suite_juge",
    "motif_exclu_titre",
    "motifs_exclus_titre",
    "motifs_exclus",
    "motifs_exclus_orientation",
    "suspect_piege",
    "suspect_vite",
    "jeton_ancien",
    "joindre_de_nouveau",
    "envoi_incomplet",
    "hors_competence_suite",
    "confirmation_preparation",
    "confirmation_electronique",
    "confirmation_arrete",
    "lettre_avertissement",
    "suite_delai",
    "suite_paiement",
    "suite_sans_nouvelle",
];

/// What a definition lacks for the service: the name in question and a sentence in French.
#[must_use]
pub fn missing(definition: &Definition) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for (id, kinds) in FIELDS {
        match definition.field(id) {
            None => faults.push((id.to_owned(), format!("Il manque le champ « {id} »."))),
            Some(field) if !kinds.contains(&field.kind) => {
                faults.push((id.to_owned(), format!("Le champ « {id} » n'a pas le bon type.")));
            }
            Some(_) => {}
        }
    }
    for code in MESSAGES
        .iter()
        .filter(|code| !definition.messages.contains_key(**code))
    {
        faults.push(((*code).to_owned(), format!("Il manque le message « {code} ».")));
    }
    for name in TEXTS.iter().filter(|name| !definition.texts.contains_key(**name)) {
        faults.push(((*name).to_owned(), format!("Il manque le texte « {name} ».")));
    }
    faults
}
