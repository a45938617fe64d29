//! Requests that two servers could read apart: none reaches the service through nginx or Caddy as a second one.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tests::process::eventually;
use tests::web_server::Ports;
use tests::{TestService, TestSite, WebServer, programs};

/// How a server is put in front of a service.
type Start = fn(&TestService, &Path, Ports) -> WebServer;

/// What would be smuggled: an address that the servers in front never hand to the service.
const HIDDEN: &str = "GET /fantome HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Headers that leave the end of a body in doubt, and the body before the hidden request.
const DOUBTFUL: [(&str, &str); 9] = [
    ("Content-Length: {all}\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
    ("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n"),
    ("Content-Length: 0\r\nContent-Length: {all}", ""),
    ("Content-Length: {all}\r\nContent-Length: 0", ""),
    (
        "Content-Length: {all}\r\nTransfer-Encoding : chunked",
        "0\r\n\r\n",
    ),
    (
        "Content-Length: {all}\r\nTransfer-Encoding: xchunked",
        "0\r\n\r\n",
    ),
    (
        "Content-Length: {all}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "0\r\n\r\n",
    ),
    (
        "Content-Length: {all}\r\nX-Pli: a\r\n Transfer-Encoding: chunked",
        "0\r\n\r\n",
    ),
    ("Content-Length: +{all}", ""),
];

/// What comes back over one TLS connection for these bytes.
fn over_tls(ports: Ports, bytes: &[u8]) -> String {
    let origin = ports.origin();
    let place = origin.trim_start_matches("https://");
    let mut line = Command::new("timeout")
        .args([
            "20", "openssl", "s_client", "-quiet", "-ign_eof", "-connect", place,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl");
    let mut into = line.stdin.take().expect("a way in");
    into.write_all(bytes).expect("written");
    let mut answer = Vec::new();
    let mut out = line.stdout.take().expect("a way out");
    // The last request asks for the end of the connection.
    out.read_to_end(&mut answer).expect("an answer");
    line.wait().expect("ended");
    String::from_utf8_lossy(&answer).into_owned()
}

fn doubtful(headers: &str, before: &str) -> Vec<u8> {
    let body = format!("{before}{HIDDEN}");
    let headers = headers.replace("{all}", &body.len().to_string());
    let head = "POST /saisine HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=L";
    let last = "GET /saisine HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    format!("{head}\r\n{headers}\r\n\r\n{body}{last}").into_bytes()
}

/// How many requests for none of its doors the service answered.
fn strange(admin: &str) -> usize {
    let metrics = reqwest::blocking::get(format!("http://{admin}/metrics")).expect("metrics");
    let text = metrics.text().expect("a text");
    assert!(text.contains("mediation_"), "{text}");
    let strange = text
        .lines()
        .filter_map(|line| line.strip_prefix("mediation_answers_total{door=\"site\""));
    let counts = strange.filter_map(|line| line.rsplit(' ').next()?.parse::<usize>().ok());
    counts.sum()
}

#[test]
fn no_request_is_smuggled_through_either_server() {
    let dist = TestSite::real().dist();
    let starts: [(&str, Start); 2] = [("nginx", WebServer::nginx), ("Caddy", WebServer::caddy)];
    for (name, start) in starts {
        let (ports, admin) = (Ports::free(), format!("127.0.0.1:{}", programs::free_port()));
        let service = TestService::with(&[
            ("ML_TRUSTED_HOPS", "1"),
            ("ML_PUBLIC_ORIGIN", &ports.origin()),
            ("ML_SITE_DIR", &dist.display().to_string()),
            ("ML_ADMIN_LISTEN", &admin),
        ]);
        let server = start(&service, &dist, ports);
        let mut seen = 0;
        for (headers, before) in DOUBTFUL {
            let answer = over_tls(ports, &doubtful(headers, before));
            assert!(answer.starts_with("HTTP/1.1 "), "{name}, {headers}: {answer}");
            // A server that ends the body where the chunks end may answer the rest as a request of its own: then its
            // client sees that answer. One that only the service has seen was smuggled.
            seen += answer.matches("HTTP/1.1 404").count();
            let counted = strange(&admin);
            assert!(counted <= seen, "{name} let the hidden request in: {headers}");
            // The next one on a line of its own gets its own answer.
            let after = server.ask("/saisine", &[]);
            assert_eq!(after.status, 200, "{name}, after {headers}");
            assert!(
                String::from_utf8_lossy(&after.body).contains("name=\"jeton\""),
                "{name}"
            );
        }
        let before = strange(&admin);
        // The measure works: the service itself counts such a request.
        let asked = reqwest::blocking::get(service.page("/fantome")).expect("an answer");
        assert_eq!(asked.status(), 404);
        eventually(Duration::from_secs(5), "the request to be counted", || {
            (strange(&admin) > before).then_some(())
        });
    }
}
