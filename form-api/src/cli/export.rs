//! The whole content of one case, opened into a folder: the answer to a person who asks for their data.

use super::Cli;
use super::operate::{checked, said};
use crate::content::{Content, Reading};
use crate::referral::dossier::Dossier;
use crate::service;
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

impl Cli {
    /// Writes a case into a new folder that its owner alone can read, and notes that it was read.
    pub(super) async fn export(&self, wanted: &str, folder: &Path) -> Result<(), String> {
        let wanted = checked(wanted)?;
        let outbox = self.outbox().await?;
        let ring = service::ring(&self.config)?;
        let held = outbox.case(wanted.clone()).await.map_err(said)?;
        if held.is_empty() {
            return Err(format!("aucun dossier {wanted}"));
        }
        let made = std::fs::DirBuilder::new().mode(0o700).create(folder);
        made.map_err(|error| format!("{} : {error}", folder.display()))?;
        // Before the bytes are on the disk: a reading that nobody noted must not exist.
        Self::note(&*outbox, &wanted, "consultee").await?;
        let mut count = 0;
        for one in &held {
            let stored = &one.stored;
            let sealed = &stored.fields;
            let place = format!("referral:{}", stored.id);
            let plain = ring.open(&sealed.key_id, &place, &sealed.bytes).map_err(said)?;
            let dossier = Dossier::from_bytes(&plain)?;
            let past = outbox
                .ledger(Some(stored.reference.clone()))
                .await
                .map_err(said)?;
            let text = json!({
                "reference": stored.reference,
                "departement": stored.departement,
                "recu_le": super::operate::time(stored.received_at),
                "dossier": dossier,
                "journal": past,
            });
            let text = serde_json::to_string_pretty(&text).map_err(said)?;
            write(
                &folder.join(format!("{}.json", stored.reference)),
                text.as_bytes(),
            )?;
            for file in &dossier.files {
                let path = folder.join(file.name(&stored.reference));
                let mut open = create(&path)?;
                let mut reading = Reading::new(&*outbox, &ring, &stored.id, Content::File(file.n));
                while let Some(bytes) = reading.next().await.map_err(said)? {
                    open.write_all(&bytes)
                        .map_err(|error| format!("{} : {error}", path.display()))?;
                }
                count += 1;
            }
        }
        println!(
            "{} dossier(s) et {count} fichier(s) écrits dans {} : effacez ce dossier une fois la réponse faite",
            held.len(),
            folder.display()
        );
        Ok(())
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let written = create(path)?.write_all(bytes);
    written.map_err(|error| format!("{} : {error}", path.display()))
}

fn create(path: &Path) -> Result<File, String> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let open = options.open(path);
    open.map_err(|error| format!("{} : {error}", path.display()))
}
