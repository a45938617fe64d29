//! Rules on questionnaires that the engine cannot keep: they compare a tree with the rest of the site.

pub(super) mod letter;
pub(super) mod referral;
