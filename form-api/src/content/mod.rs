//! Bytes too many to hold in memory: joined files and rendered messages, sealed chunk by chunk.
//!
//! A chunk opens only at its place, and the last one is sealed as the last: none can be moved, doubled or left out.

mod opened;
mod reading;
mod spool;

use crate::seal::SealError;
use std::fmt;

pub use opened::{Mime, Opened, Unreadable};
pub use reading::{Fault, Reading};
pub use spool::{Spool, Writer};

/// Bytes of a chunk before sealing.
pub const CHUNK: usize = 64 * 1024;

/// One content of a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The joined file with this number, from 1.
    File(u32),
    /// The rendered message with this Message-ID.
    Message(String),
}

impl Content {
    /// Name in the store, unique within a referral.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::File(n) => format!("file:{n}"),
            Self::Message(id) => format!("mime:{id}"),
        }
    }

    /// Place that its chunks are sealed for.
    #[must_use]
    pub fn place(&self, referral: &str) -> String {
        match self {
            Self::File(n) => format!("attachment:{referral}:{n}"),
            Self::Message(id) => format!("mime:{id}"),
        }
    }
}

/// Place of chunk `k`, from 0. A content of a single chunk is sealed for the place itself.
fn chunk_place(place: &str, k: usize, last: bool) -> String {
    match (k, last) {
        (0, true) => place.to_owned(),
        (_, true) => format!("{place}#{k}."),
        (_, false) => format!("{place}#{k}"),
    }
}

/// Why bytes cannot be put aside on their way to the store.
#[derive(Debug)]
pub enum SpoolError {
    /// The disk.
    Disk(std::io::Error),
    /// The keys.
    Seal(SealError),
}

impl fmt::Display for SpoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => write!(f, "disque : {:?}", error.kind()),
            Self::Seal(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SpoolError {}

impl From<std::io::Error> for SpoolError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<SealError> for SpoolError {
    fn from(error: SealError) -> Self {
        Self::Seal(error)
    }
}

/// Why stored bytes cannot be brought to another place.
#[derive(Debug)]
pub enum CopyFault {
    /// They cannot be read.
    Content(Fault),
    /// They cannot be put aside.
    Spool(SpoolError),
}

impl From<Fault> for CopyFault {
    fn from(fault: Fault) -> Self {
        Self::Content(fault)
    }
}

impl From<SpoolError> for CopyFault {
    fn from(fault: SpoolError) -> Self {
        Self::Spool(fault)
    }
}
