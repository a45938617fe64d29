//! Tables of pure functions on dates, amounts and formats, where both engines must agree.

use crate::date::{Date, months_started};
use crate::expr::eval::ratio;
use crate::model::Unit;
use crate::value::{format, parse_amount};
use serde::Serialize;

/// Tables of pure functions: inputs and result.
#[derive(Debug, Clone, Serialize)]
pub struct Tables {
    /// (day, months, day).
    pub months: Vec<(i64, i64, i64)>,
    /// (limit, day, periods begun).
    pub started: Vec<(i64, i64, i64)>,
    /// (value, numerator, denominator, proportion).
    pub ratios: Vec<(i64, i64, i64, Option<i64>)>,
    /// (text, day).
    pub dates: Vec<(String, Option<i64>)>,
    /// (text, cents).
    pub amounts: Vec<(String, Option<i64>)>,
    /// (unit, value, text).
    pub formats: Vec<(Unit, i64, String)>,
}

/// Proportions: halves, both signs, and what overflows or divides by nothing.
fn ratios() -> Vec<(i64, i64, i64, Option<i64>)> {
    let values = [-70_001, -3, -1, 0, 1, 2, 5, 99, 65_005, 70_000, 99_999_999_999];
    let fractions = [
        (1, 2),
        (1, 3),
        (1, 12),
        (-1, 12),
        (0, 7),
        (14_547, 14_206),
        (100, 1000),
        (999, 1000),
        (1, 0),
        (5, -2),
        (crate::expr::MAX_INTEGER, 1),
        (1, crate::expr::MAX_INTEGER),
    ];
    let of = |value: i64| fractions.map(|(above, below)| (value, above, below, ratio(value, above, below)));
    values.into_iter().flat_map(of).collect()
}

/// Tables of dates, amounts and formats.
#[must_use]
pub fn tables() -> Tables {
    let day = |text| Date::from_iso(text).map_or(0, Date::day_number);
    let starts = day("2023-12-25")..day("2024-03-05");
    let mut months = Vec::new();
    let mut started = Vec::new();
    for start in starts.chain(day("1999-12-28")..day("2000-03-03")) {
        let date = Date::from_day_number(start);
        months.extend(
            [-25, -13, -12, -1, 0, 1, 2, 3, 11, 12, 13, 36, 1200]
                .map(|n| (start, n, date.plus_months(n).day_number())),
        );
        for after in [
            -1, 0, 1, 27, 28, 29, 30, 31, 32, 58, 59, 60, 61, 62, 365, 366, 367, 1096,
        ] {
            started.push((
                start,
                start + after,
                months_started(date, Date::from_day_number(start + after)),
            ));
        }
    }
    let dates = [
        "2026-08-10",
        "10/08/2026",
        "10 8 2026",
        " 10.8.2026 ",
        "10-08-2026",
        "10\u{a0}08\u{202f}2026",
        "31 02 2026",
        "29/2/2024",
        "29/2/2025",
        "0000-01-01",
        "9999-12-31",
        "31/12/2199",
        "1/1/1900",
        "31/12/1899",
        "2026-8-1",
        "1/1/26",
        "",
        "abc",
        "1/2/3/2026",
        "00/00/2026",
        "012/1/2026",
    ];
    let amounts = [
        "650",
        "650,00",
        "650,5",
        "650.05",
        "650 €",
        "650\u{a0}€",
        "1\u{202f}200,50\u{a0}€",
        "1 200 euros",
        "0",
        "000",
        "-5",
        "5,",
        ",5",
        "1e3",
        "1.200,50",
        "1234567890",
        "999999999,99",
        "6 5 0",
        "€",
        "",
        "650 € €",
        "６５０",
    ];
    let units = [
        Unit::Date,
        Unit::Euro,
        Unit::Mois,
        Unit::Jours,
        Unit::Nombre,
        Unit::Taux,
        Unit::Indice,
    ];
    let sizes = [
        0, 1, 2, 9, 10, 99, 100, 101, 105, 999, 1000, 12_345, 123_456, 1_234_567, 20_000,
    ];
    Tables {
        months,
        started,
        ratios: ratios(),
        dates: dates
            .map(|text| (text.to_owned(), Date::parse(text).map(Date::day_number)))
            .to_vec(),
        amounts: amounts.map(|text| (text.to_owned(), parse_amount(text))).to_vec(),
        formats: units
            .iter()
            .flat_map(|unit| sizes.map(|value| (*unit, value, format(*unit, value))))
            .collect(),
    }
}
