//! The reference: `ML93-2026-000123-K`. Readable on the telephone, with a check letter, silent on the person.

/// Letters of the check: no I, O or Q, which the eye mistakes; 23 of them, a prime number.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// Makes a reference.
#[must_use]
pub fn make(departement: &str, year: i16, number: u32) -> String {
    let body = format!("ML{departement}-{year:04}-{number:06}");
    let check = check(&body);
    format!("{body}-{check}")
}

/// The reference of a complement: `ML93-2026-000123-K-C1`.
#[must_use]
pub fn complement(of: &str, number: u32) -> String {
    format!("{of}-C{number}")
}

/// Whether a reference has its right check letter: one wrong or two swapped characters are always seen.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    let Some((body, letter)) = text.rsplit_once('-') else {
        return false;
    };
    body.starts_with("ML") && letter.len() == 1 && letter == check(body).to_string()
}

fn check(body: &str) -> char {
    let digits = body.bytes().filter(u8::is_ascii_alphanumeric);
    let sum = digits.fold(0_u32, |sum, byte| {
        let value = char::from(byte).to_digit(36).unwrap_or(0);
        (sum * 36 + value) % 23
    });
    char::from(LETTERS[sum as usize])
}

#[cfg(test)]
mod tests {
    use super::{is_valid, make};

    #[test]
    fn every_slip_of_one_digit_and_every_swap_is_seen() {
        let reference = make("93", 2026, 123);
        assert!(reference.starts_with("ML93-2026-000123-"));
        assert!(is_valid(&reference));
        let bytes = reference.as_bytes();
        for at in (0..bytes.len() - 2).filter(|at| bytes[*at].is_ascii_digit()) {
            for digit in b'0'..=b'9' {
                let mut other = bytes.to_vec();
                other[at] = digit;
                let other = String::from_utf8(other).expect("ASCII");
                assert_eq!(is_valid(&other), other == reference, "{other}");
            }
        }
        assert!(!is_valid("ML93-2062-000123-K") || make("93", 2062, 123).ends_with('K'));
        assert!(!is_valid(""));
    }
}
