//! Forgetting: a case on request, delivered cases by age. `secure_delete` writes zeroes over what goes.

use super::intake::note;
use super::operate::CASE;
use crate::outbox::{Erased, Retention};
use rusqlite::{Connection, Error, params};

/// Most cases forgotten in one transaction, so that intake never waits long.
const BATCH: u32 = 50;

/// Erases a case; one that still has something to send only with `force`.
pub(super) fn erase(tx: &Connection, reference: &str, force: bool, now: i64) -> Result<Erased, Error> {
    let known: u32 = tx.query_row(&format!("select count(*) from ({CASE})"), [reference], |row| {
        row.get(0)
    })?;
    if known == 0 {
        return Ok(Erased::Unknown);
    }
    let waiting: i64 = tx.query_row(
        &format!("select count(*) from delivery where state <> 'sent' and referral_id in ({CASE})"),
        [reference],
        |row| row.get(0),
    )?;
    if waiting > 0 && !force {
        return Ok(Erased::Undelivered(waiting));
    }
    Ok(Erased::Done(forget(tx, reference, now, "demande")?))
}

/// Cases whose mails to the commission all left before the limit; a mail that still waits keeps its whole case.
/// Only a mail to the requester that the relay refuses for good does not: their address is wrong.
pub(super) fn purge(tx: &Connection, limits: Retention) -> Result<Vec<String>, Error> {
    let mut query = tx.prepare(
        "select first.reference from referral as first
         join referral as one on one.id = first.id or one.parent_id = first.id
         join delivery on delivery.referral_id = one.id
         where first.parent_id is null
         group by first.id
         having max(state <> 'sent' and not (state = 'held' and kind <> 'cdc')) = 0
            and max(coalesce(sent_at, delivery.created_at)) < ?1
         limit ?2",
    )?;
    let old = query
        .query_map(params![limits.delivered_before, BATCH], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    for reference in &old {
        forget(tx, reference, limits.now, "delai")?;
    }
    tx.execute("delete from ledger where at < ?1", [limits.noted_before])?;
    tx.execute(
        "delete from rate_receipt where day < ?1",
        [limits.now / 86_400_000 - 2],
    )?;
    Ok(old)
}

fn forget(tx: &Connection, reference: &str, now: i64, why: &str) -> Result<u64, Error> {
    for table in ["chunk", "delivery", "attachment"] {
        tx.execute(
            &format!("delete from {table} where referral_id in ({CASE})"),
            [reference],
        )?;
    }
    let parents = "parent_id = (select id from referral where reference = ?1)";
    let mut gone = tx.execute(&format!("delete from referral where {parents}"), [reference])?;
    gone += tx.execute("delete from referral where reference = ?1", [reference])?;
    note(tx, reference, "effacee", now, why)?;
    Ok(gone as u64)
}
