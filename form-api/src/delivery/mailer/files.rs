//! Messages written as `.eml` files into a folder: what runs when no relay is configured.

use super::{Accepted, Class, Failure, Mailer, Sending};
use crate::content::Mime;
use lettre::Address;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// A mailer that writes files.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Writes into this folder, made if need be.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }
}

impl Mailer for Files {
    fn send<'a>(
        &'a self,
        _from: &'a Address,
        _to: &'a Address,
        name: &'a str,
        mime: &'a dyn Mime,
    ) -> Sending<'a> {
        Box::pin(async move {
            // The name is the Message-ID: a second attempt writes over the first, so there is never a double.
            let stem: String = name
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() || ".-_@".contains(c) {
                        c
                    } else {
                        '_'
                    }
                })
                .collect();
            match write(&self.folder, &stem, mime).await {
                Ok(()) => Ok(Accepted { relay_id: None }),
                Err(_) => Err(Failure {
                    class: Class::Unreachable,
                    code: None,
                    step: "file",
                }),
            }
        })
    }
}

/// Beside first, then renamed: a reader never sees half a message.
async fn write(folder: &Path, stem: &str, mime: &dyn Mime) -> std::io::Result<()> {
    let beside = folder.join(format!(".{stem}.part"));
    let mut file = tokio::fs::File::create(&beside).await?;
    for k in 0..mime.pieces() {
        let piece = mime
            .piece(k)
            .map_err(|_| std::io::Error::other("message illisible"))?;
        file.write_all(&piece).await?;
    }
    file.sync_all().await?;
    tokio::fs::rename(&beside, folder.join(format!("{stem}.eml"))).await
}
