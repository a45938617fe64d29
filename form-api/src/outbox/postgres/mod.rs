//! The outbox in PostgreSQL, for several replicas or a machine without a disk of its own.

mod chunks;
mod contact;
mod deliver;
mod intake;
mod open;
mod operate;

use super::{
    Answer, Chunk, Claim, Enqueued, Erased, Held, Lease, Listed, NewReferral, Noted, Outbox, OutboxError,
    Outcome, Retention, Scan, Stored, Tally,
};
use crate::content::{Content, Spool};
use chunks::Fault;
use deadpool_postgres::Pool;
use intake::By;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Error, Transaction};

/// The store.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Reaches the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached, is not durable or is too new, in French, without the password.
    pub async fn open(url: &str) -> Result<Self, String> {
        Ok(Self {
            pool: open::pool(url).await?,
        })
    }

    async fn enqueued(&self, referral: &NewReferral) -> Result<Enqueued, OutboxError> {
        // The same form twice at once: the second meets the first one's key, and asks again.
        for _ in 0..3 {
            let mut client = self.pool.get().await.map_err(|error| unreachable_store(&error))?;
            let transaction = client.transaction().await.map_err(|error| told(&error))?;
            match intake::enqueue(&transaction, referral).await {
                Ok(done) => {
                    transaction.commit().await.map_err(|error| told(&error))?;
                    return Ok(done);
                }
                Err(Fault::Postgres(error)) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                    let _ = transaction.rollback().await;
                }
                Err(error) => return Err(told(&error)),
            }
        }
        Err(OutboxError::Store("postgresql : même clé, sans fin".to_owned()))
    }
}

/// One request in its own transaction. A macro, as a closure cannot lend its transaction to a future.
macro_rules! answer {
    ($store:expr, |$tx:ident| $request:expr) => {{
        let pool = $store.pool.clone();
        Box::pin(async move {
            let mut client = pool.get().await.map_err(|error| unreachable_store(&error))?;
            let transaction = client.transaction().await.map_err(|error| told(&error))?;
            let value = {
                let $tx: &Transaction<'_> = &transaction;
                $request.await.map_err(|error| told(&error))?
            };
            transaction.commit().await.map_err(|error| told(&error))?;
            Ok(value)
        })
    }};
}
use answer;

fn unreachable_store(error: &deadpool_postgres::PoolError) -> OutboxError {
    match error {
        deadpool_postgres::PoolError::Backend(error) => told(error),
        _ => OutboxError::Store("postgresql : pas de connexion".to_owned()),
    }
}

/// What can be said of a fault without the SQL nor its values.
trait Told {
    fn told(&self) -> OutboxError;
}

impl Told for Error {
    fn told(&self) -> OutboxError {
        if self.code() == Some(&SqlState::DISK_FULL) {
            return OutboxError::Full;
        }
        OutboxError::Store(reason(self))
    }
}

impl Told for Fault {
    fn told(&self) -> OutboxError {
        match self {
            Self::Postgres(error) => error.told(),
            Self::Disk(error) => OutboxError::Store(format!("disque : {:?}", error.kind())),
        }
    }
}

fn told(error: &impl Told) -> OutboxError {
    error.told()
}

fn reason(error: &Error) -> String {
    match error.code() {
        Some(code) => format!("postgresql : {}", code.code()),
        None if error.is_closed() => "postgresql : connexion coupée".to_owned(),
        None => "postgresql : erreur de connexion".to_owned(),
    }
}

impl Outbox for Postgres {
    fn enqueue(&self, referral: NewReferral) -> Answer<'_, Enqueued> {
        Box::pin(async move { self.enqueued(&referral).await })
    }
    fn by_receipt(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        answer!(self, |tx| intake::find(
            tx,
            &By::Token("receipt_token_hash", token_hash)
        ))
    }
    fn by_ack(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        answer!(self, |tx| intake::find(
            tx,
            &By::Token("ack_token_hash", token_hash)
        ))
    }
    fn by_complement(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        answer!(self, |tx| intake::find(
            tx,
            &By::Token("complement_token_hash", token_hash)
        ))
    }
    fn by_id(&self, id: String) -> Answer<'_, Option<Stored>> {
        answer!(self, |tx| intake::find(tx, &By::Id(id)))
    }
    fn chunk(&self, id: String, content: Content, k: u32) -> Answer<'_, Option<Chunk>> {
        answer!(self, |tx| chunks::get(tx, &id, &content, k))
    }
    fn scans(&self, id: String) -> Answer<'_, Vec<(u32, Scan)>> {
        answer!(self, |tx| intake::scans(tx, &id))
    }
    fn note_scan(&self, id: String, n: u32, scan: Scan) -> Answer<'_, ()> {
        answer!(self, |tx| intake::note_scan(tx, &id, n, scan))
    }
    fn tell_withheld(&self, id: String, message_id: String, now: i64) -> Answer<'_, ()> {
        answer!(self, |tx| intake::tell(tx, &id, &message_id, now))
    }
    fn acknowledge(&self, id: String, message_id: String, now: i64) -> Answer<'_, bool> {
        answer!(self, |tx| intake::acknowledge(tx, &id, &message_id, now))
    }
    fn claim_due(&self, now: i64, lease: i64, most: u32) -> Answer<'_, Vec<Claim>> {
        answer!(self, |tx| deliver::claim_due(tx, now, lease, most))
    }
    fn keep_mime(&self, claim: Lease, mime: Spool) -> Answer<'_, bool> {
        answer!(self, |tx| chunks::keep_mime(tx, &claim, &mime))
    }
    fn complete(&self, claim: Lease, outcome: Outcome, now: i64) -> Answer<'_, bool> {
        answer!(self, |tx| deliver::complete(tx, &claim, &outcome, now))
    }
    fn defer(&self, claim: Lease, outcome: Outcome, next_at: i64, held: bool) -> Answer<'_, bool> {
        answer!(self, |tx| deliver::defer(tx, &claim, &outcome, next_at, held))
    }
    fn list(&self, reference: Option<String>) -> Answer<'_, Vec<Listed>> {
        answer!(self, |tx| deliver::list(tx, reference.as_deref()))
    }
    fn retry(&self, reference: Option<String>, now: i64) -> Answer<'_, u64> {
        answer!(self, |tx| deliver::retry(tx, reference.as_deref(), now))
    }
    fn check(&self) -> Answer<'_, ()> {
        answer!(self, |tx| async move {
            // A change of no row writes nothing: a row is written, and taken away again.
            let sql = "insert into counter values ('', 0, 0); delete from counter where departement = ''";
            tx.batch_execute(sql).await
        })
    }
    fn release(&self, reference: String, now: i64) -> Answer<'_, u64> {
        answer!(self, |tx| operate::release(tx, &reference, now))
    }
    fn bounce(&self, reference: String, now: i64) -> Answer<'_, u64> {
        answer!(self, |tx| operate::bounce(tx, &reference, now))
    }
    fn case(&self, reference: String) -> Answer<'_, Vec<Held>> {
        answer!(self, |tx| operate::case(tx, &reference))
    }
    fn ledger(&self, reference: Option<String>) -> Answer<'_, Vec<Noted>> {
        answer!(self, |tx| operate::ledger(tx, reference.as_deref()))
    }
    fn note(&self, line: Noted) -> Answer<'_, ()> {
        answer!(self, |tx| intake::note(
            tx,
            &line.reference,
            &line.event,
            line.at,
            &line.detail
        ))
    }
    fn erase(&self, reference: String, force: bool, now: i64) -> Answer<'_, Erased> {
        answer!(self, |tx| operate::erase(tx, &reference, force, now))
    }
    fn purge(&self, limits: Retention) -> Answer<'_, Vec<String>> {
        answer!(self, |tx| operate::purge(tx, limits))
    }
    fn tally(&self) -> Answer<'_, Tally> {
        answer!(self, |tx| operate::tally(tx))
    }
    fn keys(&self) -> Answer<'_, Vec<(String, i64)>> {
        answer!(self, |tx| operate::keys(tx))
    }
}
