//! Brings messages to the team's mailbox: one at a time, again until it has them.

use super::{Contacts, Message, Waiting};
use crate::clock::Clock;
use crate::config::Config;
use crate::delivery::mailer::{Class, Mailer};
use crate::delivery::message::{self, Envelope};
use crate::delivery::retry;
use crate::seal::KeyRing;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tracing::{error, info, warn};

/// Most time between two looks at the store.
const POLL: Duration = Duration::from_secs(5);

/// Everything that the courier needs.
pub struct Courier {
    /// Configuration.
    pub config: Arc<Config>,
    /// Store.
    pub contacts: Contacts,
    /// Keys.
    pub ring: Arc<KeyRing>,
    /// Clock.
    pub clock: Clock,
    /// Way out.
    pub mailer: Arc<dyn Mailer>,
    /// Rung when something new is stored.
    pub bell: Arc<Notify>,
}

impl Courier {
    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.contacts.due(self.clock.millis()).await {
                Ok(Some(waiting)) => {
                    self.one(waiting).await;
                    continue;
                }
                Ok(None) => {}
                Err(reason) => error!(event = "contact-store", reason),
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(POLL) => {}
                () = self.bell.notified() => {}
            }
        }
    }

    async fn one(&self, waiting: Waiting) {
        let now = self.clock.millis();
        let sent = self.send(&waiting).await;
        let tries = waiting.tries + 1;
        let noted = match sent {
            Ok(()) => {
                info!(event = "contact-sent", tries);
                self.contacts.sent(waiting.nonce, now).await
            }
            Err((class, held)) => {
                warn!(event = "contact-waits", class, tries);
                let next_at = if held {
                    retry::held(now, waiting.at)
                } else {
                    now + retry::wait(&self.config.retry, tries, 127)
                };
                self.contacts.later(waiting.nonce, next_at).await
            }
        };
        if let Err(reason) = noted {
            error!(event = "contact-store", reason);
            // The mailbox recognises the double by its Message-ID; a store that refuses must not be hammered.
            tokio::time::sleep(POLL).await;
        }
    }

    /// Sends one message; on failure, its kind and whether a person must look.
    async fn send(&self, waiting: &Waiting) -> Result<(), (&'static str, bool)> {
        let place = super::place(&waiting.nonce);
        let opened = self
            .ring
            .open(&waiting.sealed.key_id, &place, &waiting.sealed.bytes);
        let plain = opened.map_err(|_| ("sealed", true))?;
        let message: Message = serde_json::from_slice(&plain).map_err(|_| ("sealed", true))?;
        let to = self.config.alert_to.as_ref().unwrap_or(&self.config.from);
        let message_id = format!("contact.{}@{}", waiting.nonce, self.config.from.domain());
        let date = jiff::Timestamp::from_millisecond(waiting.at).map_err(|_| ("date", true))?;
        let envelope = Envelope {
            from: &self.config.from,
            to,
            message_id: &message_id,
            thread: None,
            date,
        };
        let mime = message::contact(&message, &envelope).map_err(|_| ("render", true))?;
        let sent = self.mailer.send(&self.config.from, to, &message_id, &mime).await;
        sent.map(|_| ())
            .map_err(|failure| (failure.class.word(), failure.class == Class::Permanent))
    }
}
