//! Cases of `docs/faults.md` about mail and its relay, each under its number.

mod common;

use common::relay::{Act, Relay};
use common::{Form, Service, config, parse, site};
use form_api::content::Mime;
use form_api::delivery::mailer::{Accepted, Failure, Mailer, Memory, Sending, Smtp};
use form_api::outbox::{Listed, OutboxError};
use lettre::Address;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

async fn on(relay: &Relay, scheme: &str) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let url = format!("--smtp-url={scheme}://{}", relay.address);
    let arguments = [
        url.as_str(),
        "--mail-from=service@exemple.test",
        "--routes=93=cdc@exemple.test",
        "--smtp-step-timeout=2s",
        "--smtp-data-timeout=2s",
    ];
    let config = config(folder.path(), &arguments);
    let form_api::config::MailTarget::Smtp(url) = config.mail else {
        panic!("a relay")
    };
    let smtp = Smtp::new(url, "exemple.test", config.smtp_step, config.smtp_data).expect("a mailer");
    Service::start_with(folder, &arguments, Arc::new(smtp), Arc::new(Memory::default())).await
}

/// Waits until the list of what has not left looks as wanted.
async fn seen(service: &Service, wanted: impl Fn(&[Listed]) -> bool) -> Vec<Listed> {
    for _ in 0..1500 {
        let list = service.outbox.list(None).await.expect("a list");
        if wanted(&list) {
            return list;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{:?}", service.outbox.list(None).await)
}

async fn filed(service: &Service) {
    let answer = service.post(&Form::tenant(&service.token().await)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[tokio::test]
async fn f44_too_big_for_the_relay_waits_for_a_person() {
    for act in [Act::Mail("552 5.3.4 trop gros"), Act::Body("552 5.3.4 trop gros")] {
        // Either mail may be the first to leave: both are refused.
        let relay = Relay::start(&[act, act]).await;
        let service = on(&relay, "smtp+plain").await;
        filed(&service).await;
        let list = seen(&service, |list| {
            list.len() == 2 && list.iter().all(|one| one.state == "held")
        })
        .await;
        let kinds: BTreeSet<&str> = list.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, BTreeSet::from(["cdc", "receipt"]), "{act:?}");
        assert!(list.iter().all(|one| one.last_code == Some(552)), "{act:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn f46_f47_nothing_goes_in_clear_when_the_line_cannot_be_secured() {
    let relay = Relay::start(&[]).await;
    let service = on(&relay, "smtp+starttls").await;
    filed(&service).await;
    let list = seen(&service, |list| {
        list.iter().any(|one| one.last_class.as_deref() == Some("ours"))
    })
    .await;
    assert_eq!(list.len(), 2, "both wait");
    assert!(relay.kept().is_empty());
    service.stop().await;
}

#[tokio::test]
async fn f49_f50_a_slow_relay_works_and_one_that_refuses_hello_is_tried_again() {
    let relay = Relay::start(&[Act::Hello("502 non"), Act::Slow(400), Act::Slow(400)]).await;
    let service = on(&relay, "smtp+plain").await;
    filed(&service).await;
    seen(&service, <[Listed]>::is_empty).await;
    assert_eq!(relay.kept().len(), 2, "each once");
    service.stop().await;
}

#[tokio::test]
async fn f53_f54_an_address_that_does_not_exist_costs_the_commission_nothing() {
    for (refusal, state) in [("550 inconnu", "held"), ("450 plus tard", "ready")] {
        let relay = Relay::start(&[Act::Good, Act::Rcpt(refusal)]).await;
        let service = on(&relay, "smtp+plain").await;
        filed(&service).await;
        if state == "held" {
            let list = seen(&service, |list| list.len() == 1 && list[0].state == state).await;
            assert_eq!(list[0].kind, "receipt");
        } else {
            seen(&service, <[Listed]>::is_empty).await;
            assert_eq!(relay.kept().len(), 2);
        }
        assert!(
            relay.kept()[0].windows(9).any(|some| some == b"cdc@exemp"),
            "the commission has its mail"
        );
        service.stop().await;
    }
}

#[tokio::test]
async fn f52_our_mails_ask_for_no_automatic_answer() {
    let service = Service::start(&[]).await;
    filed(&service).await;
    for mime in service.mails().await {
        let mail = parse(&mime);
        let said = |name: &str| mail.header_raw(name).unwrap_or_default().trim().to_owned();
        assert_eq!(said("Auto-Submitted"), "auto-generated");
        assert!(!said("X-Auto-Response-Suppress").is_empty());
    }
    service.stop().await;
}

/// A way out that never answers.
struct Silent;

impl Mailer for Silent {
    fn send<'a>(&'a self, _: &'a Address, _: &'a Address, _: &'a str, _: &'a dyn Mime) -> Sending<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn f67_a_writer_that_dies_takes_the_service_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let service = Service::start_with(folder, &[], Arc::new(Silent), Arc::new(Memory::default())).await;
    filed(&service).await;
    // A lease that no number can hold is a fault of ours: the sum of it panics in the thread that writes.
    let outbox = service.outbox.clone();
    let later = jiff::Timestamp::now().as_millisecond() + 24 * 3_600_000;
    let answer = outbox.claim_due(later, i64::MAX, 1).await;
    assert_eq!(answer.err(), Some(OutboxError::Stopped));
    let ended = tokio::time::timeout(Duration::from_secs(60), service.ended()).await;
    let reason = ended.expect("it ends by itself").expect_err("not in order");
    assert!(reason.contains("base"), "{reason}");
}

/// A way out with a fault of ours in it.
struct Broken;

impl Mailer for Broken {
    fn send<'a>(&'a self, _: &'a Address, _: &'a Address, _: &'a str, _: &'a dyn Mime) -> Sending<'a> {
        Box::pin(async { panic!("a fault of ours") as Result<Accepted, Failure> })
    }
}

#[tokio::test]
async fn f67_a_worker_that_dies_takes_the_service_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let service = Service::start_with(folder, &[], Arc::new(Broken), Arc::new(Memory::default())).await;
    filed(&service).await;
    let ended = tokio::time::timeout(Duration::from_secs(60), service.ended()).await;
    assert!(
        ended.expect("it ends by itself").is_err(),
        "and says that it should not have"
    );
}
