//! What a store promises of taking and sending.

use super::*;

pub(super) async fn a_key_is_one_referral(store: &Arc<dyn Outbox>) {
    let reference = stored(store, referral("a")).await;
    let again = store.enqueue(referral("a")).await.expect("an answer");
    assert!(matches!(again, Enqueued::Same { reference: same, .. } if same == reference));
    let mut other = referral("a");
    other.content_hash = sha256(b"autre");
    assert_eq!(store.enqueue(other).await, Ok(Enqueued::Conflict));
    let second = stored(store, referral("b")).await;
    assert_ne!(reference, second);
    // The page was read again, and has another token: for a day, the same content is the same referral.
    let read_again = |after: i64| {
        let mut other = referral("c");
        other.content_hash = sha256(b"a");
        other.received_at = NOW + after;
        other
    };
    let same = store.enqueue(read_again(DAY - 1)).await.expect("an answer");
    assert!(matches!(same, Enqueued::Same { id, reference: same, .. } if id == "a" && same == reference));
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

/// What arrives together may be stored together; each is answered for itself, and has its own reference.
pub(super) async fn many_at_once_are_each_answered_for_themselves(store: &Arc<dyn Outbox>) {
    stored(store, referral("taken")).await;
    let posts = (0..60).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut new = referral(&format!("r{n}"));
            match n % 3 {
                // The key of another one, with another content.
                1 => new.idem_key = "j:taken".to_owned(),
                // A token that is already somebody's: the store refuses it.
                2 => new.receipt_token_hash = sha256(b"recu taken"),
                _ => {}
            }
            store.enqueue(new).await
        })
    });
    let mut references = std::collections::BTreeSet::new();
    for (n, post) in posts.collect::<Vec<_>>().into_iter().enumerate() {
        match (n % 3, post.await.expect("an answer")) {
            (0, Ok(Enqueued::New { reference })) => assert!(references.insert(reference)),
            (1, Ok(Enqueued::Conflict)) | (2, Err(_)) => {}
            (_, other) => panic!("{n}: {other:?}"),
        }
    }
    assert_eq!(references.len(), 20);
    for n in 0..60 {
        let found = store.by_id(format!("r{n}")).await.expect("an answer");
        assert_eq!(found.is_some(), n % 3 == 0, "r{n}");
    }
    let received = store.ledger(None).await.expect("a ledger");
    assert_eq!(received.iter().filter(|line| line.event == "recue").count(), 21);
}

/// Lanes and replicas that each take one message never send the second part before the first has gone.
pub(super) async fn parts_leave_one_after_the_other(store: &Arc<dyn Outbox>) {
    let mut new = referral("parts");
    new.receipts_a_day = 0;
    stored(store, new).await;
    let one = || async { store.claim_due(NOW, 60_000, 1).await.expect("claims").pop() };
    let first = one().await.expect("the first part");
    assert_eq!((first.part, first.parts), (1, 2));
    assert!(one().await.is_none(), "the second part waits");
    assert!(store.complete(first.lease, sent(), NOW).await.expect("done"));
    assert_eq!(one().await.expect("the second part").part, 2);
}

pub(super) async fn complements_share_a_name_and_have_an_end(store: &Arc<dyn Outbox>) {
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

pub(super) async fn a_lease_belongs_to_one_and_ends(store: &Arc<dyn Outbox>) {
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

pub(super) async fn a_clock_that_jumps_delays_nothing_for_ever(store: &Arc<dyn Outbox>) {
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

pub(super) async fn refusals_wait_for_a_person_and_come_back(store: &Arc<dyn Outbox>) {
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

pub(super) async fn what_came_back_is_sent_again(store: &Arc<dyn Outbox>) {
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
