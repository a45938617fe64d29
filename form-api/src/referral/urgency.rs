//! Is it urgent? The dates that count, soonest first, seen from the day of the reception. Pure.

use referral_form::value::Day;
use serde::Serialize;

/// A date that comes within so many days is urgent: two months are what the commission has for its opinion
/// (loi du 6 juillet 1989, article 20), and summons leave fifteen days before.
const SOON: i64 = 60;

/// A date that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What it is, with its article when the law says so.
    pub text: String,
    /// The same with its day, said once.
    pub line: String,
    /// The day, in words.
    pub day: String,
    /// Days from the reception; negative when it is past.
    pub days: i64,
}

/// The answer in a word, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Urgency {
    /// `passed`, `soon`, `later`, `none`.
    pub level: &'static str,
    /// In a few words.
    pub title: String,
    /// All dates, soonest first.
    pub dates: Vec<Due>,
}

impl Urgency {
    /// Weighs dates: what each is, and its day.
    #[must_use]
    pub fn new(dates: impl IntoIterator<Item = (String, Day)>, today: Day) -> Self {
        let mut dates: Vec<Due> = dates
            .into_iter()
            .map(|(text, day)| Due {
                line: line(&text, &day.words()),
                text,
                day: day.words(),
                days: count(day) - count(today),
            })
            .collect();
        dates.sort_by_key(|due| due.days);
        dates.dedup();
        let passed = dates.iter().any(|due| due.days < 0);
        let next = dates.iter().find(|due| due.days >= 0);
        let (level, title) = match next {
            Some(next) if next.days <= SOON => {
                ("soon", format!("Oui, {}, le {}", within(next.days), next.day))
            }
            _ if passed => ("passed", "À vérifier\u{a0}: une date est passée".to_owned()),
            Some(next) => ("later", format!("Non, première date le {}", next.day)),
            None => ("none", "Aucune date limite dans les réponses".to_owned()),
        };
        Self { level, title, dates }
    }
}

fn line(text: &str, day: &str) -> String {
    // A text may hold no-break spaces where a day has plain ones.
    if text.replace('\u{a0}', " ").contains(&day.replace('\u{a0}', " ")) {
        text.to_owned()
    } else {
        format!("{day}\u{a0}: {text}")
    }
}

fn within(days: i64) -> String {
    match days {
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        days => format!("dans {days} jours"),
    }
}

/// Days since a fixed origin.
fn count(day: Day) -> i64 {
    let date = jiff::civil::Date::new(
        i16::try_from(day.year).unwrap_or(i16::MAX),
        i8::try_from(day.month).unwrap_or(1),
        i8::try_from(day.day).unwrap_or(1),
    );
    date.map_or(0, |date| {
        date.duration_since(jiff::civil::Date::constant(1970, 1, 1))
            .as_hours()
            / 24
    })
}

#[cfg(test)]
mod tests {
    use super::Urgency;
    use referral_form::value::Day;

    fn level(days: &[(u16, u8, u8)]) -> (&'static str, String) {
        let today = Day::new(2026, 11, 25).expect("a day");
        let dates = days
            .iter()
            .map(|(year, month, day)| (String::from("x"), Day::new(*year, *month, *day).expect("a day")));
        let urgency = Urgency::new(dates, today);
        (urgency.level, urgency.title)
    }

    #[test]
    fn a_day_is_said_once() {
        let day = Day::new(2026, 12, 15).expect("a day");
        let texts = ["Avant le 15\u{a0}décembre 2026 (article 17-2).", "Fin du bail"];
        let urgency = Urgency::new(texts.map(|text| (text.to_owned(), day)), day);
        let lines: Vec<&str> = urgency.dates.iter().map(|due| due.line.as_str()).collect();
        assert_eq!(lines, [texts[0], "15 décembre 2026\u{a0}: Fin du bail"]);
    }

    #[test]
    fn the_next_date_decides() {
        assert_eq!(level(&[]).0, "none");
        assert_eq!(level(&[(2027, 11, 25)]).0, "later");
        assert_eq!(level(&[(2026, 1, 1)]).0, "passed");
        assert_eq!(
            level(&[(2026, 1, 1), (2026, 11, 26)]).1,
            "Oui, demain, le 26 novembre 2026"
        );
        assert_eq!(
            level(&[(2027, 1, 24)]).1,
            "Oui, dans 60 jours, le 24 janvier 2027"
        );
        assert_eq!(level(&[(2027, 1, 25)]).0, "later");
    }
}
