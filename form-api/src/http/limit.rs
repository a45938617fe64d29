//! How many posts one client may send in a period. In memory, bounded.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Most clients remembered; beyond, the oldest are forgotten first.
const MOST: usize = 50_000;

/// Counts posts by client.
pub struct Limiter {
    most: u32,
    period: i64,
    seen: Mutex<HashMap<IpAddr, (i64, u32)>>,
}

impl Limiter {
    /// At most `most` in `period`; 0 means no limit.
    #[must_use]
    pub fn new((most, period): (u32, Duration)) -> Self {
        Self {
            most,
            period: crate::duration::millis(period),
            seen: Mutex::default(),
        }
    }

    /// Counts one post; whether it is allowed.
    pub fn allow(&self, client: IpAddr, now: i64) -> bool {
        if self.most == 0 {
            return true;
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.retain(|_, (start, _)| now - *start < self.period);
            if seen.len() >= MOST {
                seen.clear();
            }
        }
        let (start, count) = seen.entry(client).or_insert((now, 0));
        if now - *start >= self.period {
            (*start, *count) = (now, 0);
        }
        *count += 1;
        *count <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::Limiter;
    use std::time::Duration;

    #[test]
    fn counts_by_client_and_starts_again() {
        let limiter = Limiter::new((2, Duration::from_secs(1)));
        let (a, b) = ([127, 0, 0, 1].into(), [127, 0, 0, 2].into());
        assert!(limiter.allow(a, 0) && limiter.allow(a, 10));
        assert!(!limiter.allow(a, 20));
        assert!(limiter.allow(b, 20));
        assert!(limiter.allow(a, 1_000));
    }
}
