//! Opening the database: lock, durability read back, integrity, migrations.

use rusqlite::{Connection, Error};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Migrations, in order; the version of a database is how many of them it has had.
const MIGRATIONS: [&str; 6] = [
    include_str!("../../../migrations/0001.sql"),
    include_str!("../../../migrations/0002.sql"),
    include_str!("../../../migrations/0003.sql"),
    include_str!("../../../migrations/0004.sql"),
    include_str!("../../../migrations/0005.sql"),
    include_str!("../../../migrations/0006.sql"),
];

/// Why a database cannot be opened, in French, with what to do.
#[derive(Debug)]
pub enum OpenError {
    /// Another service holds it.
    Locked(PathBuf),
    /// The folder or file cannot be used.
    Io(PathBuf, std::io::Error),
    /// There is no database there.
    Missing(PathBuf),
    /// SQLite refuses it.
    Sqlite(PathBuf, Error),
    /// `quick_check` found damage.
    Damaged(PathBuf),
    /// The file system does not keep what SQLite writes.
    NotDurable(PathBuf),
    /// It was written by a newer service.
    Newer(PathBuf, u32),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked(path) => write!(
                f,
                "{} est déjà ouverte par un autre form-api : arrêtez-le, ou changez ML_DATABASE_URL",
                path.display()
            ),
            Self::Io(path, error) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem => write!(
                f,
                "{} : ce disque est en lecture seule. Voyez le journal du noyau (dmesg) : il l'est souvent après une erreur",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{} : {error}", path.display()),
            Self::Missing(path) => write!(f, "{} n'existe pas", path.display()),
            Self::Sqlite(path, error) => write!(f, "{} : {error}", path.display()),
            Self::Damaged(path) => write!(
                f,
                "{} est abîmée : restaurez une sauvegarde (la base et ses fichiers -wal et -shm), rien n'a été modifié",
                path.display()
            ),
            Self::NotDurable(path) => write!(
                f,
                "{} : SQLite n'obtient pas journal_mode=WAL et synchronous=FULL sur ce disque",
                path.display()
            ),
            Self::Newer(path, version) => {
                write!(
                    f,
                    "{} a été écrite par un form-api plus récent (version {version})",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// Takes the lock of a database, in a file beside it.
pub(super) fn lock(path: &Path) -> Result<File, OpenError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| OpenError::Io(folder.to_owned(), error))?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock_path = PathBuf::from(name);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(|error| OpenError::Io(lock_path.clone(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::Locked(path.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(OpenError::Io(lock_path, error)),
    }
}

/// Connects, checks durability and integrity, and brings the schema up to date.
pub(super) fn connect(path: &Path) -> Result<Connection, OpenError> {
    let fault = |error| OpenError::Sqlite(path.to_owned(), error);
    let mut connection = Connection::open(path).map_err(fault)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(fault)?;
    let sound: String = connection
        .query_row("pragma quick_check(1)", [], |row| row.get(0))
        .map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                OpenError::Damaged(path.to_owned())
            }
            _ => OpenError::Sqlite(path.to_owned(), error),
        })?;
    if sound != "ok" {
        return Err(OpenError::Damaged(path.to_owned()));
    }
    let journal: String = connection
        .query_row("pragma journal_mode=wal", [], |row| row.get(0))
        .map_err(fault)?;
    connection
        .execute_batch(
            "pragma synchronous=full; pragma secure_delete=on; pragma foreign_keys=on;
             pragma wal_autocheckpoint=4000; pragma cache_size=-8000;",
        )
        .map_err(fault)?;
    let synchronous: i64 = connection
        .query_row("pragma synchronous", [], |row| row.get(0))
        .map_err(fault)?;
    if journal != "wal" || synchronous != 2 {
        return Err(OpenError::NotDurable(path.to_owned()));
    }
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// A second connection, that only reads, to a database that [`connect`] found sound.
pub(super) fn reader(path: &Path) -> Result<Connection, OpenError> {
    let fault = |error| OpenError::Sqlite(path.to_owned(), error);
    let connection = Connection::open(path).map_err(fault)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(fault)?;
    connection.execute_batch("pragma query_only=on").map_err(fault)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let fault = |error| OpenError::Sqlite(path.to_owned(), error);
    let version: u32 = connection
        .query_row("pragma user_version", [], |row| row.get(0))
        .map_err(fault)?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version > known {
        return Err(OpenError::Newer(path.to_owned(), version));
    }
    for (n, migration) in (1_u32..).zip(MIGRATIONS).filter(|(n, _)| *n > version) {
        let transaction = connection.transaction().map_err(fault)?;
        transaction.execute_batch(migration).map_err(fault)?;
        transaction
            .pragma_update(None, "user_version", n)
            .map_err(fault)?;
        transaction.commit().map_err(fault)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MIGRATIONS, OpenError, connect, lock};
    use rusqlite::Connection;

    #[test]
    fn what_an_older_service_stored_whole_is_one_chunk() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("older.db");
        let older = Connection::open(&path).expect("a database");
        for migration in &MIGRATIONS[..3] {
            older.execute_batch(migration).expect("the older schema");
        }
        older.pragma_update(None, "user_version", 3).expect("its version");
        older
            .execute_batch(
                "insert into referral (id, reference, idem_key, content_hash, departement, received_at, key_id,
                    fields_sealed, receipt_token_hash, ack_token_hash)
                 values ('r', 'REF', 'i', x'00', '93', 0, 'k1', x'00', x'01', x'02');
                 insert into attachment (referral_id, n, size, key_id, body_sealed)
                 values ('r', 1, 5, 'k1', x'aabb');
                 insert into delivery (referral_id, kind, part, parts, message_id, key_id, mime_sealed, state,
                    next_at, created_at)
                 values ('r', 'cdc', 1, 1, 'REF.cdc.1@x', 'k0', x'cc', 'ready', 0, 0),
                        ('r', 'receipt', 1, 1, 'REF.recu@x', null, null, 'ready', 0, 0);",
            )
            .expect("an older referral");
        drop(older);
        let now = connect(&path).expect("brought up to date");
        let mut chunks = now
            .prepare("select content, k, key_id, sealed from chunk order by content")
            .expect("a query");
        let rows: Vec<(String, u32, String, Vec<u8>)> = chunks
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .and_then(Iterator::collect)
            .expect("chunks");
        let row =
            |content: &str, key: &str, bytes: &[u8]| (content.to_owned(), 0, key.to_owned(), bytes.to_vec());
        let wanted = [
            row("file:1", "k1", &[0xaa, 0xbb]),
            row("mime:REF.cdc.1@x", "k0", &[0xcc]),
        ];
        assert_eq!(rows, wanted);
    }

    #[test]
    fn a_second_lock_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sub/outbox.db");
        let _first = lock(&path).expect("the first");
        assert!(matches!(lock(&path), Err(OpenError::Locked(_))));
    }

    #[test]
    fn damage_and_a_newer_schema_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let damaged = folder.path().join("damaged.db");
        std::fs::write(&damaged, vec![7; 8192]).expect("written");
        assert!(matches!(connect(&damaged), Err(OpenError::Damaged(_))));
        let newer = folder.path().join("newer.db");
        connect(&newer)
            .expect("made")
            .pragma_update(None, "user_version", 99)
            .expect("set");
        assert!(matches!(connect(&newer), Err(OpenError::Newer(_, 99))));
    }
}
