//! How long from saving a file to the browser having the new page: `preview_time PROGRAM ROOT PAGES EDITS`.
//!
//! Makes a site of PAGES guides with the theme of ROOT, starts `PROGRAM serve` on it, then EDITS times: writes one
//! guide, waits for the change that the preview announces, asks for the page, and counts until the new words are in.

#![allow(
    clippy::disallowed_methods,
    reason = "a measure writes files and starts programs"
)]

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

type Failure = Box<dyn Error>;

const HEAD: &str = "responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-09-01\n";
/// Longest wait for one change.
const PATIENCE: Duration = Duration::from_secs(300);

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

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, root, pages, edits] = arguments.as_slice() else {
        return Err("usage: preview_time PROGRAM ROOT PAGES EDITS".into());
    };
    let (pages, edits): (usize, usize) = (pages.parse()?, edits.parse()?);
    let folder = tempfile::tempdir()?;
    make(folder.path(), &fs::canonicalize(root)?, pages)?;
    let started = Instant::now();
    let preview = start(program, folder.path())?;
    while !page(&preview.address, 0)?.contains("version 0") {
        if started.elapsed() > PATIENCE {
            return Err("the first build does not end".into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    println!(
        "{pages} pages: first build {:.1} s",
        started.elapsed().as_secs_f64()
    );
    let mut times = Vec::new();
    for edit in 1..=edits {
        times.push(one(&preview.address, folder.path(), edit % pages, edit)?);
    }
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!(
        "{pages} pages, {edits} savings: median {:.0} ms, 95th percentile {:.0} ms",
        at(50),
        at(95)
    );
    Ok(())
}

/// Saves one guide and waits for its new words.
fn one(address: &str, root: &Path, number: usize, version: usize) -> Result<Duration, Failure> {
    let mut events = request(address, "/_apercu/changements")?;
    events.get_ref().set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    while line.trim_end() != "" || line.is_empty() {
        line.clear();
        events.read_line(&mut line)?;
    }
    let saved = Instant::now();
    fs::write(guide_path(root, number), guide(number, version))?;
    let words = format!("version {version}.");
    loop {
        line.clear();
        if events.read_line(&mut line)? == 0 {
            return Err("the preview went away".into());
        }
        if line.starts_with("data:") && page(address, number)?.contains(&words) {
            return Ok(saved.elapsed());
        }
        if saved.elapsed() > PATIENCE {
            return Err(format!("no version {version} of guide {number}").into());
        }
    }
}

fn page(address: &str, number: usize) -> Result<String, Failure> {
    let mut text = String::new();
    request(address, &format!("/guides/guide-{number}/"))?.read_to_string(&mut text)?;
    Ok(text)
}

fn request(address: &str, path: &str) -> Result<BufReader<TcpStream>, Failure> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    Ok(BufReader::new(stream))
}

fn start(program: &str, root: &Path) -> Result<Preview, Failure> {
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
        .and_then(|rest| rest.split(' ').next());
    let address = address.ok_or("no address")?.to_owned();
    Ok(Preview { child, address })
}

fn make(folder: &Path, root: &Path, pages: usize) -> Result<(), Failure> {
    for name in ["content/guides", "content/pages", "theme"] {
        fs::create_dir_all(folder.join(name))?;
    }
    for entry in fs::read_dir(root.join("theme"))? {
        let entry = entry?;
        std::os::unix::fs::symlink(entry.path(), folder.join("theme").join(entry.file_name()))?;
    }
    fs::write(
        folder.join("content/site.yaml"),
        "titre: Essai\npromesse: Un essai\nadresse: https://exemple.fr\nmenu:\n  - titre: Guides\n    adresse: /guides/\npied:\n  texte: Un essai.\n  liens:\n    - titre: Plan du site\n      adresse: /plan-du-site/\n",
    )?;
    for (name, title, more) in [
        ("accueil", "Accueil", "accroche: Un essai.\n"),
        ("404", "Page absente", ""),
        ("recherche", "Recherche", ""),
    ] {
        let text = format!(
            "---\ntitre: {title}\ndescription: {title}, en bref.\n{HEAD}{more}---\n\n[Guides](/guides/)\n"
        );
        fs::write(folder.join(format!("content/pages/{name}.md")), text)?;
    }
    for number in 0..pages {
        fs::write(guide_path(folder, number), guide(number, 0))?;
    }
    Ok(())
}

fn guide_path(root: &Path, number: usize) -> PathBuf {
    root.join(format!("content/guides/guide-{number}.md"))
}

/// A guide of ordinary size: 400 words, four headings, a table, a few links.
fn guide(number: usize, version: usize) -> String {
    let sentence = "Le bailleur rend la somme au locataire dans le délai que la loi lui donne. ";
    let part = |name: &str| format!("## {name}\n\n{}\n\n", sentence.repeat(8));
    format!(
        "---\ntitre: Guide {number}\ndescription: Ce que dit le guide {number}.\nreponse: La réponse.\npublic: [locataire, bailleur]\n{HEAD}---\n\nVoici la version {version}.\n\n{}{}:::tableau{{légende=\"Les délais\"}}\n| Cas | Délai |\n| --- | --- |\n| Un | court |\n:::\n\n{}[Tous les guides](/guides/)\n",
        part("La règle"),
        part("Que faire"),
        part("Et après")
    )
}
