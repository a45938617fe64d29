//! Clients that each post, wait for the answer, and post again.

use crate::{BIG, Fault, SMALL};
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const BOUNDARY: &str = "LIMITE-DU-BANC";
/// In the words of a form, where a letter may be several bytes.
const STORY: &str = "« L’évier est cassé », « l’entrée est abîmée » : écrit dès l’été – sans réponse… ";
/// Bytes of a form beside its story.
const REST: usize = 2_300;
/// Stands in a body for the number of the submission.
const NUMBER: &str = "00000000";

const ANSWERS: [(&str, &str); 20] = [
    ("qualite", "locataire"),
    ("commune", "93066"),
    ("code_postal", "93200"),
    ("residence_principale", "oui"),
    ("type_bail", "vide"),
    ("parc", "prive"),
    ("motifs", "DG"),
    ("demande", "La restitution de 650 €."),
    ("montant", "650"),
    ("demandeur_nom", "Camille Exemple"),
    ("demandeur_adresse", "1 rue de l’Exemple"),
    ("demandeur_code_postal", "93200"),
    ("demandeur_ville", "Saint-Denis"),
    ("demandeur_courriel", "camille00000000@exemple.invalid"),
    ("adverse_qualite", "bailleur"),
    ("adverse_nom", "SCI Modèle"),
    ("adverse_adresse", "2 rue du Modèle"),
    ("logement_adresse", "3 place de l’Essai"),
    ("accord_transmission", "oui"),
    ("accord_exactitude", "oui"),
];

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A form with a long story.
    Small,
    /// A form with one file.
    Big,
}

impl Shape {
    pub(crate) fn bytes(self) -> usize {
        match self {
            Self::Small => SMALL,
            Self::Big => BIG,
        }
    }

    pub(crate) fn body(self) -> Vec<u8> {
        match self {
            Self::Small => body(SMALL - REST, 0, 0),
            Self::Big => body(STORY.len(), 1, BIG - REST),
        }
    }
}

/// A load to put on a service.
pub(crate) struct Load {
    pub(crate) shape: Shape,
    pub(crate) clients: u32,
    pub(crate) time: Duration,
}

/// What came of it.
pub(crate) struct Done {
    load: Load,
    elapsed: Duration,
    /// From the first byte sent to the answer read, shortest first.
    times: Vec<Duration>,
}

impl Load {
    pub(crate) fn run(self, address: &str) -> Result<Done, Fault> {
        let (body, began) = (self.shape.body(), Instant::now());
        let end = began + self.time;
        let mut times = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..self.clients)
                .map(|n| {
                    scope.spawn({
                        let body = &body;
                        move || client(address, body, n, end)
                    })
                })
                .collect();
            let done = clients
                .into_iter()
                .map(|one| one.join().map_err(|_| "a client died")?);
            done.collect::<Result<Vec<_>, Fault>>()
        })?
        .concat();
        times.sort_unstable();
        Ok(Done {
            load: self,
            elapsed: began.elapsed(),
            times,
        })
    }
}

impl Done {
    /// Submissions made durable in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.elapsed.as_secs_f64()
    }

    fn at(&self, hundredth: usize) -> f64 {
        let place = (self.times.len() * hundredth / 100).min(self.times.len() - 1);
        self.times[place].as_secs_f64() * 1000.0
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kilobytes, clients) = (self.load.shape.bytes() / 1000, self.load.clients);
        write!(
            f,
            "{kilobytes} KB, {clients} clients: {:.0}/s, median {:.1} ms, p99 {:.1} ms, most {:.1} ms, of {}",
            self.rate(),
            self.at(50),
            self.at(99),
            self.at(100),
            self.times.len()
        )
    }
}

/// Posts one after the other on one connection.
fn client(address: &str, body: &[u8], client: u32, end: Instant) -> Result<Vec<Duration>, Fault> {
    let (mut line, mut times) = (Line::open(address)?, Vec::new());
    for turn in 0.. {
        if Instant::now() >= end {
            break;
        }
        let body = numbered(body, client, turn);
        let began = Instant::now();
        let (status, answer) = line.post(&body)?;
        if status != 202 {
            return Err(format!("status {status}: {answer}").into());
        }
        times.push(began.elapsed());
    }
    Ok(times)
}

/// A body for this turn of this client: its requester has an address of their own.
pub(crate) fn numbered(body: &[u8], client: u32, turn: u32) -> Vec<u8> {
    let (mut body, number) = (body.to_vec(), format!("{client:03}{:05}", turn % 100_000));
    // It stands in the first kilobytes, before any file.
    let head = &body[..body.len().min(4_096)];
    if let Some(place) = head
        .windows(NUMBER.len())
        .position(|window| window == NUMBER.as_bytes())
    {
        body[place..place + NUMBER.len()].copy_from_slice(number.as_bytes());
    }
    body
}

/// Sends files of 4.9 MB once; the status must be `wanted`.
pub(crate) fn files(address: &str, count: usize, wanted: u16) -> Result<(), Fault> {
    let (status, answer) = Line::open(address)?.post(&body(STORY.len(), count, 4_900_000))?;
    if status == wanted {
        Ok(())
    } else {
        Err(format!("status {status}, not {wanted}: {answer}").into())
    }
}

/// A key that no other submission has.
fn unique() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn body(story: usize, files: usize, size: usize) -> Vec<u8> {
    let (mut out, facts) = (Vec::new(), STORY.repeat(story / STORY.len()));
    for (name, value) in ANSWERS.into_iter().chain([("faits", facts.as_str())]) {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        out.extend_from_slice(part.as_bytes());
    }
    for _ in 0..files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"pieces\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\n"
        );
        out.extend_from_slice(head.as_bytes());
        out.resize(out.len() + size - 9, 7);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    out
}

/// A connection that stays open.
pub(crate) struct Line {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Line {
    pub(crate) fn open(address: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            address: address.to_owned(),
            stream: BufReader::new(stream),
        })
    }

    /// Posts a form as the script of the page does; the status and the answer.
    pub(crate) fn post(&mut self, body: &[u8]) -> Result<(u16, String), Fault> {
        let key = unique();
        let head = format!(
            "POST /saisine HTTP/1.1\r\nhost: {}\r\naccept: application/json\r\nidempotency-key: {key}\r\n\
             content-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        let stream = self.stream.get_mut();
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            } else if line.is_empty() {
                break;
            }
        }
        let mut answer = String::new();
        self.stream.by_ref().take(length).read_to_string(&mut answer)?;
        Ok((status, answer))
    }
}
