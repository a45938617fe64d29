//! A copy of what the service holds, made while it runs: referrals, and messages to the team.

use crate::config::Config;
use crate::contact::Contacts;
use crate::outbox::sqlite::Sqlite;
use crate::service::beside;
use std::path::Path;

/// Writes both databases: `to`, and `to.contact`.
///
/// # Errors
/// When one of the files exists already or cannot be written, in French.
pub async fn write(config: &Config, to: &Path) -> Result<(), String> {
    if config.postgres.is_some() {
        return Err("la base est dans PostgreSQL : copiez-la avec pg_dump".to_owned());
    }
    let contact_copy = beside(to, ".contact");
    for path in [to, &contact_copy] {
        if path.exists() {
            return Err(format!(
                "{} existe déjà : choisissez un autre nom",
                path.display()
            ));
        }
    }
    let outbox = Sqlite::open_beside(&config.database).map_err(|error| error.to_string())?;
    let fault = |error: &dyn std::fmt::Display| format!("{} : {error}", to.display());
    outbox.backup(to).await.map_err(|error| fault(&error))?;
    let contacts = beside(&config.database, ".contact");
    if contacts.exists() {
        Contacts::open(&contacts)?.backup(&contact_copy).await?;
    }
    for path in [to, &contact_copy].into_iter().filter(|path| path.exists()) {
        owner_only(path)?;
    }
    Ok(())
}

/// Sealed as it is, a copy is still nobody else's business; and it must be on the disk before it is called one.
fn owner_only(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let fault = |error: std::io::Error| format!("{} : {error}", path.display());
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(fault)?;
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(fault)
}
