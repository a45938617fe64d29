//! What operators ask of a store: figures without personal data, the content of one case, its erasure.

use super::Stored;

/// Figures of a store, for metrics and alarms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages by state: `ready`, `sending`, `held`, `bounced`, `sent`.
    pub states: Vec<(String, i64)>,
    /// Milliseconds since 1970 of the oldest message that is not sent.
    pub oldest: Option<i64>,
    /// Bytes of the store on its disk.
    pub bytes: i64,
}

impl Tally {
    /// Messages in this state.
    #[must_use]
    pub fn count(&self, state: &str) -> i64 {
        let found = self.states.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    }
}

/// One line of the ledger: what happened to a reference, without personal data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Noted {
    /// Reference.
    pub reference: String,
    /// `recue`, `envoyee`, `accusee`, `rendue`, `remise`, `consultee`, `effacee`.
    pub event: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Département, kind of message, reason of an erasure.
    pub detail: String,
}

/// One referral of a case with the sizes of its files.
#[derive(Debug, Clone)]
pub struct Held {
    /// The referral.
    pub stored: Stored,
    /// Number and bytes of each file.
    pub files: Vec<(u32, i64)>,
}

/// How an erasure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// So many referrals (the first and its complements) are gone.
    Done(u64),
    /// So many messages have not left: nothing was erased.
    Undelivered(i64),
    /// There is no such case.
    Unknown,
}

/// What is to be forgotten, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Cases delivered in whole before this, milliseconds since 1970.
    pub delivered_before: i64,
    /// Lines of the ledger written before this, milliseconds since 1970.
    pub noted_before: i64,
    /// Now, milliseconds since 1970.
    pub now: i64,
}
