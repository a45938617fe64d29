//! The antivirus: a file streamed to clamd, and three honest answers. Nothing is unpacked here.

use crate::content::{self, Reading};
use crate::outbox::Scan;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// Most bytes of an answer.
const ANSWER: u64 = 4_096;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// Nowhere: files are said not to be scanned.
    Off,
    /// On a socket of this machine.
    Unix(PathBuf),
    /// At `host:port`.
    Tcp(String),
}

impl Clamd {
    /// Reads `off`, `unix:/path` or `tcp://host:port`.
    ///
    /// # Errors
    /// What is expected, in French.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text == "off" {
            return Ok(Self::Off);
        }
        if let Some(path) = text.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let host = text.strip_prefix("tcp://").filter(|host| {
            host.rsplit_once(':')
                .is_some_and(|(name, port)| !name.is_empty() && port.parse::<u16>().is_ok())
        });
        host.map(|host| Self::Tcp(host.to_owned()))
            .ok_or_else(|| format!("« {text} » : on attend « off », « unix:/chemin » ou « tcp://hôte:port »"))
    }

    /// Asks what it thinks of a file, within `limit`.
    ///
    /// # Errors
    /// When it cannot be reached, does not answer in time, or answers neither yes nor no; when the file cannot be read.
    pub async fn scan(&self, file: Reading<'_>, limit: Duration) -> Result<Scan, Unseen> {
        let asked = async {
            match self {
                Self::Off => Ok(Scan::Unscanned),
                Self::Unix(path) => ask(UnixStream::connect(path).await?, file).await,
                Self::Tcp(host) => ask(TcpStream::connect(host).await?, file).await,
            }
        };
        tokio::time::timeout(limit, asked)
            .await
            .map_err(|_| Unseen::Unreachable)?
    }
}

/// Why a file was not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unseen {
    /// The antivirus gave no answer.
    Unreachable,
    /// We could not read the file ourselves.
    Content(content::Fault),
}

impl From<std::io::Error> for Unseen {
    fn from(_: std::io::Error) -> Self {
        Self::Unreachable
    }
}

impl From<content::Fault> for Unseen {
    fn from(fault: content::Fault) -> Self {
        Self::Content(fault)
    }
}

/// The INSTREAM command: length and bytes of each chunk, then a length of zero.
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, mut file: Reading<'_>) -> Result<Scan, Unseen> {
    stream.write_all(b"zINSTREAM\0").await?;
    while let Some(chunk) = file.next().await? {
        let length = u32::try_from(chunk.len()).map_err(|_| Unseen::Unreachable)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(&chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(ANSWER).read_to_end(&mut answer).await?;
    verdict(&String::from_utf8_lossy(&answer))
}

/// `stream: OK`, `stream: Name FOUND`; anything else (`… ERROR`) is no answer.
fn verdict(answer: &str) -> Result<Scan, Unseen> {
    let answer = answer.trim_matches(['\0', '\n', '\r', ' ']);
    if answer == "stream: OK" {
        Ok(Scan::Clean)
    } else if answer.starts_with("stream: ") && answer.ends_with(" FOUND") {
        Ok(Scan::Infected)
    } else {
        Err(Unseen::Unreachable)
    }
}

#[cfg(test)]
mod tests {
    use super::{Clamd, Unseen, verdict};
    use crate::outbox::Scan;

    #[test]
    fn an_address_is_read_or_refused() {
        assert_eq!(Clamd::parse("off"), Ok(Clamd::Off));
        assert_eq!(
            Clamd::parse("unix:/run/clamd.ctl"),
            Ok(Clamd::Unix("/run/clamd.ctl".into()))
        );
        assert_eq!(
            Clamd::parse("tcp://127.0.0.1:3310"),
            Ok(Clamd::Tcp("127.0.0.1:3310".into()))
        );
        for wrong in ["", "oui", "unix:x", "tcp://hote", "tcp://:1", "tcp://h:99999"] {
            assert!(Clamd::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_clear_answer_counts() {
        assert_eq!(verdict("stream: OK\0"), Ok(Scan::Clean));
        assert_eq!(
            verdict("stream: Win.Test.EICAR_HDB-1 FOUND\0"),
            Ok(Scan::Infected)
        );
        for none in [
            "",
            "stream: OK FOUND?",
            "INSTREAM size limit exceeded. ERROR\0",
            "OK",
        ] {
            assert_eq!(verdict(none), Err(Unseen::Unreachable), "{none}");
        }
    }
}
