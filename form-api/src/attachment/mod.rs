//! Joined files: their kind, by content and by name. Nothing is decoded or unpacked; bytes stay untouched.

pub mod sniff;

use serde::{Deserialize, Serialize};

/// The kinds that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// JPEG photo.
    Jpeg,
    /// PNG image.
    Png,
}

impl FileKind {
    /// End of the name that we give.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Media type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Words: « PDF », « photo JPEG ».
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "photo JPEG",
            Self::Png => "image PNG",
        }
    }

    /// Whether a name (in lower case) ends as this kind's do.
    fn allows(self, name: &str) -> bool {
        let ends: &[&str] = match self {
            Self::Pdf => &[".pdf"],
            Self::Jpeg => &[".jpg", ".jpeg", ".jpe", ".jfif"],
            Self::Png => &[".png"],
        };
        ends.iter().any(|end| name.ends_with(end))
    }
}
