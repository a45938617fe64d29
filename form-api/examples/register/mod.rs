//! The register as an OpenDocument spreadsheet. Its first sheet has the columns of the row that each mail carries, then
//! those that the secretariat fills in; its second counts a year by the same codes.

use form_api::delivery::message::csv;
use referral_form::Definition;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Columns that the secretariat fills in, after those of the row.
pub(crate) const OWN: [&str; 9] = [
    "saisine_recue_le",
    "complet_le",
    "seance_le",
    "demandeur_present",
    "defendeur_present",
    "issue",
    "montant_convenu",
    "avis_envoye_le",
    "observations",
];

/// Words of the column `issue`, as the outcomes of décret n° 2001-653 and of the practice are named.
const OUTCOMES: [&str; 6] = [
    "conciliation totale",
    "conciliation partielle",
    "avis",
    "impossibilité de concilier",
    "désistement",
    "incompétence",
];

/// Rows of the register that the count looks at.
const ROWS: usize = 5_000;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>
"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3">
<office:automatic-styles><style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="6cm"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
"#;

/// The file.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn archive(definition: &Definition) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed day: the same form gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, text) in [
        ("mimetype", KIND.to_owned()),
        ("content.xml", content(definition)),
        ("META-INF/manifest.xml", MANIFEST.to_owned()),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Every column of the register.
pub(crate) fn columns() -> Vec<&'static str> {
    csv::columns().chain(OWN).collect()
}

fn content(definition: &Definition) -> String {
    let mut out = HEAD.to_owned();
    register(&mut out);
    yearly(&mut out, definition);
    out.push_str("</office:spreadsheet></office:body></office:document-content>\n");
    out
}

fn register(out: &mut String) {
    let columns = columns();
    let _ = write!(
        out,
        "<table:table table:name=\"Registre\"><table:table-column table:style-name=\"wide\" table:number-columns-repeated=\"{}\"/><table:table-header-rows><table:table-row>",
        columns.len()
    );
    for column in columns {
        text(out, column, true);
    }
    out.push_str("</table:table-row></table:table-header-rows></table:table>\n");
}

/// The count of a year: one line a motive, a sector, a role, an outcome.
fn yearly(out: &mut String, definition: &Definition) {
    out.push_str("<table:table table:name=\"Bilan annuel\"><table:table-column table:style-name=\"wide\" table:number-columns-repeated=\"3\"/>\n<table:table-row>");
    text(out, "Année (à changer)", true);
    out.push_str("<table:table-cell office:value-type=\"float\" office:value=\"2026\"><text:p>2026</text:p></table:table-cell></table:table-row>\n");
    line(out, ("Saisines et dossiers reçus", ""), "1");
    title(out, "Par motif (un dossier peut en avoir plusieurs)");
    for motive in &definition.motives {
        let found = format!(
            "ISNUMBER(SEARCH(\", {},\";\", \"&{}&\",\"))",
            motive.code,
            range("motifs_codes")
        );
        line(out, (&motive.label, &motive.code), &found);
    }
    for (heading, column, words) in [
        ("Par parc", "parc_code", vec!["prive", "social", "nsp"]),
        (
            "Par compétence",
            "competence",
            vec!["Compétente d’après les réponses", "Compétence à confirmer"],
        ),
        (
            "Saisine obligatoire avant le juge",
            "saisine_obligatoire",
            vec!["oui", "non", "à vérifier"],
        ),
        ("Par issue", "issue", OUTCOMES.to_vec()),
    ] {
        title(out, heading);
        for word in words {
            line(out, (word, ""), &format!("({}=\"{word}\")", range(column)));
        }
    }
    title(out, "Par demandeur");
    if let Some(role) = definition.field(referral_form::names::ROLE) {
        for option in &role.options {
            let found = format!("({}=\"{}\")", range("qualite"), option.label);
            line(out, (&option.label, ""), &found);
        }
    }
    out.push_str("</table:table>\n");
}

fn title(out: &mut String, words: &str) {
    out.push_str("<table:table-row/><table:table-row>");
    text(out, words, true);
    out.push_str("</table:table-row>\n");
}

/// Words, code, and how many rows of the year satisfy a condition.
fn line(out: &mut String, (words, code): (&str, &str), condition: &str) {
    let formula = format!(
        "of:=SUMPRODUCT((LEFT({};4)=TEXT([.$B$1];\"0\"))*{condition})",
        range("recu_le")
    );
    out.push_str("<table:table-row>");
    text(out, words, false);
    let _ = write!(
        out,
        "<table:table-cell table:formula=\"{}\" office:value-type=\"float\" office:value=\"0\"><text:p>0</text:p></table:table-cell>",
        escape(&formula)
    );
    text(out, code, false);
    out.push_str("</table:table-row>\n");
}

/// The cells of a column of the register: `[$Registre.$B$2:.$B$5001]`.
fn range(column: &str) -> String {
    let at = columns()
        .iter()
        .position(|name| *name == column)
        .unwrap_or_default();
    let letters = letters(at);
    format!("[$Registre.${letters}$2:.${letters}${}]", ROWS + 1)
}

/// Letters of a column, from 0: A, Z, AA.
fn letters(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match at / 26 {
        0 => letter(at).to_string(),
        first => format!("{}{}", letter(first - 1), letter(at)),
    }
}

fn text(out: &mut String, words: &str, bold: bool) {
    let style = if bold { " table:style-name=\"head\"" } else { "" };
    let _ = write!(
        out,
        "<table:table-cell{style} office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
        escape(words)
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
