//! Which kind a file is, by its first bytes and its name.

use super::FileKind;

/// Bytes needed at most to tell.
pub const HEAD: usize = 1024;

/// The kind, or the code of the fault.
///
/// # Errors
/// `fichier_heic`, `fichier_type` or `fichier_extension`.
pub fn sniff(head: &[u8], name: &str) -> Result<FileKind, &'static str> {
    let name = name.trim().to_lowercase();
    if is_heic(head) || (name.ends_with(".heic") || name.ends_with(".heif")) {
        return Err("fichier_heic");
    }
    let kind = if head.starts_with(b"%PDF-") {
        FileKind::Pdf
    } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
        FileKind::Jpeg
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        FileKind::Png
    } else {
        return Err("fichier_type");
    };
    // A camera may give no name at all; a wrong end is another matter.
    let has_end = name.rfind('.').is_some_and(|at| at + 1 < name.len());
    if has_end && !kind.allows(&name) {
        Err("fichier_extension")
    } else {
        Ok(kind)
    }
}

fn is_heic(head: &[u8]) -> bool {
    let brand = head.get(8..12).unwrap_or_default();
    head.get(4..8) == Some(b"ftyp")
        && [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"]
            .iter()
            .any(|known| brand == *known)
}

#[cfg(test)]
mod tests {
    use super::sniff;
    use crate::attachment::FileKind;

    #[test]
    fn content_and_name_must_agree() {
        assert_eq!(sniff(b"%PDF-1.7 ...", "Bail.PDF"), Ok(FileKind::Pdf));
        assert_eq!(sniff(&[0xff, 0xd8, 0xff, 0xe1], "photo.jpeg"), Ok(FileKind::Jpeg));
        assert_eq!(sniff(&[0xff, 0xd8, 0xff, 0xe1], ""), Ok(FileKind::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n", "x.png"), Ok(FileKind::Png));
        assert_eq!(sniff(b"%PDF-1.7", "bail.exe"), Err("fichier_extension"));
        assert_eq!(sniff(b"MZ\x90\0", "bail.pdf"), Err("fichier_type"));
        assert_eq!(sniff(b"<html>%PDF-", "bail.pdf"), Err("fichier_type"));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic", "IMG.HEIC"), Err("fichier_heic"));
        assert_eq!(sniff(b"\0\0\0\x18ftypmif1", "IMG.jpg"), Err("fichier_heic"));
        assert_eq!(sniff(b"", "x.pdf"), Err("fichier_type"));
    }
}
