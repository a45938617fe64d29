//! The store of messages to the team, in a file of its own: nothing of a referral depends on it.

use crate::outbox::postgres::Postgres;
use crate::seal::Sealed;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

const SCHEMA: &str = "
    create table if not exists message (
        nonce   text primary key,      -- of the page that sent it: a second sending of that page is the same message
        at      integer not null,      -- milliseconds since 1970, UTC
        key_id  text,
        sealed  blob,                  -- null once sent: the words are in the team's mailbox
        tries   integer not null default 0,
        next_at integer not null       -- milliseconds since 1970, UTC
    ) strict;
    create index if not exists message_due on message (next_at) where sealed is not null;";

/// Milliseconds during which a sent message is remembered by its nonce alone, for pages sent twice.
const REMEMBERED: i64 = 3 * 24 * 3_600_000;

/// A message that waits for its delivery.
#[derive(Debug)]
pub struct Waiting {
    /// Its key.
    pub nonce: String,
    /// When it was accepted, milliseconds since 1970.
    pub at: i64,
    /// Its words, sealed.
    pub sealed: Sealed,
    /// Attempts so far.
    pub tries: u32,
}

/// The store.
#[derive(Clone)]
pub struct Contacts(Kept);

#[derive(Clone)]
enum Kept {
    File(Arc<Mutex<Connection>>),
    Postgres(Postgres),
}

impl From<Postgres> for Contacts {
    /// Beside the referrals, for a machine without a disk of its own.
    fn from(store: Postgres) -> Self {
        Self(Kept::Postgres(store))
    }
}

impl Contacts {
    /// Opens or creates the store.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, String> {
        let fault = |error: rusqlite::Error| format!("{} : {error}", path.display());
        let connection = Connection::open(path).map_err(fault)?;
        connection
            .execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;
                 pragma secure_delete = on;",
            )
            .map_err(fault)?;
        connection.execute_batch(SCHEMA).map_err(fault)?;
        Ok(Self(Kept::File(Arc::new(Mutex::new(connection)))))
    }

    async fn run<T: Send + 'static>(
        store: &Arc<Mutex<Connection>>,
        request: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, String> {
        let store = store.clone();
        tokio::task::spawn_blocking(move || {
            let connection = store.lock().unwrap_or_else(PoisonError::into_inner);
            // Without the SQL nor its values.
            request(&connection).map_err(|error| format!("sqlite : {:?}", error.sqlite_error_code()))
        })
        .await
        .map_err(|_| "sqlite : arrêté".to_owned())?
    }

    /// Keeps a message; once this answers, it is on disk. The same nonce again changes nothing.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep(&self, nonce: String, sealed: Sealed, now: i64) -> Result<(), String> {
        let file = match &self.0 {
            Kept::File(file) => file,
            Kept::Postgres(store) => {
                return store
                    .keep_message(nonce, sealed, now)
                    .await
                    .map_err(|fault| fault.to_string());
            }
        };
        Self::run(file, move |store| {
            let sql = "insert into message (nonce, at, key_id, sealed, next_at) values (?1, ?2, ?3, ?4, ?2)
                on conflict (nonce) do nothing";
            store.execute(sql, params![nonce, now, sealed.key_id, sealed.bytes])?;
            Ok(())
        })
        .await
    }

    /// The message that has waited longest among those that are due.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn due(&self, now: i64) -> Result<Option<Waiting>, String> {
        let file = match &self.0 {
            Kept::File(file) => file,
            Kept::Postgres(store) => return store.due_message(now).await.map_err(|fault| fault.to_string()),
        };
        Self::run(file, move |store| {
            let sql = "select nonce, at, key_id, sealed, tries from message
                where sealed is not null and next_at <= ?1 order by next_at limit 1";
            store
                .query_row(sql, [now], |row| {
                    Ok(Waiting {
                        nonce: row.get(0)?,
                        at: row.get(1)?,
                        sealed: Sealed {
                            key_id: row.get(2)?,
                            bytes: row.get(3)?,
                        },
                        tries: row.get(4)?,
                    })
                })
                .optional()
        })
        .await
    }

    /// Notes that the mailbox has it: its words are erased. Forgets what was sent long ago.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn sent(&self, nonce: String, now: i64) -> Result<(), String> {
        let file = match &self.0 {
            Kept::File(file) => file,
            Kept::Postgres(store) => {
                return store
                    .message_sent(nonce, now - REMEMBERED)
                    .await
                    .map_err(|fault| fault.to_string());
            }
        };
        Self::run(file, move |store| {
            store.execute("update message set sealed = null where nonce = ?1", [nonce])?;
            let old = now - REMEMBERED;
            store.execute("delete from message where sealed is null and at < ?1", [old])?;
            Ok(())
        })
        .await
    }

    /// Writes a whole copy into a file that does not exist yet.
    ///
    /// # Errors
    /// When the file exists or the disk refuses.
    pub async fn backup(&self, to: &Path) -> Result<(), String> {
        let Kept::File(file) = &self.0 else {
            return Err("cette copie se fait avec pg_dump".to_owned());
        };
        let to = to.display().to_string();
        Self::run(file, move |store| {
            store.execute("vacuum into ?1", [to]).map(|_| ())
        })
        .await
    }

    /// Tries it again later.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn later(&self, nonce: String, next_at: i64) -> Result<(), String> {
        let file = match &self.0 {
            Kept::File(file) => file,
            Kept::Postgres(store) => {
                return store
                    .message_later(nonce, next_at)
                    .await
                    .map_err(|fault| fault.to_string());
            }
        };
        Self::run(file, move |store| {
            let sql = "update message set tries = tries + 1, next_at = ?2 where nonce = ?1";
            store.execute(sql, params![nonce, next_at])?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::{Contacts, REMEMBERED};
    use crate::seal::Sealed;

    fn sealed() -> Sealed {
        Sealed {
            key_id: "k".to_owned(),
            bytes: vec![1, 2, 3],
        }
    }

    #[tokio::test]
    async fn a_message_is_kept_once_survives_and_is_erased_when_sent() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("contact.db");
        let store = Contacts::open(&path).expect("a store");
        for _ in 0..2 {
            store.keep("a".to_owned(), sealed(), 10).await.expect("kept");
        }
        drop(store);
        let store = Contacts::open(&path).expect("the same store");
        assert!(store.due(9).await.expect("read").is_none());
        let first = store.due(10).await.expect("read").expect("due");
        assert_eq!((first.nonce.as_str(), first.at, first.tries), ("a", 10, 0));
        store.later("a".to_owned(), 50).await.expect("noted");
        assert!(store.due(49).await.expect("read").is_none());
        assert_eq!(store.due(50).await.expect("read").expect("due").tries, 1);
        store.sent("a".to_owned(), 60).await.expect("noted");
        assert!(store.due(i64::MAX).await.expect("read").is_none());
        // The page sent again while it is remembered is no second message.
        store.keep("a".to_owned(), sealed(), 70).await.expect("kept");
        assert!(store.due(i64::MAX).await.expect("read").is_none());
        store.keep("b".to_owned(), sealed(), 80).await.expect("kept");
        store.sent("b".to_owned(), 80 + REMEMBERED).await.expect("noted");
        store.keep("a".to_owned(), sealed(), 90).await.expect("kept");
        assert!(
            store.due(90).await.expect("read").is_some(),
            "forgotten after its time"
        );
    }
}
