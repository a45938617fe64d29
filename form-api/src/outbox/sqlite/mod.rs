//! The outbox in SQLite: WAL, `synchronous=FULL`, one thread that writes and one that reads.

mod chunks;
mod deliver;
mod erase;
mod intake;
mod open;
mod operate;
mod ready;
mod scans;
mod writer;

use super::{
    Answer, Chunk, Claim, Enqueued, Erased, Held, Lease, Listed, NewReferral, Noted, Outbox, OutboxError,
    Outcome, Retention, Scan, Stored, Tally,
};
use crate::content::{Content, Spool};
use rusqlite::{Connection, ErrorCode, Savepoint, TransactionBehavior};
use std::fs::File;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use tokio::sync::{oneshot, watch};

pub use open::OpenError;
use writer::{Job, Request};

/// Most requests that wait for the writer; beyond, callers wait.
const QUEUE: usize = 256;

/// The store.
pub struct Sqlite {
    writer: SyncSender<Job>,
    reader: SyncSender<Job>,
    /// Becomes true when one of these threads dies.
    broken: watch::Receiver<bool>,
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
        Ok(Self::start(connection, open::reader(path)?, Some(lock)))
    }

    /// Opens an existing database beside a running service, for commands.
    ///
    /// # Errors
    /// When it does not exist or cannot be read.
    pub fn open_beside(path: &Path) -> Result<Self, OpenError> {
        if !path.exists() {
            return Err(OpenError::Missing(path.to_owned()));
        }
        Ok(Self::start(open::connect(path)?, open::reader(path)?, None))
    }

    /// Writes a whole copy of the database into a file that does not exist yet, while the service runs.
    ///
    /// # Errors
    /// When the file exists or the disk refuses.
    pub async fn backup(&self, to: &Path) -> Result<(), OutboxError> {
        let to = to.display().to_string();
        alone(&self.writer, move |connection| operate::backup(connection, &to)).await
    }

    fn start(connection: Connection, reader: Connection, lock: Option<File>) -> Self {
        let (tell, broken) = watch::channel(false);
        let tell = Arc::new(tell);
        Self {
            writer: thread("outbox-writer", connection, &tell),
            reader: thread("outbox-reader", reader, &tell),
            broken,
            _lock: lock,
        }
    }

    /// Writes, in a transaction that others may share; when it answers, what it did is on the disk.
    fn run<T: Send + 'static>(
        &self,
        request: impl Fn(&Savepoint) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Answer<'_, T> {
        let (reply, answer) = oneshot::channel();
        ask(
            &self.writer,
            Job::Shared(Box::new(Request::new(request, reply))),
            answer,
        )
    }

    /// Reads what is committed, beside the writer.
    fn read<T: Send + 'static>(
        &self,
        request: impl FnOnce(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Answer<'_, T> {
        alone(&self.reader, move |connection| {
            // All its queries see one state.
            let transaction = connection.transaction()?;
            request(&transaction)
        })
    }

    /// Writes, then empties the write-ahead log, so that nothing erased stays in it.
    fn run_and_forget<T: Send + 'static>(
        &self,
        request: impl FnOnce(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Answer<'_, T> {
        alone(&self.writer, move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = request(&transaction)?;
            transaction.commit()?;
            connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
            Ok(value)
        })
    }
}

/// A thread that owns a connection, and whose death by a fault of ours is told.
fn thread(name: &str, connection: Connection, tell: &Arc<watch::Sender<bool>>) -> SyncSender<Job> {
    let (jobs, received) = sync_channel(QUEUE);
    connection.set_prepared_statement_cache_capacity(ready::KEPT);
    let last_words = LastWords(tell.clone());
    let work = move || {
        let _last_words = last_words;
        writer::work(connection, &received);
    };
    // Without its thread nothing can be asked: told at once, as a death is.
    if std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .is_err()
    {
        tell.send_replace(true);
    }
    jobs
}

/// Dropped when a thread ends: tells when that was not meant.
struct LastWords(Arc<watch::Sender<bool>>);

impl Drop for LastWords {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.send_replace(true);
        }
    }
}

/// Gives a thread its connection for one request.
fn alone<'a, T: Send + 'static>(
    to: &SyncSender<Job>,
    request: impl FnOnce(&mut Connection) -> Result<T, rusqlite::Error> + Send + 'static,
) -> Answer<'a, T> {
    let (reply, answer) = oneshot::channel();
    let run = move |connection: &mut Connection| {
        // The caller may be gone.
        let _ = reply.send(request(connection).map_err(|error| told(&error)));
    };
    ask(to, Job::Alone(Box::new(run)), answer)
}

fn ask<'a, T: Send + 'static>(
    to: &SyncSender<Job>,
    job: Job,
    answer: oneshot::Receiver<Result<T, OutboxError>>,
) -> Answer<'a, T> {
    let to = to.clone();
    Box::pin(async move {
        match to.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Disconnected(_)) => return Err(OutboxError::Stopped),
            // The queue is only full when the disk is slow: wait elsewhere than on an async thread.
            Err(TrySendError::Full(job)) => tokio::task::spawn_blocking(move || to.send(job))
                .await
                .map_err(|_| OutboxError::Stopped)?
                .map_err(|_| OutboxError::Stopped)?,
        }
        answer.await.map_err(|_| OutboxError::Stopped)?
    })
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
    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut broken = self.broken.clone();
        Box::pin(async move {
            if broken.wait_for(|broken| *broken).await.is_err() {
                // Both threads ended in order: nothing is broken.
                std::future::pending::<()>().await;
            }
        })
    }
    fn enqueue(&self, referral: NewReferral) -> Answer<'_, Enqueued> {
        self.run(move |tx| intake::enqueue(tx, &referral))
    }
    fn by_receipt(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.read(move |tx| intake::find(tx, "receipt_token_hash", &token_hash))
    }
    fn by_ack(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.read(move |tx| intake::find(tx, "ack_token_hash", &token_hash))
    }
    fn by_complement(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>> {
        self.read(move |tx| intake::find(tx, "complement_token_hash", &token_hash))
    }
    fn by_id(&self, id: String) -> Answer<'_, Option<Stored>> {
        self.read(move |tx| intake::find(tx, "id", &id))
    }
    fn chunk(&self, id: String, content: Content, k: u32) -> Answer<'_, Option<Chunk>> {
        self.read(move |tx| chunks::get(tx, &id, &content, k))
    }
    fn scans(&self, id: String) -> Answer<'_, Vec<(u32, Scan)>> {
        self.read(move |tx| scans::list(tx, &id))
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
    fn keep_mime(&self, claim: Lease, mime: Spool) -> Answer<'_, bool> {
        self.run(move |tx| chunks::keep_mime(tx, &claim, &mime))
    }
    fn complete(&self, claim: Lease, outcome: Outcome, now: i64) -> Answer<'_, bool> {
        self.run(move |tx| deliver::complete(tx, &claim, &outcome, now))
    }
    fn defer(&self, claim: Lease, outcome: Outcome, next_at: i64, held: bool) -> Answer<'_, bool> {
        self.run(move |tx| deliver::defer(tx, &claim, &outcome, next_at, held))
    }
    fn list(&self, reference: Option<String>) -> Answer<'_, Vec<Listed>> {
        self.read(move |tx| deliver::list(tx, reference.as_deref()))
    }
    fn retry(&self, reference: Option<String>, now: i64) -> Answer<'_, u64> {
        self.run(move |tx| deliver::retry(tx, reference.as_deref(), now))
    }
    fn check(&self) -> Answer<'_, ()> {
        // A change of no row writes nothing, even to a disk that refuses: a row is written, and taken away again.
        self.run(|tx| {
            tx.execute_batch(
                "insert into counter values ('', 0, 0); delete from counter where departement = ''",
            )
        })
    }
    fn release(&self, reference: String, now: i64) -> Answer<'_, u64> {
        self.run(move |tx| operate::release(tx, &reference, now))
    }
    fn bounce(&self, reference: String, now: i64) -> Answer<'_, u64> {
        self.run(move |tx| operate::bounce(tx, &reference, now))
    }
    fn case(&self, reference: String) -> Answer<'_, Vec<Held>> {
        self.read(move |tx| operate::case(tx, &reference))
    }
    fn ledger(&self, reference: Option<String>) -> Answer<'_, Vec<Noted>> {
        self.read(move |tx| operate::ledger(tx, reference.as_deref()))
    }
    fn note(&self, line: Noted) -> Answer<'_, ()> {
        self.run(move |tx| intake::note(tx, &line.reference, &line.event, line.at, &line.detail))
    }
    fn erase(&self, reference: String, force: bool, now: i64) -> Answer<'_, Erased> {
        self.run_and_forget(move |tx| erase::erase(tx, &reference, force, now))
    }
    fn purge(&self, limits: Retention) -> Answer<'_, Vec<String>> {
        self.run_and_forget(move |tx| erase::purge(tx, limits))
    }
    fn tally(&self) -> Answer<'_, Tally> {
        self.read(operate::tally)
    }
    fn keys(&self) -> Answer<'_, Vec<(String, i64)>> {
        self.read(operate::keys)
    }
}
