//! Delivery, apart from the requests: due messages are rendered once, sent, and marked.

pub mod alert;
mod lanes;
mod letter;
pub mod mailer;
pub mod message;
pub mod retry;
pub mod worker;
