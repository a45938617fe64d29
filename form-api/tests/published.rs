//! What is published of the data of a mail: the JSON follows its schema, and the register has the columns of the row.

mod common;
#[path = "../examples/register/mod.rs"]
mod register;

use common::{Form, Service, attachments, commission};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}

/// The files of the mail to the commission, for a form.
async fn sent(change: impl FnOnce(Form) -> Form) -> Vec<(String, Vec<u8>)> {
    let service = Service::start(&[]).await;
    let form = change(Form::tenant(&service.token().await));
    assert_eq!(service.post(&form).await.status, 303);
    let mails = service.mails().await;
    let files = attachments(&commission(&mails));
    service.stop().await;
    files
}

fn named<'a>(files: &'a [(String, Vec<u8>)], end: &str) -> &'a [u8] {
    &files
        .iter()
        .find(|(name, _)| name.ends_with(end))
        .expect("an attachment")
        .1
}

#[tokio::test]
async fn the_data_follow_their_schema() {
    let text = std::fs::read_to_string(docs("saisine.schema.json")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let bare = sent(|form| form).await;
    let full = sent(|form| {
        form.with("motifs", "LOY-CPL")
            .with("bail_signature-jour", "1")
            .with("bail_signature-mois", "9")
            .with("bail_signature-annee", "2026")
            .with("absente_echanges", "oui")
            .file("piece_bail", "bail.pdf", b"%PDF-1.4")
    })
    .await;
    for files in [bare, full] {
        let data: serde_json::Value = serde_json::from_slice(named(&files, ".json")).expect("JSON");
        let faults: Vec<String> = schema.iter_errors(&data).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}\n{data:#}");
        let mut other = data.clone();
        other["reference"] = "x".into();
        assert!(!schema.is_valid(&other), "the schema refuses something");
    }
}

#[tokio::test]
async fn a_row_of_the_mail_is_a_row_of_the_register() {
    let files = sent(|form| form).await;
    let row = String::from_utf8(named(&files, ".csv").to_vec()).expect("UTF-8");
    let heading = row
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .expect("a heading");
    let names: Vec<&str> = heading.split(';').map(|cell| cell.trim_matches('"')).collect();
    let columns = register::columns();
    assert_eq!(
        names,
        columns[..names.len()],
        "the same columns in the same order"
    );
    assert_eq!(columns.len(), names.len() + register::OWN.len());
}

#[test]
fn the_published_register_is_the_one_of_this_form() {
    let definition = serde_json::from_str(include_str!("fixtures/form.json")).expect("a definition");
    let wanted = register::archive(&definition).expect("an archive");
    let published = std::fs::read(docs("registre.ods")).expect("docs/registre.ods");
    let content = |bytes: Vec<u8>| {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        zip.by_name("content.xml")
            .expect("the content")
            .read_to_string(&mut text)
            .expect("text");
        text
    };
    assert!(
        content(published) == content(wanted),
        "docs/registre.ods is of another form: cargo run -p form-api --example registre"
    );
}
