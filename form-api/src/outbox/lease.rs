//! What every store says in the same way of times and leases.

use crate::seal::hex;
use ring::rand::SecureRandom;

/// A row cannot be due later than this from now, in milliseconds: beyond, the clock has gone back …
pub(super) const FARTHEST: i64 = 2 * 86_400_000;
/// … except a row that waits for a person. Far enough that no clock reaches it, near enough to stay an ordinary number.
pub const NEVER: i64 = i64::MAX / 4;

/// The proof that a lease is ours.
pub(super) fn lease_token() -> String {
    let mut bytes = [0; 16];
    // Without randomness the token is constant: leases still end, only a very late answer could confuse two.
    let _ = ring::rand::SystemRandom::new().fill(&mut bytes);
    hex(&bytes)
}
