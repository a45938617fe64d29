//! Decision trees of rental law: a small language, its proofs, its walk and its finite static pages.
//!
//! Pure: no file, no clock, no network. The caller gives the texts ([`TreeSource`]) and the day.

pub mod date;
pub mod expr;
mod finding;
pub mod model;
mod rule;
pub mod source;

pub use date::Date;
pub use finding::{Finding, Severity};
pub use model::{Tree, Voice};
pub use rule::Rule;
pub use source::{Raw, Span, TreeSource};
