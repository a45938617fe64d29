//! A mail server that does as it is told: it keeps what it is given, refuses, or cuts the line after
//! the message, at the byte where a real server would never be seen to do it on demand.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::{Mail, programs};

/// What the server does with the next messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Takes every message.
    Accept,
    /// Answers every recipient with a temporary refusal, 451.
    RefuseForNow,
    /// Answers every recipient with a lasting refusal, 550.
    RefuseForGood,
    /// Keeps the message, then cuts the line instead of saying 250: the sender cannot know.
    KeepAndCut,
}

#[derive(Default)]
struct State {
    behaviour: Option<Behaviour>,
    messages: Vec<Vec<u8>>,
    recipients: Vec<String>,
}

/// The server; it ends when dropped.
pub struct SmtpSink {
    port: u16,
    state: Arc<Mutex<State>>,
    runtime: Option<Runtime>,
}

impl SmtpSink {
    /// One that listens on a free port and accepts.
    #[must_use]
    pub fn start() -> Self {
        let mut sink = Self::stopped();
        sink.resume();
        sink
    }

    /// One that has a port but does not listen yet: its senders are refused.
    #[must_use]
    pub fn stopped() -> Self {
        Self {
            port: programs::free_port(),
            state: Arc::default(),
            runtime: None,
        }
    }

    /// Address for the service; plain text is allowed to loopback only.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.port)
    }

    /// Starts to listen (again) on the same port.
    ///
    /// # Panics
    /// When the port was taken meanwhile.
    pub fn resume(&mut self) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let listener = runtime
            .block_on(TcpListener::bind(address))
            .expect("the port is still free");
        let state = Arc::clone(&self.state);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&state)));
            }
        });
        self.runtime = Some(runtime);
    }

    /// Stops listening and cuts every line.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Says what to do from now on.
    ///
    /// # Panics
    /// Never: no holder of the state panics.
    pub fn behave(&self, behaviour: Behaviour) {
        self.state.lock().expect("no holder panics").behaviour = Some(behaviour);
    }

    /// The messages kept so far, those whose sender was left in doubt included.
    ///
    /// # Panics
    /// When a message is no mail.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        let state = self.state.lock().expect("no holder panics");
        state.messages.iter().map(|raw| Mail::read(raw)).collect()
    }

    /// The messages kept so far for one address.
    #[must_use]
    pub fn to(&self, address: &str) -> Vec<Mail> {
        self.mails()
            .into_iter()
            .filter(|mail| mail.to.iter().any(|to| to == address))
            .collect()
    }

    /// How many times a recipient was named to the server, refused ones included.
    ///
    /// # Panics
    /// Never: no holder of the state panics.
    #[must_use]
    pub fn attempts(&self) -> usize {
        self.state.lock().expect("no holder panics").recipients.len()
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 essai ESMTP").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let behaviour = state.lock().ok()?.behaviour.unwrap_or(Behaviour::Accept);
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-essai\r\n250-SIZE 10240000\r\n250 8BITMIME").await?,
            "RCPT" => {
                state.lock().ok()?.recipients.push(line.trim().to_owned());
                let answer = match behaviour {
                    Behaviour::RefuseForNow => "451 4.3.0 plus tard",
                    Behaviour::RefuseForGood => "550 5.1.1 inconnu",
                    Behaviour::Accept | Behaviour::KeepAndCut => "250 2.1.5 bien",
                };
                say(&mut stream, answer).await?;
            }
            "DATA" => {
                say(&mut stream, "354 allez-y").await?;
                let message = read_message(&mut stream).await?;
                state.lock().ok()?.messages.push(message);
                if behaviour == Behaviour::KeepAndCut {
                    return None;
                }
                say(&mut stream, "250 2.0.0 pris").await?;
            }
            "QUIT" => return say(&mut stream, "221 2.0.0 au revoir").await,
            "HELO" | "MAIL" | "RSET" | "NOOP" => say(&mut stream, "250 2.0.0 bien").await?,
            _ => say(&mut stream, "502 5.5.2 je ne connais pas").await?,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> Option<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await.ok()
}

/// Bytes up to the line that holds a single dot, doubled dots undone.
async fn read_message(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.take(1 << 24).read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
