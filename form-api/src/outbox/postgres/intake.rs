//! Storing a referral, finding it again, acknowledging it.

use super::chunks::{self, Fault};
use crate::content::Content;
use crate::outbox::{Enqueued, MessageKind, NewReferral, SAME_FOR, Scan, Stored};
use crate::referral::reference;
use crate::seal::Sealed;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row, Transaction};

const DAY: i64 = 86_400_000;

pub(super) async fn enqueue(tx: &Transaction<'_>, new: &NewReferral) -> Result<Enqueued, Fault> {
    if let Some(known) = known(tx, new).await? {
        return Ok(known);
    }
    let Some(reference) = name(tx, new).await? else {
        return Ok(Enqueued::TooMany);
    };
    tx.execute(
        "insert into referral (id, reference, idem_key, content_hash, departement, received_at, key_id,
            fields_sealed, receipt_token_hash, ack_token_hash, complement_token_hash, parent_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            &new.id,
            &reference,
            &new.idem_key,
            &new.content_hash.as_slice(),
            &new.departement,
            &new.received_at,
            &new.fields.key_id,
            &new.fields.bytes,
            &new.receipt_token_hash.as_slice(),
            &new.ack_token_hash.as_slice(),
            &new.complement_token_hash.as_ref().map(<[u8; 32]>::as_slice),
            &new.parent.as_ref().map(|parent| &parent.id),
        ],
    )
    .await?;
    let sql = "insert into attachment (referral_id, n, size) values ($1, $2, $3)";
    for file in &new.files {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        tx.execute(sql, &[&new.id, &i64::from(file.n), &size]).await?;
        chunks::insert(tx, &new.id, &Content::File(file.n), &file.body).await?;
    }
    deliveries(tx, new, &reference).await?;
    note(tx, &reference, "recue", new.received_at, &new.departement).await?;
    Ok(Enqueued::New { reference })
}

/// What was stored under this key of idempotency, or not long ago with this content by a page that was read again.
async fn known(tx: &Transaction<'_>, new: &NewReferral) -> Result<Option<Enqueued>, Error> {
    let by_key = "select id, key_id, reference, content_hash from referral where idem_key = $1";
    if let Some(row) = tx.query_opt(by_key, &[&new.idem_key]).await? {
        let conflict = row.get::<_, Vec<u8>>(3) != new.content_hash;
        return Ok(Some(if conflict { Enqueued::Conflict } else { same(&row) }));
    }
    if new.parent.is_some() {
        return Ok(None);
    }
    let by_content = "select id, key_id, reference from referral
        where content_hash = $1 and received_at > $2 and parent_id is null limit 1";
    let since = new.received_at - SAME_FOR;
    let row = tx
        .query_opt(by_content, &[&new.content_hash.as_slice(), &since])
        .await?;
    Ok(row.as_ref().map(same))
}

fn same(row: &Row) -> Enqueued {
    Enqueued::Same {
        id: row.get(0),
        key_id: row.get(1),
        reference: row.get(2),
    }
}

async fn name(tx: &Transaction<'_>, new: &NewReferral) -> Result<Option<String>, Error> {
    if let Some(parent) = &new.parent {
        // Two complements at once take turns at their parent's row.
        tx.execute("select 1 from referral where id = $1 for update", &[&parent.id])
            .await?;
        let row = tx
            .query_one(
                "select count(*) from referral where parent_id = $1",
                &[&parent.id],
            )
            .await?;
        let before = number(row.get(0));
        return Ok((before < parent.most).then(|| reference::complement(&parent.reference, before + 1)));
    }
    let row = tx
        .query_one(
            "insert into counter (departement, year, n) values ($1, $2, 1)
             on conflict (departement, year) do update set n = counter.n + 1 returning n",
            &[&new.departement, &i64::from(new.year)],
        )
        .await?;
    Ok(Some(reference::make(
        &new.departement,
        new.year,
        number(row.get(0)),
    )))
}

async fn deliveries(tx: &Transaction<'_>, new: &NewReferral, reference: &str) -> Result<(), Error> {
    for part in 1..=new.parts {
        let message_id = format!("{reference}.cdc.{part}@{}", new.domain);
        let which = (part, new.parts);
        deliver(
            tx,
            &new.id,
            MessageKind::Commission,
            which,
            &message_id,
            new.received_at,
        )
        .await?;
    }
    let day = new.received_at / DAY;
    let row = tx
        .query_one(
            "insert into rate_receipt (address_mac, day, n) values ($1, $2, 1)
             on conflict (address_mac, day) do update set n = rate_receipt.n + 1 returning n",
            &[&new.address_mac.as_slice(), &day],
        )
        .await?;
    if number(row.get(0)) <= new.receipts_a_day {
        let message_id = format!("{reference}.recu@{}", new.domain);
        deliver(
            tx,
            &new.id,
            MessageKind::Receipt,
            (1, 1),
            &message_id,
            new.received_at,
        )
        .await?;
    }
    Ok(())
}

async fn deliver(
    tx: &Transaction<'_>,
    referral: &str,
    kind: MessageKind,
    (part, parts): (u32, u32),
    message_id: &str,
    now: i64,
) -> Result<(), Error> {
    tx.execute(
        "insert into delivery (referral_id, kind, part, parts, message_id, state, next_at, created_at)
         values ($1, $2, $3, $4, $5, 'ready', $6, $6) on conflict (message_id) do nothing",
        &[
            &referral,
            &kind.word(),
            &i64::from(part),
            &i64::from(parts),
            &message_id,
            &now,
        ],
    )
    .await?;
    Ok(())
}

/// How a referral is looked for.
pub(super) enum By {
    /// Its identifier.
    Id(String),
    /// The hash of one of its tokens, in this column.
    Token(&'static str, [u8; 32]),
}

pub(super) async fn find(tx: &Transaction<'_>, by: &By) -> Result<Option<Stored>, Error> {
    let (column, hash);
    let value: &(dyn ToSql + Sync) = match by {
        By::Id(id) => {
            column = "id";
            id
        }
        By::Token(name, bytes) => {
            (column, hash) = (*name, bytes.as_slice());
            &hash
        }
    };
    let sql = format!(
        "select id, reference, departement, received_at, acked_at, key_id, fields_sealed,
            exists (select 1 from delivery where referral_id = referral.id and kind = 'receipt'),
            (select parent.reference from referral as parent where parent.id = referral.parent_id)
         from referral where {column} = $1"
    );
    let row = tx.query_opt(&sql, &[value]).await?;
    Ok(row.map(|row| Stored {
        id: row.get(0),
        reference: row.get(1),
        departement: row.get(2),
        received_at: row.get(3),
        acked_at: row.get(4),
        fields: sealed(&row, 5, 6),
        has_receipt: row.get(7),
        parent: row.get(8),
    }))
}

pub(super) async fn scans(tx: &Transaction<'_>, id: &str) -> Result<Vec<(u32, Scan)>, Error> {
    let sql = "select n, scan from attachment where referral_id = $1 order by n";
    let rows = tx.query(sql, &[&id]).await?;
    Ok(rows
        .iter()
        .map(|row| (number(row.get(0)), Scan::from_word(row.get(1))))
        .collect())
}

pub(super) async fn note_scan(tx: &Transaction<'_>, id: &str, n: u32, scan: Scan) -> Result<(), Error> {
    let sql = "update attachment set scan = $3 where referral_id = $1 and n = $2";
    tx.execute(sql, &[&id, &i64::from(n), &scan.word()]).await?;
    Ok(())
}

/// Only to a requester who gets receipts: an address that gets no more of them gets nothing else from us.
pub(super) async fn tell(tx: &Transaction<'_>, id: &str, message_id: &str, now: i64) -> Result<(), Error> {
    let sql = "select coalesce(bool_or(kind = 'receipt'), false) and not coalesce(bool_or(kind = 'withheld'), false)
        from delivery where referral_id = $1";
    if tx.query_one(sql, &[&id]).await?.get(0) {
        deliver(tx, id, MessageKind::Withheld, (1, 1), message_id, now).await?;
    }
    Ok(())
}

pub(super) async fn acknowledge(
    tx: &Transaction<'_>,
    id: &str,
    message_id: &str,
    now: i64,
) -> Result<bool, Error> {
    let sql = "update referral set acked_at = $2 where id = $1 and acked_at is null returning reference";
    let Some(row) = tx.query_opt(sql, &[&id, &now]).await? else {
        return Ok(false);
    };
    deliver(tx, id, MessageKind::Notice, (1, 1), message_id, now).await?;
    note(tx, row.get(0), "accusee", now, "").await?;
    Ok(true)
}

pub(super) async fn note(
    tx: &Transaction<'_>,
    reference: &str,
    event: &str,
    at: i64,
    detail: &str,
) -> Result<(), Error> {
    let sql = "insert into ledger (reference, event, at, detail) values ($1, $2, $3, $4)";
    tx.execute(sql, &[&reference, &event, &at, &detail]).await?;
    Ok(())
}

pub(super) fn sealed(row: &Row, key_id: usize, bytes: usize) -> Sealed {
    Sealed {
        key_id: row.get(key_id),
        bytes: row.get(bytes),
    }
}

/// A count of the database, which knows only signed numbers.
pub(super) fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}
