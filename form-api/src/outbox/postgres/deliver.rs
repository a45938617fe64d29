//! The states of a message. Replicas take different rows (`skip locked`); a lease that ends is taken over.

use super::intake::{note, number};
use crate::outbox::{Claim, FARTHEST, Lease, Listed, MessageKind, NEVER, Outcome, lease_token};
use tokio_postgres::{Error, Row, Transaction};

pub(super) async fn claim_due(
    tx: &Transaction<'_>,
    now: i64,
    lease: i64,
    most: u32,
) -> Result<Vec<Claim>, Error> {
    let rows = tx
        .query(
            "select delivery.id, referral_id, reference, kind, part, parts, message_id, attempts, created_at,
                exists (select 1 from chunk where chunk.referral_id = delivery.referral_id
                    and content = 'mime:' || message_id)
             from delivery join referral on referral.id = referral_id
             where state <> 'sent' and ((state in ('ready', 'held') and (next_at <= $1 or (next_at > $3 and next_at < $4)))
                or (state = 'sending' and (lease_until <= $1 or lease_until > $3)))
                -- The parts of one referral leave one after the other.
                and not exists (select 1 from delivery as before where before.referral_id = delivery.referral_id
                    and before.kind = delivery.kind and before.part < delivery.part and before.state = 'sending'
                    and before.lease_until > $1 and before.lease_until <= $3)
             order by delivery.id limit $2 for update of delivery skip locked",
            &[&now, &i64::from(most), &(now + FARTHEST), &NEVER],
        )
        .await?;
    let mut claims = Vec::with_capacity(rows.len());
    for row in &rows {
        // A word of a newer program: its message is not for us.
        let Some(mut claim) = claim(row) else { continue };
        claim.lease.token = lease_token();
        claim.attempts += 1;
        tx.execute(
            "update delivery set state = 'sending', lease_until = $2, lease_token = $3, attempts = $4 where id = $1",
            &[
                &claim.lease.delivery,
                &(now + lease),
                &claim.lease.token,
                &i64::from(claim.attempts),
            ],
        )
        .await?;
        claims.push(claim);
    }
    Ok(claims)
}

fn claim(row: &Row) -> Option<Claim> {
    Some(Claim {
        lease: Lease {
            delivery: row.get(0),
            token: String::new(),
        },
        referral: row.get(1),
        reference: row.get(2),
        kind: MessageKind::from_word(row.get(3))?,
        part: number(row.get(4)),
        parts: number(row.get(5)),
        message_id: row.get(6),
        attempts: number(row.get(7)),
        created_at: row.get(8),
        rendered: row.get(9),
    })
}

pub(super) async fn complete(
    tx: &Transaction<'_>,
    lease: &Lease,
    outcome: &Outcome,
    now: i64,
) -> Result<bool, Error> {
    let row = tx
        .query_opt(
            "update delivery set state = 'sent', sent_at = $3, lease_until = null, lease_token = null,
                last_class = $4, last_code = $5, relay_id = $6
             from referral where delivery.id = $1 and lease_token = $2 and referral.id = referral_id
             returning reference, kind",
            &[
                &lease.delivery,
                &lease.token,
                &now,
                &outcome.class,
                &outcome.code.map(i64::from),
                &outcome.relay_id,
            ],
        )
        .await?;
    if let Some(row) = &row {
        note(tx, row.get(0), "envoyee", now, row.get(1)).await?;
    }
    Ok(row.is_some())
}

pub(super) async fn defer(
    tx: &Transaction<'_>,
    lease: &Lease,
    outcome: &Outcome,
    next_at: i64,
    held: bool,
) -> Result<bool, Error> {
    let done = tx
        .execute(
            "update delivery set state = $3, next_at = $4, lease_until = null, lease_token = null,
                last_class = $5, last_code = $6 where id = $1 and lease_token = $2",
            &[
                &lease.delivery,
                &lease.token,
                &if held { "held" } else { "ready" },
                &next_at,
                &outcome.class,
                &outcome.code.map(i64::from),
            ],
        )
        .await?;
    Ok(done == 1)
}

pub(super) async fn list(tx: &Transaction<'_>, reference: Option<&str>) -> Result<Vec<Listed>, Error> {
    let rows = tx
        .query(
            "select reference, kind, part, parts, state, attempts, created_at, next_at, last_class, last_code,
                sent_at, relay_id
             from delivery join referral on referral.id = referral_id
             where ($1::text is null and state <> 'sent') or reference = $1
                or parent_id = (select id from referral where reference = $1) order by delivery.id",
            &[&reference],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|row| Listed {
            reference: row.get(0),
            kind: row.get(1),
            part: (number(row.get(2)), number(row.get(3))),
            state: row.get(4),
            attempts: number(row.get(5)),
            created_at: row.get(6),
            next_at: row.get(7),
            last_class: row.get(8),
            last_code: row
                .get::<_, Option<i64>>(9)
                .and_then(|code| u16::try_from(code).ok()),
            sent_at: row.get(10),
            relay_id: row.get(11),
        })
        .collect())
}

pub(super) async fn retry(tx: &Transaction<'_>, reference: Option<&str>, now: i64) -> Result<u64, Error> {
    tx.execute(
        "update delivery set state = 'ready', next_at = $2 where state in ('ready', 'held')
            and ($1::text is null or referral_id in (select id from referral where reference = $1
                or parent_id = (select id from referral where reference = $1)))",
        &[&reference, &now],
    )
    .await
}
