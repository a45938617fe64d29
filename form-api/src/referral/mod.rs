//! A referral: what is stored of it, and what every message and page shows of it.

pub mod casefile;
pub mod diagnosis;
pub mod dossier;
pub mod reference;
pub mod urgency;
mod words;
