//! What operators ask: figures, the journal of a case, its content, another try.

use super::intake::{self, note};
use crate::outbox::{Held, Noted, Tally};
use rusqlite::{Connection, Error, params};

/// Referrals of a case: the one with the reference, and its complements.
pub(super) const CASE: &str = "select id from referral where reference = ?1
    or parent_id = (select id from referral where reference = ?1)";

pub(super) fn tally(tx: &Connection) -> Result<Tally, Error> {
    let mut query = tx.prepare("select state, count(*) from delivery group by state order by state")?;
    let states = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let oldest = tx.query_row(
        "select min(created_at) from delivery where state <> 'sent'",
        [],
        |row| row.get(0),
    )?;
    let bytes = tx.query_row(
        "select page_count * page_size from pragma_page_count(), pragma_page_size()",
        [],
        |row| row.get(0),
    )?;
    Ok(Tally {
        states,
        oldest,
        bytes,
    })
}

pub(super) fn ledger(tx: &Connection, reference: Option<&str>) -> Result<Vec<Noted>, Error> {
    let mut query = tx.prepare(
        "select reference, event, at, detail from ledger
         where ?1 is null or reference = ?1 or reference like ?1 || '-C%' order by at, rowid",
    )?;
    let rows = query.query_map([reference], |row| {
        Ok(Noted {
            reference: row.get(0)?,
            event: row.get(1)?,
            at: row.get(2)?,
            detail: row.get(3)?,
        })
    })?;
    rows.collect()
}

pub(super) fn case(tx: &Connection, reference: &str) -> Result<Vec<Held>, Error> {
    let mut query = tx.prepare(&format!("{CASE} order by received_at"))?;
    let ids = query
        .query_map([reference], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut sizes = tx.prepare("select n, size from attachment where referral_id = ?1 order by n")?;
    let mut all = Vec::new();
    for id in ids {
        let Some(stored) = intake::find(tx, "id", &id)? else {
            continue;
        };
        let files = sizes
            .query_map([&id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        all.push(Held { stored, files });
    }
    Ok(all)
}

/// Held and returned messages, back to the queue; they are rendered again, by today's configuration.
pub(super) fn release(tx: &Connection, reference: &str, now: i64) -> Result<u64, Error> {
    tx.execute(
        &format!(
            "delete from chunk where referral_id in ({CASE}) and content in (select 'mime:' || message_id
             from delivery where state in ('held', 'bounced') and referral_id = chunk.referral_id)"
        ),
        [reference],
    )?;
    let done = tx.execute(
        &format!(
            "update delivery set state = 'ready', next_at = ?2, sent_at = null
             where state in ('held', 'bounced') and referral_id in ({CASE})"
        ),
        params![reference, now],
    )?;
    noted(tx, done, reference, "remise", now)
}

/// The mails to the commission came back after the relay had taken them.
pub(super) fn bounce(tx: &Connection, reference: &str, now: i64) -> Result<u64, Error> {
    let done = tx.execute(
        &format!(
            "update delivery set state = 'bounced', last_class = 'bounced'
             where state = 'sent' and kind = 'cdc' and referral_id in ({CASE})"
        ),
        [reference],
    )?;
    noted(tx, done, reference, "rendue", now)
}

fn noted(tx: &Connection, done: usize, reference: &str, event: &str, now: i64) -> Result<u64, Error> {
    if done > 0 {
        note(tx, reference, event, now, "")?;
    }
    Ok(done as u64)
}

pub(super) fn keys(tx: &Connection) -> Result<Vec<(String, i64)>, Error> {
    let mut query = tx.prepare(
        "select key_id, count(*) from (select key_id from referral union all select key_id from chunk)
         group by key_id order by key_id",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// A whole copy of the database, made while it is used.
pub(super) fn backup(connection: &Connection, to: &str) -> Result<(), Error> {
    connection.execute("vacuum into ?1", [to]).map(|_| ())
}
