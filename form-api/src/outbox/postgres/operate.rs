//! What operators ask: figures, the journal of a case, its content, another try, its end.

use super::intake::{self, By, note, number};
use crate::outbox::{Erased, Held, Noted, Retention, Tally};
use tokio_postgres::{Error, Transaction};

/// Referrals of a case: the one with the reference, and its complements.
const CASE: &str = "select id from referral where reference = $1
    or parent_id = (select id from referral where reference = $1)";
/// Most cases forgotten in one transaction, so that intake never waits long.
const BATCH: i64 = 50;

pub(super) async fn tally(tx: &Transaction<'_>) -> Result<Tally, Error> {
    let sql = "select state, count(*) from delivery group by state order by state";
    let rows = tx.query(sql, &[]).await?;
    let sql = "select (select min(created_at) from delivery where state <> 'sent'),
        pg_database_size(current_database())";
    let one = tx.query_one(sql, &[]).await?;
    Ok(Tally {
        states: rows.iter().map(|row| (row.get(0), row.get(1))).collect(),
        oldest: one.get(0),
        bytes: one.get(1),
    })
}

pub(super) async fn ledger(tx: &Transaction<'_>, reference: Option<&str>) -> Result<Vec<Noted>, Error> {
    let sql = "select reference, event, at, detail from ledger
        where $1::text is null or reference = $1 or reference like $1 || '-C%' order by at, id";
    let rows = tx.query(sql, &[&reference]).await?;
    Ok(rows
        .iter()
        .map(|row| Noted {
            reference: row.get(0),
            event: row.get(1),
            at: row.get(2),
            detail: row.get(3),
        })
        .collect())
}

pub(super) async fn case(tx: &Transaction<'_>, reference: &str) -> Result<Vec<Held>, Error> {
    let ids = tx
        .query(&format!("{CASE} order by received_at"), &[&reference])
        .await?;
    let mut all = Vec::with_capacity(ids.len());
    for row in &ids {
        let id: String = row.get(0);
        let sql = "select n, size from attachment where referral_id = $1 order by n";
        let files = tx.query(sql, &[&id]).await?;
        if let Some(stored) = intake::find(tx, &By::Id(id)).await? {
            let files = files.iter().map(|row| (number(row.get(0)), row.get(1))).collect();
            all.push(Held { stored, files });
        }
    }
    Ok(all)
}

/// Held and returned messages, back to the queue; they are rendered again, by today's configuration.
pub(super) async fn release(tx: &Transaction<'_>, reference: &str, now: i64) -> Result<u64, Error> {
    let sql = format!(
        "delete from chunk where referral_id in ({CASE}) and content in (select 'mime:' || message_id
         from delivery where state in ('held', 'bounced') and referral_id = chunk.referral_id)"
    );
    tx.execute(&sql, &[&reference]).await?;
    let sql = format!(
        "update delivery set state = 'ready', next_at = $2, sent_at = null
         where state in ('held', 'bounced') and referral_id in ({CASE})"
    );
    let done = tx.execute(&sql, &[&reference, &now]).await?;
    noted(tx, done, reference, "remise", now).await
}

/// The mails to the commission came back after the relay had taken them.
pub(super) async fn bounce(tx: &Transaction<'_>, reference: &str, now: i64) -> Result<u64, Error> {
    let sql = format!(
        "update delivery set state = 'bounced', last_class = 'bounced'
         where state = 'sent' and kind = 'cdc' and referral_id in ({CASE})"
    );
    let done = tx.execute(&sql, &[&reference]).await?;
    noted(tx, done, reference, "rendue", now).await
}

async fn noted(
    tx: &Transaction<'_>,
    done: u64,
    reference: &str,
    event: &str,
    now: i64,
) -> Result<u64, Error> {
    if done > 0 {
        note(tx, reference, event, now, "").await?;
    }
    Ok(done)
}

pub(super) async fn keys(tx: &Transaction<'_>) -> Result<Vec<(String, i64)>, Error> {
    let sql =
        "select key_id, count(*) from (select key_id from referral union all select key_id from chunk) as sealed
        group by key_id order by key_id";
    let rows = tx.query(sql, &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Erases a case; one that still has something to send only with `force`.
pub(super) async fn erase(
    tx: &Transaction<'_>,
    reference: &str,
    force: bool,
    now: i64,
) -> Result<Erased, Error> {
    if tx.query(CASE, &[&reference]).await?.is_empty() {
        return Ok(Erased::Unknown);
    }
    let sql = format!("select count(*) from delivery where state <> 'sent' and referral_id in ({CASE})");
    let waiting: i64 = tx.query_one(&sql, &[&reference]).await?.get(0);
    if waiting > 0 && !force {
        return Ok(Erased::Undelivered(waiting));
    }
    Ok(Erased::Done(forget(tx, reference, now, "demande").await?))
}

/// See the same function of the SQLite store: what waits keeps its whole case.
pub(super) async fn purge(tx: &Transaction<'_>, limits: Retention) -> Result<Vec<String>, Error> {
    let rows = tx
        .query(
            "select first.reference from referral as first
             join referral as one on one.id = first.id or one.parent_id = first.id
             join delivery on delivery.referral_id = one.id
             where first.parent_id is null
             group by first.id
             having not bool_or(state <> 'sent' and not (state = 'held' and kind <> 'cdc'))
                and max(coalesce(sent_at, delivery.created_at)) < $1
             limit $2",
            &[&limits.delivered_before, &BATCH],
        )
        .await?;
    let old: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    for reference in &old {
        forget(tx, reference, limits.now, "delai").await?;
    }
    tx.execute("delete from ledger where at < $1", &[&limits.noted_before])
        .await?;
    let day = limits.now / 86_400_000 - 2;
    tx.execute("delete from rate_receipt where day < $1", &[&day])
        .await?;
    Ok(old)
}

async fn forget(tx: &Transaction<'_>, reference: &str, now: i64, why: &str) -> Result<u64, Error> {
    for table in ["chunk", "delivery", "attachment"] {
        let sql = format!("delete from {table} where referral_id in ({CASE})");
        tx.execute(&sql, &[&reference]).await?;
    }
    let sql = "delete from referral where parent_id = (select id from referral where reference = $1)";
    let mut gone = tx.execute(sql, &[&reference]).await?;
    gone += tx
        .execute("delete from referral where reference = $1", &[&reference])
        .await?;
    if gone > 0 {
        note(tx, reference, "effacee", now, why).await?;
    }
    Ok(gone)
}
