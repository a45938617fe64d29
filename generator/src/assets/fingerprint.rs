//! Names that change with the bytes, so that browsers may keep files for ever.

use sha2::{Digest, Sha256};

/// Twelve hexadecimal digits of the SHA-256 of the bytes.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    short(&Sha256::digest(bytes))
}

/// The fingerprint of several files: of their names and bytes, in the order given.
pub fn of_all<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(bytes));
    }
    short(&hash.finalize())
}

/// `/assets/<name>-<fingerprint>.<extension>` for a file.
#[must_use]
pub fn address(path: &str, bytes: &[u8]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("/assets/{stem}-{}.{extension}", of(bytes))
}

fn short(digest: &[u8]) -> String {
    hex(&digest[..6])
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_bytes() {
        assert_eq!(address("a/b/c.svg", b""), "/assets/c-e3b0c44298fc.svg");
        assert_ne!(of(b"a"), of(b"b"));
    }
}
