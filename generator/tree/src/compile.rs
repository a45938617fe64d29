//! The whole way: raw texts -> tree, static pages, proof and findings.

use crate::assemble::{assemble, lone_letter};
use crate::date::Date;
use crate::finding::Finding;
use crate::model::{Letter, Tree};
use crate::proof;
use crate::source::{LetterSource, TreeSource};
use crate::states::StaticSite;

/// What a tree becomes.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// The tree, when every name and every type is known, even if a proof fails: a preview may show it.
    pub tree: Option<Tree>,
    /// Its static pages, when they could be enumerated.
    pub site: Option<StaticSite>,
    /// What was examined.
    pub proof: Proof,
    /// Faults and remarks. An error forbids to publish the tree.
    pub findings: Vec<Finding>,
}

/// What the proofs examined: the figures of the published proof sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Situations: complete walks over the classes of answers.
    pub paths: u128,
    /// Situations that `sinon` takes.
    pub otherwise: u128,
    /// Merged situations.
    pub states: usize,
    /// Static pages: questions, outcomes, and those with several outcomes open.
    pub pages: usize,
    /// Scenarios that passed.
    pub scenarios: usize,
}

/// Compiles and proves a tree on a day. Never fails otherwise than by findings.
#[must_use]
pub fn compile(source: &TreeSource, today: Date) -> Compiled {
    let mut compiled = Compiled::default();
    let Some((mut tree, places)) = assemble(source, &mut compiled.findings) else {
        compiled.findings.iter_mut().for_each(Finding::cure);
        return compiled;
    };
    proof::prove(source, &tree, &places, today, &mut compiled);
    compiled
        .findings
        .sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    compiled.findings.dedup();
    compiled.findings.iter_mut().for_each(Finding::cure);
    for outcome in &mut tree.outcomes {
        outcome.body.strip_words();
    }
    compiled.tree = Some(tree);
    compiled
}

/// Compiles a letter that belongs to no tree.
#[must_use]
pub fn compile_letter(source: &LetterSource) -> (Option<Letter>, Vec<Finding>) {
    let mut findings = Vec::new();
    let letter = lone_letter(source, &mut findings);
    findings.iter_mut().for_each(Finding::cure);
    (letter, findings)
}
