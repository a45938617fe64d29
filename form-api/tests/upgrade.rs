//! A PostgreSQL database of any earlier schema keeps what waits, and sends it. For SQLite see `disk.rs`.

mod common;

use form_api::content::Content;
use form_api::outbox::Outbox;
use form_api::outbox::postgres::Postgres;
use std::path::Path;
use tokio_postgres::NoTls;

const NOW: i64 = 1_800_000_000_000;

/// The migrations, in order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/postgres");
    (1..)
        .map(|n| std::fs::read_to_string(folder.join(format!("{n:04}.sql"))))
        .map_while(Result::ok)
        .collect()
}

/// What a service of that schema had stored: a referral with a file, a mail that waits and one that left.
fn stored(version: usize) -> String {
    // Files and rendered mails were columns before they were chunks.
    let content = if version == 1 {
        "insert into attachment (referral_id, n, size, key_id, body_sealed) values ('r', 1, 5, 'k1', '\\xaabb');
         update delivery set key_id = 'k0', mime_sealed = '\\xcc' where message_id = 'un@x';"
    } else {
        "insert into attachment (referral_id, n, size) values ('r', 1, 5);
         insert into chunk values ('r', 'file:1', 0, 'k1', '\\xaabb'), ('r', 'mime:un@x', 0, 'k0', '\\xcc');"
    };
    format!(
        "insert into referral (id, reference, idem_key, content_hash, departement, received_at, key_id, fields_sealed,
            receipt_token_hash, ack_token_hash)
         values ('r', 'ML93-2026-000001-X', 'i', '\\x00', '93', 0, 'k1', '\\xaa', '\\x01', '\\x02');
         insert into delivery (referral_id, kind, part, parts, message_id, state, next_at, created_at)
         values ('r', 'cdc', 1, 1, 'un@x', 'ready', 0, 0), ('r', 'receipt', 1, 1, 'deux@x', 'sent', 0, 0);
         insert into counter values ('93', 2026, 1);
         insert into ledger (reference, event, at, detail) values ('ML93-2026-000001-X', 'recue', 0, '93');
         {content}"
    )
}

/// Runs statements as a service of another release did.
async fn run(url: &str, statements: &[String]) {
    let (client, line) = tokio_postgres::connect(url, NoTls).await.expect("a client");
    let line = tokio::spawn(line);
    for statement in statements {
        client.batch_execute(statement).await.expect(statement);
    }
    drop(client);
    let _ = line.await;
}

#[tokio::test]
async fn a_postgresql_of_any_earlier_schema_keeps_what_waits_and_sends_it() {
    let all = migrations();
    assert!(all.len() >= 4, "{} migrations", all.len());
    let server = common::postgres::Postgres::start(&[]);
    for version in 1..=all.len() {
        let url = server.database(&format!("of_{version}")).await;
        let mut before = vec!["create table schema_version (n bigint not null)".to_owned()];
        for (n, migration) in (1..).zip(&all[..version]) {
            before.extend([
                migration.clone(),
                format!("insert into schema_version values ({n})"),
            ]);
        }
        before.push(stored(version));
        run(&url, &before).await;
        // Two replicas of the new release start at the same moment.
        let (store, other) = tokio::join!(Postgres::open(&url), Postgres::open(&url));
        let (store, _other) = (store.expect("brought up to date"), other.expect("and seen to be"));
        let due = store.claim_due(NOW, 60_000, 10).await.expect("claims");
        let due: Vec<_> = due
            .iter()
            .map(|claim| (claim.message_id.as_str(), claim.rendered))
            .collect();
        assert_eq!(due, [("un@x", true)], "from version {version}");
        let found = store
            .by_id("r".to_owned())
            .await
            .expect("read")
            .expect("the referral");
        assert_eq!(found.fields.bytes, [0xaa], "from version {version}");
        let chunk = store
            .chunk("r".to_owned(), Content::File(1), 0)
            .await
            .expect("read");
        let chunk = chunk.expect("the file");
        assert_eq!(
            (
                chunk.sealed.key_id.as_str(),
                chunk.sealed.bytes.as_slice(),
                chunk.last
            ),
            ("k1", [0xaa, 0xbb].as_slice(), true)
        );
        assert_eq!(
            store.ledger(None).await.expect("a ledger").len(),
            1,
            "from version {version}"
        );
    }
    let url = server.database("newer").await;
    let _ours = Postgres::open(&url).await.expect("a store");
    run(&url, &["insert into schema_version values (99)".to_owned()]).await;
    let fault = Postgres::open(&url).await.err().expect("refused");
    assert!(fault.contains("plus récent"), "{fault}");
}
