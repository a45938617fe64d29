//! Measures a running service from outside: time from a post to its 303, and memory under big uploads.
//! `make bench` runs it on the built site: `bench PROGRAM SITE`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Posts of each measure.
const ROUNDS: usize = 200;
const BOUNDARY: &str = "LIMITE-DU-BANC";

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
    ("demandeur_courriel", "camille@exemple.invalid"),
    ("adverse_qualite", "bailleur"),
    ("adverse_nom", "SCI Modèle"),
    ("adverse_adresse", "2 rue du Modèle"),
    ("logement_adresse", "3 place de l’Essai"),
    ("accord_transmission", "oui"),
    ("accord_exactitude", "oui"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(program), Some(site)) = (arguments.next(), arguments.next()) else {
        return Err("bench PROGRAM SITE".into());
    };
    let folder = std::env::temp_dir().join(format!("bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (mut child, address) = start(&program, &site, &folder)?;
    let measured = measure(&address, child.id());
    child.kill()?;
    child.wait()?;
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn start(
    program: &str,
    site: &str,
    folder: &std::path::Path,
) -> Result<(Child, String), Box<dyn std::error::Error>> {
    let mut child = Command::new(program)
        .arg("serve")
        .env("ML_LISTEN", "127.0.0.1:0")
        .env("ML_SITE_DIR", site)
        .env(
            "ML_DATABASE_URL",
            format!("sqlite://{}", folder.join("outbox.db").display()),
        )
        .env("ML_MAILBOX", folder.join("mailbox"))
        .env("ML_MIN_FILL_TIME", "0s")
        .env("ML_RATE", "0/1s")
        .env("ML_LOG", "off")
        .env_remove("PORT")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut said = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut said)?;
    let address = said
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    Ok((child, address.ok_or("no address")?.trim().to_owned()))
}

fn measure(address: &str, process: u32) -> Result<(), Box<dyn std::error::Error>> {
    println!("memory at rest: {}", memory(process)?);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let body = body(&token(address)?, &"mot ".repeat(1_500), &[]);
        let began = Instant::now();
        assert_eq!(post(address, &body)?.0, 303);
        times.push(began.elapsed());
    }
    times.sort();
    println!(
        "10 KB post to 303: median {:?}, p99 {:?}, of {ROUNDS}",
        times[ROUNDS / 2],
        times[ROUNDS * 99 / 100]
    );
    println!("memory after: {}", memory(process)?);
    let file = [b"%PDF-1.4\n".as_slice(), &vec![7; 4_900_000]].concat();
    for (name, count, status) in [("20 MB, taken", 4, 303), ("25 MB, refused", 5, 422)] {
        for round in 1..=5 {
            let body = body(&token(address)?, "x", &vec![file.as_slice(); count]);
            let began = Instant::now();
            assert_eq!(post(address, &body)?.0, status);
            println!("{name}, {round}: {:?}, {}", began.elapsed(), memory(process)?);
            std::thread::sleep(Duration::from_millis(500));
        }
    }
    same(address)
}

/// Ten parallel identical posts end on one confirmation.
fn same(address: &str) -> Result<(), Box<dyn std::error::Error>> {
    let body = body(&token(address)?, "Dix fois la même.", &[]);
    let places: Vec<_> = std::thread::scope(|scope| {
        let one = || scope.spawn(|| post(address, &body).expect("an answer"));
        let all: Vec<_> = (0..10).map(|_| one()).collect();
        all.into_iter()
            .map(|thread| thread.join().expect("a thread"))
            .collect()
    });
    assert!(
        places.iter().all(|place| *place == places[0] && place.0 == 303),
        "{places:?}"
    );
    println!("ten parallel identical posts: one referral");
    Ok(())
}

/// `VmRSS` now and `VmHWM`, its highest so far.
fn memory(process: u32) -> std::io::Result<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let lines = status
        .lines()
        .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    Ok(lines
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(", "))
}

fn token(address: &str) -> Result<String, Box<dyn std::error::Error>> {
    let (_, page) = exchange(
        address,
        b"GET /saisine HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        &[],
    )?;
    let rest = page.split("name=\"jeton\" value=\"").nth(1).ok_or("no token")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

fn body(token: &str, facts: &str, files: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in ANSWERS.into_iter().chain([("jeton", token), ("faits", facts)]) {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        out.extend_from_slice(part.as_bytes());
    }
    for file in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"pieces\"; filename=\"a.pdf\"\r\n\r\n"
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(file);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    out
}

/// The status and the Location of a post.
fn post(address: &str, body: &[u8]) -> std::io::Result<(u16, String)> {
    let head = format!(
        "POST /saisine HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let (status, answer) = exchange(address, head.as_bytes(), body)?;
    let place = answer.lines().find_map(|line| line.strip_prefix("location: "));
    Ok((status, place.unwrap_or_default().to_owned()))
}

fn exchange(address: &str, head: &[u8], body: &[u8]) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.write_all(head)?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok((status.unwrap_or(0), answer))
}
