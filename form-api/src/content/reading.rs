//! A stored content, opened chunk by chunk.

use super::{Content, chunk_place};
use crate::outbox::Outbox;
use crate::seal::KeyRing;
use std::fmt;

/// Why a content cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The store does not answer.
    Store(String),
    /// A chunk is absent, damaged or sealed with a key that we do not have.
    Damaged(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(reason) | Self::Damaged(reason) => f.write_str(reason),
        }
    }
}

/// The chunks of one content, in order.
pub struct Reading<'a> {
    outbox: &'a dyn Outbox,
    ring: &'a KeyRing,
    referral: String,
    content: Content,
    next: u32,
    ended: bool,
}

impl<'a> Reading<'a> {
    /// Begins at the first chunk.
    #[must_use]
    pub fn new(outbox: &'a dyn Outbox, ring: &'a KeyRing, referral: &str, content: Content) -> Self {
        Self {
            outbox,
            ring,
            referral: referral.to_owned(),
            content,
            next: 0,
            ended: false,
        }
    }

    /// The next bytes; nothing after the last ones.
    ///
    /// # Errors
    /// When they are not in the store, or not what was sealed.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let asked = self
            .outbox
            .chunk(self.referral.clone(), self.content.clone(), self.next);
        let chunk = asked.await.map_err(|fault| Fault::Store(fault.to_string()))?;
        let chunk = chunk.ok_or_else(|| Fault::Damaged("une pièce ou un message manque".to_owned()))?;
        let k = usize::try_from(self.next).unwrap_or(usize::MAX);
        let place = chunk_place(&self.content.place(&self.referral), k, chunk.last);
        let opened = self.ring.open(&chunk.sealed.key_id, &place, &chunk.sealed.bytes);
        self.next += 1;
        self.ended = chunk.last;
        opened
            .map(Some)
            .map_err(|fault| Fault::Damaged(fault.to_string()))
    }
}
