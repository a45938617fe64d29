//! The outbox: referrals made durable, and the messages still to be sent. One narrow interface, one or more stores.

mod lease;
mod operate;
pub mod postgres;
pub mod sqlite;

pub use lease::NEVER;
use lease::{FARTHEST, lease_token};
pub use operate::{Erased, Held, Noted, Retention, Tally};

use crate::content::{Content, Spool};
use crate::seal::Sealed;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// An answer of the store, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, OutboxError>> + Send + 'a>>;

/// What the service needs of a store.
pub trait Outbox: Send + Sync {
    /// Waits until the store can never answer again, because a part of it died. Most never do.
    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(std::future::pending())
    }
    /// Stores a referral with its files and messages in one transaction; when this answers, it is on the disk.
    fn enqueue(&self, referral: NewReferral) -> Answer<'_, Enqueued>;
    /// The referral with this receipt token.
    fn by_receipt(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>>;
    /// The referral with this acknowledge token.
    fn by_ack(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>>;
    /// The referral that this token may complete.
    fn by_complement(&self, token_hash: [u8; 32]) -> Answer<'_, Option<Stored>>;
    /// The referral with this id.
    fn by_id(&self, id: String) -> Answer<'_, Option<Stored>>;
    /// Chunk `k`, from 0, of a file or message of this referral.
    fn chunk(&self, id: String, content: Content, k: u32) -> Answer<'_, Option<Chunk>>;
    /// What the antivirus said of each file, by number.
    fn scans(&self, id: String) -> Answer<'_, Vec<(u32, Scan)>>;
    /// Keeps what the antivirus said of a file.
    fn note_scan(&self, id: String, n: u32, scan: Scan) -> Answer<'_, ()>;
    /// Adds the message that tells the requester of a withheld file, once for a referral.
    fn tell_withheld(&self, id: String, message_id: String, now: i64) -> Answer<'_, ()>;
    /// Marks a referral as acknowledged and adds the message that tells its requester; `false` when it was already.
    fn acknowledge(&self, id: String, message_id: String, now: i64) -> Answer<'_, bool>;
    /// Takes the messages that are due, oldest first, with a lease.
    fn claim_due(&self, now: i64, lease: i64, most: u32) -> Answer<'_, Vec<Claim>>;
    /// Keeps the rendered message, so that every attempt sends the same bytes.
    fn keep_mime(&self, claim: Lease, mime: Spool) -> Answer<'_, bool>;
    /// The message was accepted by the relay.
    fn complete(&self, claim: Lease, outcome: Outcome, now: i64) -> Answer<'_, bool>;
    /// The message is to be tried again at `next_at`, or waits for a person when `held`.
    fn defer(&self, claim: Lease, outcome: Outcome, next_at: i64, held: bool) -> Answer<'_, bool>;
    /// Messages that are not sent, oldest first; all messages of one referral when a reference is given.
    fn list(&self, reference: Option<String>) -> Answer<'_, Vec<Listed>>;
    /// Makes the waiting messages of one referral (of all when nothing is given) due at once; how many.
    fn retry(&self, reference: Option<String>, now: i64) -> Answer<'_, u64>;
    /// Whether a write works now.
    fn check(&self) -> Answer<'_, ()>;
    /// Puts the held and returned messages of a case back into the queue, to be rendered again; how many.
    fn release(&self, reference: String, now: i64) -> Answer<'_, u64>;
    /// Notes that the mails of a case to the commission came back after the relay had taken them; how many.
    fn bounce(&self, reference: String, now: i64) -> Answer<'_, u64>;
    /// The referrals of a case, sealed: the first and its complements.
    fn case(&self, reference: String) -> Answer<'_, Vec<Held>>;
    /// What happened to a case (to all without a reference), without personal data; kept after its erasure.
    fn ledger(&self, reference: Option<String>) -> Answer<'_, Vec<Noted>>;
    /// Adds a line to the ledger.
    fn note(&self, line: Noted) -> Answer<'_, ()>;
    /// Erases a case; one that still has something to send only with `force`.
    fn erase(&self, reference: String, force: bool, now: i64) -> Answer<'_, Erased>;
    /// Erases some of the cases delivered before a limit, and says which; nothing undelivered, whatever its age.
    fn purge(&self, limits: Retention) -> Answer<'_, Vec<String>>;
    /// Figures of the store.
    fn tally(&self) -> Answer<'_, Tally>;
    /// How many values each key has sealed.
    fn keys(&self) -> Answer<'_, Vec<(String, i64)>>;
}

/// Why the store cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutboxError {
    /// The disk is full.
    Full,
    /// Anything else, without personal data.
    Store(String),
    /// The store has stopped.
    Stopped,
}

impl fmt::Display for OutboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("disque plein"),
            Self::Store(reason) => f.write_str(reason),
            Self::Stopped => f.write_str("base arrêtée"),
        }
    }
}

impl std::error::Error for OutboxError {}

/// A chunk of a file or message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its sealed bytes.
    pub sealed: Sealed,
    /// Whether the store has none after it.
    pub last: bool,
}

/// Milliseconds during which the same content is the same referral, whatever page sent it: without script, a browser
/// that goes back after the confirmation may read the form again, and gets another token with it.
const SAME_FOR: i64 = 86_400_000;

/// A referral to store.
#[derive(Debug)]
pub struct NewReferral {
    /// Random identifier.
    pub id: String,
    /// Key of idempotency.
    pub idem_key: String,
    /// Hash of its content.
    pub content_hash: [u8; 32],
    /// Département of the commission.
    pub departement: String,
    /// Year, in Paris, of the reception: part of the reference.
    pub year: i16,
    /// Milliseconds since 1970.
    pub received_at: i64,
    /// Sealed dossier.
    pub fields: Sealed,
    /// Hash of the receipt token.
    pub receipt_token_hash: [u8; 32],
    /// Hash of the acknowledge token.
    pub ack_token_hash: [u8; 32],
    /// Hash of the token of its complements; nothing for a complement.
    pub complement_token_hash: Option<[u8; 32]>,
    /// The referral that it completes.
    pub parent: Option<Parent>,
    /// Files.
    pub files: Vec<NewFile>,
    /// Messages for the commission.
    pub parts: u32,
    /// Right part of the Message-ID.
    pub domain: String,
    /// Keyed hash of the requester's address, to limit receipts.
    pub address_mac: [u8; 32],
    /// Most receipts a day to one address.
    pub receipts_a_day: u32,
}

/// The referral that a complement completes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its identifier.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// Most complements that it may get.
    pub most: u32,
}

/// What the antivirus said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scan {
    /// It has not answered yet.
    Pending,
    /// It found nothing.
    Clean,
    /// It found something: the file is withheld.
    Infected,
    /// There is none, or it gave no answer in time.
    Unscanned,
}

impl Scan {
    /// Word in the store.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Unscanned => "unscanned",
        }
    }

    /// The result of a word of the store; an unknown word is no result.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        [Self::Clean, Self::Infected, Self::Unscanned]
            .into_iter()
            .find(|scan| scan.word() == word)
            .unwrap_or(Self::Pending)
    }
}

/// A file to store.
#[derive(Debug)]
pub struct NewFile {
    /// Number, from 1.
    pub n: u32,
    /// Bytes before sealing.
    pub size: u64,
    /// Its sealed chunks.
    pub body: Spool,
}

/// What became of a referral handed to the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enqueued {
    /// Stored now.
    New {
        /// Its reference.
        reference: String,
    },
    /// The same was stored before.
    Same {
        /// Identifier of the first.
        id: String,
        /// Identifier of the key its tokens were made with.
        key_id: String,
        /// Its reference.
        reference: String,
    },
    /// The key was used for another content.
    Conflict,
    /// The referral has had all the complements that it may get.
    TooMany,
}

/// A stored referral, without its files.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Identifier.
    pub id: String,
    /// Reference.
    pub reference: String,
    /// Département.
    pub departement: String,
    /// Milliseconds since 1970.
    pub received_at: i64,
    /// Milliseconds since 1970, once the commission has acknowledged.
    pub acked_at: Option<i64>,
    /// Sealed dossier.
    pub fields: Sealed,
    /// Whether a receipt is (or was) to be sent to the requester.
    pub has_receipt: bool,
    /// Reference of the referral that it completes, for a complement.
    pub parent: Option<String>,
}

/// The right to send one message, until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Message.
    pub delivery: i64,
    /// Proof that the lease is still ours.
    pub token: String,
}

/// Who a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// The commission.
    Commission,
    /// The requester, at once.
    Receipt,
    /// The requester, once the commission has acknowledged.
    Notice,
    /// The requester, when the antivirus made us withhold a file.
    Withheld,
}

impl MessageKind {
    /// Word in the store.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Commission => "cdc",
            Self::Receipt => "receipt",
            Self::Notice => "notice",
            Self::Withheld => "withheld",
        }
    }

    /// The kind of a word of the store.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Commission, Self::Receipt, Self::Notice, Self::Withheld]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// A message to send now.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The right to send it.
    pub lease: Lease,
    /// Its referral.
    pub referral: String,
    /// Reference, for logs.
    pub reference: String,
    /// Who it is for.
    pub kind: MessageKind,
    /// Part, from 1.
    pub part: u32,
    /// Number of parts.
    pub parts: u32,
    /// Message-ID, chosen before the first attempt.
    pub message_id: String,
    /// Attempts, this one included.
    pub attempts: u32,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Whether the store holds the rendered message: after the first attempt.
    pub rendered: bool,
}

/// How an attempt ended, without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `sent`, `transient`, `permanent`, `ours`, `ambiguous`, `render`, `scan`.
    pub class: &'static str,
    /// SMTP code, when there was one.
    pub code: Option<u16>,
    /// Name that the relay gave to the message.
    pub relay_id: Option<String>,
}

/// A message as operators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Reference.
    pub reference: String,
    /// `cdc`, `receipt`, `notice`, `withheld`.
    pub kind: String,
    /// Part and parts.
    pub part: (u32, u32),
    /// `ready`, `sending`, `held`, `bounced`, `sent`.
    pub state: String,
    /// Attempts.
    pub attempts: u32,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970.
    pub next_at: i64,
    /// Class of the last attempt.
    pub last_class: Option<String>,
    /// SMTP code of the last attempt.
    pub last_code: Option<u16>,
    /// Milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// Name that the relay gave to the message.
    pub relay_id: Option<String>,
}
