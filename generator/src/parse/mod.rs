//! Text to values that keep their places. Parsing gathers every fault and never stops at the first.

pub mod dates;
pub mod directive;
pub mod fields;
pub mod front_matter;
pub mod markdown;
pub mod yaml;
