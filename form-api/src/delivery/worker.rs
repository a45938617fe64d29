//! The worker: claims what is due, renders it once, sends it, marks it. Any step may fail; nothing is dropped.

use super::alert::Alerts;
use super::mailer::{Class, Failure, Mailer};
use super::message::{self, Envelope, Joined, parts};
use super::retry;
use crate::clock::Clock;
use crate::config::Config;
use crate::duration::millis;
use crate::outbox::{Claim, MessageKind, Outbox, Outcome, Stored};
use crate::referral::casefile::CaseFile;
use crate::referral::dossier::Dossier;
use crate::seal::KeyRing;
use crate::site::Site;
use jiff::Timestamp;
use lettre::Address;
use referral_form::names;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tracing::{error, info, warn};

/// Messages taken at a time: when the relay is down, the others stay free.
const BATCH: u32 = 1;
/// Most time between two looks at the outbox.
const POLL: Duration = Duration::from_secs(1);
/// Time between two looks at what waits too long.
const WATCH: i64 = 30_000;
/// Longest pause after the relay refused us.
const LONGEST_PAUSE: i64 = 15 * 60_000;

/// Everything the worker needs.
pub struct Worker {
    /// Configuration.
    pub config: Arc<Config>,
    /// Origin of the links.
    pub origin: String,
    /// Texts and templates.
    pub site: Arc<Site>,
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Keys.
    pub ring: Arc<KeyRing>,
    /// Clock.
    pub clock: Clock,
    /// Way out.
    pub mailer: Arc<dyn Mailer>,
    /// Rung when something new is stored.
    pub bell: Arc<Notify>,
    /// Milliseconds since 1970 of the last round, for `/readyz`.
    pub heartbeat: Arc<AtomicI64>,
}

/// Why a message could not be rendered or sent.
enum Fault {
    /// The relay.
    Mail(Failure),
    /// Our own rendering, keys or configuration; a person must look.
    Render(String),
    /// The store; the lease will end by itself.
    Store(String),
}

impl Worker {
    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut alerts = Alerts::default();
        let (mut failures, mut watched) = (0_u32, 0);
        while !*stop.borrow() {
            let now = self.clock.millis();
            self.heartbeat.store(now, Ordering::Relaxed);
            let stopped = self.round(&stop, &mut failures).await;
            if now - watched >= WATCH || stopped {
                watched = now;
                self.watch(&mut alerts).await;
            }
            let pause = if failures > 0 {
                let wait = retry::wait(&self.config.retry, failures, 127).min(LONGEST_PAUSE);
                Duration::from_millis(wait.unsigned_abs())
            } else {
                POLL
            };
            self.rest(&mut stop, pause, failures == 0).await;
        }
    }

    /// One batch after another until nothing is due. Whether something needs a person's eye.
    async fn round(&self, stop: &watch::Receiver<bool>, failures: &mut u32) -> bool {
        let mut eye = false;
        loop {
            let now = self.clock.millis();
            let claims = match self.outbox.claim_due(now, millis(self.config.lease), BATCH).await {
                Ok(claims) => claims,
                Err(fault) => {
                    error!(event = "outbox", reason = %fault);
                    return eye;
                }
            };
            if claims.is_empty() {
                return eye;
            }
            for claim in claims {
                eye |= self.one(claim, failures).await;
            }
            if *failures > 0 || *stop.borrow() {
                return eye;
            }
        }
    }

    async fn rest(&self, stop: &mut watch::Receiver<bool>, pause: Duration, wake: bool) {
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(pause) => {}
            () = self.bell.notified(), if wake => {}
        }
    }

    /// Sends one message and marks it; whether it needs a person's eye.
    async fn one(&self, claim: Claim, failures: &mut u32) -> bool {
        let began = self.clock.millis();
        let sent = self.deliver(&claim).await;
        let now = self.clock.millis();
        let (reference, kind, attempt) = (claim.reference.as_str(), claim.kind.word(), claim.attempts);
        let fault = match sent {
            Ok(relay_id) => {
                *failures = 0;
                info!(
                    event = "sent",
                    reference,
                    kind,
                    part = claim.part,
                    attempt,
                    ms = now - began
                );
                let outcome = Outcome {
                    class: "sent",
                    code: Some(250),
                    relay_id,
                };
                if let Err(fault) = self.outbox.complete(claim.lease, outcome, now).await {
                    error!(event = "outbox", reference, reason = %fault);
                }
                return false;
            }
            Err(fault) => fault,
        };
        let (class, code, next_at, held) = match fault {
            Fault::Store(reason) => {
                error!(event = "outbox", reference, reason);
                return true;
            }
            Fault::Render(reason) => {
                error!(event = "render", reference, kind, reason);
                ("render", None, retry::held(now, claim.created_at), true)
            }
            Fault::Mail(failure) => {
                warn!(
                    event = "failed",
                    reference,
                    kind,
                    attempt,
                    class = failure.class.word(),
                    code = failure.code,
                    step = failure.step
                );
                *failures = if failure.class.stops_all() {
                    *failures + 1
                } else {
                    0
                };
                let held = failure.class == Class::Permanent;
                let chance = self.ring.random::<1>().map_or(127, |[byte]| byte);
                let wait = retry::wait(&self.config.retry, claim.attempts, chance);
                let next_at = if held {
                    retry::held(now, claim.created_at)
                } else {
                    now + wait
                };
                (failure.class.word(), failure.code, next_at, held)
            }
        };
        let outcome = Outcome {
            class,
            code,
            relay_id: None,
        };
        if let Err(fault) = self.outbox.defer(claim.lease, outcome, next_at, held).await {
            error!(event = "outbox", reference, reason = %fault);
        }
        held
    }

    async fn deliver(&self, claim: &Claim) -> Result<Option<String>, Fault> {
        let stored = self
            .outbox
            .by_id(claim.referral.clone())
            .await
            .map_err(|fault| Fault::Store(fault.to_string()))?;
        let stored = stored.ok_or_else(|| Fault::Render("dossier absent".to_owned()))?;
        let dossier = self.open(&stored)?;
        let to = self.recipient(claim.kind, &stored, &dossier)?;
        let mime = match &claim.mime {
            Some(sealed) => self
                .ring
                .open(&sealed.key_id, &mime_place(claim), &sealed.bytes)
                .map_err(|fault| Fault::Render(fault.to_string()))?,
            None => self.render_and_keep(claim, &stored, &dossier, &to).await?,
        };
        let sending = self.mailer.send(&self.config.from, &to, &claim.message_id, &mime);
        sending
            .await
            .map(|accepted| accepted.relay_id)
            .map_err(Fault::Mail)
    }

    fn open(&self, stored: &Stored) -> Result<Dossier, Fault> {
        let place = format!("referral:{}", stored.id);
        let bytes = self
            .ring
            .open(&stored.fields.key_id, &place, &stored.fields.bytes);
        let bytes = bytes.map_err(|fault| Fault::Render(fault.to_string()))?;
        Dossier::from_bytes(&bytes).map_err(Fault::Render)
    }

    /// The commission's mailbox is read when sending, so that an operator can repair a wrong one.
    fn recipient(&self, kind: MessageKind, stored: &Stored, dossier: &Dossier) -> Result<Address, Fault> {
        if kind == MessageKind::Commission {
            let route = self.config.routes.get(&stored.departement).cloned();
            return route.ok_or_else(|| Fault::Render(format!("aucune route pour {}", stored.departement)));
        }
        let address = dossier.answers.text(names::REQUESTER_EMAIL).parse();
        address.map_err(|_| Fault::Render("adresse du demandeur".to_owned()))
    }

    async fn render_and_keep(
        &self,
        claim: &Claim,
        stored: &Stored,
        dossier: &Dossier,
        to: &Address,
    ) -> Result<Vec<u8>, Fault> {
        let mime = self.render(claim, stored, dossier, to).await?;
        let sealed = self
            .ring
            .seal(&mime_place(claim), &mime)
            .map_err(|fault| Fault::Render(fault.to_string()))?;
        let kept = self.outbox.keep_mime(claim.lease.clone(), sealed).await;
        match kept {
            Ok(true) => Ok(mime),
            Ok(false) => Err(Fault::Store("bail de l'envoi perdu".to_owned())),
            Err(fault) => Err(Fault::Store(fault.to_string())),
        }
    }

    async fn render(
        &self,
        claim: &Claim,
        stored: &Stored,
        dossier: &Dossier,
        to: &Address,
    ) -> Result<Vec<u8>, Fault> {
        let received = at(stored.received_at);
        let commission = self.site.commission(&stored.departement);
        let commission =
            commission.ok_or_else(|| Fault::Render(format!("commission {} inconnue", stored.departement)))?;
        let mut case = CaseFile::new(&self.site, commission, dossier, &stored.reference, received);
        let domain = claim.message_id.rsplit('@').next().unwrap_or_default();
        let first = match claim.kind {
            MessageKind::Commission => format!("{}.cdc.1@{domain}", stored.reference),
            MessageKind::Receipt | MessageKind::Notice => format!("{}.recu@{domain}", stored.reference),
        };
        let envelope = Envelope {
            from: &self.config.from,
            to,
            message_id: &claim.message_id,
            thread: Some(first.as_str()).filter(|first| *first != claim.message_id),
            date: at(claim.created_at),
        };
        let rendered = match claim.kind {
            MessageKind::Receipt => message::receipt(&self.site, &case, &envelope),
            MessageKind::Notice => {
                case.acknowledged = stored
                    .acked_at
                    .map(|ms| crate::clock::paris_words(at(ms)))
                    .unwrap_or_default();
                message::notice(&self.site, &case, &envelope)
            }
            MessageKind::Commission => {
                let token = self.ring.token(&stored.fields.key_id, "accuse", &stored.id);
                let token = token.map_err(|fault| Fault::Render(fault.to_string()))?;
                case.ack_url = format!("{}/cdc/accuse/{token}", self.origin);
                let files = self.files(claim, stored, dossier).await?;
                message::commission(
                    &self.site,
                    &case,
                    dossier,
                    &envelope,
                    (claim.part, claim.parts),
                    files,
                )
            }
        };
        rendered.map_err(Fault::Render)
    }

    /// The files of this part, opened.
    async fn files(&self, claim: &Claim, stored: &Stored, dossier: &Dossier) -> Result<Vec<Joined>, Fault> {
        let sizes: Vec<u64> = dossier.files.iter().map(|file| file.size).collect();
        let plan = parts::plan(&sizes, self.config.mail_max);
        // The last part takes whatever a smaller limit would put after it: the number of parts was decided once.
        let mine: Vec<_> = dossier
            .files
            .iter()
            .zip(plan)
            .filter(|(_, part)| (*part).min(claim.parts) == claim.part)
            .map(|(file, _)| file)
            .collect();
        let numbers = mine.iter().map(|file| file.n).collect();
        let bodies = self.outbox.bodies(stored.id.clone(), numbers).await;
        let bodies = bodies.map_err(|fault| Fault::Store(fault.to_string()))?;
        let opened = mine.iter().zip(bodies).map(|(file, (n, sealed))| {
            let bytes = self.ring.open(
                &sealed.key_id,
                &format!("attachment:{}:{n}", stored.id),
                &sealed.bytes,
            );
            Ok(Joined {
                name: file.name(&stored.reference),
                mime: file.kind.mime(),
                bytes: bytes.map_err(|fault| Fault::Render(fault.to_string()))?,
            })
        });
        opened.collect()
    }

    /// Tells what waits too long.
    async fn watch(&self, alerts: &mut Alerts) {
        let Ok(list) = self.outbox.list(None).await else {
            return;
        };
        let now = self.clock.millis();
        for line in alerts.look(&list, now) {
            error!(event = "alert", message = line);
        }
        let Some(to) = &self.config.alert_to else { return };
        let Some(text) = alerts.mail(now) else { return };
        let message_id = format!("alerte.{now}@{}", self.config.from.domain());
        let envelope = Envelope {
            from: &self.config.from,
            to,
            message_id: &message_id,
            thread: None,
            date: self.clock.now(),
        };
        let Ok(mime) = message::alert("[Médiation Logement] Des envois attendent", &text, &envelope) else {
            return;
        };
        if let Err(failure) = self.mailer.send(&self.config.from, to, &message_id, &mime).await {
            warn!(event = "alert-not-sent", class = failure.class.word());
        }
    }
}

fn mime_place(claim: &Claim) -> String {
    format!("mime:{}", claim.message_id)
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}
