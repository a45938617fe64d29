//! A multipart body to posted strings and files, with hard limits. Too much of one thing is thrown away while it
//! arrives, so that the person gets their form back instead of a cut line.

use super::App;
use crate::attachment::{FileKind, sniff};
use crate::content::{Content, Spool, SpoolError, Writer};
use crate::seal::hex;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use referral_form::{Posted, PostedFile, clean, names};
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};
use tracing::error;

/// Most fields of a form.
const MOST_FIELDS: usize = 600;
/// Most bytes of one text; more is cut, and its length is told as a fault because it is over every limit.
const MOST_TEXT: usize = 100_000;
/// Most bytes of all texts.
const MOST_TEXTS: usize = 1_000_000;
/// Most bytes of a file name kept.
const MOST_NAME: usize = 200;

/// What arrived.
#[derive(Default)]
pub(super) struct Arrived {
    /// Identifier that the referral will have if it is stored: its files are already sealed for it.
    pub(super) id: String,
    pub(super) posted: Posted,
    pub(super) files: Vec<Upload>,
}

/// A file that arrived.
pub(super) struct Upload {
    pub(super) posted: PostedFile,
    pub(super) kind: Option<FileKind>,
    /// Its bytes, put aside; nothing when it is over a limit.
    pub(super) body: Option<Spool>,
}

/// Why nothing usable arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Over the hard limit of a request.
    TooLarge,
    /// Too slow, or silent.
    TooSlow,
    /// Cut, or not a form.
    Malformed,
    /// There is no room to put its files aside.
    NoRoom,
}

impl From<SpoolError> for Refused {
    fn from(error: SpoolError) -> Self {
        error!(event = "spool", reason = %error);
        Self::NoRoom
    }
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::Malformed
        }
    }
}

pub(super) async fn receive(app: &App, request: Request) -> Result<Arrived, Refused> {
    let deadline = Instant::now() + app.config.upload_total;
    let request = limited(request, app.config.max_body).await;
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refused::Malformed)?;
    let mut reader = Reader {
        app,
        deadline,
        arrived: Arrived {
            id: hex(&app.ring.random::<16>().map_err(|_| Refused::NoRoom)?),
            ..Arrived::default()
        },
        texts: 0,
        bytes: 0,
    };
    for _ in 0..MOST_FIELDS {
        let Some(field) = patient(app.config.upload_idle, deadline, parts.next_field()).await? else {
            return Ok(reader.arrived);
        };
        reader.take(field).await?;
    }
    Err(Refused::TooLarge)
}

/// Sets the limit of the body, as the layer of the same name would.
async fn limited(request: Request, most: usize) -> Request {
    use tower::{Layer, ServiceExt, service_fn};
    let echo = service_fn(|request: Request<Body>| async move { Ok::<_, std::convert::Infallible>(request) });
    match DefaultBodyLimit::max(most).layer(echo).oneshot(request).await {
        Ok(request) => request,
        Err(never) => match never {},
    }
}

/// A step that may neither be silent too long nor pass the deadline.
async fn patient<T>(
    idle: Duration,
    deadline: Instant,
    work: impl Future<Output = Result<T, MultipartError>>,
) -> Result<T, Refused> {
    match timeout_at(deadline, timeout(idle, work)).await {
        Ok(Ok(done)) => Ok(done?),
        _ => Err(Refused::TooSlow),
    }
}

struct Reader<'a> {
    app: &'a App,
    deadline: Instant,
    arrived: Arrived,
    texts: usize,
    bytes: u64,
}

impl<'a> Reader<'a> {
    async fn take(&mut self, field: Field<'_>) -> Result<(), Refused> {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(file_name);
        match file {
            Some(file) if name == names::PIECES || name.starts_with(names::PIECE_PREFIX) => {
                self.file(field, &name, file).await
            }
            _ => self.text(field, name).await,
        }
    }

    async fn text(&mut self, mut field: Field<'_>, name: String) -> Result<(), Refused> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk(&mut field).await? {
            let room = MOST_TEXT - bytes.len();
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        self.texts += bytes.len() + name.len();
        if self.texts > MOST_TEXTS {
            return Err(Refused::TooLarge);
        }
        self.arrived
            .posted
            .push(name, String::from_utf8_lossy(&bytes).into_owned());
        Ok(())
    }

    async fn file(&mut self, mut field: Field<'_>, name: &str, file: String) -> Result<(), Refused> {
        let limits = self.app.config.files;
        let mut size = 0_u64;
        let mut head = Vec::new();
        // One file too many is read to its end, but not kept.
        let mut body = match self.arrived.files.len() {
            before if before < limits.count => Some(self.aside(before)?),
            _ => None,
        };
        while let Some(chunk) = self.chunk(&mut field).await? {
            size += chunk.len() as u64;
            let room = sniff::HEAD.saturating_sub(head.len());
            head.extend_from_slice(&chunk[..chunk.len().min(room)]);
            body = body.filter(|_| size <= limits.each && self.bytes + size <= limits.total);
            if let Some(body) = &mut body {
                body.write(&chunk)?;
            }
        }
        // An empty file input posts one nameless file of no bytes.
        if file.is_empty() && size == 0 {
            return Ok(());
        }
        self.bytes += size;
        let kind = if size == 0 {
            Err("fichier_vide")
        } else {
            sniff::sniff(&head, &file)
        };
        let piece = name
            .strip_prefix(names::PIECE_PREFIX)
            .filter(|id| self.app.site.definition.piece(id).is_some());
        self.arrived.files.push(Upload {
            posted: PostedFile {
                piece: piece.map(str::to_owned),
                name: file,
                size,
                fault: kind.err(),
            },
            kind: kind.ok(),
            body: body.map(Writer::finish).transpose()?,
        });
        Ok(())
    }

    /// A private file for the bytes of the next joined file.
    fn aside(&self, before: usize) -> Result<Writer<'a>, Refused> {
        let n = u32::try_from(before + 1).unwrap_or(u32::MAX);
        let place = Content::File(n).place(&self.arrived.id);
        Ok(Writer::new(&self.app.ring, place, &self.app.config.spool)?)
    }

    async fn chunk(&self, field: &mut Field<'_>) -> Result<Option<axum::body::Bytes>, Refused> {
        patient(self.app.config.upload_idle, self.deadline, field.chunk()).await
    }
}

/// The last part of the name, on one line, short.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    clean::line(last).chars().take(MOST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(file_name("C:\\Users\\Anne\\bail.pdf"), "bail.pdf");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("a\r\nb.pdf"), "a b.pdf");
        assert_eq!(file_name(&"é".repeat(500)).chars().count(), 200);
    }
}
