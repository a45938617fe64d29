//! From an author's tree to a compiled and proved one; the engine's findings become diagnostics.

use super::TreeFiles;
use super::place::Files;
use super::registry::letter_source;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::parse::letter::Letter;
use crate::source::{Source, Sources};
use decision_tree::{Compiled, Finding, compile, compile_letter};
use jiff::civil::Date;
use std::sync::Arc;

/// Compiles a tree on a day unless that is `known`, proves it, runs its scenarios; gives back what was found.
pub(super) fn tree(files: &mut TreeFiles, known: Option<Arc<Compiled>>, today: Date) -> Diagnostics {
    let mut faults = Diagnostics::default();
    if let Some(today) = decision_tree::Date::from_iso(&today.to_string()) {
        files.compiled = known.unwrap_or_else(|| Arc::new(compile(&files.source, today)));
        report(&files.compiled.findings, &files.files, &mut faults);
    }
    faults
}

/// Compiles a letter that belongs to no tree.
pub(crate) fn lone_letter(sources: &Sources, source: &Source, letter: &mut Letter, faults: &mut Diagnostics) {
    let mut files = Files::default();
    files.add(source);
    let written = letter_source(sources, &files, letter, None);
    let (compiled, findings) = compile_letter(&written);
    report(&findings, &files, faults);
    letter.compiled = compiled;
}

fn report(findings: &[Finding], files: &Files, faults: &mut Diagnostics) {
    for finding in findings {
        let severity = match finding.severity {
            decision_tree::Severity::Error => Severity::Error,
            decision_tree::Severity::Warning => Severity::Warning,
        };
        faults.push(Diagnostic {
            rule: finding.rule.id(),
            severity,
            message: finding.message.clone(),
            place: files.place(finding.span),
            hint: finding.hint.clone(),
        });
    }
}
