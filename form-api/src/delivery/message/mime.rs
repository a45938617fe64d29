//! The bytes of a mail. No header holds a person's words, except their bare address in Reply-To.

use super::{Body as Content, Envelope, Joined, Rendered};
use crate::seal::{SealError, hex};
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};
use ring::rand::{SecureRandom, SystemRandom};
use std::time::SystemTime;

/// What becomes a mail.
pub(super) struct Draft<'a> {
    pub(super) subject: String,
    pub(super) reply_to: Option<Address>,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) reference: &'a str,
    pub(super) files: Vec<Joined>,
}

impl Draft<'_> {
    pub(super) fn build(self, envelope: &Envelope) -> Result<Rendered, String> {
        let mut builder = headers(&self.subject, envelope).header(Reference(self.reference.to_owned()));
        if let Some(address) = self.reply_to {
            builder = builder.reply_to(Mailbox::new(None, address));
        }
        let body = MultiPart::alternative_plain_html(self.text, self.html);
        let mut marks = Vec::new();
        let message = if self.files.is_empty() {
            builder.multipart(body)
        } else {
            let mut mixed = MultiPart::mixed().multipart(body);
            for file in self.files {
                mixed = mixed.singlepart(part(file, &mut marks)?);
            }
            builder.multipart(mixed)
        };
        let message = message.map_err(|error| error.to_string())?;
        Rendered::cut(message.formatted(), &marks)
    }
}

/// A mail of text alone.
pub(super) fn plain(
    subject: &str,
    text: &str,
    reply_to: Option<Address>,
    envelope: &Envelope,
) -> Result<Vec<u8>, String> {
    let mut builder = headers(subject, envelope).header(ContentType::TEXT_PLAIN);
    if let Some(address) = reply_to {
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    let message = builder.body(text.to_owned());
    message
        .map(|message| message.formatted())
        .map_err(|error| error.to_string())
}

fn headers(subject: &str, envelope: &Envelope) -> MessageBuilder {
    let date = SystemTime::from(envelope.date);
    let mut builder = Message::builder()
        .from(Mailbox::new(
            Some("Médiation Logement".to_owned()),
            envelope.from.clone(),
        ))
        .to(Mailbox::new(None, envelope.to.clone()))
        .subject(subject)
        .message_id(Some(format!("<{}>", envelope.message_id)))
        .date(date)
        .header(AutoSubmitted)
        .header(NoAutoReply);
    if let Some(first) = envelope.thread {
        builder = builder
            .in_reply_to(format!("<{first}>"))
            .references(format!("<{first}>"));
    }
    builder
}

/// A part of the mail. A stored file is a mark for now, which nobody can guess and no text can hold.
fn part(file: Joined, marks: &mut Vec<(u32, String)>) -> Result<SinglePart, String> {
    let kind = ContentType::parse(file.mime).map_err(|error| error.to_string())?;
    // Always base64: whatever a relay does to line ends, the bytes stay what they were.
    let body = match file.body {
        Content::Made(bytes) => Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
            .map_err(|_| "base64".to_owned())?,
        Content::Stored(n) => {
            let mark = mark()?;
            marks.push((n, mark.clone()));
            Body::dangerous_pre_encoded(mark.into_bytes(), ContentTransferEncoding::Base64)
        }
    };
    Ok(Attachment::new(file.name).body(body, kind))
}

fn mark() -> Result<String, String> {
    let mut bytes = [0; 16];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| SealError::NoRandom.to_string())?;
    Ok(format!("[[{}]]", hex(&bytes)))
}

/// Says that no person wrote this mail (RFC 3834): automatic answers stay silent.
#[derive(Clone)]
struct AutoSubmitted;

/// The same for mail servers that know only this.
#[derive(Clone)]
struct NoAutoReply;

/// The reference, for filters.
#[derive(Clone)]
struct Reference(String);

macro_rules! header {
    ($kind:ty, $name:literal, $parse:expr, $value:expr) => {
        impl Header for $kind {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }
            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok($parse(text))
            }
            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value(self))
            }
        }
    };
}

header!(
    AutoSubmitted,
    "Auto-Submitted",
    |_: &str| AutoSubmitted,
    |_: &Self| "auto-generated".to_owned()
);
header!(
    NoAutoReply,
    "X-Auto-Response-Suppress",
    |_: &str| NoAutoReply,
    |_: &Self| "All".to_owned()
);
header!(
    Reference,
    "X-ML-Reference",
    |text: &str| Reference(text.to_owned()),
    |header: &Self| header.0.clone()
);
