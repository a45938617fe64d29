//! Numbers that may be published: by month of reception and département, small ones masked, nothing of a person.

use super::Cli;
use super::operate::said;
use crate::clock;
use crate::outbox::Noted;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer than this are told as « moins de 5 »: behind a small number somebody may be recognised.
const LEAST: usize = 5;

/// Month (`2026-11`) and département.
type Cell = (String, String);

/// What is counted of the referrals that one month brought to one commission.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Referrals.
    received: usize,
    /// Those of them that the commission's relay took, in whole or in part.
    delivered: usize,
    /// Those of them whose receipt the commission has acknowledged.
    acknowledged: usize,
    /// Complements to earlier referrals, by the month of the complement.
    complements: usize,
}

/// The counts of the ledger, without those of the month that is not over.
fn counts(ledger: &[Noted], now: Timestamp) -> BTreeMap<Cell, Counts> {
    let with = |event: &str, detail: Option<&str>| -> BTreeSet<&str> {
        let told = ledger
            .iter()
            .filter(|line| line.event == event && detail.is_none_or(|detail| line.detail == detail));
        told.map(|line| line.reference.as_str()).collect()
    };
    let (delivered, acknowledged) = (with("envoyee", Some("cdc")), with("accusee", None));
    let mut counts: BTreeMap<Cell, Counts> = BTreeMap::new();
    for line in ledger.iter().filter(|line| line.event == "recue") {
        let Some(month) = month(line.at).filter(|month| *month < month_of(now)) else {
            continue;
        };
        let cell = counts.entry((month, line.detail.clone())).or_default();
        // `…-K-C1`; the letter that ends a reference may itself be a C.
        if line.reference.matches('-').count() > 3 {
            cell.complements += 1;
            continue;
        }
        cell.received += 1;
        cell.delivered += usize::from(delivered.contains(line.reference.as_str()));
        cell.acknowledged += usize::from(acknowledged.contains(line.reference.as_str()));
    }
    counts
}

fn month(at: i64) -> Option<String> {
    Timestamp::from_millisecond(at).ok().map(month_of)
}

/// In Paris.
fn month_of(at: Timestamp) -> String {
    let day = clock::paris_day(at);
    format!("{:04}-{:02}", day.year, day.month)
}

fn masked(count: usize) -> String {
    match count {
        0 => "0".to_owned(),
        some if some < LEAST => format!("moins de {LEAST}"),
        many => many.to_string(),
    }
}

/// Lines of a table, separated by semicolons as French spreadsheets read them.
fn table(counts: &BTreeMap<Cell, Counts>) -> Vec<String> {
    let head = "mois;departement;dossiers;remis;accuses;complements".to_owned();
    let lines = counts.iter().map(|((month, departement), counts)| {
        // What is missing from a total is as telling as a small number: such a column says no more than the total.
        let part = |part: usize| {
            if counts.received.abs_diff(part) < LEAST && part != counts.received {
                "presque tous".to_owned()
            } else {
                masked(part)
            }
        };
        let (delivered, acknowledged) = if counts.received < LEAST {
            (masked(counts.delivered), masked(counts.acknowledged))
        } else {
            (part(counts.delivered), part(counts.acknowledged))
        };
        format!(
            "{month};{departement};{};{delivered};{acknowledged};{}",
            masked(counts.received),
            masked(counts.complements)
        )
    });
    std::iter::once(head).chain(lines).collect()
}

impl Cli {
    pub(super) async fn statistics(&self) -> Result<(), String> {
        let ledger = self.outbox().await?.ledger(None).await.map_err(said)?;
        let counts = counts(&ledger, Timestamp::now());
        table(&counts).iter().for_each(|line| println!("{line}"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, counts, table};
    use crate::outbox::Noted;
    use jiff::Timestamp;

    fn line(reference: &str, event: &str, at: &str, detail: &str) -> Noted {
        let at: Timestamp = at.parse().expect("a time");
        Noted {
            reference: reference.to_owned(),
            event: event.to_owned(),
            at: at.as_millisecond(),
            detail: detail.to_owned(),
        }
    }

    #[test]
    fn months_are_counted_once_each_and_small_numbers_masked() {
        let now = "2026-12-10T00:00:00Z".parse().expect("a time");
        let mut ledger = Vec::new();
        for n in 0..12 {
            let reference = format!("ML93-2026-{n:06}-C");
            ledger.push(line(&reference, "recue", "2026-11-05T10:00:00Z", "93"));
            // Two mails of one referral, the second in the next month.
            if n < 6 {
                ledger.push(line(&reference, "envoyee", "2026-11-05T10:00:01Z", "cdc"));
                ledger.push(line(&reference, "envoyee", "2026-12-01T10:00:01Z", "cdc"));
            }
            ledger.push(line(&reference, "envoyee", "2026-11-05T10:00:02Z", "receipt"));
        }
        ledger.push(line("ML93-2026-000000-C", "accusee", "2026-11-06T10:00:00Z", ""));
        ledger.push(line(
            "ML93-2026-000000-C-C1",
            "recue",
            "2026-11-07T10:00:00Z",
            "93",
        ));
        ledger.push(line("ML75-2026-000001-Y", "recue", "2026-11-07T10:00:00Z", "75"));
        // December in Paris, November in Greenwich; and the month is not over.
        ledger.push(line("ML93-2026-000099-X", "recue", "2026-11-30T23:30:00Z", "93"));
        let counted = counts(&ledger, now);
        let of_93 = counted.get(&("2026-11".to_owned(), "93".to_owned()));
        let expected = Counts {
            received: 12,
            delivered: 6,
            acknowledged: 1,
            complements: 1,
        };
        assert_eq!(of_93, Some(&expected));
        let lines = [
            "mois;departement;dossiers;remis;accuses;complements",
            "2026-11;75;moins de 5;0;0;0",
            "2026-11;93;12;6;moins de 5;moins de 5",
        ];
        assert_eq!(table(&counted), lines);
    }

    #[test]
    fn few_that_are_missing_are_not_told_apart() {
        let cell = ("2026-11".to_owned(), "93".to_owned());
        let of = |received, delivered| {
            let counts = Counts {
                received,
                delivered,
                ..Counts::default()
            };
            table(&[(cell.clone(), counts)].into())[1].clone()
        };
        assert_eq!(of(20, 20), "2026-11;93;20;20;0;0");
        assert_eq!(of(20, 19), "2026-11;93;20;presque tous;0;0");
        assert_eq!(of(20, 15), "2026-11;93;20;15;0;0");
    }
}
