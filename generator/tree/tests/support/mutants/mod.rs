//! Single faults of an author: each changes one thing in a tree, and says which.

mod expression;
pub mod judge;
mod structure;
mod words;

use decision_tree::source::TreeSource;

type Change = Box<dyn Fn(&mut TreeSource) + Send + Sync>;

/// One fault.
pub struct Mutant {
    /// What sort of fault, in French.
    pub kind: &'static str,
    /// Where, and what changes, in French.
    pub what: String,
    change: Change,
}

impl Mutant {
    fn new(
        kind: &'static str,
        what: String,
        change: impl Fn(&mut TreeSource) + Send + Sync + 'static,
    ) -> Self {
        Self {
            kind,
            what,
            change: Box::new(change),
        }
    }

    /// The tree with the fault.
    pub fn applied(&self, good: &TreeSource) -> TreeSource {
        let mut tree = good.clone();
        (self.change)(&mut tree);
        tree
    }
}

/// Every single fault that this module knows how to make in a tree.
pub fn mutants(good: &TreeSource) -> Vec<Mutant> {
    let mut all = expression::mutants(good);
    structure::mutants(good, &mut all);
    all
}
