//! More than two hundred hostile or odd inputs: each gets the right acceptance or the right message.

mod common;
mod hostile_inputs;

use common::{Form, Service, attachments, parse};
use hostile_inputs::Then::{self, As, Code, Left, Same};
use hostile_inputs::{AMOUNTS, CHOICES, DATES, EMAILS, FILES, NAMES, PHONES, POSTAL, TEXTS};
use std::collections::BTreeSet;

/// Name of the answer, what is typed under each posted name, what becomes of it.
type Case = (String, Vec<(String, String)>, Then);

/// Posts a form for a program; the codes by field, none when it was taken.
async fn codes(service: &Service, form: &Form) -> Vec<(String, String)> {
    let reply = service.post_with(form, &[("accept", "application/json")]).await;
    let body: serde_json::Value = serde_json::from_str(&reply.body).expect("JSON");
    match reply.status {
        202 => Vec::new(),
        422 => {
            let all = body["erreurs"].as_array().expect("errors");
            let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
            for error in all {
                assert!(!text(&error["message"]).contains('{'), "{error}");
            }
            all.iter()
                .map(|error| (text(&error["champ"]), text(&error["code"])))
                .collect()
        }
        status => panic!("{status}: {}", reply.body),
    }
}

/// The answers that the commission got, of the referral whose request holds this mark.
fn answers(mails: &[Vec<u8>], mark: &str) -> serde_json::Value {
    let data = mails.iter().flat_map(|mime| attachments(&parse(mime)));
    let json = data.filter(|(name, _)| name.ends_with(".json"));
    let mut all = json.map(|(_, bytes)| serde_json::from_slice::<serde_json::Value>(&bytes).expect("JSON"));
    let found = all.find(|data| data["reponses"]["demande"] == mark);
    found.unwrap_or_else(|| panic!("nothing arrived for {mark}"))["reponses"].clone()
}

#[tokio::test]
async fn each_input_gets_its_acceptance_or_its_message() {
    let service = Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await;
    let mut cases: Vec<Case> = Vec::new();
    let lists = [
        ("demandeur_nom", NAMES),
        ("adverse_nom", NAMES),
        ("faits", TEXTS),
        ("montant", AMOUNTS),
        ("demandeur_courriel", EMAILS),
        ("demandeur_telephone", PHONES),
        ("code_postal", POSTAL),
    ];
    for (field, list) in lists {
        for (typed, then) in list {
            cases.push((
                field.to_owned(),
                vec![(field.to_owned(), (*typed).to_owned())],
                *then,
            ));
        }
    }
    for (field, typed, then) in CHOICES {
        cases.push((
            (*field).to_owned(),
            vec![((*field).to_owned(), (*typed).to_owned())],
            *then,
        ));
    }
    for (typed, then) in DATES {
        let parts = ["jour", "mois", "annee"].iter().zip(typed);
        let typed = parts.map(|(part, text)| (format!("bail_signature-{part}"), (*text).to_owned()));
        cases.push(("bail_signature".to_owned(), typed.collect(), *then));
    }
    assert!(cases.len() + FILES.len() > 200, "{}", cases.len());
    let mut taken = Vec::new();
    for (n, (field, typed, then)) in cases.iter().enumerate() {
        let mark = format!("Cas {n}");
        let form = Form::tenant(&service.token().await).with("demande", &mark);
        let form = typed
            .iter()
            .fold(form, |form, (name, text)| form.with(name, text));
        let found = codes(&service, &form).await;
        let wanted: BTreeSet<(String, String)> = match then {
            Code(code) => [(field.clone(), (*code).to_owned())].into(),
            _ => BTreeSet::new(),
        };
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), wanted, "{typed:?}");
        let expected = match then {
            Code(_) => continue,
            Left => serde_json::Value::Null,
            Same => typed[0].1.trim_matches('\u{202E}').into(),
            As(text) => (*text).into(),
        };
        taken.push((mark, field.clone(), expected));
    }
    let mails = service.mails().await;
    assert_eq!(mails.len(), taken.len(), "one mail for each, and none else");
    for (mark, field, expected) in taken {
        assert_eq!(answers(&mails, &mark)[&field], expected, "{mark} {field}");
    }
    for mime in &mails {
        headers_hold(mime);
    }
    service.stop().await;
}

/// No header came out of an input, and no line is too long for a mail server.
fn headers_hold(mime: &[u8]) {
    let text = String::from_utf8_lossy(mime);
    let (head, _) = text.split_once("\r\n\r\n").expect("a head");
    for name in ["bcc:", "cc:"] {
        assert!(
            !head.to_lowercase().lines().any(|line| line.starts_with(name)),
            "{head}"
        );
    }
    assert!(
        mime.split(|byte| *byte == b'\n').all(|line| line.len() <= 999),
        "a line is too long"
    );
    assert!(mime.is_ascii(), "every part is encoded");
}

#[tokio::test]
async fn each_file_gets_its_acceptance_or_its_message() {
    let service = Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await;
    for (name, bytes, fault) in FILES {
        let form = Form::tenant(&service.token().await).file("piece_bail", name, bytes);
        let found = codes(&service, &form).await;
        let wanted: Vec<_> = fault
            .iter()
            .map(|code| ("piece_bail".to_owned(), (*code).to_owned()))
            .collect();
        assert_eq!(found, wanted, "{name} {bytes:?}");
    }
    // Twice the same file: both are kept. Eleven files, and files that are too heavy: told.
    let form = Form::tenant(&service.token().await);
    let twice = form
        .clone()
        .file("pieces", "a.pdf", b"%PDF-1.7")
        .file("pieces", "a.pdf", b"%PDF-1.7");
    assert!(codes(&service, &twice).await.is_empty());
    let eleven = (0..11).fold(Form::tenant(&service.token().await), |form, _| {
        form.file("pieces", "a.pdf", b"%PDF-1.7")
    });
    assert_eq!(
        codes(&service, &eleven).await,
        [("pieces".to_owned(), "fichiers_nombre".to_owned())]
    );
    let heavy = [b"%PDF-1.7".as_slice(), &vec![0; 5_000_000]].concat();
    let one = Form::tenant(&service.token().await).file("piece_bail", "a.pdf", &heavy);
    assert_eq!(
        codes(&service, &one).await,
        [("piece_bail".to_owned(), "fichier_trop_gros".to_owned())]
    );
    let five = (0..5).fold(Form::tenant(&service.token().await), |form, _| {
        form.file("pieces", "a.pdf", &heavy[..4_900_000])
    });
    assert_eq!(
        codes(&service, &five).await,
        [("pieces".to_owned(), "fichiers_total".to_owned())]
    );
    service.stop().await;
}

#[tokio::test]
async fn lengths_are_counted_in_characters() {
    let service = Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await;
    let definition: referral_form::Definition =
        serde_json::from_str(include_str!("fixtures/form.json")).expect("a definition");
    for field in definition
        .fields()
        .filter(|field| field.max > 0 && field.when.is_none())
    {
        for letter in ["x", "é", "🙂", "م"] {
            let form = Form::tenant(&service.token().await).with(&field.id, &letter.repeat(field.max));
            assert!(codes(&service, &form).await.is_empty(), "{} {letter}", field.id);
            let form = Form::tenant(&service.token().await).with(&field.id, &letter.repeat(field.max + 1));
            let wanted = [(field.id.clone(), "trop_long".to_owned())];
            assert_eq!(codes(&service, &form).await, wanted, "{} {letter}", field.id);
        }
        let form = Form::tenant(&service.token().await).with(&field.id, &"mot ".repeat(60_000));
        let wanted = [(field.id.clone(), "trop_long".to_owned())];
        assert_eq!(codes(&service, &form).await, wanted, "{}", field.id);
    }
    for mime in service.mails().await {
        headers_hold(&mime);
    }
    service.stop().await;
}
