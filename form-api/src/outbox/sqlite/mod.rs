//! The outbox in SQLite: one writer thread, WAL, `synchronous=FULL`, one transaction per request.

mod deliver;
mod intake;
mod open;
mod scans;

use super::{
    Answer, Claim, Enqueued, Lease, Listed, NewReferral, Outbox, OutboxError, Outcome, Scan, Stored,
};
use crate::seal::Sealed;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use tokio::sync::oneshot;

pub use open::OpenError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Most requests that wait for the writer; beyond, callers wait.
const QUEUE: usize = 256;

/// The store.
pub struct Sqlite {
    jobs: SyncSender<Job>,
    /// Held as long as the store lives, so that a second service on the same file refuses to start.
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens (or creates) the database for a service, which then owns it.
    ///
    /// # Errors
    /// When it is locked by another service, damaged, too new or cannot be made durable.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let lock = open::lock(path)?;
        let connection = open::connect(path)?;
        // The lock is ours: whoever held these leases is gone, killed in the middle of a sending.
        deliver::release(&connection).map_err(|error| OpenError::Sqlite(path.to_owned(), error))?;
        Ok(Self::start(connection, Some(lock)))
    }

    /// Opens an existing database beside a running service, for commands.
    ///
    /// # Errors
    /// When it does not exist or cannot be read.
    pub fn open_beside(path: &Path) -> Result<Self, OpenError> {
        if !path.exists() {
            return Err(OpenError::Missing(path.to_owned()));
        }
        Ok(Self::start(open::connect(path)?, None))
    }

    fn start(connection: Connection, lock: Option<File>) -> Self {
        let (jobs, received) = sync_channel(QUEUE);
        std::thread::spawn(move || work(connection, &received));
        Self { jobs, _lock: lock }
    }

    /// Runs a request in its own write transaction on the writer thread.
    fn run<T: Send + 'static>(
        &self,
        request: impl FnOnce(&Transaction) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Answer<'_, T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Immediate: a deferred transaction that reads first may be refused when it comes to write.
            let done = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .and_then(|transaction| {
                    let value = request(&transaction)?;
                    transaction.commit()?;
                    Ok(value)
                });
            // The caller may be gone; what is committed stays committed.
            let _ = reply.send(done.map_err(|error| told(&error)));
        });
        let jobs = self.jobs.clone();
        Box::pin(async move {
            // The queue is only full when the disk is slow: wait elsewhere than on an async thread.
            tokio::task::spawn_blocking(move || jobs.send(job))
                .await
                .map_err(|_| OutboxError::Stopped)?
                .map_err(|_| OutboxError::Stopped)?;
            answer.await.map_err(|_| OutboxError::Stopped)?
        })
    }
}

fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job(&mut connection);
    }
}

/// The reason without the SQL nor its values.
fn told(error: &rusqlite::Error) -> OutboxError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => OutboxError::Full,
        Some(code) => OutboxError::Store(format!("sqlite : {code:?}")),
        None => OutboxError::Store("sqlite : donnée inattendue".to_owned()),
    }
}

impl Outbox for Sqlite {
    fn enqueue(&self, referral: NewReferral) -> Answer<'_, Enqueued> {
        self.run(move |tx| intake::enqueue(tx, &referral))
    }
    fn by_receipt(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.run(move |tx| intake::find(tx, "receipt_token_hash", &token_hash))
    }
    fn by_ack(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.run(move |tx| intake::find(tx, "ack_token_hash", &token_hash))
    }
    fn by_complement(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.run(move |tx| intake::find(tx, "complement_token_hash", &token_hash))
    }
    fn by_id(&self, id: String) -> Answer<'_, Option<Stored>> {
        self.run(move |tx| intake::find(tx, "id", &id))
    }
    fn bodies(&self, id: String, numbers: Vec<u32>) -> Answer<'_, Vec<(u32, Sealed)>> {
        self.run(move |tx| intake::bodies(tx, &id, &numbers))
    }
    fn scans(&self, id: String) -> Answer<'_, Vec<(u32, Scan)>> {
        self.run(move |tx| scans::list(tx, &id))
    }
    fn note_scan(&self, id: String, n: u32, scan: Scan) -> Answer<'_, ()> {
        self.run(move |tx| scans::note(tx, &id, n, scan))
    }
    fn tell_withheld(&self, id: String, message_id: String, now: i64) -> Answer<'_, ()> {
        self.run(move |tx| scans::tell(tx, &id, &message_id, now))
    }
    fn acknowledge(&self, id: String, message_id: String, now: i64) -> Answer<'_, bool> {
        self.run(move |tx| intake::acknowledge(tx, &id, &message_id, now))
    }
    fn claim_due(&self, now: i64, lease: i64, most: u32) -> Answer<'_, Vec<Claim>> {
        self.run(move |tx| deliver::claim_due(tx, now, lease, most))
    }
    fn keep_mime(&self, claim: Lease, mime: Sealed) -> Answer<'_, bool> {
        self.run(move |tx| deliver::keep_mime(tx, &claim, &mime))
    }
    fn complete(&self, claim: Lease, outcome: Outcome, now: i64) -> Answer<'_, bool> {
        self.run(move |tx| deliver::complete(tx, &claim, &outcome, now))
    }
    fn defer(&self, claim: Lease, outcome: Outcome, next_at: i64, held: bool) -> Answer<'_, bool> {
        self.run(move |tx| deliver::defer(tx, &claim, &outcome, next_at, held))
    }
    fn list(&self, reference: Option<String>) -> Answer<'_, Vec<Listed>> {
        self.run(move |tx| deliver::list(tx, reference.as_deref()))
    }
    fn retry(&self, reference: Option<String>, now: i64) -> Answer<'_, u64> {
        self.run(move |tx| deliver::retry(tx, reference.as_deref(), now))
    }
    fn check(&self) -> Answer<'_, ()> {
        self.run(|tx| {
            tx.execute("update counter set n = n where departement = ''", [])
                .map(|_| ())
        })
    }
}
