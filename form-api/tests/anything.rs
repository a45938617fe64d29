//! Whatever is posted, the answer is one of those announced, and a 303 is exactly one referral.

mod common;

use common::{Form, Service};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use referral_form::{Definition, names};
use std::collections::BTreeSet;

/// Answers to change, and files to join: field, name, bytes.
type Changes = (Vec<(String, String)>, Vec<(String, String, Vec<u8>)>);
/// Headers and body.
type Raw<'a> = (&'a [(&'a str, &'a str)], &'a [u8]);

/// Values that people, or attackers, type.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("oui".to_owned()),
        Just("93066".to_owned()),
        Just("=1+1\r\nBcc: x@exemple.fr".to_owned()),
        Just("a\0b\u{1b}[31m\u{202e}".to_owned()),
        Just("é".repeat(7_000)),
        Just("{{ 7*7 }}{% include 'x' %}@@CONTENU@@".to_owned()),
        "\\PC{0,40}",
        "[0-9 ,.€-]{0,20}",
        "[a-z.]{1,8}@[a-z]{1,8}\\.fr",
    ]
}

/// Every name that the page may post: fields, parts of dates, pieces, and what the service keeps for itself.
fn names(definition: &Definition) -> Vec<String> {
    let fields = definition.fields().flat_map(|field| match field.kind {
        referral_form::Kind::Date => names::DATE_PARTS
            .map(|part| format!("{}{part}", field.id))
            .to_vec(),
        _ => vec![field.id.clone()],
    });
    let pieces = definition.pieces.iter().flat_map(|piece| {
        [names::ABSENT_PREFIX, names::REASON_PREFIX].map(|prefix| format!("{prefix}{}", piece.id))
    });
    let own = ["diagnostic", "relire", "site_web", "jeton"].map(str::to_owned);
    fields.chain(pieces).chain(own).collect()
}

/// Who may fill the form, and the answers that differ from those of a tenant alone.
const PARTIES: [(&str, &[(&str, &str)]); 6] = [
    ("tenant", &[]),
    (
        "joint tenants",
        &[(
            "colocataires",
            "Bruno Modèle, même adresse\r\nChloé Essai, même adresse",
        )],
    ),
    (
        "landlord",
        &[
            ("qualite", "bailleur"),
            ("adverse_qualite", "locataire"),
            ("motifs", "LOY-REN"),
            ("bail_fin-jour", "31"),
            ("bail_fin-mois", "12"),
            ("bail_fin-annee", "2031"),
        ],
    ),
    (
        "landlord through an agent",
        &[
            ("qualite", "bailleur"),
            ("adverse_qualite", "locataire"),
            ("motifs", "CHG"),
            ("mandataire", "oui"),
            ("mandataire_nom", "Agence du Test"),
            ("mandataire_contact", "agence@exemple.fr"),
        ],
    ),
    (
        "association",
        &[
            ("qualite", "association"),
            ("motifs", "COL-F"),
            ("demandeur_representants", "Dominique Essai, présidente"),
        ],
    ),
    (
        "tenants together",
        &[
            ("qualite", "groupe"),
            ("motifs", "COL-A"),
            ("parc", "social"),
            ("demandeur_representants", "Bruno Modèle et Chloé Essai"),
        ],
    ),
];

/// A valid form with some answers changed, removed or doubled, and some files.
fn form(names: Vec<String>) -> impl Strategy<Value = Changes> {
    let name = prop_oneof![4 => prop::sample::select(names), 1 => "[a-z_-]{0,12}"];
    // Most change little, so that some pass; some change nearly everything.
    let changes = prop_oneof![
        4 => prop::collection::vec((name.clone(), value()), 0..4),
        1 => prop::collection::vec((name, value()), 10..60),
    ];
    let bytes = prop_oneof![
        Just(b"%PDF-1.4".to_vec()),
        Just(vec![0xff, 0xd8, 0xff]),
        prop::collection::vec(any::<u8>(), 0..200)
    ];
    let file = (
        prop_oneof![
            Just("pieces".to_owned()),
            Just("piece_bail".to_owned()),
            Just("piece_rien".to_owned())
        ],
        "[a-zé ]{0,8}\\.(pdf|jpg|exe)",
        bytes,
    );
    (changes, prop::collection::vec(file, 0..3))
}

#[tokio::test]
async fn no_post_ends_in_a_fault_of_ours() {
    let service = Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await;
    let definition: Definition =
        serde_json::from_str(include_str!("fixtures/form.json")).expect("a definition");
    let strategy = form(names(&definition));
    let mut runner = TestRunner::default();
    let (mut accepted, mut of_each) = (BTreeSet::new(), [0; PARTIES.len()]);
    // The first round of each party changes nothing: each of them can refer.
    for round in 0..50 * PARTIES.len() {
        let party = round % PARTIES.len();
        let (changes, files) = match round / PARTIES.len() {
            0 => Changes::default(),
            _ => strategy.new_tree(&mut runner).expect("a case").current(),
        };
        let (who, own) = PARTIES[party];
        let mut form = Form::tenant(&service.token().await);
        for (name, value) in own {
            form = form.with(name, value);
        }
        let asked = changes.iter().any(|(name, _)| name == "relire");
        for (name, value) in &changes {
            form = form.with(name, value);
        }
        for (field, name, bytes) in &files {
            form = form.file(field, name, bytes);
        }
        let reply = service.post(&form).await;
        // 200 is the form again under its answers, when « relire » was posted.
        assert!(
            [200, 303, 422].contains(&reply.status),
            "{} for {who}, {changes:?} {files:?}",
            reply.status
        );
        assert!(reply.status != 200 || asked, "{changes:?}");
        if reply.status == 303 {
            // Changes that change nothing make the same referral as before.
            accepted.insert(reply.location());
            of_each[party] += 1;
            let page = service.get(&reply.location()).await;
            assert_eq!(page.status, 200, "{changes:?}");
            assert!(!page.body.contains("49{%"), "nothing typed is a template");
        }
    }
    assert!(
        of_each.iter().all(|count| *count > 0),
        "some of each pass: {of_each:?}"
    );
    assert_eq!(service.mails().await.len(), accepted.len());
    service.stop().await;
}

#[tokio::test]
async fn bodies_that_are_no_form_come_back_as_the_form() {
    let service = Service::start(&[]).await;
    let boundary = ("content-type", "multipart/form-data; boundary=LIMITE");
    let bodies: [Raw; 5] = [
        (&[], b""),
        (&[("content-type", "application/x-www-form-urlencoded")], b"a=b"),
        (&[("content-type", "multipart/form-data")], b"x"),
        (
            &[boundary],
            b"--LIMITE\r\nContent-Disposition: form-data; name=\"faits\"\r\n\r\ncoup",
        ),
        (&[boundary], b"\xff\xfe\0"),
    ];
    for (headers, body) in bodies {
        let reply = service.send("POST", "/saisine", headers, body.to_vec()).await;
        assert_eq!(reply.status, 422, "{headers:?}");
        assert!(reply.body.contains("arrivé incomplet"), "{headers:?}");
    }
    service.stop().await;
}
