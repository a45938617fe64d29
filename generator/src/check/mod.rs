//! The rules: the one place that knows them all. A rule is handed the site and hands back diagnostics.

pub mod addresses;
pub mod brand;
pub mod cascade;
pub mod contacts;
pub mod content;
pub mod explain;
pub mod html;
pub mod tree;
pub mod unfinished;

use crate::diagnostic::Diagnostics;
use crate::site::Site;
use addresses::Addresses;
use rayon::prelude::*;

/// What a rule on the content may look at.
pub struct Content<'a> {
    /// The site.
    pub site: &'a Site,
    /// Every address that links may lead to.
    pub addresses: Addresses,
}

/// One rule and its explanation.
pub struct Rule {
    /// Name, as diagnostics bear it.
    pub name: &'static str,
    /// What it asks and why, in French, for `generator explain`.
    pub explanation: &'static str,
    /// The check.
    pub check: fn(&Content, &mut Diagnostics),
}

/// Runs every rule on what the authors wrote, where places are exact.
#[must_use]
pub fn content(site: &Site) -> Diagnostics {
    let content = Content {
        site,
        addresses: Addresses::of(site),
    };
    let mut faults = Diagnostics::default();
    let found: Vec<Diagnostics> = content::RULES
        .par_iter()
        .map(|rule| {
            let mut found = Diagnostics::default();
            (rule.check)(&content, &mut found);
            found
        })
        .collect();
    for one in found {
        faults.extend(one);
    }
    faults
}
