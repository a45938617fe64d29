//! One suite for every store: whatever keeps the referrals keeps the same promises.

mod common;
#[path = "stores_promises/keeping.rs"]
mod keeping;
#[path = "stores_promises/sending.rs"]
mod sending;

use form_api::content::{Content, Spool, Writer};
use form_api::outbox::postgres::Postgres;
use form_api::outbox::sqlite::Sqlite;
use form_api::outbox::{
    Claim, Enqueued, Erased, Lease, MessageKind, NewFile, NewReferral, Outbox, Outcome, Parent, Retention,
    Scan,
};
use form_api::seal::{KeyRing, Sealed, sha256};
use std::sync::Arc;

const DAY: i64 = 86_400_000;
const NOW: i64 = 1_800_000_000_000;

/// A store, and what lives as long as it.
struct Kept {
    store: Arc<dyn Outbox>,
    _with: Box<dyn std::any::Any>,
}

async fn sqlite() -> Kept {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(&folder.path().join("outbox.db")).expect("a store");
    Kept {
        store: Arc::new(store),
        _with: Box::new(folder),
    }
}

/// Each scenario on each store: a test of its own on SQLite; one after the other on one PostgreSQL.
macro_rules! on_each_store {
    ($($part:ident :: $scenario:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $scenario() {
                let kept = super::sqlite().await;
                super::$part::$scenario(&kept.store).await;
            })*
        }
        #[tokio::test]
        async fn on_postgres_each_of_them_too() {
            let server = common::postgres::Postgres::start(&[]);
            $({
                println!("{}", stringify!($scenario));
                let url = server.database(stringify!($scenario)).await;
                let store: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
                $part::$scenario(&store).await;
            })*
        }
    };
}

on_each_store!(
    sending::a_key_is_one_referral,
    sending::many_at_once_are_each_answered_for_themselves,
    sending::parts_leave_one_after_the_other,
    sending::complements_share_a_name_and_have_an_end,
    sending::a_lease_belongs_to_one_and_ends,
    sending::a_clock_that_jumps_delays_nothing_for_ever,
    sending::refusals_wait_for_a_person_and_come_back,
    sending::what_came_back_is_sent_again,
    keeping::files_and_scans_are_found_again,
    keeping::nothing_undelivered_is_forgotten_by_age,
    keeping::a_case_is_erased_on_request,
    keeping::figures_and_keys_are_counted,
    keeping::an_acknowledgement_counts_once,
);

/// F62: two replicas share what is due; each message is sent by one of them.
#[tokio::test]
async fn f62_two_replicas_send_each_message_once() {
    let server = common::postgres::Postgres::start(&[]);
    let url = server.database("shared").await;
    let first: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
    let second: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
    for n in 0..250 {
        let mut new = referral(&format!("r{n}"));
        new.receipts_a_day = 0;
        stored(if n % 2 == 0 { &first } else { &second }, new).await;
    }
    let replica = |store: Arc<dyn Outbox>| async move {
        let mut done = Vec::new();
        loop {
            let claims = store.claim_due(NOW, 60_000, 3).await.expect("claims");
            if claims.is_empty() {
                return done;
            }
            for claim in claims {
                let id = claim.lease.delivery;
                assert!(
                    store.complete(claim.lease, sent(), NOW).await.expect("an answer"),
                    "ours alone"
                );
                done.push(id);
            }
        }
    };
    let (one, other) = tokio::join!(
        tokio::spawn(replica(first.clone())),
        tokio::spawn(replica(second))
    );
    let (mut one, other) = (one.expect("the first"), other.expect("the second"));
    assert!(
        !one.is_empty() && !other.is_empty(),
        "both work: {} and {}",
        one.len(),
        other.len()
    );
    one.extend(other);
    one.sort_unstable();
    one.dedup();
    assert_eq!(one.len(), 500);
    assert!(first.list(None).await.expect("a list").is_empty());
}

/// The same form posted to two replicas at the same moment.
#[tokio::test]
async fn one_form_on_two_replicas_is_one_referral() {
    let server = common::postgres::Postgres::start(&[]);
    let url = server.database("twice").await;
    let first: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
    let second: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
    for n in 0..20 {
        let new = || referral(&format!("r{n}"));
        let (one, other) = tokio::join!(first.enqueue(new()), second.enqueue(new()));
        let answers = [one.expect("an answer"), other.expect("an answer")];
        let fresh = answers
            .iter()
            .filter(|one| matches!(one, Enqueued::New { .. }))
            .count();
        let same = answers
            .iter()
            .filter(|one| matches!(one, Enqueued::Same { .. }))
            .count();
        assert_eq!((fresh, same), (1, 1), "{answers:?}");
    }
    let received = first.ledger(None).await.expect("a ledger");
    assert_eq!(received.iter().filter(|line| line.event == "recue").count(), 20);
}

/// F63: a server that may lose what it has confirmed is refused.
#[tokio::test]
async fn f63_a_server_that_is_not_durable_is_refused() {
    for setting in ["fsync", "synchronous_commit"] {
        let server = common::postgres::Postgres::start(&[&format!("{setting}=off")]);
        let url = server.database("loose").await;
        let fault = Postgres::open(&url).await.err().expect("refused");
        assert!(fault.contains(setting), "{fault}");
    }
}

fn sealed(text: &str) -> Sealed {
    Sealed {
        key_id: "k1".to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Bytes put aside, in the files of the system's temporary folder.
fn aside(text: &str) -> Spool {
    let ring = ring();
    let folder = std::env::temp_dir();
    let mut writer = Writer::new(&ring, "une place".to_owned(), &folder).expect("a file");
    writer.write(text.as_bytes()).expect("written");
    writer.finish().expect("finished")
}

fn ring() -> KeyRing {
    KeyRing::parse("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").expect("a key")
}

/// All the bytes of a content that [`aside`] put aside, and how many chunks it has.
async fn content(store: &Arc<dyn Outbox>, id: &str, content: Content) -> (Vec<u8>, u32) {
    let (mut bytes, mut k) = (Vec::new(), 0);
    loop {
        let chunk = store.chunk(id.to_owned(), content.clone(), k).await;
        let chunk = chunk.expect("read").expect("a chunk");
        let place = match (k, chunk.last) {
            (0, true) => "une place".to_owned(),
            (_, true) => format!("une place#{k}."),
            (_, false) => format!("une place#{k}"),
        };
        let sealed = chunk.sealed;
        bytes.extend(
            ring()
                .open(&sealed.key_id, &place, &sealed.bytes)
                .expect("opened"),
        );
        k += 1;
        if chunk.last {
            let after = store.chunk(id.to_owned(), content, k).await;
            assert_eq!(after, Ok(None), "nothing after the last");
            return (bytes, k);
        }
    }
}

fn referral(id: &str) -> NewReferral {
    NewReferral {
        id: id.to_owned(),
        idem_key: format!("j:{id}"),
        content_hash: sha256(id.as_bytes()),
        departement: "93".to_owned(),
        year: 2027,
        received_at: NOW,
        fields: sealed("dossier"),
        receipt_token_hash: sha256(format!("recu {id}").as_bytes()),
        ack_token_hash: sha256(format!("accuse {id}").as_bytes()),
        complement_token_hash: Some(sha256(format!("complement {id}").as_bytes())),
        parent: None,
        files: vec![NewFile {
            n: 1,
            size: 7,
            body: aside("fichier"),
        }],
        parts: 2,
        domain: "exemple.test".to_owned(),
        address_mac: sha256(b"adresse"),
        receipts_a_day: 3,
    }
}

async fn stored(store: &Arc<dyn Outbox>, new: NewReferral) -> String {
    match store.enqueue(new).await.expect("stored") {
        Enqueued::New { reference } => reference,
        other => panic!("{other:?}"),
    }
}

fn sent() -> Outcome {
    Outcome {
        class: "sent",
        code: Some(250),
        relay_id: Some("2.0.0 ok".to_owned()),
    }
}

fn refused() -> Outcome {
    Outcome {
        class: "permanent",
        code: Some(550),
        relay_id: None,
    }
}

async fn due(store: &Arc<dyn Outbox>, now: i64) -> Vec<Claim> {
    store.claim_due(now, 60_000, 100).await.expect("claims")
}

async fn deliver_all(store: &Arc<dyn Outbox>, now: i64) {
    for claim in due(store, now).await {
        assert!(store.complete(claim.lease, sent(), now).await.expect("done"));
    }
}

fn limits(now: i64) -> Retention {
    Retention {
        delivered_before: now - 30 * DAY,
        noted_before: now - 1095 * DAY,
        now,
    }
}
