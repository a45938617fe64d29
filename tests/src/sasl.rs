//! The password check behind Postfix: it speaks the authentication protocol of Dovecot, version 1, for a
//! single user, so that the tests log in to a real mail server without a second one.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// Name of the only user.
pub const USER: &str = "mediation";
/// Password of the only user; the colon and the slash must survive in an address.
pub const PASSWORD: &str = "mot:de/passe";

/// Answers on a socket from now on, in a thread that ends with the test run.
///
/// # Panics
/// When the socket cannot be made.
pub fn serve(socket: &Path) {
    let listener = UnixListener::bind(socket).expect("a socket can be made");
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || talk(stream));
        }
    });
}

fn talk(mut stream: UnixStream) -> Option<()> {
    let greeting = "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n";
    stream.write_all(greeting.as_bytes()).ok()?;
    let reader = BufReader::new(stream.try_clone().ok()?);
    for line in reader.lines().map_while(Result::ok) {
        let mut parts = line.split('\t');
        if parts.next() != Some("AUTH") {
            continue;
        }
        let id = parts.next()?;
        let answer = match parts.find_map(|part| part.strip_prefix("resp=")) {
            Some(secret) if known(secret) => format!("OK\t{id}\tuser={USER}\n"),
            _ => format!("FAIL\t{id}\tuser={USER}\n"),
        };
        stream.write_all(answer.as_bytes()).ok()?;
    }
    Some(())
}

/// Whether a PLAIN answer (`identity NUL user NUL password`) is right.
fn known(secret: &str) -> bool {
    let said = BASE64_STANDARD.decode(secret).unwrap_or_default();
    said.splitn(2, |byte| *byte == 0).nth(1) == Some(format!("{USER}\0{PASSWORD}").as_bytes())
}
