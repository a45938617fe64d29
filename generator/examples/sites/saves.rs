//! From saving a guide to a browser having its new page, in the real preview.

use super::corpus::{self, Shape};
use super::{Failure, SAVES};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for one change.
const PATIENCE: Duration = Duration::from_secs(300);
/// Time between two savings: an author's, shortened.
const PAUSE: Duration = Duration::from_millis(300);

/// The preview, ended with this value.
struct Preview {
    child: Child,
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Measures the page itself, then a list that shows it, and prints both.
pub(crate) fn measure(program: &Path, root: &Path, shape: Shape) -> Result<(), Failure> {
    let preview = start(program, root)?;
    let first = corpus::slug(0);
    let page = format!("/guides/{first}/");
    let started = Instant::now();
    while !get(&preview.address, &page)?.contains("version 0.") {
        if started.elapsed() > PATIENCE {
            return Err("the first build does not end".into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut own = Vec::new();
    for save in 1..=SAVES {
        let number = save * 7 % shape.guides;
        let text = corpus::guide(number, shape, save);
        let address = format!("/guides/{}/", corpus::slug(number));
        own.push(one(
            &preview.address,
            root,
            number,
            &text,
            &address,
            &format!("version {save}."),
        )?);
        std::thread::sleep(PAUSE);
    }
    told(shape.guides, "save → its page served", own);
    let mut listed = Vec::new();
    for save in 1..=SAVES / 4 {
        let text = corpus::guide(0, shape, 0).replacen(
            "titre: Guide 0\n",
            &format!("titre: Guide renommé {save}\n"),
            1,
        );
        let words = format!("Guide renommé {save}");
        listed.push(one(&preview.address, root, 0, &text, "/nouveautes.xml", &words)?);
        std::thread::sleep(PAUSE);
    }
    told(shape.guides, "save → the feed with its new title", listed);
    Ok(())
}

fn told(guides: usize, what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!(
        "| {guides} | {what} | {:.0} ms, 95 % under {:.0} ms | | |",
        at(50),
        at(95)
    );
}

/// Saves one guide and waits until the file at `address` has the new words.
fn one(
    preview: &str,
    root: &Path,
    number: usize,
    text: &str,
    address: &str,
    words: &str,
) -> Result<Duration, Failure> {
    let mut events = request(preview, "/_apercu/changements")?;
    events.get_ref().set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    while line.trim_end() != "" || line.is_empty() {
        line.clear();
        events.read_line(&mut line)?;
    }
    let saved = Instant::now();
    fs::write(
        root.join(format!("content/guides/{}.md", corpus::slug(number))),
        text,
    )?;
    loop {
        line.clear();
        if events.read_line(&mut line)? == 0 {
            return Err("the preview went away".into());
        }
        if line.starts_with("data:") && get(preview, address)?.contains(words) {
            return Ok(saved.elapsed());
        }
        if saved.elapsed() > PATIENCE {
            return Err(format!("« {words} » did not come").into());
        }
    }
}

fn get(preview: &str, path: &str) -> Result<String, Failure> {
    let mut text = String::new();
    request(preview, path)?.read_to_string(&mut text)?;
    Ok(text)
}

fn request(preview: &str, path: &str) -> Result<BufReader<TcpStream>, Failure> {
    let mut stream = TcpStream::connect(preview)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {preview}\r\nConnection: close\r\n\r\n"
    )?;
    Ok(BufReader::new(stream))
}

fn start(program: &Path, root: &Path) -> Result<Preview, Failure> {
    let mut child = Command::new(program)
        .args(["serve", "--date", "2026-11-25", "--root"])
        .arg(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .ok_or("no address")?;
    Ok(Preview {
        child,
        address: address.to_owned(),
    })
}
