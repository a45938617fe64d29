//! A disk that cannot be written, at the start (F58) and from one moment to the next.

mod common;

use common::Form;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The variables of a service on this folder.
fn variables(folder: &Path) -> Vec<(&'static str, String)> {
    let path = |name: &str| folder.join(name).display().to_string();
    vec![
        ("ML_LISTEN", "127.0.0.1:0".to_owned()),
        ("ML_ADMIN_LISTEN", format!("127.0.0.1:{}", free_port())),
        ("ML_SITE_DIR", path("dist")),
        (
            "ML_DATABASE_URL",
            format!("sqlite://{}", path("disque/outbox.db")),
        ),
        ("ML_KEYS", common::KEYS.to_owned()),
        ("ML_MAILBOX", path("mailbox")),
        ("ML_SPOOL_DIR", path("")),
        ("ML_MIN_FILL_TIME", "0s".to_owned()),
        ("ML_RETRY_SCHEDULE", "1s".to_owned()),
        ("ML_LEASE", "1s".to_owned()),
        ("READ_ONLY", path("lecture-seule")),
    ]
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A process that ends with this value.
struct Running {
    child: Child,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a service whose writes pass through our own library first.
fn start(variables: &[(&'static str, String)], library: &Path) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_form-api"))
        .arg("serve")
        .envs(variables.iter().cloned())
        .env_remove("PORT")
        .env("LD_PRELOAD", library)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the service");
    let mut said = String::new();
    let mut lines = BufReader::new(child.stdout.take().expect("its words"));
    lines.read_line(&mut said).expect("its words");
    let address = said
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    Running {
        address: address.expect("an address").to_owned(),
        child,
    }
}

/// Status and text of the answer to some bytes.
fn ask(address: &str, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("it answers");
    stream.write_all(bytes).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.expect("a status"), answer)
}

fn post(address: &str, key: u32) -> (u16, String) {
    let body = Form::tenant("")
        .with("demande", &format!("Demande n° {key}."))
        .encode();
    let head = format!(
        "POST /saisine HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: application/json\r\nidempotency-key: {key}\r\n\
         content-type: multipart/form-data; boundary=LIMITE\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    ask(address, &[head.as_bytes(), &body].concat())
}

fn ready(variables: &[(&'static str, String)]) -> u16 {
    let (_, admin) = &variables[1];
    ask(
        admin,
        b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    )
    .0
}

/// Mails to the commission in the folder.
fn mails(folder: &Path) -> usize {
    let all =
        std::fs::read_dir(folder.join("mailbox")).map_or_else(|_| Vec::new(), |all| all.flatten().collect());
    all.iter()
        .filter(|file| file.file_name().to_string_lossy().contains(".cdc."))
        .count()
}

fn library(folder: &Path) -> PathBuf {
    let library = folder.join("read_only.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/common/read_only.c");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl")
        .output()
        .expect("cc, that Rust links with");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    library
}

#[test]
fn a_disk_that_becomes_read_only_confirms_nothing_and_recovers_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    common::site(folder.path());
    let variables = variables(folder.path());
    let mut service = start(&variables, &library(folder.path()));
    assert_eq!(post(&service.address, 1).0, 202);
    assert_eq!(ready(&variables), 200);
    let mark = folder.path().join("lecture-seule");
    std::fs::write(&mark, "").expect("a mark");
    for key in 2..6 {
        let (status, answer) = post(&service.address, key);
        assert_eq!(status, 503, "{answer}");
        assert!(answer.contains("recommandée"), "another way is told: {answer}");
    }
    assert_eq!(ready(&variables), 503, "the one on duty is told");
    assert!(service.child.try_wait().expect("its state").is_none(), "it lives");
    std::fs::remove_file(&mark).expect("the disk again");
    let mut taken = 1;
    for key in 2..6 {
        let (status, answer) = post(&service.address, key);
        assert_eq!(status, 202, "what was refused is taken now: {answer}");
        taken += 1;
    }
    assert_eq!(ready(&variables), 200);
    let began = std::time::Instant::now();
    while mails(folder.path()) < taken {
        assert!(
            began.elapsed().as_secs() < 90,
            "{} of {taken}",
            mails(folder.path())
        );
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(mails(folder.path()), taken, "each once");
}

/// The disk is mounted read-only in the service's own view of the file system.
#[test]
fn f58_a_disk_that_is_read_only_at_the_start_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    common::site(folder.path());
    let place = folder.path().join("disque").display().to_string();
    std::fs::create_dir_all(&place).expect("a folder");
    let root = std::fs::metadata("/proc/self").expect("ourselves").uid() == 0;
    let view: &[&str] = if root { &["-m"] } else { &["-rm"] };
    for before in [
        "true",
        "ML_RETENTION=1d timeout 2 \"$0\" serve; test -s '@/outbox.db'",
    ] {
        let before = before.replace('@', &place);
        let script = format!(
            "mount -t tmpfs tmpfs '{place}' && {{ {before}; }} && mount -o remount,ro '{place}' && exec timeout 60 \"$0\" serve"
        );
        let ended = Command::new("unshare")
            .args(view)
            .args(["sh", "-c", &script, env!("CARGO_BIN_EXE_form-api")])
            .envs(variables(folder.path()))
            .env_remove("PORT")
            .output()
            .expect("unshare, of util-linux");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{said}");
        let last = said.lines().last().unwrap_or_default();
        assert!(last.contains("lecture seule") && last.contains(&place), "{said}");
    }
}
