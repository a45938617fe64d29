//! One message of the outbox: its files scanned, rendered once, kept, handed to the relay.

use super::mailer::Failure;
use super::message::{self, Body, Envelope, Joined, Rendered, parts};
use super::worker::Worker;
use crate::content::{self, Content, CopyFault, Opened, Reading, Spool, SpoolError, Writer};
use crate::duration::millis;
use crate::outbox::{Claim, MessageKind, OutboxError, Scan, Stored};
use crate::referral::casefile::CaseFile;
use crate::referral::dossier::Dossier;
use crate::scan::{Clamd, Unseen};
use jiff::Timestamp;
use lettre::Address;
use referral_form::names;
use tracing::info;

/// Why a message could not be rendered or sent.
pub(super) enum Fault {
    /// The relay.
    Mail(Failure),
    /// The antivirus does not answer yet.
    Scan(String),
    /// Our own rendering, keys or configuration; a person must look.
    Render(String),
    /// The store; the lease will end by itself.
    Store(String),
}

impl From<content::Fault> for Fault {
    fn from(fault: content::Fault) -> Self {
        match fault {
            content::Fault::Store(reason) => Self::Store(reason),
            content::Fault::Damaged(reason) => Self::Render(reason),
        }
    }
}

/// A full disk is no fault of the message: the lease ends, and it is tried again.
impl From<SpoolError> for Fault {
    fn from(fault: SpoolError) -> Self {
        Self::Store(fault.to_string())
    }
}

impl From<CopyFault> for Fault {
    fn from(fault: CopyFault) -> Self {
        match fault {
            CopyFault::Content(fault) => fault.into(),
            CopyFault::Spool(fault) => fault.into(),
        }
    }
}

impl Worker {
    pub(super) async fn deliver(&self, claim: &Claim) -> Result<Option<String>, Fault> {
        let stored = self
            .outbox
            .by_id(claim.referral.clone())
            .await
            .map_err(|fault| Fault::Store(fault.to_string()))?;
        let stored = stored.ok_or_else(|| Fault::Render("dossier absent".to_owned()))?;
        let dossier = self.open(&stored)?;
        let to = self.recipient(claim.kind, &stored, &dossier)?;
        if !claim.rendered {
            if claim.kind == MessageKind::Commission {
                self.scan(&stored).await?;
            }
            self.render_and_keep(claim, &stored, &dossier, &to).await?;
        }
        let content = Content::Message(claim.message_id.clone());
        let place = content.place(&stored.id);
        let reading = self.reading(&stored.id, content);
        let mime = Opened::new(&self.ring, reading, &place, &self.config.spool).await?;
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
    ) -> Result<(), Fault> {
        let mime = self.render(claim, stored, dossier, to).await?;
        let spool = self.put_aside(claim, stored, &mime).await?;
        let kept = self.outbox.keep_mime(claim.lease.clone(), spool).await;
        match kept {
            Ok(true) => Ok(()),
            Ok(false) => Err(Fault::Store("bail de l'envoi perdu".to_owned())),
            Err(fault) => Err(Fault::Store(fault.to_string())),
        }
    }

    /// The message with its files, sealed on the disk until the store has it.
    async fn put_aside(&self, claim: &Claim, stored: &Stored, mime: &Rendered) -> Result<Spool, Fault> {
        let place = Content::Message(claim.message_id.clone()).place(&stored.id);
        let mut writer = Writer::new(&self.ring, place, &self.config.spool)?;
        mime.write(&mut writer, |file| self.reading(&stored.id, file))
            .await?;
        Ok(writer.finish()?)
    }

    fn reading(&self, referral: &str, content: Content) -> Reading<'_> {
        Reading::new(self.outbox.as_ref(), &self.ring, referral, content)
    }

    async fn render(
        &self,
        claim: &Claim,
        stored: &Stored,
        dossier: &Dossier,
        to: &Address,
    ) -> Result<Rendered, Fault> {
        let mut case = self.case(stored, dossier).await?;
        let domain = claim.message_id.rsplit('@').next().unwrap_or_default();
        // A complement threads to the first mail of the referral that it completes.
        let first = stored.parent.as_deref().unwrap_or(&stored.reference);
        let first = match claim.kind {
            MessageKind::Commission => format!("{first}.cdc.1@{domain}"),
            _ => format!("{first}.recu@{domain}"),
        };
        let envelope = Envelope {
            from: &self.config.from,
            to,
            message_id: &claim.message_id,
            thread: Some(first.as_str()).filter(|first| *first != claim.message_id),
            date: at(claim.created_at),
        };
        let rendered = match claim.kind {
            MessageKind::Receipt => {
                case.complement_url = self.address(stored, "complement", "/saisine/complement/")?;
                message::receipt(&self.site, &case, &envelope)
            }
            MessageKind::Notice => {
                case.acknowledged = stored
                    .acked_at
                    .map(|ms| crate::clock::paris_words(at(ms)))
                    .unwrap_or_default();
                message::notice(&self.site, &case, &envelope)
            }
            MessageKind::Withheld => {
                case.complement_url = self.address(stored, "complement", "/saisine/complement/")?;
                message::withheld(&self.site, &case, &envelope)
            }
            MessageKind::Commission => {
                case.ack_url = self.address(stored, "accuse", "/cdc/accuse/")?;
                let files = self.files(claim, stored, dossier, &case);
                let split = (claim.part, claim.parts);
                message::commission(&self.site, &case, dossier, &envelope, split, files)
            }
        };
        rendered.map_err(Fault::Render)
    }

    /// The case in words, with what the antivirus said so far.
    async fn case(&self, stored: &Stored, dossier: &Dossier) -> Result<CaseFile, Fault> {
        let commission = self.site.commission(&stored.departement);
        let commission =
            commission.ok_or_else(|| Fault::Render(format!("commission {} inconnue", stored.departement)))?;
        let received = at(stored.received_at);
        let mut case = CaseFile::new(&self.site, commission, dossier, &stored.reference, received);
        case.parent = stored.parent.clone().unwrap_or_default();
        let scans = self.outbox.scans(stored.id.clone()).await;
        case.note_scans(&scans.map_err(|fault| Fault::Store(fault.to_string()))?);
        Ok(case)
    }

    /// An address that only its reader knows; a complement has no complement of its own.
    fn address(&self, stored: &Stored, purpose: &str, path: &str) -> Result<String, Fault> {
        if purpose == "complement" && stored.parent.is_some() {
            return Ok(String::new());
        }
        let token = self.ring.token(&stored.fields.key_id, purpose, &stored.id);
        let token = token.map_err(|fault| Fault::Render(fault.to_string()))?;
        Ok(format!("{}{path}{token}", self.origin))
    }

    /// Asks the antivirus about the files that it has not seen, one at a time, before the first mail is rendered.
    async fn scan(&self, stored: &Stored) -> Result<(), Fault> {
        let store = |fault: OutboxError| Fault::Store(fault.to_string());
        let known = self.outbox.scans(stored.id.clone()).await.map_err(store)?;
        let mut infected = false;
        for (n, scan) in known {
            let found = match scan {
                Scan::Pending => {
                    let found = self.look(stored, n).await?;
                    self.outbox
                        .note_scan(stored.id.clone(), n, found)
                        .await
                        .map_err(store)?;
                    self.metrics.scanned(found.word());
                    info!(
                        event = "scanned",
                        reference = stored.reference,
                        file = n,
                        result = found.word()
                    );
                    found
                }
                done => done,
            };
            infected |= found == Scan::Infected;
        }
        if infected {
            let message_id = format!("{}.retenue@{}", stored.reference, self.config.from.domain());
            let now = self.clock.millis();
            self.outbox
                .tell_withheld(stored.id.clone(), message_id, now)
                .await
                .map_err(store)?;
        }
        Ok(())
    }

    /// The verdict on one file. Without an antivirus, or when it stays silent too long, the honest answer is « not scanned ».
    async fn look(&self, stored: &Stored, n: u32) -> Result<Scan, Fault> {
        if self.config.clamd == Clamd::Off {
            return Ok(Scan::Unscanned);
        }
        let file = self.reading(&stored.id, Content::File(n));
        match self.config.clamd.scan(file, self.config.clamd_timeout).await {
            Ok(found) => Ok(found),
            Err(Unseen::Content(fault)) => Err(fault.into()),
            Err(Unseen::Unreachable)
                if self.clock.millis() - stored.received_at >= millis(self.config.clamd_wait) =>
            {
                Ok(Scan::Unscanned)
            }
            Err(Unseen::Unreachable) => Err(Fault::Scan("l'antivirus ne répond pas".to_owned())),
        }
    }

    /// The files of this part; a file in which the antivirus found something stays here.
    fn files(&self, claim: &Claim, stored: &Stored, dossier: &Dossier, case: &CaseFile) -> Vec<Joined> {
        let sizes: Vec<u64> = dossier.files.iter().map(|file| file.size).collect();
        let plan = parts::plan(&sizes, self.config.mail_max);
        let mut joined = Vec::new();
        for ((file, part), line) in dossier.files.iter().zip(plan).zip(&case.files) {
            // The last part takes whatever a smaller limit would put after it: the number of parts was decided once.
            if part.min(claim.parts) != claim.part || line.scan == Scan::Infected {
                continue;
            }
            joined.push(Joined {
                name: file.name(&stored.reference),
                mime: file.kind.mime(),
                body: Body::Stored(file.n),
            });
        }
        joined
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}
