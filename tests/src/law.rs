//! The sums and dates of the deposit case, worked out here from the text of article 22 of the law of 6
//! July 1989, without a line of the programs under test: what they say is compared with this.

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

/// The day in Paris, as a tenant's calendar shows it.
///
/// # Panics
/// When the machine's clock is out of all bounds.
#[must_use]
pub fn today() -> Date {
    Zoned::now()
        .in_tz("Europe/Paris")
        .expect("the time zone of Paris is known")
        .date()
}

/// Last day to give the deposit back: one month after the keys when the two inventories agree, else two.
///
/// # Panics
/// When the date is out of all bounds.
#[must_use]
pub fn deadline(keys: Date, inventories_agree: bool) -> Date {
    let months: i64 = if inventories_agree { 1 } else { 2 };
    keys.checked_add(months.months()).expect("a date of our century")
}

/// Monthly periods begun since the day after the deadline.
///
/// # Panics
/// When the date is out of all bounds.
#[must_use]
pub fn months_begun(deadline: Date, day: Date) -> i64 {
    (0..)
        .find(|months: &i64| {
            day <= deadline
                .checked_add(months.months())
                .expect("a date of our century")
        })
        .unwrap_or(0)
}

/// Ten per cent of the monthly rent without charges for each month begun. In cents.
#[must_use]
pub fn increase(rent: i64, months: i64) -> i64 {
    rent * months / 10
}

/// An amount as the site writes it, with plain spaces: `1 250,50 €`, `650,00 €`.
#[must_use]
pub fn euros(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02} €", cents % 100)
}

/// A date in words, as the site writes it: `1er décembre 2026`.
#[must_use]
pub fn in_words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
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
    let number = if day.day() == 1 {
        "1er".to_owned()
    } else {
        day.day().to_string()
    };
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{number} {month} {}", day.year())
}
