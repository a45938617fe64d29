//! Files and rendered messages, as sealed chunks.

use super::ready::{execute, query_row};
use crate::content::{Content, Spool};
use crate::outbox::{Chunk, Lease};
use crate::seal::Sealed;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, Error, OptionalExtension, params};

/// Moves a content into the database, one chunk in memory at a time.
pub(super) fn insert(tx: &Connection, referral: &str, content: &Content, spool: &Spool) -> Result<(), Error> {
    let mut insert = tx.prepare_cached(
        "insert into chunk (referral_id, content, k, key_id, sealed) values (?1, ?2, ?3, ?4, ?5)",
    )?;
    let word = content.word();
    for (k, n) in (0..spool.chunks()).zip(0_u32..) {
        let sealed = spool
            .chunk(k)
            .map_err(|error| Error::ToSqlConversionFailure(Box::new(error)))?;
        let bytes = ToSqlOutput::from(sealed.bytes.as_slice());
        insert.execute(params![referral, word, n, sealed.key_id, bytes])?;
    }
    Ok(())
}

pub(super) fn get(tx: &Connection, id: &str, content: &Content, k: u32) -> Result<Option<Chunk>, Error> {
    let mut query = tx.prepare_cached(
        "select key_id, sealed,
            not exists (select 1 from chunk where referral_id = ?1 and content = ?2 and k = ?3 + 1)
         from chunk where referral_id = ?1 and content = ?2 and k = ?3",
    )?;
    let row = query.query_row(params![id, content.word(), k], |row| {
        Ok(Chunk {
            sealed: Sealed {
                key_id: row.get(0)?,
                bytes: row.get(1)?,
            },
            last: row.get(2)?,
        })
    });
    row.optional()
}

/// Keeps a rendered message as long as the lease is ours; `false` when it is not.
pub(super) fn keep_mime(tx: &Connection, lease: &Lease, mime: &Spool) -> Result<bool, Error> {
    let ours = query_row(
        tx,
        "select referral_id, message_id from delivery where id = ?1 and lease_token = ?2",
        params![lease.delivery, lease.token],
        |row| Ok((row.get::<_, String>(0)?, row.get(1)?)),
    )
    .optional()?;
    let Some((referral, message_id)) = ours else {
        return Ok(false);
    };
    let content = Content::Message(message_id);
    execute(
        tx,
        "delete from chunk where referral_id = ?1 and content = ?2",
        params![referral, content.word()],
    )?;
    insert(tx, &referral, &content, mime)?;
    Ok(true)
}
