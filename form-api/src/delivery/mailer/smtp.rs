//! Hands messages to a relay, one SMTP step at a time, each under its own time limit.
//!
//! The transport of the mail library only limits the connection: a relay that falls silent after DATA would
//! hold us for ever. Step by step, we also know what a failure means.

use super::{Accepted, Class, Failure, Mailer, Sending};
use crate::config::{Security, SmtpUrl};
use crate::content::Mime;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// A relay.
pub struct Smtp {
    url: SmtpUrl,
    tls: Option<TlsParameters>,
    hello: ClientId,
    step: Duration,
    data: Duration,
}

impl Smtp {
    /// A relay, with the time limits of a step and of the data.
    ///
    /// # Errors
    /// When the name of the relay cannot be checked by TLS.
    pub fn new(url: SmtpUrl, hello: &str, step: Duration, data: Duration) -> Result<Self, String> {
        let tls = if url.security == Security::Plain {
            None
        } else {
            Some(TlsParameters::new(url.host.clone()).map_err(|error| format!("TLS : {error}"))?)
        };
        Ok(Self {
            url,
            tls,
            hello: ClientId::Domain(hello.to_owned()),
            step,
            data,
        })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let place = (self.url.host.as_str(), self.url.port);
        let at_once = self.tls.clone().filter(|_| self.url.security == Security::Tls);
        let hello = &self.hello;
        let mut connection = if at_once.is_some() {
            let connecting =
                AsyncSmtpConnection::connect_tokio1(place, Some(self.step), hello, at_once, None);
            self.limited("connect", Class::Unreachable, connecting).await?
        } else {
            let stream = self.reach(place).await?;
            let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello);
            self.limited("connect", Class::Unreachable, connecting).await?
        };
        if self.url.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            self.limited("starttls", Class::Ours, connection.starttls(tls, &self.hello))
                .await?;
        }
        if self.url.security != Security::Plain && !connection.is_encrypted() {
            return Err(failure("starttls", Class::Ours, None));
        }
        if let Some((user, password)) = &self.url.credentials {
            let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            self.limited("auth", Class::Ours, connection.auth(&mechanisms, &credentials))
                .await?;
        }
        Ok(connection)
    }

    /// A line without delays: the mail library writes a message and its end apart, and the end would wait for an
    /// answer to the message, which a relay holds back for 40 ms.
    async fn reach(&self, place: (&str, u16)) -> Result<TcpStream, Failure> {
        let unreachable = || failure("connect", Class::Unreachable, None);
        match tokio::time::timeout(self.step, TcpStream::connect(place)).await {
            Ok(Ok(stream)) => stream
                .set_nodelay(true)
                .map(|()| stream)
                .map_err(|_| unreachable()),
            _ => Err(unreachable()),
        }
    }

    async fn deliver(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &Address,
        to: &Address,
        mime: &dyn Mime,
    ) -> Result<Response, Failure> {
        let mail = Mail::new(Some(from.clone()), Vec::new());
        self.limited("mail", Class::Ours, connection.command(mail))
            .await
            .map_err(too_big)?;
        self.limited(
            "rcpt",
            Class::Permanent,
            connection.command(Rcpt::new(to.clone(), Vec::new())),
        )
        .await?;
        self.limited("data", Class::Permanent, connection.command(Data))
            .await?;
        let body = Body::new(mime);
        let broken = body.broken.clone();
        let sending = tokio::time::timeout(self.data, connection.message_iter(body));
        let sent = tokio::select! {
            biased;
            // The connection is dropped before the end of the message: the relay forgets what it has.
            () = broken.notified() => return Err(failure("read", Class::Transient, None)),
            sent = sending => sent,
        };
        match sent {
            Err(_) => Err(failure("body", Class::Ambiguous, None)),
            // Without an answer of the relay, it may have taken the message before the line broke.
            Ok(Err(error)) if error.status().is_none() => Err(failure("body", Class::Ambiguous, None)),
            Ok(Err(error)) => Err(classed("body", Class::Permanent, &error)),
            Ok(Ok(response)) => Ok(response),
        }
    }

    /// One step under the time limit. `refused` is what a permanent refusal of this step means.
    async fn limited<T>(
        &self,
        step: &'static str,
        refused: Class,
        work: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, Failure> {
        match tokio::time::timeout(self.step, work).await {
            Err(_) if step == "connect" => Err(failure(step, Class::Unreachable, None)),
            Err(_) => Err(failure(step, Class::Transient, None)),
            Ok(Err(error)) => Err(classed(step, refused, &error)),
            Ok(Ok(value)) => Ok(value),
        }
    }
}

/// The pieces of a message for the mail library, which ends the message when they end. After a piece that cannot
/// be read they never end: empty lines follow until the sending is given up, at the next pause of the connection.
struct Body<'a> {
    mime: &'a dyn Mime,
    next: usize,
    broken: Arc<Notify>,
    is_broken: bool,
}

impl<'a> Body<'a> {
    fn new(mime: &'a dyn Mime) -> Self {
        Self {
            mime,
            next: 0,
            broken: Arc::new(Notify::new()),
            is_broken: false,
        }
    }
}

impl<'a> Iterator for Body<'a> {
    type Item = Cow<'a, [u8]>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.is_broken && self.next == self.mime.pieces() {
            return None;
        }
        let piece = self.mime.piece(self.next).ok().filter(|_| !self.is_broken);
        self.next += 1;
        if piece.is_none() {
            self.is_broken = true;
            self.broken.notify_one();
        }
        Some(piece.unwrap_or(Cow::Borrowed(b"\r\n")))
    }
}

/// 552 at MAIL FROM is about the message, not about us.
fn too_big(failure: Failure) -> Failure {
    let class = if failure.code == Some(552) {
        Class::Permanent
    } else {
        failure.class
    };
    Failure { class, ..failure }
}

fn failure(step: &'static str, class: Class, code: Option<u16>) -> Failure {
    Failure { class, code, step }
}

fn classed(step: &'static str, refused: Class, error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    let class = if error.is_permanent() {
        refused
    } else if error.is_transient() {
        Class::Transient
    } else if error.is_tls() || error.is_client() || step == "starttls" {
        // An authority that we do not know shows as a broken line: it is ours to repair, and told as such.
        Class::Ours
    } else if step == "connect" {
        Class::Unreachable
    } else {
        Class::Transient
    };
    failure(step, class, code)
}

/// What the relay said after its code, kept short and ASCII: usually the name it gave to the message.
fn relay_id(response: &Response) -> Option<String> {
    let graphic = |c: &char| c.is_ascii_graphic() || *c == ' ';
    let line: String = response
        .message()
        .flat_map(str::chars)
        .filter(graphic)
        .take(120)
        .collect();
    (!line.is_empty()).then_some(line)
}

impl Mailer for Smtp {
    fn send<'a>(
        &'a self,
        from: &'a Address,
        to: &'a Address,
        _name: &'a str,
        mime: &'a dyn Mime,
    ) -> Sending<'a> {
        Box::pin(async move {
            let mut connection = self.connect().await?;
            let delivered = self.deliver(&mut connection, from, to, mime).await;
            // The message is already taken or not: how the good-bye goes changes nothing.
            let _ = tokio::time::timeout(Duration::from_secs(5), connection.abort()).await;
            delivered.map(|response| Accepted {
                relay_id: relay_id(&response),
            })
        })
    }
}
