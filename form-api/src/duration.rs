//! Durations as operators write them: `500ms`, `30s`, `5m`, `6h`, `2d`.

use std::time::Duration;

/// Reads one duration.
///
/// # Errors
/// What is wrong, in French.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let fault = || format!("« {text} » n'est pas une durée (exemples : 500ms, 30s, 5m, 6h, 2d)");
    let number: u64 = number.parse().map_err(|_| fault())?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(fault()),
    };
    number
        .checked_mul(millis)
        .map(Duration::from_millis)
        .ok_or_else(fault)
}

/// Milliseconds of a duration, at most those of an `i64`.
#[must_use]
pub fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn reads_units_and_refuses_the_rest() {
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse(" 2d "), Ok(Duration::from_secs(172_800)));
        for text in ["", "5", "5 m", "m", "-1s", "1y", "99999999999999999999s"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
