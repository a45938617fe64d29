//! A message on its way out: bytes that may be read more than once, piece by piece.

use super::{CopyFault, Reading, Spool, Writer, chunk_place};
use crate::seal::KeyRing;
use std::borrow::Cow;
use std::path::Path;

/// The bytes of a message.
pub trait Mime: Send + Sync {
    /// How many pieces there are.
    fn pieces(&self) -> usize;
    /// Piece `k`, from 0.
    ///
    /// # Errors
    /// When it cannot be read (again).
    fn piece(&self, k: usize) -> Result<Cow<'_, [u8]>, Unreadable>;
}

/// A piece cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl Mime for Vec<u8> {
    fn pieces(&self) -> usize {
        1
    }
    fn piece(&self, _k: usize) -> Result<Cow<'_, [u8]>, Unreadable> {
        Ok(Cow::Borrowed(self))
    }
}

/// A stored message, in a private file of sealed chunks.
pub struct Opened<'a> {
    ring: &'a KeyRing,
    place: String,
    spool: Spool,
}

impl<'a> Opened<'a> {
    /// Reads the whole message out of the store: a message that cannot be read is not even begun to be sent.
    ///
    /// # Errors
    /// When a part of it is absent or damaged, or the disk is full.
    pub async fn new(
        ring: &'a KeyRing,
        mut stored: Reading<'_>,
        place: &str,
        folder: &Path,
    ) -> Result<Self, CopyFault> {
        let mut writer = Writer::new(ring, place.to_owned(), folder)?;
        while let Some(bytes) = stored.next().await? {
            writer.write(&bytes)?;
        }
        Ok(Self {
            ring,
            place: place.to_owned(),
            spool: writer.finish()?,
        })
    }
}

impl Mime for Opened<'_> {
    fn pieces(&self) -> usize {
        self.spool.chunks()
    }

    fn piece(&self, k: usize) -> Result<Cow<'_, [u8]>, Unreadable> {
        let sealed = self.spool.chunk(k).map_err(|_| Unreadable)?;
        let place = chunk_place(&self.place, k, k + 1 == self.spool.chunks());
        let opened = self.ring.open(&sealed.key_id, &place, &sealed.bytes);
        opened.map(Cow::Owned).map_err(|_| Unreadable)
    }
}
