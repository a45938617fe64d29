//! The address of the relay: `smtps://user:password@host:465`, `smtp+starttls://…`, `smtp+plain://127.0.0.1:25`.

use super::Secret;
use std::net::IpAddr;

/// Where and how mails are handed over.
#[derive(Debug, Clone)]
pub struct SmtpUrl {
    /// How the connection is protected.
    pub security: Security,
    /// Name or address of the relay.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User and password, if the relay asks for them.
    pub credentials: Option<(String, Secret)>,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS asked for by STARTTLS, and required.
    StartTls,
    /// None; only on the machine itself.
    Plain,
}

impl SmtpUrl {
    /// Reads the address of a relay.
    ///
    /// # Errors
    /// What is wrong, in French, without the password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("on attend smtps://, smtp+starttls:// ou smtp+plain://")?;
        let (security, default_port) = match scheme {
            "smtps" => (Security::Tls, 465),
            "smtp+starttls" => (Security::StartTls, 587),
            "smtp+plain" => (Security::Plain, 25),
            _ => {
                return Err(format!(
                    "« {scheme}:// » n'est pas smtps://, smtp+starttls:// ni smtp+plain://"
                ));
            }
        };
        let rest = rest.trim_end_matches('/');
        let (user, place) = rest
            .rsplit_once('@')
            .map_or((None, rest), |(user, place)| (Some(user), place));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !place.ends_with(']') => (
                host,
                port.parse()
                    .map_err(|_| "le port n'est pas un nombre".to_owned())?,
            ),
            _ => (place, default_port),
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err("le nom du relais manque".to_owned());
        }
        if security == Security::Plain && !is_loopback(&host) {
            return Err(
                "smtp+plain:// n'est permis que vers la machine elle-même (127.0.0.1, localhost)".to_owned(),
            );
        }
        Ok(Self {
            security,
            host,
            port,
            credentials: user.map(credentials).transpose()?,
        })
    }
}

fn credentials(text: &str) -> Result<(String, Secret), String> {
    let (user, password) = text
        .split_once(':')
        .ok_or("on attend « utilisateur:motdepasse@ »")?;
    Ok((decode(user)?, Secret::new(decode(password)?)))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Undoes `%40` and the like.
fn decode(text: &str) -> Result<String, String> {
    let fault = || "un « % » de l'utilisateur ou du mot de passe est mal écrit".to_owned();
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = after
                .get(..2)
                .and_then(|two| std::str::from_utf8(two).ok())
                .ok_or_else(fault)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| fault())?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_err(|_| fault())
}

#[cfg(test)]
mod tests {
    use super::{Security, SmtpUrl};

    #[test]
    fn reads_the_three_schemes() {
        let url = SmtpUrl::parse("smtp+starttls://jean%40x.fr:a%3Ab@mail.exemple.fr:2587").expect("a relay");
        assert_eq!(
            (url.security, url.host.as_str(), url.port),
            (Security::StartTls, "mail.exemple.fr", 2587)
        );
        let (user, password) = url.credentials.expect("credentials");
        assert_eq!((user.as_str(), password.reveal()), ("jean@x.fr", "a:b"));
        assert_eq!(
            SmtpUrl::parse("smtps://mail.exemple.fr").expect("a relay").port,
            465
        );
        assert_eq!(
            SmtpUrl::parse("smtp+plain://[::1]:2525").expect("a relay").host,
            "::1"
        );
    }

    #[test]
    fn nothing_in_clear_leaves_the_machine() {
        for text in [
            "smtp+plain://mail.exemple.fr",
            "smtp://127.0.0.1",
            "smtps://",
            "smtps://u@h",
            "smtps://a:b%4@h",
        ] {
            assert!(SmtpUrl::parse(text).is_err(), "{text}");
        }
    }
}
