//! A real nginx or Caddy in front of the service, with the very files of `deploy/`: only names, ports and
//! places are replaced by those of the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::certificate::Certificate;
use crate::process::{Process, eventually};
use crate::{TestService, programs};

/// A running web server with the certificate of `localhost`.
pub struct WebServer {
    folder: TempDir,
    certificate: Certificate,
    ports: Ports,
    process: Process,
}

/// Free ports, chosen before the service so that it knows its public origin.
#[derive(Clone, Copy)]
pub struct Ports {
    plain: u16,
    secure: u16,
}

/// An answer, as curl saw it.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Name, in small letters, and value of each header, in order.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came over the line.
    pub body: Vec<u8>,
}

impl Ports {
    /// Two ports that nobody listens on.
    #[must_use]
    pub fn free() -> Self {
        Self {
            plain: programs::free_port(),
            secure: programs::free_port(),
        }
    }

    /// `https://localhost:1234`
    #[must_use]
    pub fn origin(self) -> String {
        format!("https://localhost:{}", self.secure)
    }
}

impl WebServer {
    /// nginx with `deploy/nginx/`, on a built site.
    #[must_use]
    pub fn nginx(service: &TestService, dist: &Path, ports: Ports) -> Self {
        let (folder, certificate) = folder();
        for name in ["headers.conf", "proxy.conf", "mediation.conf"] {
            let text = ours(&format!("deploy/nginx/{name}"));
            let text = replaced(&text, (service, dist), ports, &certificate, folder.path());
            fs::write(folder.path().join(name), text).expect("a file can be written");
        }
        let place = folder.path().display();
        let main = format!(
            "daemon off; master_process off; pid {place}/pid; error_log stderr crit;\n\
             load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;\n\
             events {{ worker_connections 256; }}\n\
             http {{ include /etc/nginx/mime.types; client_body_temp_path {place}; proxy_temp_path {place};\n\
             fastcgi_temp_path {place}; uwsgi_temp_path {place}; scgi_temp_path {place};\n\
             include {place}/mediation.conf; }}\n"
        );
        fs::write(folder.path().join("nginx.conf"), main).expect("a file can be written");
        let mut command = Command::new(programs::tool("nginx"));
        command
            .args(["-e", "stderr", "-c"])
            .arg(folder.path().join("nginx.conf"));
        Self::started(command, folder, certificate, ports)
    }

    /// Caddy with `deploy/caddy/Caddyfile`, on a built site.
    #[must_use]
    pub fn caddy(service: &TestService, dist: &Path, ports: Ports) -> Self {
        let (folder, certificate) = folder();
        let text = ours("deploy/caddy/Caddyfile");
        let text = replaced(&text, (service, dist), ports, &certificate, folder.path());
        let global = format!(
            "{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {}\n\thttps_port {}\n}}\n",
            ports.plain, ports.secure
        );
        let tls = format!(
            "\nlocalhost {{\n\ttls {} {}\n",
            certificate.certificate.display(),
            certificate.key.display()
        );
        // The file opens with its own global options: those of the test join them.
        let text = text.replacen(
            "\n{\n",
            &format!("\n{}\n", global.trim_end_matches("}\n").trim_end()),
            1,
        );
        let text = text.replacen("\nlocalhost {\n", &tls, 1);
        assert!(text.contains("https_port") && text.contains("\ttls "), "{text}");
        fs::write(folder.path().join("Caddyfile"), text).expect("a file can be written");
        let mut command = Command::new(programs::tool("caddy"));
        command
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(folder.path().join("Caddyfile"));
        command
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path());
        Self::started(command, folder, certificate, ports)
    }

    fn started(mut command: Command, folder: TempDir, certificate: Certificate, ports: Ports) -> Self {
        let process = Process::start(&mut command);
        eventually(Duration::from_secs(60), "the web server listens", || {
            let open = |port| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
            let said = process.said();
            assert!(!said.contains("[emerg]") && !said.contains("Error:"), "{said}");
            (open(ports.secure) && open(ports.plain)).then_some(())
        });
        Self {
            folder,
            certificate,
            ports,
            process,
        }
    }

    /// Asks for an address of the site, over TLS, with more arguments for curl.
    ///
    /// # Panics
    /// When curl gets no answer.
    #[must_use]
    pub fn ask(&self, address: &str, more: &[&str]) -> Answer {
        self.curl(&format!("{}{address}", self.ports.origin()), more)
    }

    /// The same without TLS.
    #[must_use]
    pub fn ask_in_clear(&self, address: &str) -> Answer {
        self.curl(&format!("http://localhost:{}{address}", self.ports.plain), &[])
    }

    fn curl(&self, url: &str, more: &[&str]) -> Answer {
        let mut command = Command::new(programs::tool("curl"));
        command.args([
            "--silent",
            "--show-error",
            "--include",
            "--http1.1",
            "--path-as-is",
            "--max-time",
            "60",
        ]);
        command
            .arg("--cacert")
            .arg(&self.certificate.authority)
            .args(more)
            .arg(url);
        let output = command.output().expect("curl can be started");
        assert!(
            output.status.success(),
            "{url}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Answer::read(&output.stdout)
    }

    /// What it said, faults included.
    #[must_use]
    pub fn said(&self) -> String {
        self.process.said()
    }

    /// What it wrote into the log of accesses.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn access_log(&self) -> String {
        fs::read_to_string(self.folder.path().join("mediation.log")).expect("a log of accesses")
    }
}

impl Answer {
    fn read(raw: &[u8]) -> Self {
        let end = raw
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a head");
        let head = String::from_utf8_lossy(&raw[..end]).into_owned();
        let body = raw[end + 4..].to_vec();
        // Before a long post, a server says « go on ».
        if head.starts_with("HTTP/1.1 100") {
            return Self::read(&body);
        }
        let pairs = head.lines().filter_map(|line| line.split_once(": "));
        Self {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|code| code.parse().ok())
                .expect("a status"),
            headers: pairs
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body,
        }
    }

    /// The value of a header that is said at most once.
    ///
    /// # Panics
    /// When it is said twice: browsers then choose, each in its way.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(known, _)| known == name);
        let first = all.next().map(|(_, value)| value.as_str());
        assert!(all.next().is_none(), "{name} is said twice");
        first
    }
}

fn folder() -> (TempDir, Certificate) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let certificate = Certificate::make(folder.path());
    (folder, certificate)
}

fn ours(name: &str) -> String {
    fs::read_to_string(programs::repository().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The text with the test's own names, ports and places.
fn replaced(
    text: &str,
    (service, dist): (&TestService, &Path),
    ports: Ports,
    certificate: &Certificate,
    folder: &Path,
) -> String {
    let upstream = service.origin().trim_start_matches("http://").to_owned();
    let shown = |path: &PathBuf| path.display().to_string();
    let pairs = [
        ("    listen [::]:80;\n", String::new()),
        ("    listen [::]:443 ssl http2;\n", String::new()),
        ("listen 80;", format!("listen 127.0.0.1:{};", ports.plain)),
        ("listen 443 ssl", format!("listen 127.0.0.1:{} ssl", ports.secure)),
        (
            "/etc/letsencrypt/live/mediation.example/fullchain.pem",
            shown(&certificate.certificate),
        ),
        (
            "/etc/letsencrypt/live/mediation.example/privkey.pem",
            shown(&certificate.key),
        ),
        ("mediation.example", "localhost".to_owned()),
        ("127.0.0.1:8080", upstream),
        ("/srv/mediation/dist", dist.display().to_string()),
        ("/etc/nginx/mediation", folder.display().to_string()),
        ("/var/log/nginx", folder.display().to_string()),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
