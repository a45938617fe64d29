//! What a store promises of keeping, showing and forgetting.

use super::*;

pub(super) async fn files_and_scans_are_found_again(store: &Arc<dyn Outbox>) {
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

pub(super) async fn nothing_undelivered_is_forgotten_by_age(store: &Arc<dyn Outbox>) {
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

pub(super) async fn a_case_is_erased_on_request(store: &Arc<dyn Outbox>) {
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

pub(super) async fn figures_and_keys_are_counted(store: &Arc<dyn Outbox>) {
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

pub(super) async fn an_acknowledgement_counts_once(store: &Arc<dyn Outbox>) {
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
