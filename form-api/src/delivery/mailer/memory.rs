//! Messages kept in memory, and failures asked for: for tests.

use super::{Accepted, Failure, Mailer, Sending};
use crate::content::Mime;
use lettre::Address;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A message as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Recipient.
    pub to: String,
    /// Message-ID.
    pub name: String,
    /// Bytes.
    pub mime: Vec<u8>,
}

/// A mailer that keeps what it is given.
#[derive(Debug, Default)]
pub struct Memory {
    kept: Mutex<Vec<Kept>>,
    failures: Mutex<VecDeque<Failure>>,
}

impl Memory {
    /// What was handed over, in order.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept> {
        lock(&self.kept).clone()
    }

    /// Makes the next attempt fail.
    pub fn fail_next(&self, failure: Failure) {
        lock(&self.failures).push_back(failure);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mailer for Memory {
    fn send<'a>(
        &'a self,
        _from: &'a Address,
        to: &'a Address,
        name: &'a str,
        mime: &'a dyn Mime,
    ) -> Sending<'a> {
        Box::pin(async move {
            if let Some(failure) = lock(&self.failures).pop_front() {
                return Err(failure);
            }
            let pieces = (0..mime.pieces()).flat_map(|k| mime.piece(k).unwrap_or_default().into_owned());
            lock(&self.kept).push(Kept {
                to: to.to_string(),
                name: name.to_owned(),
                mime: pieces.collect(),
            });
            Ok(Accepted { relay_id: None })
        })
    }
}
