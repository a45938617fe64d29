//! The whole referral for machines: versioned JSON, described by `docs/saisine.schema.json`.

use super::{Body, Joined};
use crate::referral::casefile::CaseFile;
use crate::referral::dossier::Dossier;
use referral_form::Value;
use serde_json::{Map, json};

/// Version of the format.
pub const VERSION: u32 = 1;

/// The attachment.
pub(super) fn file(case: &CaseFile, dossier: &Dossier) -> Result<Joined, String> {
    let answers: Map<String, serde_json::Value> = dossier
        .answers
        .values
        .iter()
        .map(|(id, value)| (id.clone(), plain(value)))
        .collect();
    let files: Vec<serde_json::Value> = case
        .files
        .iter()
        .zip(&dossier.files)
        .map(|(line, file)| {
            json!({
                "numero": file.n, "piece": file.piece, "nom": line.name, "nom_origine": file.original,
                "type": file.kind.mime(), "octets": file.size, "sha256": file.sha256, "antivirus": line.scan,
            })
        })
        .collect();
    let value = json!({
        "version": VERSION,
        "reference": case.reference,
        "recu_le": case.received_iso,
        "departement": case.commission.departement,
        "mode": case.mode,
        "competence": case.verdict,
        "reponses": answers,
        "fichiers": files,
        "pieces": case.pieces,
    });
    let mut bytes = serde_json::to_vec_pretty(&value).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(Joined {
        name: format!("{}-donnees.json", case.reference),
        mime: "application/json",
        body: Body::Made(bytes),
    })
}

/// An answer: text, list, `AAAA-MM-JJ`, euros as a decimal text, or `true`.
fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text)
        | Value::LongText(text)
        | Value::Choice(text)
        | Value::Email(text)
        | Value::Phone(text)
        | Value::PostalCode(text) => json!(text),
        Value::Choices(ids) => json!(ids),
        Value::Date(day) => json!(day.iso()),
        Value::Amount(cents) => json!(format!("{}.{:02}", cents / 100, cents % 100)),
        Value::Consent => json!(true),
    }
}
