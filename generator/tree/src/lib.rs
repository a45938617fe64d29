//! Decision trees of rental law: a small language, its proofs, its walk and its finite static pages.
//!
//! Pure: no file, no clock, no network. The caller gives the texts ([`TreeSource`]) and the day.
//!
//! [`compile`] proves a tree and compiles it; [`walk()`] gives the next question or the outcome of some
//! [`Answers`]; [`report()`] tells it in full; [`states::static_pages`] gives the pages that need no script;
//! [`conformance::vectors`] gives the cases that the script of the browser must agree with.

mod answers;
mod assemble;
mod compile;
pub mod conformance;

pub mod date;
mod diagram;
pub mod expr;
mod finding;
#[cfg(test)]
#[allow(unreachable_pub)]
#[path = "../tests/support/fixture.rs"]
mod fixture;
mod flow;
mod labels;
mod letter;
mod links;
pub mod model;
mod nearest;
pub mod outline;
mod pages;
mod partition;
mod plan;
mod proof;
mod report;
mod rule;
pub mod source;
pub mod states;
mod ticks;
pub mod value;
mod version;
mod visit;
mod walk;

pub use answers::{Answer, AnswerError, Answers, Context, DONT_KNOW, Fault, PROFILE, canonical, shown};
pub use compile::{Compiled, Proof, compile, compile_letter};
pub use date::Date;
pub use finding::{Finding, Severity};
pub use letter::{Rendered, plain, render_letter, render_lone_letter, tree_of};
pub use links::follow_links;
pub use model::{Tree, Voice};
pub use report::{
    AnswerLine, DeadlineLine, FactLine, FigureLine, OutcomeReport, ReferralReport, Report, report,
};
pub use rule::Rule;
pub use source::{Raw, Span, TreeSource};
pub use walk::{Step, Walk, walk};
