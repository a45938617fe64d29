//! One suite for every store: whatever keeps the referrals keeps the same promises.

mod common;

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
    ($($scenario:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $scenario() {
                let kept = super::sqlite().await;
                super::$scenario(&kept.store).await;
            })*
        }
        #[tokio::test]
        async fn on_postgres_each_of_them_too() {
            let server = common::postgres::Postgres::start(&[]);
            $({
                println!("{}", stringify!($scenario));
                let url = server.database(stringify!($scenario)).await;
                let store: Arc<dyn Outbox> = Arc::new(Postgres::open(&url).await.expect("a store"));
                $scenario(&store).await;
            })*
        }
    };
}

on_each_store!(
    a_key_is_one_referral,
    complements_share_a_name_and_have_an_end,
    a_lease_belongs_to_one_and_ends,
    a_clock_that_jumps_delays_nothing_for_ever,
    refusals_wait_for_a_person_and_come_back,
    what_came_back_is_sent_again,
    files_and_scans_are_found_again,
    nothing_undelivered_is_forgotten_by_age,
    a_case_is_erased_on_request,
    figures_and_keys_are_counted,
    an_acknowledgement_counts_once,
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

async fn a_key_is_one_referral(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    let again = store.enqueue(referral("a")).await.expect("an answer");
    assert!(matches!(again, Enqueued::Same { reference: same, .. } if same == reference));
    let mut other = referral("a");
    other.content_hash = sha256(b"autre");
    assert_eq!(store.enqueue(other).await, Ok(Enqueued::Conflict));
    let second = stored(store, referral("b")).await;
    assert_ne!(reference, second);
    let mails: Vec<Claim> = due(store, NOW).await;
    let of = |kind| mails.iter().filter(|mail| mail.kind == kind).count();
    assert_eq!((of(MessageKind::Commission), of(MessageKind::Receipt)), (4, 2));
    for (n, id) in ["c", "d"].iter().enumerate() {
        stored(store, referral(id)).await;
        let mails = due(store, NOW).await;
        let receipts = mails
            .iter()
            .filter(|mail| mail.kind == MessageKind::Receipt)
            .count();
        assert_eq!(
            receipts,
            usize::from(n == 0),
            "three receipts a day to one address"
        );
    }
}

async fn complements_share_a_name_and_have_an_end(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    let complement = |id: &str| NewReferral {
        complement_token_hash: None,
        parent: Some(Parent {
            id: "a".to_owned(),
            reference: reference.clone(),
            most: 2,
        }),
        ..referral(id)
    };
    assert!(
        stored(store, complement("b"))
            .await
            .starts_with(&format!("{reference}-C1"))
    );
    assert!(
        stored(store, complement("c"))
            .await
            .starts_with(&format!("{reference}-C2"))
    );
    assert_eq!(store.enqueue(complement("d")).await, Ok(Enqueued::TooMany));
    let found = store
        .by_complement(sha256(b"complement a"))
        .await
        .expect("read")
        .expect("found");
    assert_eq!(found.reference, reference);
    let child = store.by_id("b".to_owned()).await.expect("read").expect("found");
    assert_eq!(child.parent.as_deref(), Some(reference.as_str()));
    assert_eq!(store.case(reference.clone()).await.expect("a case").len(), 3);
    assert_eq!(
        store.list(Some(reference)).await.expect("a list").len(),
        2 * 3 + 3
    );
}

async fn a_lease_belongs_to_one_and_ends(store: &Arc<dyn Outbox>) {
    stored(store, referral("a")).await;
    let first = due(store, NOW).await;
    assert_eq!(first.len(), 3);
    assert!(due(store, NOW + 59_000).await.is_empty(), "nobody else gets them");
    // More than one chunk, and kept a second time by the same lease: the second takes the place of the first.
    let long = "courriel ".repeat(20_000);
    for text in ["premier", &long] {
        let kept = store.keep_mime(first[0].lease.clone(), aside(text)).await;
        assert_eq!(kept, Ok(true));
    }
    let kept = Content::Message(first[0].message_id.clone());
    assert_eq!(content(store, "a", kept).await, (long.into_bytes(), 3));
    let second = due(store, NOW + 60_000).await;
    assert_eq!(second.len(), 3, "after the lease another takes over");
    assert_eq!((second[0].attempts, second[0].rendered), (2, true));
    assert!(!second[1].rendered);
    assert_eq!(second[0].message_id, first[0].message_id);
    let late = first[0].lease.clone();
    assert!(
        !store
            .complete(late.clone(), sent(), NOW)
            .await
            .expect("an answer"),
        "too late"
    );
    assert!(
        !store
            .keep_mime(late.clone(), aside("x"))
            .await
            .expect("an answer")
    );
    assert!(!store.defer(late, refused(), NOW, false).await.expect("an answer"));
    let forged = Lease {
        delivery: second[0].lease.delivery,
        token: String::new(),
    };
    assert!(!store.complete(forged, sent(), NOW).await.expect("an answer"));
    for claim in second {
        assert!(store.complete(claim.lease, sent(), NOW).await.expect("done"));
    }
    assert!(store.list(None).await.expect("a list").is_empty());
}

async fn a_clock_that_jumps_delays_nothing_for_ever(store: &Arc<dyn Outbox>) {
    stored(store, referral("a")).await;
    let back = NOW - 400 * DAY;
    let claims = due(store, back).await;
    assert_eq!(claims.len(), 3, "the clock went back a year: what waits is due");
    assert_eq!(
        due(store, NOW).await.len(),
        3,
        "and forward again: those leases ended long ago"
    );
    assert_eq!(
        due(store, back).await.len(),
        3,
        "a lease of the future is no lease"
    );
}

async fn refusals_wait_for_a_person_and_come_back(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    for claim in due(store, NOW).await {
        store
            .keep_mime(claim.lease.clone(), aside("m"))
            .await
            .expect("kept");
        let never = i64::MAX / 4;
        assert!(
            store
                .defer(claim.lease, refused(), never, true)
                .await
                .expect("held")
        );
    }
    assert!(
        due(store, NOW + DAY).await.is_empty(),
        "what waits for a person is not tried by itself"
    );
    let list = store.list(None).await.expect("a list");
    assert_eq!(list.len(), 3);
    assert!(
        list.iter()
            .all(|one| one.state == "held" && one.last_code == Some(550))
    );
    assert!(
        list.iter()
            .all(|one| one.last_class.as_deref() == Some("permanent"))
    );
    assert_eq!(
        store.retry(Some("ML93-2027-999999-A".to_owned()), NOW).await,
        Ok(0)
    );
    assert_eq!(store.retry(Some(reference.clone()), NOW).await, Ok(3));
    let again = due(store, NOW).await;
    assert!(again.iter().all(|claim| claim.rendered), "byte for byte");
    for claim in again {
        store
            .defer(claim.lease, refused(), i64::MAX / 4, true)
            .await
            .expect("held");
    }
    assert_eq!(store.release(reference, NOW).await, Ok(3));
    let anew = due(store, NOW).await;
    assert!(
        anew.len() == 3 && anew.iter().all(|claim| !claim.rendered),
        "rendered again"
    );
}

async fn what_came_back_is_sent_again(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    assert_eq!(
        store.bounce(reference.clone(), NOW).await,
        Ok(0),
        "nothing has left yet"
    );
    deliver_all(store, NOW).await;
    assert_eq!(
        store.bounce(reference.clone(), NOW).await,
        Ok(2),
        "the commission's, not the receipt"
    );
    assert_eq!(store.list(None).await.expect("a list").len(), 2);
    let late = NOW + 400 * DAY;
    assert!(
        store.purge(limits(late)).await.expect("purged").is_empty(),
        "kept, whatever its age"
    );
    assert_eq!(store.release(reference.clone(), late).await, Ok(2));
    deliver_all(store, late).await;
    let events: Vec<String> = store
        .ledger(Some(reference))
        .await
        .expect("a ledger")
        .into_iter()
        .map(|line| line.event)
        .collect();
    assert_eq!(events[0], "recue");
    assert!(
        events.contains(&"rendue".to_owned()) && events.contains(&"remise".to_owned()),
        "{events:?}"
    );
}

async fn files_and_scans_are_found_again(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    let file = content(store, "a", Content::File(1)).await;
    assert_eq!(file, (b"fichier".to_vec(), 1));
    assert_eq!(store.chunk("a".to_owned(), Content::File(2), 0).await, Ok(None));
    assert_eq!(store.scans("a".to_owned()).await, Ok(vec![(1, Scan::Pending)]));
    store
        .note_scan("a".to_owned(), 1, Scan::Infected)
        .await
        .expect("noted");
    assert_eq!(store.scans("a".to_owned()).await, Ok(vec![(1, Scan::Infected)]));
    for _ in 0..2 {
        store
            .tell_withheld("a".to_owned(), format!("{reference}.retenue@x"), NOW)
            .await
            .expect("told");
    }
    let told = due(store, NOW).await;
    assert_eq!(
        told.iter()
            .filter(|mail| mail.kind == MessageKind::Withheld)
            .count(),
        1
    );
    for (token, found) in [("recu a", true), ("recu b", false)] {
        let by = store.by_receipt(sha256(token.as_bytes())).await.expect("read");
        assert_eq!(by.is_some(), found, "{token}");
    }
    let one = store
        .by_ack(sha256(b"accuse a"))
        .await
        .expect("read")
        .expect("found");
    assert_eq!(
        (one.received_at, one.has_receipt, one.acked_at),
        (NOW, true, None)
    );
    assert_eq!(one.fields, sealed("dossier"));
}

fn limits(now: i64) -> Retention {
    Retention {
        delivered_before: now - 30 * DAY,
        noted_before: now - 1095 * DAY,
        now,
    }
}

async fn nothing_undelivered_is_forgotten_by_age(store: &Arc<dyn Outbox>) {
    let waiting = stored(store, referral("a")).await;
    let claims = due(store, NOW).await;
    // One part of two has left.
    store
        .complete(claims[0].lease.clone(), sent(), NOW)
        .await
        .expect("done");
    let far = NOW + 1000 * DAY;
    assert!(store.purge(limits(far)).await.expect("purged").is_empty());
    for claim in due(store, far).await {
        match claim.kind {
            MessageKind::Receipt => {
                let held = store.defer(claim.lease, refused(), i64::MAX / 4, true).await;
                assert!(held.expect("held"), "a requester's address that does not exist");
            }
            _ => assert!(store.complete(claim.lease, sent(), far).await.expect("done")),
        }
    }
    assert!(
        store
            .purge(limits(far + 30 * DAY))
            .await
            .expect("purged")
            .is_empty(),
        "not a moment too early"
    );
    let gone = store.purge(limits(far + 30 * DAY + 1)).await.expect("purged");
    assert_eq!(gone, std::slice::from_ref(&waiting));
    assert!(store.case(waiting.clone()).await.expect("a case").is_empty());
    assert!(store.by_id("a".to_owned()).await.expect("read").is_none());
    let past = store.ledger(Some(waiting)).await.expect("a ledger");
    let last = past.last().expect("a line");
    assert_eq!((last.event.as_str(), last.detail.as_str()), ("effacee", "delai"));
    store.purge(limits(far + 2000 * DAY)).await.expect("purged");
    assert!(
        store.ledger(None).await.expect("a ledger").is_empty(),
        "the ledger has its own end"
    );
}

async fn a_case_is_erased_on_request(store: &Arc<dyn Outbox>) {
    let unknown = store.erase("ML93-2027-000009-X".to_owned(), true, NOW).await;
    assert_eq!(unknown, Ok(Erased::Unknown));
    let reference = stored(store, referral("a")).await;
    let complement = NewReferral {
        complement_token_hash: None,
        parent: Some(Parent {
            id: "a".to_owned(),
            reference: reference.clone(),
            most: 2,
        }),
        ..referral("b")
    };
    stored(store, complement).await;
    let other = stored(store, referral("c")).await;
    let refused = store.erase(reference.clone(), false, NOW).await;
    assert_eq!(
        refused,
        Ok(Erased::Undelivered(6)),
        "what has not left is asked for twice"
    );
    assert_eq!(
        store.erase(reference.clone(), true, NOW).await,
        Ok(Erased::Done(2))
    );
    assert!(
        store
            .list(Some(reference.clone()))
            .await
            .expect("a list")
            .is_empty()
    );
    assert!(store.by_receipt(sha256(b"recu a")).await.expect("read").is_none());
    assert_eq!(
        store.case(other).await.expect("a case").len(),
        1,
        "the others stay"
    );
    let past = store.ledger(Some(reference)).await.expect("a ledger");
    assert_eq!(past.last().map(|line| line.detail.as_str()), Some("demande"));
}

async fn figures_and_keys_are_counted(store: &Arc<dyn Outbox>) {
    let empty = store.tally().await.expect("figures");
    assert_eq!((empty.count("ready"), empty.oldest), (0, None));
    stored(store, referral("a")).await;
    let mut other = referral("b");
    other.fields.key_id = "k2".to_owned();
    stored(store, other).await;
    let full = store.tally().await.expect("figures");
    assert_eq!((full.count("ready"), full.oldest), (6, Some(NOW)));
    assert!(full.bytes > 0);
    let keys = store.keys().await.expect("keys");
    assert_eq!(keys, [("k1".to_owned(), 3), ("k2".to_owned(), 1)]);
    store.check().await.expect("it can be written");
}

async fn an_acknowledgement_counts_once(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    let id = || format!("{reference}.accuse@x");
    assert_eq!(store.acknowledge("a".to_owned(), id(), NOW).await, Ok(true));
    assert_eq!(store.acknowledge("a".to_owned(), id(), NOW + 1).await, Ok(false));
    let notices = due(store, NOW).await;
    assert_eq!(
        notices
            .iter()
            .filter(|mail| mail.kind == MessageKind::Notice)
            .count(),
        1
    );
    let one = store
        .by_ack(sha256(b"accuse a"))
        .await
        .expect("read")
        .expect("found");
    assert_eq!(one.acked_at, Some(NOW));
}
