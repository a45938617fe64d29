//! What the build proves of a tree: one rule, one file.

mod article;
mod bounds;
pub(crate) mod brackets;
mod budget;
mod complete;
mod coverage;
mod effect;
mod never_asked;
mod never_reached;
mod no_outcome;
mod not_asked;
mod otherwise;
mod outcome;
mod outdated;
pub(crate) mod scenario;

use crate::assemble::Places;
use crate::compile::{Compiled, Proof};
use crate::date::Date;
use crate::finding::Finding;
use crate::flow::Flow;
use crate::model::Tree;
use crate::partition::Class;
use crate::plan::Plan;
use crate::rule::Rule;
use crate::source::{Span, TreeSource};

/// All that a rule may look at.
pub(crate) struct Case<'a> {
    pub(crate) source: &'a TreeSource,
    pub(crate) tree: &'a Tree,
    pub(crate) places: &'a Places,
    pub(crate) today: Date,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) flow: &'a Flow,
}

/// Runs all rules. Those that need no walk run even when the walk is too large.
pub(crate) fn prove(source: &TreeSource, tree: &Tree, places: &Places, today: Date, compiled: &mut Compiled) {
    let findings = &mut compiled.findings;
    outcome::check(source, places, findings);
    outdated::check(source, tree, today, findings);
    article::check(source, places, today, findings);
    let passed = scenario::check(source, tree, findings);
    coverage::check(source, tree, places, findings);
    not_asked::order(tree, places, findings);
    let before = findings.len();
    budget::options(source, tree, places, findings);
    if findings.len() > before {
        return;
    }
    let explored = Plan::new(tree, today, &[]).and_then(|plan| Ok((plan.explore(&[], None)?, plan)));
    let Ok((flow, plan)) = explored else {
        findings.push(budget::exhausted(source));
        return;
    };
    compiled.proof = Proof {
        paths: flow.paths(),
        states: flow.states.len(),
        scenarios: passed,
        ..Proof::default()
    };
    if let Some(finding) = budget::too_many_paths(source, flow.paths()) {
        findings.push(finding);
        return;
    }
    let case = Case {
        source,
        tree,
        places,
        today,
        plan: &plan,
        flow: &flow,
    };
    walked(&case, compiled);
}

/// The rules that look at the walk.
fn walked(case: &Case, compiled: &mut Compiled) {
    let findings = &mut compiled.findings;
    not_asked::check(case, findings);
    brackets::check(case, findings);
    bounds::check(case, findings);
    never_asked::check(case, findings);
    never_reached::check(case, findings);
    no_outcome::check(case, findings);
    compiled.proof.otherwise = otherwise::check(case, findings);
    effect::check(case, findings);
    complete::check(case, findings);
    quiet(findings);
    if let Ok(site) = crate::pages::build(case.plan, case.flow) {
        compiled.proof.pages = site.len();
        findings.extend(budget::too_many_pages(case.source, &site));
        compiled.site = Some(site);
    }
}

/// What no walk reaches, no scenario can reach: only the cause is told.
fn quiet(findings: &mut Vec<Finding>) {
    let lost: Vec<Span> = findings
        .iter()
        .filter(|finding| matches!(finding.rule, Rule::NeverAsked | Rule::NeverReached))
        .map(|finding| finding.span)
        .collect();
    findings.retain(|finding| finding.rule != Rule::Coverage || !lost.contains(&finding.span));
}

/// « 1 situation », « 12 situations ».
fn situations(count: u128) -> String {
    format!("{count} situation{}", if count > 1 { "s" } else { "" })
}

impl Case<'_> {
    /// A walk said in French: « profil = locataire, bail = vide ».
    pub(crate) fn say(&self, answers: &[(usize, usize)]) -> String {
        let said: Vec<String> = answers
            .iter()
            .map(|(question, class)| {
                let asked = &self.tree.questions[*question];
                format!(
                    "{} = {}",
                    asked.id,
                    say_class(asked, &self.plan.classes[*question][*class])
                )
            })
            .collect();
        if said.is_empty() {
            "dès le début".to_owned()
        } else {
            said.join(", ")
        }
    }
}

/// A class of answers as an author names it.
fn say_class(question: &crate::model::Question, class: &Class) -> String {
    use crate::answers::{Answer, canonical};
    match class {
        Class::DontKnow => "je ne sais pas".to_owned(),
        Class::Text => "…".to_owned(),
        Class::Value(value) => canonical(question, &Answer::Value(*value)),
        Class::Range(low, high) if low == high => canonical(question, &Answer::Value(*low)),
        Class::Range(low, high) => {
            let end = |value| canonical(question, &Answer::Value(value));
            format!("{} à {}", end(*low), end(*high))
        }
    }
}

/// Finding list of a rule, in tests.
#[cfg(test)]
pub(crate) fn of_rule(source: &TreeSource, rule: crate::rule::Rule) -> Vec<crate::Finding> {
    let today = Date::from_iso("2026-11-23").expect("a date of the test");
    crate::compile(source, today)
        .findings
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .collect()
}
