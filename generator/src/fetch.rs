//! Asks other sites whether an address answers. The only door to the network, for `generator links` alone.

use crate::links::Answer;
use std::time::Duration;
use ureq::{Agent, Error, ResponseExt};

/// Longest wait for one address, redirections included.
const WAIT: Duration = Duration::from_secs(20);
/// Redirections that are followed.
const REDIRECTIONS: u32 = 5;

/// Asks, with one connection at a time.
pub(crate) struct Fetcher(Agent);

impl Default for Fetcher {
    fn default() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(WAIT))
            .max_redirects(REDIRECTIONS)
            .http_status_as_error(false)
            .user_agent("generator-links (verification de liens)")
            .build();
        Self(config.into())
    }
}

impl Fetcher {
    /// The answer of an address: its headers alone, or the page when the site refuses to give those.
    #[must_use]
    pub(crate) fn ask(&self, address: &str) -> Answer {
        match self.head(address) {
            Answer::Status(400..=499 | 501, _) => answer(address, self.0.get(address).call()),
            answer => answer,
        }
    }

    fn head(&self, address: &str) -> Answer {
        answer(address, self.0.head(address).call())
    }
}

fn answer(address: &str, response: Result<ureq::http::Response<ureq::Body>, Error>) -> Answer {
    match response {
        Ok(response) => {
            let arrived = response.get_uri().to_string();
            let asked = address.split('#').next().unwrap_or(address);
            let moved = (arrived.trim_end_matches('/') != asked.trim_end_matches('/')).then_some(arrived);
            Answer::Status(response.status().as_u16(), moved)
        }
        Err(error) => Answer::None(reason(&error)),
    }
}

fn reason(error: &Error) -> String {
    match error {
        Error::Timeout(_) => format!("rien après {} secondes", WAIT.as_secs()),
        Error::HostNotFound => "ce site n'existe pas".to_owned(),
        Error::TooManyRedirects => "il renvoie sans fin d'une adresse à une autre".to_owned(),
        Error::BadUri(_) => "cette adresse ne se lit pas".to_owned(),
        Error::Tls(_) | Error::Rustls(_) => "son certificat n'est pas bon".to_owned(),
        Error::ConnectionFailed | Error::Io(_) => "la connexion a échoué".to_owned(),
        other => other.to_string(),
    }
}
