//! Cases of `docs/faults.md` that have no other home, each under its number.

mod common;

use common::{Form, Service, attachments, commission, config};
use form_api::clock;
use form_api::outbox::sqlite::{OpenError, Sqlite};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn filed(service: &Service) {
    let answer = service.post(&Form::tenant(&service.token().await)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Sends raw bytes and gives what comes back until the service closes.
async fn raw(service: &Service, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(service.address).await.expect("a connection");
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn body(token: &str) -> Vec<u8> {
    Form::tenant(token)
        .file(
            "piece_bail",
            "bail.pdf",
            &[b"%PDF-1.7".as_slice(), &[0; 40_000]].concat(),
        )
        .encode()
}

fn head(length: &str) -> String {
    format!(
        "POST /saisine HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=LIMITE\r\n{length}\r\n\r\n"
    )
}

#[tokio::test]
async fn f14_a_body_without_length_is_cut_at_the_limit() {
    let service = Service::start(&["--max-body=100KB"]).await;
    let mut bytes = head("transfer-encoding: chunked").into_bytes();
    let start = b"--LIMITE\r\nContent-Disposition: form-data; name=\"faits\"\r\n\r\n";
    bytes.extend_from_slice(format!("{:x}\r\n", start.len()).as_bytes());
    bytes.extend_from_slice(start);
    bytes.extend_from_slice(b"\r\n");
    for _ in 0..60 {
        bytes.extend_from_slice(b"1000\r\n");
        bytes.extend_from_slice(&[b'a'; 4096]);
        bytes.extend_from_slice(b"\r\n");
    }
    let answer = raw(&service, &bytes).await;
    assert!(
        answer.starts_with("HTTP/1.1 413"),
        "{}",
        &answer[..answer.len().min(200)]
    );
    assert!(service.outbox.list(None).await.expect("a list").is_empty());
    service.stop().await;
}

#[tokio::test]
async fn f20_no_other_site_may_read_or_post_and_one_may_when_it_is_named() {
    let ask = [
        ("origin", "https://guides.exemple.test"),
        ("access-control-request-method", "POST"),
    ];
    let post = [
        ("origin", "https://guides.exemple.test"),
        ("sec-fetch-site", "cross-site"),
    ];
    let closed = Service::start(&[]).await;
    let answer = closed.send("OPTIONS", "/saisine", &ask, Vec::new()).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (405, None)
    );
    assert_eq!(
        closed
            .post_with(&Form::tenant(&closed.token().await), &post)
            .await
            .status,
        403
    );
    closed.stop().await;
    let open = Service::start(&["--site-origin=https://guides.exemple.test"]).await;
    let allowed = || Some("https://guides.exemple.test".to_owned());
    let answer = open.send("OPTIONS", "/saisine", &ask, Vec::new()).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (204, allowed())
    );
    let form = Form::tenant(&open.token().await);
    let answer = open.post_with(&form, &post).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (303, allowed())
    );
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let other = [
        ("origin", "https://ailleurs.test"),
        ("sec-fetch-site", "cross-site"),
    ];
    let answer = open.post_with(&form, &other).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (403, None)
    );
    open.stop().await;
}

#[tokio::test]
async fn f24_f66_only_the_doors_that_exist_open() {
    let service = Service::start(&[]).await;
    for method in ["PUT", "DELETE", "PATCH", "TRACE"] {
        assert_eq!(
            service.send(method, "/saisine", &[], Vec::new()).await.status,
            405,
            "{method}"
        );
    }
    for path in [
        "//saisine",
        "/saisine/x",
        "/%2e%2e/saisine",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        assert_eq!(service.get(path).await.status, 404, "{path} on the public door");
    }
    service.stop().await;
}

#[tokio::test]
async fn f25_headers_have_an_end() {
    let service = Service::start(&[]).await;
    let long = format!(
        "GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n",
        "a".repeat(200_000)
    );
    let many = format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "x-one: 1\r\n".repeat(300));
    for (name, text) in [("one of 200 KB", long), ("300 of them", many)] {
        let answer = raw(&service, text.as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.1 431"),
            "{name}: {}",
            &answer[..answer.len().min(100)]
        );
    }
    service.stop().await;
}

#[tokio::test]
async fn f26_f27_slow_clients_are_let_go_and_others_served() {
    let service = Service::start(&["--upload-idle=500ms", "--upload-deadline=3s"]).await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(service.address).await.expect("a connection");
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-")
            .await
            .expect("half a head");
        slow.push(stream);
    }
    let began = Instant::now();
    filed(&service).await;
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "served meanwhile: {:?}",
        began.elapsed()
    );
    let silent = raw(&service, head("content-length: 5000").as_bytes()).await;
    assert!(silent.starts_with("HTTP/1.1 408"), "{silent}");
    let mut drip = TcpStream::connect(service.address).await.expect("a connection");
    drip.write_all(head("content-length: 500000").as_bytes())
        .await
        .expect("a head");
    let dripping = async {
        loop {
            if drip.write_all(b"-").await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    // A body that never stands still has an end all the same.
    tokio::time::timeout(Duration::from_secs(60), dripping)
        .await
        .expect("the line is closed");
    for mut stream in slow {
        let mut rest = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut rest)).await;
        assert!(read.is_ok(), "half a head is closed");
    }
    service.stop().await;
}

#[tokio::test]
async fn f28_f29_a_line_cut_on_the_way_keeps_nothing_and_after_the_end_everything() {
    let service = Service::start(&[]).await;
    let token = service.token().await;
    let body = body(&token);
    let all = [head(&format!("content-length: {}", body.len())).as_bytes(), &body].concat();
    for tenth in 1..10 {
        let mut stream = TcpStream::connect(service.address).await.expect("a connection");
        stream
            .write_all(&all[..all.len() * tenth / 10])
            .await
            .expect("a part");
        drop(stream);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(
        service.outbox.ledger(None).await.expect("a ledger").is_empty(),
        "half a form is no referral"
    );
    let mut stream = TcpStream::connect(service.address).await.expect("a connection");
    stream.write_all(&all).await.expect("everything");
    drop(stream);
    let mut past = Vec::new();
    for _ in 0..500 {
        past = service.outbox.ledger(None).await.expect("a ledger");
        if !past.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(past[0].event, "recue", "the client is gone, its referral is not");
    let again = service
        .send(
            "POST",
            "/saisine",
            &[("content-type", "multipart/form-data; boundary=LIMITE")],
            body,
        )
        .await;
    assert_eq!(again.status, 303);
    let received = service.outbox.ledger(None).await.expect("a ledger");
    assert_eq!(received.iter().filter(|line| line.event == "recue").count(), 1);
    service.stop().await;
}

#[tokio::test]
async fn f35_a_token_replayed_a_hundred_times_is_one_referral() {
    let service = Service::start(&["--rate=0/1s"]).await;
    let form = Form::tenant(&service.token().await);
    let mut places = std::collections::BTreeSet::new();
    for _ in 0..100 {
        places.insert(service.post(&form).await.location());
    }
    assert_eq!(places.len(), 1);
    assert_eq!(service.mails().await.len(), 2);
    service.stop().await;
}

#[tokio::test]
async fn f58_f59_a_store_that_cannot_be_trusted_is_refused_and_left_as_it_is() {
    let service = Service::start(&[]).await;
    filed(&service).await;
    let folder = service.stop().await;
    let path = folder.path().join("outbox.db");
    let under_a_file = Sqlite::open(&path.join("sub/outbox.db"));
    assert!(
        matches!(under_a_file, Err(OpenError::Io(..))),
        "a place that is none"
    );
    // The last connection leaves its thread in its own time, and brings the log home.
    for _ in 0..500 {
        if !folder.path().join("outbox.db-wal").exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut bytes = std::fs::read(&path).expect("a database");
    assert!(bytes.len() > 8 * 4096, "{} bytes", bytes.len());
    bytes[4096..].fill(0x5a);
    std::fs::write(&path, &bytes).expect("spoilt");
    let fault = Sqlite::open(&path).err().expect("refused");
    assert!(matches!(fault, OpenError::Damaged(_)), "{fault}");
    assert!(fault.to_string().contains("restaurez"), "{fault}");
    assert_eq!(
        std::fs::read(&path).expect("a database"),
        bytes,
        "not a byte was changed"
    );
}

#[test]
fn f65_a_secret_from_a_file_ends_before_its_new_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys");
    std::fs::write(&file, format!("{}\n\n", common::KEYS)).expect("written");
    let config = config(folder.path(), &[&format!("--keys-file={}", file.display())]);
    assert_eq!(config.keys.expect("keys").reveal(), common::KEYS);
}

#[tokio::test]
async fn f70_a_night_that_has_two_half_past_two_tells_them_apart() {
    let iso = |text: &str| clock::paris_iso(text.parse().expect("a time"));
    assert_eq!(iso("2026-10-25T00:30:00Z"), "2026-10-25T02:30:00+02:00");
    assert_eq!(iso("2026-10-25T01:30:00Z"), "2026-10-25T02:30:00+01:00");
    assert_eq!(iso("2026-12-31T22:59:59Z"), "2026-12-31T23:59:59+01:00");
    let words = clock::paris_words("2026-10-25T01:30:00Z".parse().expect("a time"));
    assert!(words.contains("UTC+01:00"), "{words}");
}

#[tokio::test]
async fn a_disk_without_room_takes_nothing_and_says_so() {
    let service = Service::start(&["--min-free=999999999MB"]).await;
    let answer = service.post(&Form::tenant(&service.token().await)).await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("recommandée"), "another way is told");
    assert!(service.outbox.list(None).await.expect("a list").is_empty());
    service.stop().await;
}

/// Nothing is decoded or unpacked: bombs and files of two kinds are only bytes, given on as they came, or refused.
#[tokio::test]
async fn bombs_and_files_of_two_kinds_are_only_bytes() {
    let service = Service::start(&["--rate=0/1s"]).await;
    // A PNG that says to be 4 billion pixels wide, a PDF that is also an archive.
    let pixels = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0";
    let both = b"%PDF-1.7\nPK\x03\x04bombe.zip";
    for (name, bytes) in [("photo.png", pixels.as_slice()), ("bail.pdf", both.as_slice())] {
        let form = Form::tenant(&service.token().await).file("piece_bail", name, bytes);
        assert_eq!(service.post(&form).await.status, 303, "{name}");
        let mails = service.mails().await;
        let mail = commission(&mails[mails.len() - 2..]);
        assert!(
            attachments(&mail).iter().any(|(_, kept)| kept == bytes),
            "{name} arrives as it is"
        );
    }
    for (name, bytes) in [
        ("archive.pdf", b"PK\x03\x04".as_slice()),
        ("page.png", b"<html>"),
        ("bail.pdf", b" %PDF-1.7"),
    ] {
        let form = Form::tenant(&service.token().await).file("piece_bail", name, bytes);
        assert_eq!(service.post(&form).await.status, 422, "{name}: {bytes:?}");
    }
    service.stop().await;
}
