//! What the disk is asked to keep, to forget, and cannot take.

mod common;

use common::Form;
use form_api::outbox::sqlite::Sqlite;
use form_api::outbox::{Enqueued, Erased, NewReferral, Outbox};
use form_api::seal::{Sealed, sha256};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const NOW: i64 = 1_800_000_000_000;
/// What is searched for in the files of the database.
const PLANTED: &[u8] = b"Camille Exemple, 1 rue du Secret";

/// The migrations, in order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    (1..)
        .map(|n| std::fs::read_to_string(folder.join(format!("{n:04}.sql"))))
        .map_while(Result::ok)
        .collect()
}

#[tokio::test]
async fn a_database_of_any_earlier_schema_keeps_what_waits_and_sends_it() {
    let all = migrations();
    assert!(all.len() >= 5, "{} migrations", all.len());
    for version in 1..=all.len() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.db");
        let older = Connection::open(&path).expect("a database");
        for migration in &all[..version] {
            older.execute_batch(migration).expect("the older schema");
        }
        older
            .pragma_update(None, "user_version", i64::try_from(version).expect("few"))
            .expect("its version");
        older
            .execute_batch(
                "insert into referral (id, reference, idem_key, content_hash, departement, received_at, key_id,
                    fields_sealed, receipt_token_hash, ack_token_hash)
                 values ('r', 'ML93-2026-000001-X', 'i', x'00', '93', 0, 'k1', x'aa', x'01', x'02');
                 insert into delivery (referral_id, kind, part, parts, message_id, state, next_at, created_at)
                 values ('r', 'cdc', 1, 1, 'un@x', 'ready', 0, 0), ('r', 'receipt', 1, 1, 'deux@x', 'sent', 0, 0);
                 insert into ledger values ('ML93-2026-000001-X', 'recue', 0, '93');",
            )
            .expect("an older referral");
        drop(older);
        let store = Sqlite::open(&path).expect("brought up to date");
        let due = store.claim_due(NOW, 60_000, 10).await.expect("claims");
        let due: Vec<&str> = due.iter().map(|claim| claim.message_id.as_str()).collect();
        assert_eq!(due, ["un@x"], "from version {version}");
        let found = store
            .by_id("r".to_owned())
            .await
            .expect("an answer")
            .expect("the referral");
        assert_eq!(found.fields.bytes, [0xaa], "from version {version}");
        assert_eq!(
            store.ledger(None).await.expect("a ledger").len(),
            1,
            "from version {version}"
        );
    }
}

/// Whether any file of the folder holds the planted words.
fn found(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).expect("the folder").flatten();
    files
        .map(|file| std::fs::read(file.path()).expect("read"))
        .any(|bytes| bytes.windows(PLANTED.len()).any(|window| window == PLANTED))
}

#[tokio::test]
async fn what_is_erased_is_in_no_file_of_the_database_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(&folder.path().join("outbox.db")).expect("a store");
    let mut references = Vec::new();
    for n in 0..20 {
        let hash = |what: &str| sha256(format!("{what} {n}").as_bytes());
        let new = NewReferral {
            id: format!("r{n}"),
            idem_key: format!("j:{n}"),
            content_hash: hash("contenu"),
            departement: "93".to_owned(),
            year: 2027,
            received_at: NOW,
            // Only what is sealed reaches a store; here it stays legible, to be found.
            fields: Sealed {
                key_id: "k1".to_owned(),
                bytes: PLANTED.repeat(300),
            },
            receipt_token_hash: hash("recu"),
            ack_token_hash: hash("accuse"),
            complement_token_hash: Some(hash("complement")),
            parent: None,
            files: Vec::new(),
            parts: 1,
            domain: "exemple.test".to_owned(),
            address_mac: hash("adresse"),
            receipts_a_day: 3,
        };
        match store.enqueue(new).await.expect("stored") {
            Enqueued::New { reference } => references.push(reference),
            other => panic!("{other:?}"),
        }
    }
    assert!(found(folder.path()), "the search finds what is there");
    for reference in references {
        let erased = store.erase(reference, true, NOW).await.expect("an answer");
        assert!(matches!(erased, Erased::Done(1)), "{erased:?}");
    }
    assert!(!found(folder.path()), "erased, and still legible on the disk");
}

/// A service whose database lies on a disk of 24 MB of its own, that ends with this value.
struct OnSmallDisk {
    child: Child,
    origin: String,
    place: String,
}

impl OnSmallDisk {
    /// The disk exists for the service alone, in its own view of the file system.
    fn start(folder: &Path) -> Self {
        common::site(folder);
        let place = folder.join("petit").display().to_string();
        std::fs::create_dir_all(&place).expect("a folder");
        let script = format!(
            "mount -t tmpfs -o size=24m tmpfs '{place}' && head -c 12000000 /dev/zero > '{place}/plein' && exec \"$0\" serve"
        );
        let root = std::fs::metadata("/proc/self").expect("ourselves").uid() == 0;
        let view: &[&str] = if root { &["-m"] } else { &["-rm"] };
        let mut child = Command::new("unshare")
            .args(view)
            .args(["sh", "-c", &script, env!("CARGO_BIN_EXE_form-api")])
            .env("ML_LISTEN", "127.0.0.1:0")
            .env("ML_SITE_DIR", folder.join("dist"))
            .env("ML_DATABASE_URL", format!("sqlite://{place}/outbox.db"))
            .env("ML_SPOOL_DIR", folder)
            .env("ML_MAILBOX", folder.join("mailbox"))
            .env("ML_MIN_FREE", "0MB")
            .env("ML_MIN_FILL_TIME", "0s")
            .env("ML_RATE", "0/1s")
            .env("ML_LEASE", "1s")
            .env("ML_RETRY_SCHEDULE", "1s")
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare, of util-linux");
        let mut said = String::new();
        let mut lines = BufReader::new(child.stdout.take().expect("its words"));
        while !said.contains("http://") {
            assert!(
                lines.read_line(&mut said).expect("its words") > 0,
                "it ended: {said}"
            );
        }
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let address = said
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next());
        Self {
            child,
            origin: address.expect("an address").trim_end_matches('/').to_owned(),
            place,
        }
    }

    /// Posts a form with a file of half a megabyte; the status and the answer.
    fn post(&self, key: u32) -> (u16, String) {
        let pdf = [b"%PDF-1.7".as_slice(), &[7; 500_000]].concat();
        let form = Form::tenant("").with("demande", &format!("Demande n° {key}."));
        let body = form.file("piece_bail", "bail.pdf", &pdf).encode();
        let head = format!(
            "POST /saisine HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: application/json\r\n\
             idempotency-key: {key}\r\ncontent-type: multipart/form-data; boundary=LIMITE\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(&self.origin).expect("it answers");
        stream
            .write_all(&[head.as_bytes(), &body].concat())
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), answer)
    }

    /// Gives room back.
    fn clear(&self) {
        let inside = format!("/proc/{}/root{}/plein", self.child.id(), self.place);
        std::fs::remove_file(inside).expect("removed");
    }
}

impl Drop for OnSmallDisk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn reference(answer: &str) -> String {
    let rest = answer.split("\"reference\":\"").nth(1).expect("a reference");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[test]
fn a_disk_that_is_really_full_refuses_and_loses_nothing_that_was_confirmed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut service = OnSmallDisk::start(folder.path());
    let (mut confirmed, mut refused) = (BTreeSet::new(), 0);
    for key in 0..60 {
        match service.post(key) {
            (202, answer) => assert!(confirmed.insert(reference(&answer))),
            (503, answer) => {
                assert!(answer.contains("recommandée"), "another way is told: {answer}");
                refused += 1;
            }
            (status, answer) => panic!("{status}: {answer}"),
        }
    }
    assert!(
        !confirmed.is_empty() && refused > 0,
        "{} and {refused}",
        confirmed.len()
    );
    assert!(service.child.try_wait().expect("its state").is_none(), "it lives");
    service.clear();
    let (status, answer) = service.post(1_000);
    assert_eq!(status, 202, "room again: {answer}");
    confirmed.insert(reference(&answer));
    let began = std::time::Instant::now();
    loop {
        let mails = std::fs::read_dir(folder.path().join("mailbox")).map_or(0, |all| {
            let names = all
                .flatten()
                .map(|file| file.file_name().to_string_lossy().into_owned());
            let of = |name: &String| {
                confirmed
                    .iter()
                    .any(|reference| name.contains(&format!("{reference}.cdc.")))
            };
            names.filter(of).count()
        });
        if mails == confirmed.len() {
            break;
        }
        assert!(
            began.elapsed().as_secs() < 90,
            "{mails} of {} mails",
            confirmed.len()
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
