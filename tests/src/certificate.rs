//! A certificate authority and a certificate for `localhost`, made for one test and gone with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs;

/// Files of a certificate that our client can be told to trust.
pub struct Certificate {
    /// The authority, PEM: what the client must trust.
    pub authority: PathBuf,
    /// The server's certificate, PEM.
    pub certificate: PathBuf,
    /// The server's private key, PEM.
    pub key: PathBuf,
}

impl Certificate {
    /// Makes an authority and a certificate for `localhost` and 127.0.0.1, in a folder.
    ///
    /// # Panics
    /// When OpenSSL is missing or refuses.
    #[must_use]
    pub fn make(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name).display().to_string();
        fs::write(
            file("server.ext"),
            "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n",
        )
        .expect("a file can be written");
        let key = ["-newkey", "rsa:2048", "-nodes"];
        openssl(
            &[
                &["req", "-x509", "-days", "2", "-subj", "/CN=Autorité des tests"][..],
                &key,
            ]
            .concat(),
            &[
                ("-keyout", file("authority.key")),
                ("-out", file("authority.pem")),
            ],
        );
        openssl(
            &[&["req", "-new", "-subj", "/CN=localhost"][..], &key].concat(),
            &[("-keyout", file("server.key")), ("-out", file("server.csr"))],
        );
        openssl(
            &["x509", "-req", "-days", "2", "-CAcreateserial"],
            &[
                ("-in", file("server.csr")),
                ("-CA", file("authority.pem")),
                ("-CAkey", file("authority.key")),
                ("-extfile", file("server.ext")),
                ("-out", file("server.pem")),
            ],
        );
        Self {
            authority: folder.join("authority.pem"),
            certificate: folder.join("server.pem"),
            key: folder.join("server.key"),
        }
    }
}

fn openssl(arguments: &[&str], files: &[(&str, String)]) {
    let mut command = Command::new(programs::tool("openssl"));
    command.args(arguments);
    for (option, file) in files {
        command.arg(option).arg(file);
    }
    let output = command.output().expect("openssl can be started");
    assert!(
        output.status.success(),
        "openssl: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
