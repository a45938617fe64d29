//! Storing a referral, finding it again, acknowledging it.

use super::chunks;
use super::ready::{execute, query_row};
use crate::content::Content;
use crate::outbox::{Enqueued, MessageKind, NewReferral, SAME_FOR, Stored};
use crate::referral::reference;
use crate::seal::Sealed;
use rusqlite::{Connection, Error, OptionalExtension, Row, params};

const DAY: i64 = 86_400_000;

pub(super) fn enqueue(tx: &Connection, new: &NewReferral) -> Result<Enqueued, Error> {
    if let Some(known) = known(tx, new)? {
        return Ok(known);
    }
    let Some(reference) = name(tx, new)? else {
        return Ok(Enqueued::TooMany);
    };
    execute(
        tx,
        "insert into referral (id, reference, idem_key, content_hash, departement, received_at, key_id,
            fields_sealed, receipt_token_hash, ack_token_hash, complement_token_hash, parent_id)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            new.id,
            reference,
            new.idem_key,
            new.content_hash,
            new.departement,
            new.received_at,
            new.fields.key_id,
            new.fields.bytes,
            new.receipt_token_hash,
            new.ack_token_hash,
            new.complement_token_hash,
            new.parent.as_ref().map(|parent| &parent.id)
        ],
    )?;
    for file in &new.files {
        execute(
            tx,
            "insert into attachment (referral_id, n, size) values (?1, ?2, ?3)",
            params![new.id, file.n, i64::try_from(file.size).unwrap_or(i64::MAX)],
        )?;
        chunks::insert(tx, &new.id, &Content::File(file.n), &file.body)?;
    }
    deliveries(tx, new, &reference)?;
    note(tx, &reference, "recue", new.received_at, &new.departement)?;
    Ok(Enqueued::New { reference })
}

/// What was stored under this key of idempotency, or not long ago with this content by a page that was read again.
fn known(tx: &Connection, new: &NewReferral) -> Result<Option<Enqueued>, Error> {
    let by_key = "select id, key_id, reference, content_hash from referral where idem_key = ?1";
    let row = |row: &Row<'_>| Ok((same(row)?, row.get::<_, Vec<u8>>(3)?));
    if let Some((same, hash)) = query_row(tx, by_key, [&new.idem_key], row).optional()? {
        let conflict = hash != new.content_hash;
        return Ok(Some(if conflict { Enqueued::Conflict } else { same }));
    }
    if new.parent.is_some() {
        return Ok(None);
    }
    let by_content = "select id, key_id, reference from referral
        where content_hash = ?1 and received_at > ?2 and parent_id is null";
    let since = new.received_at - SAME_FOR;
    query_row(tx, by_content, params![new.content_hash, since], same).optional()
}

fn same(row: &Row<'_>) -> Result<Enqueued, Error> {
    Ok(Enqueued::Same {
        id: row.get(0)?,
        key_id: row.get(1)?,
        reference: row.get(2)?,
    })
}

/// The reference of a new referral; that of a complement is its parent's, then its number. Nothing when the parent
/// has had enough of them.
fn name(tx: &Connection, new: &NewReferral) -> Result<Option<String>, Error> {
    if let Some(parent) = &new.parent {
        let before: u32 = query_row(
            tx,
            "select count(*) from referral where parent_id = ?1",
            [&parent.id],
            |row| row.get(0),
        )?;
        return Ok((before < parent.most).then(|| reference::complement(&parent.reference, before + 1)));
    }
    let number: u32 = query_row(
        tx,
        "insert into counter (departement, year, n) values (?1, ?2, 1)
         on conflict (departement, year) do update set n = n + 1 returning n",
        params![new.departement, new.year],
        |row| row.get(0),
    )?;
    Ok(Some(reference::make(&new.departement, new.year, number)))
}

fn deliveries(tx: &Connection, new: &NewReferral, reference: &str) -> Result<(), Error> {
    for part in 1..=new.parts {
        let message_id = format!("{reference}.cdc.{part}@{}", new.domain);
        deliver(
            tx,
            &new.id,
            MessageKind::Commission,
            (part, new.parts),
            &message_id,
            new.received_at,
        )?;
    }
    let today: u32 = query_row(
        tx,
        "insert into rate_receipt (address_mac, day, n) values (?1, ?2, 1)
         on conflict (address_mac, day) do update set n = n + 1 returning n",
        params![new.address_mac, new.received_at / DAY],
        |row| row.get(0),
    )?;
    if today <= new.receipts_a_day {
        let message_id = format!("{reference}.recu@{}", new.domain);
        deliver(
            tx,
            &new.id,
            MessageKind::Receipt,
            (1, 1),
            &message_id,
            new.received_at,
        )?;
    }
    Ok(())
}

pub(super) fn deliver(
    tx: &Connection,
    referral: &str,
    kind: MessageKind,
    (part, parts): (u32, u32),
    message_id: &str,
    now: i64,
) -> Result<(), Error> {
    execute(
        tx,
        "insert into delivery (referral_id, kind, part, parts, message_id, state, next_at, created_at)
         values (?1, ?2, ?3, ?4, ?5, 'ready', ?6, ?6)",
        params![referral, kind.word(), part, parts, message_id, now],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &Connection,
    column: &'static str,
    value: &dyn rusqlite::ToSql,
) -> Result<Option<Stored>, Error> {
    let sql = format!(
        "select id, reference, departement, received_at, acked_at, key_id, fields_sealed,
            exists (select 1 from delivery where referral_id = referral.id and kind = 'receipt'),
            (select reference from referral as parent where parent.id = referral.parent_id)
         from referral where {column} = ?1"
    );
    query_row(tx, &sql, [value], |row| {
        Ok(Stored {
            id: row.get(0)?,
            reference: row.get(1)?,
            departement: row.get(2)?,
            received_at: row.get(3)?,
            acked_at: row.get(4)?,
            fields: Sealed {
                key_id: row.get(5)?,
                bytes: row.get(6)?,
            },
            has_receipt: row.get(7)?,
            parent: row.get(8)?,
        })
    })
    .optional()
}

pub(super) fn acknowledge(tx: &Connection, id: &str, message_id: &str, now: i64) -> Result<bool, Error> {
    let done = execute(
        tx,
        "update referral set acked_at = ?2 where id = ?1 and acked_at is null",
        params![id, now],
    )?;
    if done == 0 {
        return Ok(false);
    }
    deliver(tx, id, MessageKind::Notice, (1, 1), message_id, now)?;
    let reference: String = query_row(tx, "select reference from referral where id = ?1", [id], |row| {
        row.get(0)
    })?;
    note(tx, &reference, "accusee", now, "")?;
    Ok(true)
}

pub(super) fn note(
    tx: &Connection,
    reference: &str,
    event: &str,
    at: i64,
    detail: &str,
) -> Result<(), Error> {
    execute(
        tx,
        "insert into ledger (reference, event, at, detail) values (?1, ?2, ?3, ?4)",
        params![reference, event, at, detail],
    )?;
    Ok(())
}
