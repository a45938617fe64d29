//! The antivirus, a stand-in and a real clamd, after the answer: three honest results, and no referral that waits for it for ever.

mod common;

use common::clamd::{Clamd, eicar};
use common::{Form, Service, attachments, commission, parse};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const PDF: &[u8] = b"%PDF-1.4\nsain";
/// What the antivirus of the tests takes for a virus.
const BAD: &[u8] = b"%PDF-1.4\nVIRUS-D-ESSAI";

/// An antivirus that speaks as clamd does: a command, chunks with their length, a length of zero, an answer.
async fn clamd() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut command = [0; 10];
                stream.read_exact(&mut command).await.expect("a command");
                assert_eq!(&command, b"zINSTREAM\0");
                let mut body = Vec::new();
                loop {
                    let length = stream.read_u32().await.expect("a length") as usize;
                    if length == 0 {
                        break;
                    }
                    let start = body.len();
                    body.resize(start + length, 0);
                    stream.read_exact(&mut body[start..]).await.expect("a chunk");
                }
                let bad = body.windows(8).any(|part| part == b"VIRUS-D-");
                let answer: &[u8] = if bad {
                    b"stream: Essai.Virus FOUND\0"
                } else {
                    b"stream: OK\0"
                };
                stream.write_all(answer).await.expect("an answer");
            });
        }
    });
    address
}

fn both(token: &str) -> Form {
    Form::tenant(token)
        .file("piece_bail", "bail.pdf", PDF)
        .file("pieces", "piege.pdf", BAD)
}

#[tokio::test]
async fn a_virus_is_withheld_and_both_sides_hear_of_it() {
    let clamd = format!("--clamd=tcp://{}", clamd().await);
    let service = Service::start(&[&clamd]).await;
    assert_eq!(service.post(&both(&service.token().await)).await.status, 303);
    let mails = service.mails().await;
    let mail = commission(&mails);
    let text = mail.body_text(0).expect("text").into_owned();
    assert!(text.contains("aucun virus trouvé"), "{text}");
    assert!(
        text.contains("virus trouvé : fichier retenu, non transmis"),
        "{text}"
    );
    assert!(text.contains("VIRUS TROUVÉ"), "{text}");
    let files = attachments(&mail);
    assert!(
        files
            .iter()
            .any(|(name, bytes)| name.ends_with("-01-bail.pdf") && bytes == PDF)
    );
    assert!(!files.iter().any(|(_, bytes)| bytes == BAD));
    let json = files
        .iter()
        .find(|(name, _)| name.ends_with(".json"))
        .expect("data");
    let json: serde_json::Value = serde_json::from_slice(&json.1).expect("JSON");
    assert_eq!(json["fichiers"][0]["antivirus"], "clean");
    assert_eq!(json["fichiers"][1]["antivirus"], "infected");
    let told = mails
        .iter()
        .map(|mime| parse(mime))
        .find(|mail| mail.subject().unwrap_or_default().starts_with("Une pièce"));
    let told = told
        .expect("word to the requester")
        .body_text(0)
        .expect("text")
        .into_owned();
    assert!(
        told.contains("2. Autre document") && !told.contains("1. Bail"),
        "{told}"
    );
    assert_eq!(mails.len(), 3);
    service.stop().await;
}

#[tokio::test]
async fn without_an_antivirus_the_mail_says_so() {
    let service = Service::start(&[]).await;
    service.post(&both(&service.token().await)).await;
    let mails = service.mails().await;
    let mail = commission(&mails);
    let text = mail.body_text(0).expect("text").into_owned();
    assert_eq!(text.matches("non analysé par un antivirus").count(), 2, "{text}");
    assert!(!text.contains("aucun virus"));
    assert_eq!(attachments(&mail).len(), 4);
    service.stop().await;
}

#[tokio::test]
async fn a_silent_antivirus_delays_a_while_and_is_never_taken_for_clean() {
    // It accepts connections and says nothing.
    let mute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let clamd = format!("--clamd=tcp://{}", mute.local_addr().expect("an address"));
    let service = Service::start(&[&clamd, "--clamd-timeout=50ms", "--clamd-max-wait=1h"]).await;
    service.post(&both(&service.token().await)).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let waiting = service.outbox.list(None).await.expect("a list");
    assert!(waiting.iter().any(|one| one.kind == "cdc"), "{waiting:?}");
    service.pass(Duration::from_secs(2 * 3600));
    let mails = service.mails().await;
    let text = commission(&mails).body_text(0).expect("text").into_owned();
    assert_eq!(text.matches("non analysé par un antivirus").count(), 2, "{text}");
    service.stop().await;
}

/// A PDF, a photo and a big file are clean to a real clamd; the file of EICAR in a PDF is not, whatever its name.
#[tokio::test]
async fn a_real_clamd_withholds_eicar_and_lets_the_rest_through() {
    let clamd = Clamd::start();
    let service = Service::start(&[&clamd.argument()]).await;
    let bad = [b"%PDF-1.4\n".as_slice(), &eicar()].concat();
    let photo = [b"\xff\xd8\xff\xe0".as_slice(), &[3; 2_000]].concat();
    let big = [b"%PDF-1.4\n".as_slice(), &[b'7'; 4_900_000]].concat();
    let form = Form::tenant(&service.token().await)
        .file("piece_bail", "bail.pdf", PDF)
        .file("pieces", "quittance.pdf", &bad)
        .file("pieces", "photo.jpg", &photo)
        .file("pieces", "dossier.pdf", &big);
    assert_eq!(service.post(&form).await.status, 303);
    let mails = service.mails().await;
    let files: Vec<_> = mails.iter().flat_map(|mime| attachments(&parse(mime))).collect();
    for (what, bytes, arrives) in [
        ("the lease", PDF, true),
        ("EICAR", &bad, false),
        ("the photo", &photo, true),
        ("the big file", &big, true),
    ] {
        let came = files.iter().any(|(_, kept)| kept == bytes);
        assert_eq!(came, arrives, "{what}");
    }
    assert!(
        !mails.iter().any(|mime| parse(mime).attachments().any(|part| {
            let kept = part.contents();
            kept.windows(20).any(|some| some == &eicar()[..20])
        })),
        "not a part of it anywhere"
    );
    let text = commission(&mails).body_text(0).expect("text").into_owned();
    assert_eq!(text.matches("aucun virus trouvé").count(), 3, "{text}");
    assert_eq!(
        text.matches("virus trouvé : fichier retenu, non transmis")
            .count(),
        1,
        "{text}"
    );
    service.stop().await;
}

#[tokio::test]
async fn a_clamd_that_starts_late_still_looks_at_what_waits() {
    let mut clamd = Clamd::stopped();
    let service = Service::start(&[&clamd.argument(), "--clamd-max-wait=1h"]).await;
    service.post(&both(&service.token().await)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let waiting = service.outbox.list(None).await.expect("a list");
    assert!(waiting.iter().any(|one| one.kind == "cdc"), "{waiting:?}");
    clamd.resume();
    service.pass(Duration::from_secs(600));
    let mails = service.mails().await;
    let text = commission(&mails).body_text(0).expect("text").into_owned();
    assert_eq!(text.matches("aucun virus trouvé").count(), 2, "{text}");
    service.stop().await;
}
