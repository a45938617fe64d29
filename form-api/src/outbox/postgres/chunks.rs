//! Files and rendered messages, as sealed chunks.

use crate::content::{Content, Spool};
use crate::outbox::{Chunk, Lease};
use crate::seal::Sealed;
use tokio_postgres::Transaction;

/// Why chunks could not be moved: the database, or the private file that they come from.
pub(super) enum Fault {
    Postgres(tokio_postgres::Error),
    Disk(std::io::Error),
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error)
    }
}

/// Moves a content into the database, one chunk in memory at a time.
pub(super) async fn insert(
    tx: &Transaction<'_>,
    referral: &str,
    content: &Content,
    spool: &Spool,
) -> Result<(), Fault> {
    let sql = "insert into chunk (referral_id, content, k, key_id, sealed) values ($1, $2, $3, $4, $5)";
    let insert = tx.prepare(sql).await?;
    let word = content.word();
    for (k, n) in (0..spool.chunks()).zip(0_i64..) {
        let sealed = spool.chunk(k)?;
        tx.execute(&insert, &[&referral, &word, &n, &sealed.key_id, &sealed.bytes])
            .await?;
    }
    Ok(())
}

pub(super) async fn get(
    tx: &Transaction<'_>,
    id: &str,
    content: &Content,
    k: u32,
) -> Result<Option<Chunk>, tokio_postgres::Error> {
    let sql = "select key_id, sealed,
            not exists (select 1 from chunk where referral_id = $1 and content = $2 and k = $3::bigint + 1)
         from chunk where referral_id = $1 and content = $2 and k = $3::bigint";
    let row = tx.query_opt(sql, &[&id, &content.word(), &i64::from(k)]).await?;
    Ok(row.map(|row| Chunk {
        sealed: Sealed {
            key_id: row.get(0),
            bytes: row.get(1),
        },
        last: row.get(2),
    }))
}

/// Keeps a rendered message as long as the lease is ours; `false` when it is not.
pub(super) async fn keep_mime(tx: &Transaction<'_>, lease: &Lease, mime: &Spool) -> Result<bool, Fault> {
    let sql = "select referral_id, message_id from delivery where id = $1 and lease_token = $2 for update";
    let Some(row) = tx.query_opt(sql, &[&lease.delivery, &lease.token]).await? else {
        return Ok(false);
    };
    let referral: String = row.get(0);
    let content = Content::Message(row.get(1));
    let sql = "delete from chunk where referral_id = $1 and content = $2";
    tx.execute(sql, &[&referral, &content.word()]).await?;
    insert(tx, &referral, &content, mime).await?;
    Ok(true)
}
