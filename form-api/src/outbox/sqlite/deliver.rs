//! The states of a message: `ready` → `sending` (lease) → `sent`; back to `ready`, or `held`, when it failed.

use super::intake::note;
use super::ready::{execute, query_row};
use crate::outbox::{Claim, FARTHEST, Lease, Listed, MessageKind, NEVER, Outcome, lease_token};
use rusqlite::{Connection, Error, Row, params};

pub(super) fn claim_due(tx: &Connection, now: i64, lease: i64, most: u32) -> Result<Vec<Claim>, Error> {
    let mut due = tx.prepare_cached(
        "select delivery.id, referral_id, reference, kind, part, parts, message_id, attempts, created_at,
            exists (select 1 from chunk where chunk.referral_id = delivery.referral_id
                and content = 'mime:' || message_id)
         from delivery join referral on referral.id = referral_id
         where state <> 'sent' and ((state in ('ready', 'held') and (next_at <= ?1 or (next_at > ?1 + ?3 and next_at < ?4)))
            or (state = 'sending' and (lease_until <= ?1 or lease_until > ?1 + ?3)))
            -- The parts of one referral leave one after the other.
            and not exists (select 1 from delivery as before where before.referral_id = delivery.referral_id
                and before.kind = delivery.kind and before.part < delivery.part and before.state = 'sending'
                and before.lease_until > ?1 and before.lease_until <= ?1 + ?3)
         order by delivery.id limit ?2",
    )?;
    let mut claims = due
        .query_map(params![now, most, FARTHEST, NEVER], claim)?
        .collect::<Result<Vec<_>, _>>()?;
    for claim in &mut claims {
        claim.lease.token = lease_token();
        claim.attempts += 1;
        // Everything is written before sending: a crash from here on leaves a lease that ends.
        execute(
            tx,
            "update delivery set state = 'sending', lease_until = ?2, lease_token = ?3, attempts = ?4 where id = ?1",
            params![
                claim.lease.delivery,
                now + lease,
                claim.lease.token,
                claim.attempts
            ],
        )?;
    }
    Ok(claims)
}

fn claim(row: &Row) -> Result<Claim, Error> {
    let kind: String = row.get(3)?;
    Ok(Claim {
        lease: Lease {
            delivery: row.get(0)?,
            token: String::new(),
        },
        referral: row.get(1)?,
        reference: row.get(2)?,
        kind: MessageKind::from_word(&kind).ok_or(Error::InvalidQuery)?,
        part: row.get(4)?,
        parts: row.get(5)?,
        message_id: row.get(6)?,
        attempts: row.get(7)?,
        created_at: row.get(8)?,
        rendered: row.get(9)?,
    })
}

/// Gives back every message that was being sent.
pub(super) fn release(connection: &Connection) -> Result<(), Error> {
    connection.execute(
        "update delivery set state = 'ready', lease_until = null, lease_token = null where state = 'sending'",
        [],
    )?;
    Ok(())
}

pub(super) fn complete(tx: &Connection, lease: &Lease, outcome: &Outcome, now: i64) -> Result<bool, Error> {
    let done = execute(
        tx,
        "update delivery set state = 'sent', sent_at = ?3, lease_until = null, lease_token = null,
            last_class = ?4, last_code = ?5, relay_id = ?6 where id = ?1 and lease_token = ?2",
        params![
            lease.delivery,
            lease.token,
            now,
            outcome.class,
            outcome.code,
            outcome.relay_id
        ],
    )?;
    if done == 1 {
        let (reference, kind) = named(tx, lease)?;
        note(tx, &reference, "envoyee", now, &kind)?;
    }
    Ok(done == 1)
}

pub(super) fn defer(
    tx: &Connection,
    lease: &Lease,
    outcome: &Outcome,
    next_at: i64,
    held: bool,
) -> Result<bool, Error> {
    let state = if held { "held" } else { "ready" };
    let done = execute(
        tx,
        "update delivery set state = ?3, next_at = ?4, lease_until = null, lease_token = null,
            last_class = ?5, last_code = ?6 where id = ?1 and lease_token = ?2",
        params![
            lease.delivery,
            lease.token,
            state,
            next_at,
            outcome.class,
            outcome.code
        ],
    )?;
    Ok(done == 1)
}

fn named(tx: &Connection, lease: &Lease) -> Result<(String, String), Error> {
    query_row(
        tx,
        "select reference, kind from delivery join referral on referral.id = referral_id where delivery.id = ?1",
        [lease.delivery],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn list(tx: &Connection, reference: Option<&str>) -> Result<Vec<Listed>, Error> {
    let mut query = tx.prepare_cached(
        "select reference, kind, part, parts, state, attempts, created_at, next_at, last_class, last_code,
            sent_at, relay_id
         from delivery join referral on referral.id = referral_id
         where (?1 is null and state <> 'sent') or reference = ?1
            or parent_id = (select id from referral where reference = ?1) order by delivery.id",
    )?;
    let rows = query.query_map([reference], |row| {
        Ok(Listed {
            reference: row.get(0)?,
            kind: row.get(1)?,
            part: (row.get(2)?, row.get(3)?),
            state: row.get(4)?,
            attempts: row.get(5)?,
            created_at: row.get(6)?,
            next_at: row.get(7)?,
            last_class: row.get(8)?,
            last_code: row.get(9)?,
            sent_at: row.get(10)?,
            relay_id: row.get(11)?,
        })
    })?;
    rows.collect()
}

pub(super) fn retry(tx: &Connection, reference: Option<&str>, now: i64) -> Result<u64, Error> {
    let done = execute(
        tx,
        "update delivery set state = 'ready', next_at = ?2 where state in ('ready', 'held')
            and (?1 is null or referral_id in (select id from referral where reference = ?1
                or parent_id = (select id from referral where reference = ?1)))",
        params![reference, now],
    )?;
    Ok(done as u64)
}
