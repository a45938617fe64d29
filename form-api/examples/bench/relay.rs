//! A mail relay that fails half of the time, in turn at each step, and counts what it took.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How the odd connections end: at the greeting, at the sender, at the recipient, at DATA by a cut, after the message
/// by a refusal, and after the message by a cut that leaves the sender in doubt.
const FAULTS: [Fault; 6] = [
    Fault::Says("220", "421 plus tard"),
    Fault::Says("MAIL", "451 plus tard"),
    Fault::Says("RCPT", "450 liste grise"),
    Fault::CutsAtData,
    Fault::Says(".", "452 plus de place"),
    Fault::CutsWhenKept,
];

#[derive(Clone, Copy)]
enum Fault {
    Says(&'static str, &'static str),
    CutsAtData,
    CutsWhenKept,
}

/// Message-ID → how many times it was taken.
pub(crate) type Taken = Arc<Mutex<HashMap<String, u32>>>;

/// Starts a relay that lives as long as the program.
pub(crate) fn start() -> std::io::Result<(SocketAddr, Taken)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let taken = Taken::default();
    let keep = taken.clone();
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().flatten().enumerate() {
            let fault = (n % 2 == 1).then(|| FAULTS[n / 2 % FAULTS.len()]);
            let keep = keep.clone();
            std::thread::spawn(move || talk(stream, fault, &keep));
        }
    });
    Ok((address, taken))
}

fn talk(stream: TcpStream, fault: Option<Fault>, taken: &Taken) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    stream.set_nodelay(true).ok()?;
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream);
    let mut say = |at: &str, usual: &str| {
        let words = match fault {
            Some(Fault::Says(step, words)) if step == at => words,
            _ => usual,
        };
        out.write_all(format!("{words}\r\n").as_bytes()).ok()?;
        (words == usual).then_some(())
    };
    say("220", "220 essai ESMTP")?;
    let mut line = String::new();
    loop {
        line.clear();
        lines.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say("EHLO", "250-essai\r\n250 8BITMIME")?,
            "MAIL" => say("MAIL", "250 bien")?,
            "RCPT" => say("RCPT", "250 bien")?,
            "DATA" => {
                if matches!(fault, Some(Fault::CutsAtData)) {
                    return None;
                }
                say("DATA", "354 allez-y")?;
                let id = message(&mut lines)?;
                let refused = matches!(fault, Some(Fault::Says(".", _)));
                if !refused {
                    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
                    *taken.entry(id).or_insert(0) += 1;
                }
                if matches!(fault, Some(Fault::CutsWhenKept)) {
                    return None;
                }
                say(".", "250 pris")?;
            }
            "QUIT" => return say("QUIT", "221 au revoir"),
            _ => say("", "250 bien")?,
        }
    }
}

/// Reads a message to its dot; its Message-ID.
fn message(lines: &mut BufReader<TcpStream>) -> Option<String> {
    let (mut id, mut line) = (None, Vec::new());
    loop {
        line.clear();
        lines.read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
        if line == b".\r\n" {
            return id;
        }
        if let Some(rest) = line.strip_prefix(b"Message-ID: ").filter(|_| id.is_none()) {
            id = Some(String::from_utf8_lossy(rest).trim().to_owned());
        }
    }
}
