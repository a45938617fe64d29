//! Hands a rendered message over: to a relay, to a folder, or to memory.

mod files;
mod memory;
mod smtp;

use crate::content::Mime;
use lettre::Address;
use std::future::Future;
use std::pin::Pin;

pub use files::Files;
pub use memory::Memory;
pub use smtp::Smtp;

/// The end of an attempt, later.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Accepted, Failure>> + Send + 'a>>;

/// Sends messages.
pub trait Mailer: Send + Sync {
    /// Sends one message to one recipient. `name` is unique to the message (its Message-ID).
    fn send<'a>(
        &'a self,
        from: &'a Address,
        to: &'a Address,
        name: &'a str,
        mime: &'a dyn Mime,
    ) -> Sending<'a>;
}

/// The relay has taken the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Name the relay gave to it, if it said one.
    pub relay_id: Option<String>,
}

/// The relay has not taken the message, as far as we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// What it means for the next attempt.
    pub class: Class,
    /// SMTP code, if the relay gave one.
    pub code: Option<u16>,
    /// Step that failed, for logs.
    pub step: &'static str,
}

/// What a failure means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Try again later: the relay said so, or the network failed before the end of the data.
    Transient,
    /// The cut came after the end of the data: it may have been taken. Try again with the same bytes.
    Ambiguous,
    /// The relay refuses this message: a person must look.
    Permanent,
    /// The relay refuses us (TLS, password, sender): no message passes until that is repaired.
    Ours,
    /// The relay cannot be reached: no message passes for now.
    Unreachable,
}

impl Class {
    /// Word in the store and in logs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Transient => "transient",
            Self::Ambiguous => "ambiguous",
            Self::Permanent => "permanent",
            Self::Ours => "ours",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether the next message would meet the same failure.
    #[must_use]
    pub fn stops_all(self) -> bool {
        matches!(self, Self::Ours | Self::Unreachable)
    }
}
