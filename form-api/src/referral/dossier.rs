//! What is stored, sealed, of a referral: the typed answers and the list of the files.

use crate::seal;
use referral_form::{Answers, Definition};
use serde::{Deserialize, Serialize};

/// Version of the stored form; the service reads this one and says so of any other.
pub const VERSION: u32 = 1;

/// The stored referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// [`VERSION`].
    pub version: u32,
    /// Mode of the commission on that day.
    pub mode: String,
    /// Typed answers.
    pub answers: Answers,
    /// Diagnosis carried by the form, as it came; empty when there is none.
    #[serde(default)]
    pub diagnosis: String,
    /// For a complement, what its sender adds; may be empty. Nothing for a referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complement: Option<String>,
    /// Joined files, in order.
    pub files: Vec<JoinedFile>,
}

/// A joined file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedFile {
    /// Number, from 1.
    pub n: u32,
    /// Identifier of the piece; empty for other documents.
    pub piece: String,
    /// Name on the person's device.
    pub original: String,
    /// Kind found in the content.
    pub kind: crate::attachment::FileKind,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
}

impl JoinedFile {
    /// Name of the attachment: `ML93-2026-000123-K-01-bail.pdf`, ASCII whatever the original.
    #[must_use]
    pub fn name(&self, reference: &str) -> String {
        let piece = if self.piece.is_empty() {
            "document"
        } else {
            &self.piece
        };
        format!("{reference}-{:02}-{piece}.{}", self.n, self.kind.extension())
    }

    /// Words of the piece.
    #[must_use]
    pub fn label(&self, definition: &Definition) -> String {
        let piece = definition.piece(&self.piece);
        piece.map_or_else(|| "Autre document".to_owned(), |piece| piece.label.clone())
    }
}

impl Dossier {
    /// Hash of everything that makes two posts the same: answers and bytes of the files.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 32] {
        seal::sha256(&self.to_bytes())
    }

    /// The stored bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Only strings, numbers and maps with string keys: this cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads the stored bytes.
    ///
    /// # Errors
    /// When they are of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let dossier: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if dossier.version == VERSION {
            Ok(dossier)
        } else {
            Err(format!("version {}", dossier.version))
        }
    }
}
