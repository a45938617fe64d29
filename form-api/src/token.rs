//! The signed token of the form page: a nonce (the key of idempotency) and the hour it was made.

use crate::seal::{KeyRing, SealError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const NONCE: usize = 16;
const TIME: usize = 8;
const TAG: usize = 16;

/// A token that we made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Random, once per page.
    pub nonce: [u8; NONCE],
    /// Milliseconds since 1970.
    pub made_at: i64,
}

/// Makes a token.
///
/// # Errors
/// When the machine gives no randomness.
pub fn make(ring: &KeyRing, now: i64) -> Result<String, SealError> {
    let mut bytes = ring.random::<NONCE>()?.to_vec();
    bytes.extend(now.to_be_bytes());
    let tag = ring.mac("page", &bytes);
    bytes.extend(&tag[..TAG]);
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads a token, if it is one of ours.
#[must_use]
pub fn read(ring: &KeyRing, text: &str) -> Option<Token> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    if bytes.len() != NONCE + TIME + TAG
        || !ring.verify("page", &bytes[..NONCE + TIME], &bytes[NONCE + TIME..])
    {
        return None;
    }
    Some(Token {
        nonce: bytes[..NONCE].try_into().ok()?,
        made_at: i64::from_be_bytes(bytes[NONCE..NONCE + TIME].try_into().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::{make, read};
    use crate::seal::KeyRing;

    #[test]
    fn reads_its_own_and_no_other() {
        let ring = KeyRing::parse("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").expect("a ring");
        let text = make(&ring, 1_700_000_000_000).expect("a token");
        assert_eq!(read(&ring, &text).expect("ours").made_at, 1_700_000_000_000);
        let mut other = text.clone().into_bytes();
        other[5] = if other[5] == b'A' { b'B' } else { b'A' };
        assert!(read(&ring, &String::from_utf8(other).expect("ASCII")).is_none());
        assert!(read(&ring, "").is_none());
        assert!(read(&ring, "é").is_none());
        assert!(read(&ring, &text[..20]).is_none());
    }
}
