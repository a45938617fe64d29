//! Where referrals are kept: a file, or a server.

use super::{Reader, Secret, Settings};
use std::path::PathBuf;

/// The address of the store: `OUTBOX_URL`, the name that platforms use, before `ML_DATABASE_URL`.
fn store_url(s: &Settings) -> &str {
    s.outbox_url.as_deref().unwrap_or(&s.database_url)
}

/// The address of PostgreSQL, if that is the store.
pub(super) fn postgres(s: &Settings) -> Option<Secret> {
    let url = store_url(s).trim();
    let ours = url.starts_with("postgres://") || url.starts_with("postgresql://");
    ours.then(|| Secret::new(url))
}

/// The file of the SQLite store; nothing with PostgreSQL.
pub(super) fn file(r: &mut Reader, s: &Settings) -> PathBuf {
    if postgres(s).is_some() {
        return PathBuf::new();
    }
    let read = store_url(s)
        .strip_prefix("sqlite://")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .ok_or_else(|| "on attend « sqlite://chemin/de/la/base.db » ou « postgres://… »".to_owned());
    r.take("ML_DATABASE_URL", read, PathBuf::new())
}
