//! A mail relay that follows a script: it refuses, delays, cuts or falls silent where the test says.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

/// How one connection goes. Every connection after the script's end goes well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Answers this instead of the greeting, then closes.
    Greet(&'static str),
    /// Says nothing at all.
    Mute,
    /// All goes well.
    Good,
    /// All goes well, this many milliseconds before each answer.
    Slow(u64),
    /// Answers this to EHLO and HELO.
    Hello(&'static str),
    /// Answers this to MAIL FROM.
    Mail(&'static str),
    /// Answers this to RCPT TO.
    Rcpt(&'static str),
    /// Answers this to the end of the data, which it does not keep.
    Body(&'static str),
    /// Keeps the message, then cuts the line without an answer.
    CutAfterBody,
    /// Keeps the message, then says nothing.
    MuteAfterBody,
    /// Cuts the line at DATA.
    CutAtData,
}

/// A running relay.
pub struct Relay {
    pub address: SocketAddr,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Relay {
    /// Starts one with a script.
    pub async fn start(script: &[Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let kept = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.iter().copied().collect::<VecDeque<_>>()));
        let keep = kept.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let act = script.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                tokio::spawn(talk(stream, act, keep.clone()));
            }
        });
        Self { address, kept }
    }

    /// The messages that it kept, with the dots undone.
    pub fn kept(&self) -> Vec<Vec<u8>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) {
    let _ = writer.write_all(format!("{line}\r\n").as_bytes()).await;
}

async fn talk(stream: TcpStream, act: Option<Act>, kept: Arc<Mutex<Vec<Vec<u8>>>>) {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    match act {
        Some(Act::Greet(line)) => return say(&mut writer, line).await,
        Some(Act::Mute) => return std::future::pending().await,
        _ => say(&mut writer, "220 relais").await,
    }
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(Act::Slow(wait)) = act {
            tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
        }
        let word = String::from_utf8_lossy(&line[..line.len().min(4)]).to_uppercase();
        match (word.as_str(), act) {
            ("EHLO" | "HELO", Some(Act::Hello(answer))) => say(&mut writer, answer).await,
            ("MAIL", Some(Act::Mail(answer))) | ("RCPT", Some(Act::Rcpt(answer))) => {
                say(&mut writer, answer).await;
            }
            ("DATA", Some(Act::CutAtData)) => return,
            ("DATA", _) => {
                say(&mut writer, "354 allez").await;
                // A line cut before the end of the data: nothing to keep.
                let Some(body) = body(&mut reader).await else {
                    return;
                };
                if let Some(Act::Body(answer)) = act {
                    say(&mut writer, answer).await;
                    continue;
                }
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(body);
                match act {
                    Some(Act::CutAfterBody) => return,
                    Some(Act::MuteAfterBody) => return std::future::pending().await,
                    _ => say(&mut writer, "250 2.0.0 Ok: queued as ABC123").await,
                }
            }
            ("QUIT", _) => return say(&mut writer, "221 au revoir").await,
            _ => say(&mut writer, "250 relais").await,
        }
    }
}

async fn body(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(all);
        }
        all.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
