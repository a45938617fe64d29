//! Tells a person when messages wait for one: a line in the log at once, and a mail now and then.

use crate::outbox::Listed;
use std::time::Duration;

/// Ages at which a message that is not sent is told.
const AGES: [Duration; 3] = [
    Duration::from_secs(15 * 60),
    Duration::from_secs(3600),
    Duration::from_secs(86_400),
];
/// At most one mail in this time.
const PACE: i64 = 15 * 60 * 1000;

/// What was already told.
#[derive(Debug, Default)]
pub struct Alerts {
    told: std::collections::HashMap<(String, String, u32), usize>,
    last_mail: Option<i64>,
    waiting: Vec<String>,
}

impl Alerts {
    /// Looks at the messages that are not sent; gives the lines to log now (references only).
    pub fn look(&mut self, list: &[Listed], now: i64) -> Vec<String> {
        self.told
            .retain(|key, _| list.iter().any(|one| key == &name(one)));
        let mut lines = Vec::new();
        for one in list {
            let age = now.saturating_sub(one.created_at);
            let aged = AGES
                .iter()
                .filter(|limit| age >= crate::duration::millis(**limit))
                .count();
            let level = if one.state == "held" || one.state == "bounced" {
                aged.max(1) + AGES.len()
            } else {
                aged
            };
            let told = self.told.entry(name(one)).or_default();
            if level > *told {
                *told = level;
                lines.push(line(one, age));
            }
        }
        self.waiting.extend(lines.iter().cloned());
        lines
    }

    /// The text of a mail to the operator, when there is something to tell and the last one is old enough.
    pub fn mail(&self, now: i64) -> Option<String> {
        if self.waiting.is_empty() || self.last_mail.is_some_and(|last| now - last < PACE) {
            return None;
        }
        let lines = self.waiting.join("\n");
        Some(format!(
            "Des messages attendent :\n\n{lines}\n\nform-api list les montre tous ; form-api show REFERENCE montre un dossier.\nform-api retry REFERENCE renvoie ce qui attend ; form-api release REFERENCE refait et renvoie ce qui est retenu ou revenu.\n"
        ))
    }

    /// The mail has left: what it told is told.
    pub fn sent(&mut self, now: i64) {
        self.last_mail = Some(now);
        self.waiting.clear();
    }
}

fn name(one: &Listed) -> (String, String, u32) {
    (one.reference.clone(), one.kind.clone(), one.part.0)
}

fn line(one: &Listed, age: i64) -> String {
    let class = one.last_class.as_deref().unwrap_or("-");
    let code = one
        .last_code
        .map_or_else(|| "-".to_owned(), |code| code.to_string());
    let minutes = age / 60_000;
    format!(
        "{} {} {}/{} {} {class} {code} {minutes} min",
        one.reference, one.kind, one.part.0, one.part.1, one.state
    )
}

#[cfg(test)]
mod tests {
    use super::Alerts;
    use crate::outbox::Listed;

    fn listed(state: &str) -> Listed {
        Listed {
            reference: "ML93-2026-000001-A".to_owned(),
            kind: "cdc".to_owned(),
            part: (1, 1),
            state: state.to_owned(),
            attempts: 3,
            created_at: 0,
            next_at: 0,
            last_class: None,
            last_code: Some(550),
            sent_at: None,
            relay_id: None,
        }
    }

    #[test]
    fn told_once_per_age_and_at_once_when_held() {
        let mut alerts = Alerts::default();
        assert!(alerts.look(&[listed("ready")], 60_000).is_empty());
        assert_eq!(alerts.look(&[listed("ready")], 15 * 60_000).len(), 1);
        assert!(alerts.look(&[listed("ready")], 16 * 60_000).is_empty());
        assert_eq!(alerts.look(&[listed("held")], 16 * 60_000).len(), 1);
        assert!(alerts.mail(16 * 60_000).is_some());
        assert!(
            alerts.mail(16 * 60_000).is_some(),
            "a mail that did not leave is tried again"
        );
        alerts.sent(16 * 60_000);
        assert!(alerts.mail(16 * 60_000).is_none());
        assert_eq!(alerts.look(&[listed("held")], 90 * 60_000).len(), 1);
        assert!(alerts.mail(17 * 60_000).is_none());
        assert!(alerts.mail(90 * 60_000).expect("a mail").contains("550"));
    }
}
