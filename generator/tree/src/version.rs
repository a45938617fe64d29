//! A short text that changes with anything that may change an answer.

use crate::model::Tree;
use std::fmt::Write;

/// FNV-1a, 64 bits: small, stable from one build to the next, not meant to resist an attacker.
struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

/// The version of a tree whose own `version` is empty: its slug, then the hash. A letter that serves several
/// trees knows by it whose answers it is given.
pub(crate) fn of(tree: &Tree) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    // Writing into the hash never fails.
    let _ = write!(hash, "{tree:?}");
    format!("{}.{:010x}", tree.slug, hash.0 >> 24)
}
