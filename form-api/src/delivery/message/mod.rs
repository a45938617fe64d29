//! The messages: a stored referral to the bytes of a mail. Rendered once; every attempt sends the same bytes.

mod base64;
pub mod csv;
mod json;
mod mime;
pub mod parts;
mod rendered;

use crate::contact::Message;
use crate::referral::casefile::{self, CaseFile};
use crate::referral::dossier::Dossier;
use crate::site::Site;
use jiff::Timestamp;
use lettre::Address;
use referral_form::names;

pub use json::VERSION as JSON_VERSION;
pub use rendered::Rendered;

/// A file of a message.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Name of the attachment.
    pub name: String,
    /// Media type.
    pub mime: &'static str,
    /// What it holds.
    pub body: Body,
}

/// What a file of a message holds.
#[derive(Debug, Clone)]
pub enum Body {
    /// Bytes that we made.
    Made(Vec<u8>),
    /// The joined file with this number, untouched: it stays in the store until the message is written.
    Stored(u32),
}

/// What every message needs.
pub struct Envelope<'a> {
    /// Address of the service.
    pub from: &'a Address,
    /// Recipient.
    pub to: &'a Address,
    /// Message-ID without its angles.
    pub message_id: &'a str,
    /// Message-ID of the first mail of this referral to the same person, if it is not this one.
    pub thread: Option<&'a str>,
    /// Day and hour of the message.
    pub date: Timestamp,
}

/// A message to the commission: part `part` of `parts`, with the files of that part.
///
/// # Errors
/// Why it cannot be rendered, without personal data.
pub fn commission(
    site: &Site,
    case: &CaseFile,
    dossier: &Dossier,
    envelope: &Envelope,
    split: (u32, u32),
    mut files: Vec<Joined>,
) -> Result<Rendered, String> {
    #[derive(serde::Serialize)]
    struct View<'a> {
        case: &'a CaseFile,
        part: u32,
        parts: u32,
        here: Vec<&'a str>,
    }
    let template = if dossier.complement.is_some() {
        "complement"
    } else {
        "commission"
    };
    let here: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let view = View {
        case,
        part: split.0,
        parts: split.1,
        here: here.iter().map(String::as_str).collect(),
    };
    // The row and the data are those of the referral: a complement has already sent them once.
    if split.0 == 1 && dossier.complement.is_none() {
        files.push(csv::file(case, &dossier.answers));
        files.push(json::file(case, dossier)?);
    }
    mime::Draft {
        subject: casefile::subject(site, case, &dossier.answers, split),
        reply_to: dossier.answers.text(names::REQUESTER_EMAIL).parse().ok(),
        text: site.render(&format!("own/{template}.txt"), "mail", &view)?,
        html: site.render(&format!("own/{template}.html"), "mail", &view)?,
        reference: &case.reference,
        files,
    }
    .build(envelope)
}

/// The registration receipt, to the requester.
///
/// # Errors
/// Why it cannot be rendered, without personal data.
pub fn receipt(site: &Site, case: &CaseFile, envelope: &Envelope) -> Result<Rendered, String> {
    let object = case.object();
    mime::Draft {
        subject: format!("Accusé d’enregistrement – {object} {}", case.reference),
        reply_to: None,
        text: site.render("own/receipt.txt", "case", case)?,
        html: site.render("own/receipt.html", "case", case)?,
        reference: &case.reference,
        files: Vec::new(),
    }
    .build(envelope)
}

/// Word that the commission has acknowledged, to the requester.
///
/// # Errors
/// Why it cannot be rendered, without personal data.
pub fn notice(site: &Site, case: &CaseFile, envelope: &Envelope) -> Result<Rendered, String> {
    mime::Draft {
        subject: format!("Accusé de réception – {}", case.reference),
        reply_to: None,
        text: site.render("own/notice.txt", "case", case)?,
        html: site.render("own/notice.html", "case", case)?,
        reference: &case.reference,
        files: Vec::new(),
    }
    .build(envelope)
}

/// Word that a file was withheld, to the requester.
///
/// # Errors
/// Why it cannot be rendered, without personal data.
pub fn withheld(site: &Site, case: &CaseFile, envelope: &Envelope) -> Result<Rendered, String> {
    mime::Draft {
        subject: format!("Une pièce n’a pas été transmise – {}", case.reference),
        reply_to: None,
        text: site.render("own/withheld.txt", "case", case)?,
        html: site.render("own/withheld.html", "case", case)?,
        reference: &case.reference,
        files: Vec::new(),
    }
    .build(envelope)
}

/// A short mail to the operator: only references.
///
/// # Errors
/// Why it cannot be rendered.
pub fn alert(subject: &str, text: &str, envelope: &Envelope) -> Result<Vec<u8>, String> {
    mime::plain(subject, text, None, envelope)
}

/// A message to the team: its words as they were typed, and where to answer.
///
/// # Errors
/// Why it cannot be rendered, without personal data.
pub fn contact(message: &Message, envelope: &Envelope) -> Result<Vec<u8>, String> {
    let about = if message.about.is_empty() {
        String::new()
    } else {
        format!("Page : {}\n", message.about)
    };
    let answer = message
        .email
        .as_deref()
        .unwrap_or("aucune, la personne n’attend pas de réponse");
    let text = format!(
        "Sujet : {}\n{about}Adresse pour répondre : {answer}\n\n{}\n",
        message.label(),
        message.text
    );
    let reply_to = message.email.as_deref().and_then(|email| email.parse().ok());
    let subject = format!("[Médiation Logement] Contact : {}", message.label());
    mime::plain(&subject, &text, reply_to, envelope)
}
