//! What the antivirus said of the files of a referral.

use super::intake::deliver;
use super::ready::{execute, query_row};
use crate::outbox::{MessageKind, Scan};
use rusqlite::{Connection, Error, OptionalExtension, params};

pub(super) fn list(tx: &Connection, id: &str) -> Result<Vec<(u32, Scan)>, Error> {
    let mut query = tx.prepare_cached("select n, scan from attachment where referral_id = ?1 order by n")?;
    let rows = query.query_map([id], |row| {
        Ok((row.get(0)?, Scan::from_word(&row.get::<_, String>(1)?)))
    })?;
    rows.collect()
}

pub(super) fn note(tx: &Connection, id: &str, n: u32, scan: Scan) -> Result<(), Error> {
    execute(
        tx,
        "update attachment set scan = ?3 where referral_id = ?1 and n = ?2",
        params![id, n, scan.word()],
    )?;
    Ok(())
}

/// Only to a requester who gets receipts: an address that gets no more of them gets nothing else from us.
pub(super) fn tell(tx: &Connection, id: &str, message_id: &str, now: i64) -> Result<(), Error> {
    let told: Option<bool> = query_row(
        tx,
        "select max(kind = 'withheld') from delivery where referral_id = ?1 having max(kind = 'receipt') = 1",
        [id],
        |row| row.get(0),
    )
    .optional()?;
    if told == Some(false) {
        deliver(tx, id, MessageKind::Withheld, (1, 1), message_id, now)?;
    }
    Ok(())
}
