//! Calendar days as integers, and months as French law counts them.
//!
//! A [`Date`] is a number of days since 1970-01-01 in the Gregorian calendar, so both engines add and
//! compare plain integers. Adding months keeps the day of the month, or takes the last day when the
//! month is shorter: a delay of one month from 31 January ends on 28 or 29 February (the rule of
//! art. 641 of the code of civil procedure, that the delays of art. 22 of the law of 6 July 1989
//! follow: from the day the keys are returned, one or two months).

use serde::{Deserialize, Serialize};

/// First year accepted in what people write.
pub const FIRST_YEAR: i64 = 1900;
/// Last year accepted in what people write.
pub const LAST_YEAR: i64 = 2199;

/// Names of the months, from January.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A day, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(i64);

impl Date {
    /// The day of this number. Any number is a day; only [`Date::from_ymd`] restricts the years.
    #[must_use]
    pub const fn from_day_number(days: i64) -> Self {
        Self(days)
    }

    /// The number of days since 1970-01-01.
    #[must_use]
    pub const fn day_number(self) -> i64 {
        self.0
    }

    /// A day of the calendar, or nothing when it does not exist or its year is not one of
    /// [`FIRST_YEAR`]..=[`LAST_YEAR`].
    #[must_use]
    pub fn from_ymd(year: i64, month: i64, day: i64) -> Option<Self> {
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        (known && day >= 1 && day <= days_in_month(year, month)).then(|| Self(day_number(year, month, day)))
    }

    /// Reads `2026-08-10`, exactly so.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        let part = |from: usize, to: usize| text.get(from..to)?.parse().ok();
        shape.then(|| Self::from_ymd(part(0, 4)?, part(5, 7)?, part(8, 10)?))?
    }

    /// Reads what a person writes: `2026-08-10`, `10/08/2026`, `10 8 2026`, `10.8.2026`, `10-8-2026`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = Self::from_iso(text) {
            return Some(date);
        }
        let parts: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-'))
            .filter(|part| !part.is_empty())
            .collect();
        let [day, month, year] = parts[..] else {
            return None;
        };
        let number = |part: &str, longest: usize| {
            let digits = part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<i64>().ok())?
        };
        if year.len() != 4 {
            return None;
        }
        Self::from_ymd(number(year, 4)?, number(month, 2)?, number(day, 2)?)
    }

    /// Year, month (1–12) and day (1–31).
    #[must_use]
    pub fn ymd(self) -> (i64, i64, i64) {
        // Days counted from 0000-03-01, in eras of 400 years: leap days fall at the end of a year.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }

    /// The same day `months` later (earlier when negative), or the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        let (year, month, day) = self.ymd();
        let count = year * 12 + month - 1 + months;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        Self(day_number(year, month, day.min(days_in_month(year, month))))
    }

    /// `2026-08-10`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `10 août 2026`, `1er août 2026`.
    #[must_use]
    pub fn french(self) -> String {
        let (year, month, day) = self.ymd();
        let name = usize::try_from(month - 1)
            .ok()
            .and_then(|i| MONTHS.get(i))
            .unwrap_or(&"");
        let ordinal = if day == 1 { "er" } else { "" };
        format!("{day}{ordinal} {name} {year}")
    }
}

/// The number of monthly periods begun at `now` since the day after `limit`: 0 until the limit itself,
/// then one for each period, counted whole as soon as it begins.
///
/// Art. 22 of the law of 6 July 1989: 10 % of the monthly rent « pour chaque période mensuelle
/// commencée en retard ». Limit 10 September, on 23 November: periods begun on 11 September,
/// 11 October and 11 November, so 3.
#[must_use]
pub fn months_started(limit: Date, now: Date) -> i64 {
    if now <= limit {
        return 0;
    }
    let (from, to) = (limit.ymd(), now.ymd());
    let whole = (to.0 - from.0) * 12 + to.1 - from.1;
    whole + i64::from(limit.plus_months(whole) < now)
}

/// Days in a month of the Gregorian calendar.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Number of a day that exists.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::from_iso(text).expect("a date of the test")
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in [
            "2026-02-31",
            "0000-01-01",
            "9999-01-01",
            "2026-13-01",
            "2025-02-29",
            "2026-1-1",
            "٢٠٢٦-٠١-٠١",
        ] {
            assert_eq!(Date::from_iso(text), None, "{text}");
        }
        assert_eq!(Date::parse("31 02 2026"), None);
        assert_eq!(Date::parse("99999999999999999999/1/2026"), None);
        assert_eq!(date("1970-01-01").day_number(), 0);
        assert_eq!(date("2024-02-29").day_number(), 19_782);
    }

    #[test]
    fn reads_what_people_write() {
        for text in [
            "10/08/2026",
            "10 8 2026",
            " 10-8-2026 ",
            "10.08.2026",
            "2026-08-10",
            "10\u{a0}8\u{202f}2026",
        ] {
            assert_eq!(Date::parse(text), Some(date("2026-08-10")), "{text}");
        }
        assert_eq!(Date::parse("10/08/26"), None);
    }

    #[test]
    fn a_month_from_the_end_of_january_ends_with_february() {
        assert_eq!(date("2026-01-31").plus_months(1), date("2026-02-28"));
        assert_eq!(date("2024-01-31").plus_months(1), date("2024-02-29"));
        assert_eq!(date("2026-03-31").plus_months(-1), date("2026-02-28"));
        assert_eq!(date("2026-08-10").plus_months(1), date("2026-09-10"));
        assert_eq!(date("2026-12-31").plus_months(2), date("2027-02-28"));
    }

    #[test]
    fn a_month_begun_counts_and_the_last_day_is_not_late() {
        let limit = date("2026-09-10");
        assert_eq!(months_started(limit, date("2026-09-10")), 0);
        assert_eq!(months_started(limit, date("2026-09-11")), 1);
        assert_eq!(months_started(limit, date("2026-10-10")), 1);
        assert_eq!(months_started(limit, date("2026-10-11")), 2);
        assert_eq!(months_started(limit, date("2026-11-23")), 3);
        assert_eq!(months_started(limit, date("2025-01-01")), 0);
    }

    #[test]
    fn writes_dates_in_french() {
        assert_eq!(date("2026-09-01").french(), "1er septembre 2026");
        assert_eq!(date("2026-08-10").french(), "10 août 2026");
    }

    proptest! {
        #[test]
        fn numbers_and_calendar_agree(days in -30_000_i64..90_000) {
            let date = Date::from_day_number(days);
            let (year, month, day) = date.ymd();
            prop_assert_eq!(day_number(year, month, day), days);
            if let Some(read) = Date::from_iso(&date.iso()) {
                prop_assert_eq!(read, date);
            }
        }

        #[test]
        fn adding_months_keeps_the_order(a in -10_000_i64..50_000, b in -10_000_i64..50_000, months in -500_i64..500) {
            let (low, high) = (a.min(b), a.max(b));
            let add = |days| Date::from_day_number(days).plus_months(months);
            prop_assert!(add(low) <= add(high));
        }

        #[test]
        fn months_started_is_the_first_multiple_that_covers(limit in 0_i64..40_000, after in 0_i64..4_000) {
            let (limit, now) = (Date::from_day_number(limit), Date::from_day_number(limit + after));
            let count = months_started(limit, now);
            prop_assert!(limit.plus_months(count) >= now);
            prop_assert!(count == 0 || limit.plus_months(count - 1) < now);
        }

        #[test]
        fn reading_never_panics(text in "\\PC*") {
            let _ = Date::from_iso(&text);
            prop_assert!(Date::parse(&text).is_none_or(|d| (FIRST_YEAR..=LAST_YEAR).contains(&d.ymd().0)));
        }
    }
}
