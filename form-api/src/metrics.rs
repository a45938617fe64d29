//! What is counted while the service runs, as Prometheus reads it. Numbers and fixed words: nothing of a person.

use crate::outbox::Tally;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Counters and gauges.
#[derive(Debug, Default)]
pub struct Metrics {
    answers: Family<Answer, Counter>,
    accepted: Counter,
    attempts: Family<Attempt, Counter>,
    scans: Family<Scanned, Counter>,
    messages: Family<State, Gauge>,
    oldest: Gauge,
    bytes: Gauge,
    free: Gauge,
    silence: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    door: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Attempt {
    class: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Scanned {
    result: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// States of a message, so that one that is empty is shown as 0.
const STATES: [&str; 5] = ["ready", "sending", "held", "bounced", "sent"];

/// What is measured only when it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Now<'a> {
    /// Figures of the store; nothing when it does not answer.
    pub tally: Option<&'a Tally>,
    /// Milliseconds since 1970.
    pub now: i64,
    /// Milliseconds since 1970 of the worker's last round.
    pub heartbeat: i64,
    /// Bytes that the store can still grow by; nothing when unknown.
    pub free: Option<u64>,
}

impl Metrics {
    /// Counts an answer: the door it went through, never its address.
    pub fn answered(&self, path: &str, status: u16) {
        let door = door(path);
        self.answers.get_or_create(&Answer { door, status }).inc();
    }

    /// Counts a referral or a complement made durable.
    pub fn accepted(&self) {
        self.accepted.inc();
    }

    /// Counts an attempt to send, by how it ended.
    pub fn attempted(&self, class: &'static str) {
        self.attempts.get_or_create(&Attempt { class }).inc();
    }

    /// Counts a file that the antivirus was asked about.
    pub fn scanned(&self, result: &'static str) {
        self.scans.get_or_create(&Scanned { result }).inc();
    }

    /// The text that Prometheus reads.
    #[must_use]
    pub fn text(&self, now: Now<'_>) -> String {
        for state in STATES {
            let count = now.tally.map_or(0, |tally| tally.count(state));
            self.messages.get_or_create(&State { state }).set(count);
        }
        let age = |since: i64| (now.now - since).max(0) / 1000;
        self.oldest
            .set(now.tally.and_then(|tally| tally.oldest).map_or(0, age));
        self.bytes.set(now.tally.map_or(0, |tally| tally.bytes));
        self.free.set(
            now.free
                .map_or(-1, |bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
        );
        self.silence.set(age(now.heartbeat));
        let mut text = String::new();
        // A string takes whatever is written to it.
        let _ = encode(&mut text, &self.registry(now.tally.is_some()));
        text
    }

    fn registry(&self, store: bool) -> Registry {
        let mut all = Registry::with_prefix("mediation");
        all.register("answers", "Answers by door and status", self.answers.clone());
        all.register(
            "accepted",
            "Referrals and complements made durable",
            self.accepted.clone(),
        );
        all.register("attempts", "Attempts to send, by class", self.attempts.clone());
        all.register("scans", "Files by the antivirus's answer", self.scans.clone());
        all.register(
            "worker_silence_seconds",
            "Since the worker's last round",
            self.silence.clone(),
        );
        all.register(
            "free_bytes",
            "Left on the store's disk, -1 when unknown",
            self.free.clone(),
        );
        // A store that does not answer has no figures: an alarm on their absence is better than a false zero.
        if store {
            all.register("messages", "Messages by state", self.messages.clone());
            all.register(
                "oldest_undelivered_seconds",
                "Age of the oldest message",
                self.oldest.clone(),
            );
            all.register("store_bytes", "Bytes of the store", self.bytes.clone());
        }
        all
    }
}

/// The part of an address that is the same for everybody.
fn door(path: &str) -> &'static str {
    const DOORS: [&str; 5] = [
        "/saisine/complement",
        "/saisine/recu",
        "/saisine",
        "/cdc/accuse",
        "/contact",
    ];
    let enters = |door: &&&str| {
        path == **door
            || path
                .strip_prefix(**door)
                .is_some_and(|rest| rest.starts_with('/'))
    };
    DOORS
        .iter()
        .find(enters)
        .map_or("site", |door| door.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{Metrics, Now, door};
    use crate::outbox::Tally;

    #[test]
    fn an_address_is_reduced_to_its_door() {
        for (path, expected) in [
            ("/", "site"),
            ("/saisine", "saisine"),
            ("/saisine/recu/secret", "saisine/recu"),
            ("/saisines", "site"),
            ("/cdc/accuse/secret", "cdc/accuse"),
        ] {
            assert_eq!(door(path), expected, "{path}");
        }
    }

    #[test]
    fn figures_are_told_and_their_absence_too() {
        let metrics = Metrics::default();
        metrics.answered("/saisine/recu/secret", 404);
        metrics.attempted("transient");
        let tally = Tally {
            states: vec![("held".to_owned(), 2)],
            oldest: Some(1_000),
            bytes: 4096,
        };
        let now = Now {
            tally: Some(&tally),
            now: 61_000,
            heartbeat: 60_000,
            free: None,
        };
        let text = metrics.text(now);
        for line in [
            "mediation_answers_total{door=\"saisine/recu\",status=\"404\"} 1",
            "mediation_attempts_total{class=\"transient\"} 1",
            "mediation_messages{state=\"held\"} 2",
            "mediation_messages{state=\"ready\"} 0",
            "mediation_oldest_undelivered_seconds 60",
            "mediation_worker_silence_seconds 1",
            "mediation_free_bytes -1",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in:\n{text}");
        }
        assert!(!text.contains("secret"));
        let blind = metrics.text(Now::default());
        assert!(!blind.contains("mediation_messages"), "{blind}");
    }
}
