//! The writer: one thread owns the connection. It takes all requests that wait into one transaction, commits once,
//! and only then answers them: 64 clients at once cost one write to the disk, not 64.
//!
//! Each request has a savepoint of its own, so that one that fails takes nothing of the others with it. When the
//! transaction itself fails, each request is made again in one of its own.

use super::told;
use crate::outbox::OutboxError;
use rusqlite::{Connection, Error, ErrorCode, Savepoint, TransactionBehavior};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Most requests in one transaction.
const MOST: usize = 256;
/// How long a transaction takes in more requests: big files must not keep small forms waiting.
const LONGEST: Duration = Duration::from_millis(20);

/// What the writer is asked.
pub(super) enum Job {
    /// May share a transaction.
    Shared(Box<dyn Shared>),
    /// Needs the connection for itself, outside of any transaction.
    Alone(Alone),
}

/// A request that gets the connection.
pub(super) type Alone = Box<dyn FnOnce(&mut Connection) + Send>;

/// A request that may share its transaction with others.
pub(super) trait Shared: Send {
    /// Does the work and keeps the result until it is durable. Called again when the transaction failed.
    fn work(&mut self, savepoint: &Savepoint) -> Result<(), Error>;
    /// The work failed, and nothing of it is kept.
    fn failed(&mut self, error: &Error);
    /// Tells the caller.
    fn answer(self: Box<Self>);
}

/// A request and its caller.
pub(super) struct Request<T, F> {
    run: F,
    result: Result<T, OutboxError>,
    reply: oneshot::Sender<Result<T, OutboxError>>,
}

impl<T, F> Request<T, F> {
    pub(super) fn new(run: F, reply: oneshot::Sender<Result<T, OutboxError>>) -> Self {
        Self {
            run,
            result: Err(OutboxError::Stopped),
            reply,
        }
    }
}

impl<T, F> Shared for Request<T, F>
where
    T: Send,
    F: Fn(&Savepoint) -> Result<T, Error> + Send,
{
    fn work(&mut self, savepoint: &Savepoint) -> Result<(), Error> {
        self.result = Ok((self.run)(savepoint)?);
        Ok(())
    }

    fn failed(&mut self, error: &Error) {
        self.result = Err(told(error));
    }

    fn answer(self: Box<Self>) {
        // The caller may be gone; what is committed stays committed.
        let _ = self.reply.send(self.result);
    }
}

/// Works until nobody can ask any more.
pub(super) fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        match job {
            Job::Alone(run) => run(&mut connection),
            Job::Shared(first) => {
                if let Some(run) = share(&mut connection, first, jobs) {
                    run(&mut connection);
                }
            }
        }
    }
}

/// One transaction for a request and those that wait behind it. What must be alone ends it, and is given back.
fn share(connection: &mut Connection, first: Box<dyn Shared>, jobs: &Receiver<Job>) -> Option<Alone> {
    let (mut group, mut alone) = (vec![first], None);
    let began = Instant::now();
    let more = |group: &mut Vec<Box<dyn Shared>>| {
        if group.len() == MOST || began.elapsed() > LONGEST {
            return false;
        }
        match jobs.try_recv() {
            Ok(Job::Shared(request)) => group.push(request),
            Ok(Job::Alone(run)) => alone = Some(run),
            Err(_) => return false,
        }
        alone.is_none()
    };
    if let Err(error) = transaction(connection, &mut group, more) {
        match group.as_mut_slice() {
            [only] => only.failed(&error),
            several => apart(connection, several),
        }
    }
    for request in group {
        request.answer();
    }
    alone
}

/// Each request in a transaction of its own: that of all of them failed, perhaps because of one.
fn apart(connection: &mut Connection, requests: &mut [Box<dyn Shared>]) {
    for request in requests {
        let mut only = std::slice::from_mut(request);
        if let Err(error) = transaction(connection, &mut only, |_| false) {
            request.failed(&error);
        }
    }
}

/// Does the requests of a group, and those that `more` adds to it, then commits.
fn transaction<G: AsMut<[Box<dyn Shared>]>>(
    connection: &mut Connection,
    group: &mut G,
    mut more: impl FnMut(&mut G) -> bool,
) -> Result<(), Error> {
    // Immediate: a deferred transaction that reads first may be refused when it comes to write.
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut next = 0;
    loop {
        let savepoint = transaction.savepoint()?;
        let request = &mut group.as_mut()[next];
        let done = request.work(&savepoint).and_then(|()| savepoint.commit());
        if let Err(error) = done {
            // SQLite may have given up the whole transaction; on a disk that refuses, so do we.
            if transaction.is_autocommit() || is_of_the_disk(&error) {
                return Err(error);
            }
            request.failed(&error);
        }
        next += 1;
        if !more(group) {
            return transaction.commit();
        }
    }
}

fn is_of_the_disk(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory)
    )
}

#[cfg(test)]
mod tests {
    use super::{Job, Request, work};
    use crate::outbox::OutboxError;
    use rusqlite::{Connection, Error, Savepoint};
    use std::path::Path;
    use std::sync::mpsc::{Sender, channel};
    use tokio::sync::oneshot::{self, Receiver};

    type Said<T> = Receiver<Result<T, OutboxError>>;

    /// A database whose writer finds all that a test asked at once.
    fn write(folder: &Path, asked: impl FnOnce(&Sender<Job>)) -> Connection {
        let path = folder.join("outbox.db");
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch("pragma journal_mode=wal; create table kept (n integer primary key, body blob)")
            .expect("a table");
        let (jobs, received) = channel();
        asked(&jobs);
        drop(jobs);
        work(connection, &received);
        Connection::open(&path).expect("the database again")
    }

    fn ask<T: Send + 'static>(
        jobs: &Sender<Job>,
        run: impl Fn(&Savepoint) -> Result<T, Error> + Send + 'static,
    ) -> Said<T> {
        let (reply, answer) = oneshot::channel();
        jobs.send(Job::Shared(Box::new(Request::new(run, reply))))
            .expect("asked");
        answer
    }

    fn insert(tx: &Savepoint, n: u32, bytes: u32) -> Result<(), Error> {
        tx.execute("insert into kept values (?1, zeroblob(?2))", (n, bytes))
            .map(|_| ())
    }

    fn kept(connection: &Connection) -> Result<u32, Error> {
        connection.query_row("select count(*) from kept", [], |row| row.get(0))
    }

    #[test]
    fn those_that_wait_are_committed_together_and_each_fails_for_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.db");
        let (mut good, mut bad, mut seen) = (Vec::new(), Vec::new(), None);
        let after = write(folder.path(), |jobs| {
            for n in 0..100 {
                good.push(ask(jobs, move |tx| insert(tx, n, 1)));
                // Writes before it fails: nothing of that stays.
                bad.push(ask(jobs, move |tx| {
                    insert(tx, 1000 + n, 1)?;
                    insert(tx, n, 1)
                }));
            }
            let path = path.clone();
            seen = Some(ask(jobs, move |tx| {
                Ok((kept(tx)?, kept(&Connection::open(&path)?)?))
            }));
        });
        assert!(
            good.into_iter()
                .all(|mut said| said.try_recv().expect("an answer") == Ok(()))
        );
        for mut said in bad {
            let fault = said.try_recv().expect("an answer");
            assert_eq!(
                fault,
                Err(OutboxError::Store("sqlite : ConstraintViolation".to_owned()))
            );
        }
        let (inside, outside) = seen.expect("asked").try_recv().expect("an answer").expect("read");
        assert_eq!(inside, 100, "one that follows sees those before it");
        assert!(
            outside < 100,
            "all are committed after the last of them, not one by one"
        );
        assert_eq!(kept(&after), Ok(100));
    }

    #[test]
    fn one_that_does_not_fit_on_the_disk_takes_no_other_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut small, mut big) = (Vec::new(), Vec::new());
        let after = write(folder.path(), |jobs| {
            let limit = ask(jobs, |tx| {
                tx.query_row("pragma max_page_count=300", [], |_| Ok(()))
            });
            drop(limit);
            for n in 0..10 {
                small.push(ask(jobs, move |tx| insert(tx, n, 10)));
                big.push(ask(jobs, move |tx| insert(tx, 100 + n, 3_000_000)));
            }
        });
        assert!(
            small
                .into_iter()
                .all(|mut said| said.try_recv().expect("an answer") == Ok(()))
        );
        assert!(
            big.into_iter()
                .all(|mut said| said.try_recv().expect("an answer") == Err(OutboxError::Full))
        );
        assert_eq!(kept(&after), Ok(10));
    }

    #[test]
    fn a_commit_that_fails_is_told_to_nobody_as_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut said = Vec::new();
        let after = write(folder.path(), |jobs| {
            let owe = "create table owner (n integer primary key);
                create table owned (n integer references owner (n) deferrable initially deferred)";
            drop(ask(jobs, move |tx| tx.execute_batch(owe)));
            let strict = Box::new(|connection: &mut Connection| {
                connection.execute_batch("pragma foreign_keys=on").expect("set");
            });
            jobs.send(Job::Alone(strict)).expect("asked");
            for n in 0..6 {
                said.push(ask(jobs, move |tx| {
                    // What is owed is only asked for at the commit, of the whole transaction.
                    let owed = if n == 3 {
                        "insert into owned values (9)"
                    } else {
                        "select 1"
                    };
                    tx.execute_batch(owed)?;
                    insert(tx, n, 1)
                }));
            }
        });
        let fault = Err(OutboxError::Store("sqlite : ConstraintViolation".to_owned()));
        for (n, mut one) in said.into_iter().enumerate() {
            let wanted = if n == 3 { fault.clone() } else { Ok(()) };
            assert_eq!(one.try_recv().expect("an answer"), wanted, "{n}");
        }
        assert_eq!(kept(&after), Ok(5));
    }
}
