//! Messages written as `.eml` files into a folder: what runs when no relay is configured.

use super::{Accepted, Class, Failure, Mailer, Sending};
use lettre::Address;
use std::io::Write;
use std::path::{Path, PathBuf};

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
        mime: &'a [u8],
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
            let (folder, mime) = (self.folder.clone(), mime.to_vec());
            let written = tokio::task::spawn_blocking(move || write(&folder, &stem, &mime)).await;
            match written {
                Ok(Ok(())) => Ok(Accepted { relay_id: None }),
                _ => Err(Failure {
                    class: Class::Unreachable,
                    code: None,
                    step: "file",
                }),
            }
        })
    }
}

/// Beside first, then renamed: a reader never sees half a message.
fn write(folder: &Path, stem: &str, mime: &[u8]) -> std::io::Result<()> {
    let beside = folder.join(format!(".{stem}.part"));
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(mime)?;
    file.sync_all()?;
    std::fs::rename(&beside, folder.join(format!("{stem}.eml")))
}
