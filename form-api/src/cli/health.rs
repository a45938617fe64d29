//! The question of a container: can this instance take a referral now? No other program is needed to ask.

use super::Cli;
use super::operate::said;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Most time for the answer.
const PATIENCE: Duration = Duration::from_secs(4);

impl Cli {
    pub(super) async fn health(&self) -> Result<(), String> {
        let mut address: SocketAddr = self
            .config
            .admin
            .ok_or("ML_ADMIN_LISTEN vaut « off » : personne à qui demander")?;
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        let asked = tokio::time::timeout(PATIENCE, ask(address));
        let answer = asked
            .await
            .map_err(|_| "pas de réponse".to_owned())?
            .map_err(said)?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        print!("{body}");
        if head.starts_with("HTTP/1.1 200") {
            Ok(())
        } else {
            Err("l'instance n'est pas prête".to_owned())
        }
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let head = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
