//! The referral form as data: its definition, the rules of its fields, and what a template shows of it.
//!
//! Pure: no clock, no disk, no network. The generator reads the author's files into a [`Definition`];
//! the form service validates what a person posted against that same definition, so that the page,
//! its script and the service cannot disagree.

pub mod answers;
pub mod clean;
pub mod competence;
pub mod condition;
pub mod definition;
pub mod files;
pub mod names;
pub mod posted;
pub mod recap;
pub mod review;
pub mod validate;
pub mod value;
pub mod view;

pub use answers::Answers;
pub use competence::{Status, Verdict};
pub use condition::Condition;
pub use definition::{Definition, Field, Kind, Motive, Piece, Step};
pub use files::{FileLimits, PostedFile};
pub use posted::Posted;
pub use validate::{FieldError, validate};
pub use value::Value;
