//! What an operator asks of the outbox, without personal data on the screen.

use super::Cli;
use crate::clock;
use crate::outbox::{Erased, Listed, Noted, Outbox};
use crate::referral::reference;
use crate::retention;
use jiff::Timestamp;

/// A reference that can be one, or what is wrong with it.
fn valid(wanted: &str) -> Result<String, String> {
    if reference::is_valid(wanted) {
        return Ok(wanted.to_owned());
    }
    Err(format!(
        "« {wanted} » n'est pas une référence : vérifiez les chiffres et la lettre finale"
    ))
}

pub(super) fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

impl Cli {
    pub(super) async fn list(&self) -> Result<(), String> {
        let list = self.outbox().await?.list(None).await.map_err(said)?;
        list.iter().for_each(|one| println!("{}", line(one)));
        Ok(())
    }

    pub(super) async fn show(&self, wanted: &str) -> Result<(), String> {
        let wanted = valid(wanted)?;
        let outbox = self.outbox().await?;
        let found = outbox.list(Some(wanted.clone())).await.map_err(said)?;
        let past = outbox.ledger(Some(wanted.clone())).await.map_err(said)?;
        if found.is_empty() && past.is_empty() {
            return Err(format!("aucun dossier {wanted}"));
        }
        found.iter().for_each(|one| println!("{}", line(one)));
        past.iter().for_each(|one| println!("{}", past_line(one)));
        Ok(())
    }

    pub(super) async fn retry(&self, wanted: Option<&str>) -> Result<(), String> {
        let wanted = wanted.map(valid).transpose()?;
        let count = self.outbox().await?.retry(wanted, now()).await.map_err(said)?;
        println!("{count} message(s) à renvoyer maintenant");
        Ok(())
    }

    pub(super) async fn release(&self, wanted: &str) -> Result<(), String> {
        let outbox = self.outbox().await?;
        let count = outbox.release(valid(wanted)?, now()).await.map_err(said)?;
        println!("{count} message(s) retenus ou revenus, refaits et remis dans la file");
        Ok(())
    }

    pub(super) async fn bounce(&self, wanted: &str) -> Result<(), String> {
        let outbox = self.outbox().await?;
        let count = outbox.bounce(valid(wanted)?, now()).await.map_err(said)?;
        if count == 0 {
            return Err(format!("{wanted} : aucun courriel remis à la commission"));
        }
        println!("{count} courriel(s) notés comme revenus ; « release {wanted} » les renverra");
        Ok(())
    }

    pub(super) async fn erase(&self, wanted: &str, force: bool) -> Result<(), String> {
        let outbox = self.outbox().await?;
        match outbox.erase(valid(wanted)?, force, now()).await.map_err(said)? {
            Erased::Done(count) => {
                println!("{count} dossier(s) effacés avec leurs fichiers ; le journal garde la référence");
                Ok(())
            }
            Erased::Undelivered(count) => Err(format!(
                "{wanted} : {count} message(s) pas encore remis. Rien n'est effacé ; --force efface quand même."
            )),
            Erased::Unknown => Err(format!("aucun dossier {wanted}")),
        }
    }

    pub(super) async fn purge(&self) -> Result<(), String> {
        let gone = retention::purge(&*self.outbox().await?, &self.config, now()).await;
        let gone = gone.map_err(said)?;
        gone.iter().for_each(|reference| println!("{reference}"));
        println!("{} dossier(s) effacés", gone.len());
        Ok(())
    }

    pub(super) async fn keys(&self) -> Result<(), String> {
        let ring = crate::service::ring(&self.config)?;
        let used = self.outbox().await?.keys().await.map_err(said)?;
        for (place, id) in ring.ids().enumerate() {
            let count = used.iter().find(|(known, _)| known == id).map_or(0, |one| one.1);
            let role = if place == 0 { "chiffre" } else { "ouvre seulement" };
            println!("{id}\t{role}\t{count} valeur(s)");
        }
        let known: Vec<&str> = ring.ids().collect();
        let lost: Vec<&str> = used.iter().map(|(id, _)| id.as_str()).collect();
        let lost: Vec<&str> = lost.into_iter().filter(|id| !known.contains(id)).collect();
        if lost.is_empty() {
            return Ok(());
        }
        Err(format!("clé(s) manquante(s) : {}", lost.join(", ")))
    }

    pub(super) async fn backup(&self, to: &str) -> Result<(), String> {
        crate::backup::write(&self.config, to.as_ref()).await?;
        println!("copie écrite dans {to} ; gardez la clé ailleurs");
        Ok(())
    }

    /// Writes down that a person looked at a case.
    pub(super) async fn note(outbox: &dyn Outbox, wanted: &str, event: &str) -> Result<(), String> {
        let line = Noted {
            reference: wanted.to_owned(),
            event: event.to_owned(),
            at: now(),
            detail: String::new(),
        };
        outbox.note(line).await.map_err(said)
    }
}

pub(super) fn said(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}

pub(super) fn checked(wanted: &str) -> Result<String, String> {
    valid(wanted)
}

pub(super) fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| "jamais".to_owned(), clock::paris_iso)
}

fn past_line(one: &Noted) -> String {
    format!(
        "{}\t{}\t{}\t{}",
        one.reference,
        one.event,
        time(one.at),
        one.detail
    )
}

/// One line of a list: reference, kind, part, state, attempts, class, code, times.
fn line(one: &Listed) -> String {
    let code = one
        .last_code
        .map_or_else(|| "-".to_owned(), |code| code.to_string());
    let when = match one.sent_at {
        Some(sent) => format!("envoyé {} {}", time(sent), one.relay_id.as_deref().unwrap_or("")),
        None => format!("prochain {}", time(one.next_at)),
    };
    format!(
        "{}\t{}\t{}/{}\t{}\t{} essai(s)\t{}\t{code}\tcréé {}\t{}",
        one.reference,
        one.kind,
        one.part.0,
        one.part.1,
        one.state,
        one.attempts,
        one.last_class.as_deref().unwrap_or("-"),
        time(one.created_at),
        when.trim_end()
    )
}
