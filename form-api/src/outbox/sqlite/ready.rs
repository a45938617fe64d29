//! Statements that are read by SQLite once and kept ready: those of every submission and of every mail.

use rusqlite::{Connection, Error, Params, Row};

/// As many as there are on the way of a submission and of its mails, with room.
pub(super) const KEPT: usize = 64;

/// How many rows it changed.
pub(super) fn execute(tx: &Connection, sql: &str, params: impl Params) -> Result<usize, Error> {
    tx.prepare_cached(sql)?.execute(params)
}

/// The first row that it finds.
pub(super) fn query_row<T>(
    tx: &Connection,
    sql: &str,
    params: impl Params,
    row: impl FnOnce(&Row<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    tx.prepare_cached(sql)?.query_row(params, row)
}
