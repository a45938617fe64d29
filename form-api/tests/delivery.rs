//! Delivery against relays that fail in every way: nothing lost, nothing doubled but where the line broke
//! after the message was taken, and then with the same bytes.

mod common;

use common::relay::{Act, Relay};
use common::{Form, Service, config, parse, site};
use form_api::config::{MailTarget, SmtpUrl};
use form_api::content::{Mime, Unreadable};
use form_api::delivery::mailer::{Class, Mailer, Memory, Smtp};
use form_api::outbox::sqlite::Sqlite;
use form_api::outbox::{Outbox, Outcome};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

async fn through(relay: &Relay, arguments: &[&str]) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    again(folder, relay, arguments).await
}

async fn again(folder: TempDir, relay: &Relay, arguments: &[&str]) -> Service {
    let url = format!("--smtp-url=smtp+plain://{}", relay.address);
    let usual = [
        "--mail-from=service@exemple.fr",
        "--routes=93=cdc93@exemple.fr",
        "--smtp-step-timeout=300ms",
        "--smtp-data-timeout=300ms",
        &url,
    ];
    let all: Vec<&str> = usual.iter().chain(arguments).copied().collect();
    let config = config(folder.path(), &all);
    let MailTarget::Smtp(url) = config.mail else {
        panic!("a relay")
    };
    let mailer = Smtp::new(url, "service.exemple.fr", config.smtp_step, config.smtp_data).expect("a mailer");
    Service::start_with(folder, &all, Arc::new(mailer), Arc::new(Memory::default())).await
}

async fn drained(service: &Service) {
    service.mails().await;
}

/// Message-ID → how many times, and whether always the same bytes.
fn counted(relay: &Relay) -> BTreeMap<String, (usize, bool)> {
    let mut all: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for raw in relay.kept() {
        let id = parse(&raw).message_id().expect("a Message-ID").to_owned();
        all.entry(id).or_default().push(raw);
    }
    all.into_iter()
        .map(|(id, raws)| (id, (raws.len(), raws.iter().all(|raw| *raw == raws[0]))))
        .collect()
}

/// A message whose disk fails after its first piece.
struct HalfRead;

impl Mime for HalfRead {
    fn pieces(&self) -> usize {
        3
    }
    fn piece(&self, k: usize) -> Result<Cow<'_, [u8]>, Unreadable> {
        if k == 0 {
            Ok(Cow::Borrowed(b"Subject: la premi=E8re moiti=E9\r\n\r\n.\r\n"))
        } else {
            Err(Unreadable)
        }
    }
}

#[tokio::test]
async fn the_half_of_a_message_is_never_ended() {
    let relay = Relay::start(&[]).await;
    let url = format!("smtp+plain://{}", relay.address);
    let url = SmtpUrl::parse(&url).expect("a relay");
    let wait = Duration::from_secs(30);
    let mailer = Smtp::new(url, "service.exemple.fr", wait, wait).expect("a mailer");
    let address = "cdc93@exemple.fr".parse().expect("an address");
    let sent = mailer.send(&address, &address, "id", &HalfRead).await;
    let failure = sent.expect_err("not sent");
    assert_eq!((failure.step, failure.class), ("read", Class::Transient));
    mailer
        .send(
            &address,
            &address,
            "id",
            &b"Subject: entier\r\n\r\n.\r\n".to_vec(),
        )
        .await
        .expect("the next one is sent");
    // The mail library ends the last line once more.
    assert_eq!(relay.kept(), [b"Subject: entier\r\n\r\n.\r\n\r\n"]);
}

#[tokio::test]
async fn whatever_goes_wrong_before_the_end_each_mail_arrives_once() {
    let script = [
        Act::Greet("421 plus tard"),
        Act::Mute,
        Act::Mail("451 plus tard"),
        Act::Rcpt("450 liste grise"),
        Act::CutAtData,
        Act::Body("452 plus de place"),
        Act::Mail("550 expéditeur refusé"),
        Act::Greet("554 non"),
    ];
    let relay = Relay::start(&script).await;
    let service = through(&relay, &[]).await;
    assert_eq!(
        service.post(&Form::tenant(&service.token().await)).await.status,
        303
    );
    drained(&service).await;
    let counted = counted(&relay);
    assert_eq!(counted.len(), 2, "{counted:?}");
    assert!(counted.values().all(|(times, _)| *times == 1), "{counted:?}");
    let listed = service
        .outbox
        .list(Some(reference(&relay)))
        .await
        .expect("a list");
    assert!(
        listed
            .iter()
            .all(|one| one.relay_id.as_deref() == Some("2.0.0 Ok: queued as ABC123")),
        "{listed:?}"
    );
    service.stop().await;
}

fn reference(relay: &Relay) -> String {
    let raw = &relay.kept()[0];
    parse(raw)
        .header_raw("X-ML-Reference")
        .expect("the header")
        .trim()
        .to_owned()
}

#[tokio::test]
async fn a_line_that_breaks_after_the_end_gives_the_same_bytes_again() {
    let relay = Relay::start(&[Act::CutAfterBody, Act::MuteAfterBody]).await;
    let service = through(&relay, &[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    drained(&service).await;
    let counted = counted(&relay);
    assert_eq!(
        counted.values().map(|(times, _)| times).sum::<usize>(),
        4,
        "{counted:?}"
    );
    assert!(
        counted.values().all(|(_, same)| *same),
        "the same bytes each time"
    );
    service.stop().await;
}

#[tokio::test]
async fn a_refusal_of_the_message_is_held_for_a_person_and_never_dropped() {
    let relay = Relay::start(&[Act::Rcpt("550 boîte inconnue")]).await;
    let service = through(&relay, &[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let held = loop {
        let list = service.outbox.list(None).await.expect("a list");
        if let [one] = list.as_slice()
            && one.state == "held"
        {
            break one.clone();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(
        (held.kind.as_str(), held.last_code, held.last_class.as_deref()),
        ("cdc", Some(550), Some("permanent"))
    );
    assert_eq!(relay.kept().len(), 1, "the receipt left all the same");
    let beside = Sqlite::open_beside(&service.folder.path().join("outbox.db")).expect("the same outbox");
    let retried = beside
        .retry(Some(held.reference), jiff::Timestamp::now().as_millisecond())
        .await;
    assert_eq!(retried, Ok(1));
    drained(&service).await;
    assert_eq!(relay.kept().len(), 2);
    service.stop().await;
}

#[tokio::test]
async fn what_was_confirmed_leaves_after_a_restart() {
    let dead = Relay::start(&[Act::Greet("421 non"); 1000]).await;
    let service = through(&dead, &[]).await;
    let place = service
        .post(&Form::tenant(&service.token().await))
        .await
        .location();
    let folder = service.stop().await;
    let relay = Relay::start(&[]).await;
    let service = again(folder, &relay, &[]).await;
    assert_eq!(
        service.get(&place).await.status,
        200,
        "the confirmation is still readable"
    );
    drained(&service).await;
    assert_eq!(counted(&relay).len(), 2);
    service.stop().await;
}

#[tokio::test]
async fn a_lease_left_by_a_crash_ends_by_itself() {
    let dead = Relay::start(&[Act::Greet("421 non"); 1000]).await;
    let service = through(&dead, &["--retry-schedule=1h"]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let folder = service.stop().await;
    let path = folder.path().join("outbox.db");
    let outbox = Sqlite::open(&path).expect("the outbox");
    let far = jiff::Timestamp::now().as_millisecond() + 2 * 3_600_000;
    let first = outbox.claim_due(far, 60_000, 4).await.expect("claims");
    assert_eq!(first.len(), 2);
    assert!(
        outbox
            .claim_due(far + 59_000, 60_000, 4)
            .await
            .expect("claims")
            .is_empty(),
        "the lease holds"
    );
    let second = outbox.claim_due(far + 60_000, 60_000, 4).await.expect("claims");
    assert_eq!(second.len(), 2);
    let late = Outcome {
        class: "sent",
        code: Some(250),
        relay_id: None,
    };
    let done = outbox.complete(first[0].lease.clone(), late, far).await;
    assert_eq!(
        done,
        Ok(false),
        "the first one lost its lease: its word no longer counts"
    );
    drop(outbox);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let outbox = Sqlite::open(&path).expect("the outbox of a service that was killed");
    let third = outbox.claim_due(far, 60_000, 4).await.expect("claims");
    assert_eq!(
        third.len(),
        2,
        "the new owner of the lock need not wait for the leases of the dead"
    );
}

#[tokio::test]
async fn a_second_service_on_the_same_outbox_refuses() {
    let service = Service::start(&[]).await;
    let fault = Sqlite::open(&service.folder.path().join("outbox.db"))
        .err()
        .expect("a refusal");
    assert!(fault.to_string().contains("déjà ouverte"), "{fault}");
    service.stop().await;
}
