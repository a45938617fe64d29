//! Mails as they arrived, read by a parser that is not the sender's.

use std::path::Path;
use std::time::Duration;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use crate::folder;
use crate::process::eventually;

/// One attached file.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// Media type, `text/csv`.
    pub kind: String,
    /// Decoded content.
    pub bytes: Vec<u8>,
}

/// One mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The bytes as they arrived.
    pub raw: Vec<u8>,
    /// Decoded subject.
    pub subject: String,
    /// Recipients' addresses.
    pub to: Vec<String>,
    /// Addresses that an answer goes to.
    pub reply_to: Vec<String>,
    /// The part for readers of plain text.
    pub text: String,
    /// The part for readers of HTML.
    pub html: String,
    /// The attached files, in order.
    pub attachments: Vec<Attachment>,
}

impl Mail {
    /// Reads a mail.
    ///
    /// # Panics
    /// When the bytes are no mail.
    #[must_use]
    pub fn read(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).expect("a mail can be read");
        let attachments = message.attachments().map(|part| Attachment {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            kind: part.content_type().map_or_else(String::new, |kind| {
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
            }),
            bytes: part.contents().to_vec(),
        });
        Self {
            raw: raw.to_vec(),
            subject: message.subject().unwrap_or_default().to_owned(),
            to: addresses(message.to()),
            reply_to: addresses(message.reply_to()),
            text: body(&message, &message.text_body, false),
            html: body(&message, &message.html_body, true),
            attachments: attachments.collect(),
        }
    }

    /// Raw value of a header, `""` when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let message = MessageParser::default()
            .parse(&self.raw)
            .expect("a mail that was read before");
        message.header_raw(name).unwrap_or_default().trim().to_owned()
    }

    /// The attached file whose name ends so.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn attachment(&self, end: &str) -> &Attachment {
        let found = self.attachments.iter().find(|file| file.name.ends_with(end));
        let names: Vec<_> = self.attachments.iter().map(|file| &file.name).collect();
        found.unwrap_or_else(|| panic!("no attached file ends with {end}: {names:?}"))
    }
}

fn addresses(list: Option<&mail_parser::Address>) -> Vec<String> {
    let list = list.map(|list| {
        list.iter()
            .filter_map(mail_parser::Addr::address)
            .map(str::to_owned)
    });
    list.map(Iterator::collect).unwrap_or_default()
}

/// The first body part that is really of this kind: the parser would make one from the other.
fn body(message: &Message, listed: &[u32], html: bool) -> String {
    let part = listed
        .iter()
        .filter_map(|index| message.parts.get(*index as usize));
    let texts = part.filter_map(|part| match &part.body {
        PartType::Html(text) if html => Some(text.to_string()),
        PartType::Text(text) if !html => Some(text.to_string()),
        _ => None,
    });
    texts.into_iter().next().unwrap_or_default()
}

/// A folder that mails are delivered into, one file a mail.
pub trait Mailbox {
    /// The folder whose files are the mails.
    fn folder(&self) -> &Path;

    /// The mails delivered so far, oldest name first.
    fn mails(&self) -> Vec<Mail> {
        let read = |path: &std::path::PathBuf| std::fs::read(path).ok();
        // A name that begins with a dot is a mail being written.
        let is_whole = |path: &&std::path::PathBuf| {
            let name = path.file_name().unwrap_or_default();
            !name.to_string_lossy().starts_with('.')
        };
        folder::files(self.folder())
            .iter()
            .filter(is_whole)
            .filter_map(read)
            .map(|raw| Mail::read(&raw))
            .collect()
    }

    /// Mails to one address.
    fn to(&self, address: &str) -> Vec<Mail> {
        self.mails()
            .into_iter()
            .filter(|mail| mail.to.iter().any(|to| to == address))
            .collect()
    }

    /// Waits for the first mail to an address.
    fn first_to(&self, address: &str, wait: Duration) -> Mail {
        eventually(wait, &format!("a mail to {address}"), || {
            self.to(address).into_iter().next()
        })
    }
}
