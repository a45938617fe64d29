//! Messages to the team, kept beside the referrals when there is no disk for a file of their own.

use super::intake::{number, sealed};
use super::{Postgres, answer, told, unreachable_store};
use crate::contact::Waiting;
use crate::outbox::Answer;
use crate::seal::Sealed;
use tokio_postgres::Transaction;

/// Milliseconds during which a message is one replica's; a sending lasts less.
const LEASE: i64 = 15 * 60_000;

impl Postgres {
    /// Keeps a message; the same nonce again changes nothing.
    pub(crate) fn keep_message(&self, nonce: String, sealed: Sealed, now: i64) -> Answer<'_, ()> {
        answer!(self, |tx| async move {
            let sql = "insert into message (nonce, at, key_id, sealed, next_at) values ($1, $2, $3, $4, $2)
                on conflict (nonce) do nothing";
            tx.execute(sql, &[&nonce, &now, &sealed.key_id, &sealed.bytes])
                .await
                .map(|_| ())
        })
    }

    /// The message that has waited longest among those that are due, taken for a while.
    pub(crate) fn due_message(&self, now: i64) -> Answer<'_, Option<Waiting>> {
        answer!(self, |tx| async move {
            let sql = "update message set lease_until = $1 + $2 where nonce = (
                    select nonce from message where sealed is not null and next_at <= $1 and lease_until <= $1
                    order by next_at limit 1 for update skip locked)
                returning nonce, at, key_id, sealed, tries";
            let row = tx.query_opt(sql, &[&now, &LEASE]).await?;
            Ok::<_, tokio_postgres::Error>(row.map(|row| Waiting {
                nonce: row.get(0),
                at: row.get(1),
                sealed: sealed(&row, 2, 3),
                tries: number(row.get(4)),
            }))
        })
    }

    /// Erases the words of a message that its mailbox has; forgets those sent before `old`.
    pub(crate) fn message_sent(&self, nonce: String, old: i64) -> Answer<'_, ()> {
        answer!(self, |tx| async move {
            tx.execute("update message set sealed = null where nonce = $1", &[&nonce])
                .await?;
            let sql = "delete from message where sealed is null and at < $1";
            tx.execute(sql, &[&old]).await.map(|_| ())
        })
    }

    /// Tries a message again later.
    pub(crate) fn message_later(&self, nonce: String, next_at: i64) -> Answer<'_, ()> {
        answer!(self, |tx| async move {
            let sql = "update message set tries = tries + 1, next_at = $2, lease_until = 0 where nonce = $1";
            tx.execute(sql, &[&nonce, &next_at]).await.map(|_| ())
        })
    }
}
