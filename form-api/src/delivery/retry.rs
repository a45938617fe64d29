//! When to try again. Pure: no clock, no randomness of its own.

use crate::duration::millis;
use crate::outbox::NEVER;
use std::time::Duration;

/// A refusal that only a person can cure is still tried at this pace (full mailboxes often answer 5xx) …
const HELD_PACE: Duration = Duration::from_secs(6 * 3600);
/// … during this time after the message was born.
const HELD_TRIES: Duration = Duration::from_secs(5 * 86_400);

/// Milliseconds to wait after the attempt number `attempts` (from 1). The last wait of the schedule repeats
/// for ever. `chance` (0 to 255) moves it by ±20 %, so that messages do not all come back at once.
#[must_use]
pub fn wait(schedule: &[Duration], attempts: u32, chance: u8) -> i64 {
    let at = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let base = schedule
        .get(at)
        .or(schedule.last())
        .map_or(1_000, |wait| millis(*wait));
    base * (8_000 + i64::from(chance) * 4_000 / 255) / 10_000
}

/// When a held message is tried again by itself; [`NEVER`] after five days: then a person must.
#[must_use]
pub fn held(now: i64, created_at: i64) -> i64 {
    if now - created_at < millis(HELD_TRIES) {
        now + millis(HELD_PACE)
    } else {
        NEVER
    }
}

#[cfg(test)]
mod tests {
    use super::{held, wait};
    use crate::outbox::NEVER;
    use std::time::Duration;

    #[test]
    fn grows_then_repeats_for_ever_within_a_fifth() {
        let schedule = [Duration::from_secs(30), Duration::from_secs(120)];
        assert_eq!(wait(&schedule, 1, 0), 24_000);
        assert_eq!(wait(&schedule, 1, 255), 36_000);
        assert_eq!(wait(&schedule, 2, 127), 119_904);
        assert_eq!(wait(&schedule, 1_000_000, 127), 119_904);
    }

    #[test]
    fn held_messages_wait_for_a_person_after_five_days() {
        assert_eq!(held(1_000, 1_000), 1_000 + 6 * 3_600_000);
        assert_eq!(held(5 * 86_400_000, 0), NEVER);
    }
}
