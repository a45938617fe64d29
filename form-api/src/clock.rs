//! The clock, handed in so that tests may own it; and times in the words of Paris.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use referral_form::value::Day;
use std::sync::Arc;

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::from(Timestamp::now)
    }

    /// A clock made of a function.
    pub fn from(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// Milliseconds since 1970, UTC.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.now().as_millisecond()
    }
}

/// The time in Paris. Without its zone (impossible: it is compiled in), UTC.
fn paris(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC))
}

/// The day it is in Paris.
#[must_use]
pub fn paris_day(at: Timestamp) -> Day {
    let date = paris(at).date();
    Day {
        year: date.year().unsigned_abs(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

/// « 23 novembre 2026 à 14 h 05 (heure de Paris, UTC+01:00) ».
#[must_use]
pub fn paris_words(at: Timestamp) -> String {
    let zoned = paris(at);
    format!(
        "{} à {}\u{a0}h\u{a0}{:02} (heure de Paris, UTC{})",
        paris_day(at).words(),
        zoned.hour(),
        zoned.minute(),
        zoned.strftime("%:z")
    )
}

/// `2026-11-23T14:05:09+01:00`.
#[must_use]
pub fn paris_iso(at: Timestamp) -> String {
    paris(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn the_hour_is_that_of_paris_in_winter_and_summer() {
        assert!(
            paris_words(at("2026-11-23T13:05:00Z")).contains("14\u{a0}h\u{a0}05 (heure de Paris, UTC+01:00)")
        );
        assert_eq!(paris_iso(at("2026-07-01T10:00:00Z")), "2026-07-01T12:00:00+02:00");
    }

    #[test]
    fn the_night_belongs_to_the_next_day() {
        assert_eq!(paris_day(at("2026-12-31T23:30:00Z")).iso(), "2027-01-01");
    }
}
