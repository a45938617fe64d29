//! The form service: takes a referral, makes it durable before answering, and delivers it by e-mail.
//!
//! `http` and `delivery` meet only in `outbox`.

pub mod attachment;
pub mod backup;
pub mod cli;
pub mod clock;
mod compression;
pub mod config;
pub mod contact;
pub mod content;
pub mod delivery;
pub mod duration;
pub mod http;
pub mod metrics;
pub mod outbox;
pub mod referral;
pub mod retention;
pub mod scan;
pub mod seal;
pub mod service;
pub mod site;
pub mod token;
