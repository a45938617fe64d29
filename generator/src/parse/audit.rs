//! `content/accessibilite`: the sheet of criteria, the runs that the tests recorded, the checks by a person.

use super::dates;
use super::fields::Fields;
use super::yaml::{self, Kind, Node};
use crate::audit::{Audit, Check, Criterion, Run};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// Path of the sheet.
pub const SHEET: &str = "content/accessibilite/criteres.yaml";
/// Path of what the tests recorded.
pub const RUNS: &str = "content/accessibilite/resultats.json";
/// Path of the checks by a person.
pub const CHECKS: &str = "content/accessibilite/controles.yaml";
/// Number of criteria of each theme of the RGAA 4.1.2.
const THEMES: [usize; 13] = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

/// Reads the audit; none without a sheet.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Option<Audit> {
    let sheet = items(sources, SHEET, faults)?;
    let criteria: Vec<Criterion> = sheet.iter().map(|node| criterion(node, faults)).collect();
    complete(sources, &criteria, faults);
    let mut audit = Audit {
        criteria,
        ..Audit::default()
    };
    if let Some(node) = root(sources, RUNS, faults) {
        let mut fields = Fields::new(&node, faults);
        audit.environment = fields.required("environnement").value;
        let runs = fields.list("essais");
        fields.finish();
        audit.runs = runs.iter().map(|node| run(node, faults)).collect();
    }
    if let Some(nodes) = items(sources, CHECKS, faults) {
        audit.checks = nodes.iter().map(|node| check(node, faults)).collect();
    }
    Some(audit)
}

fn root(sources: &Sources, path: &str, faults: &mut Diagnostics) -> Option<Node> {
    let source = sources.text(path)?;
    yaml::parse(source, 0..source.text.len())
        .map_err(|fault| faults.push(fault))
        .ok()
}

fn items(sources: &Sources, path: &str, faults: &mut Diagnostics) -> Option<Vec<Node>> {
    let node = root(sources, path, faults)?;
    match node.kind {
        Kind::List(items) => Some(items),
        _ => {
            faults.push(
                Diagnostic::error("cle-type", node.span, "On attend ici une liste.")
                    .hint("Commencez chaque élément par un tiret."),
            );
            None
        }
    }
}

fn criterion(node: &Node, faults: &mut Diagnostics) -> Criterion {
    let mut fields = Fields::new(node, faults);
    let names = |list: Vec<super::fields::Located<String>>| list.into_iter().map(|name| name.value).collect();
    let number = fields.required("critere").value;
    let level = fields.required("niveau").value;
    let subject = fields.required("objet").value;
    let rules = names(fields.texts("regles"));
    let tests = names(fields.texts("essais"));
    let check = fields.text("controle").map(|name| name.value);
    let reason = fields.text("sans_objet").map(|reason| reason.value);
    let guard = fields.text("garde").map_or_else(String::new, |guard| guard.value);
    fields.finish();
    Criterion {
        number,
        level,
        subject,
        rules,
        tests,
        check,
        void: reason.map(|reason| (reason, guard)),
    }
}

/// Reports criteria that the sheet leaves out or writes twice.
fn complete(sources: &Sources, criteria: &[Criterion], faults: &mut Diagnostics) {
    let all = THEMES
        .iter()
        .zip(1..)
        .flat_map(|(count, theme)| (1..=*count).map(move |rank| format!("{theme}.{rank}")));
    for number in all {
        let count = criteria
            .iter()
            .filter(|criterion| criterion.number == number)
            .count();
        if count != 1
            && let Some(source) = sources.text(SHEET)
        {
            let message = format!("Le critère {number} du RGAA figure {count} fois dans la grille.");
            faults.push(
                Diagnostic::error("accessibilite", source.span(0..0), message)
                    .hint("Chacun des 106 critères y figure une fois."),
            );
        }
    }
}

fn run(node: &Node, faults: &mut Diagnostics) -> Run {
    let mut fields = Fields::new(node, faults);
    let name = fields.required("nom").value;
    let day = dates::parse(&fields.required("date").value);
    let passed = fields.one_of("resultat", &["reussi", "echoue"]) == Some("reussi");
    let scope = fields
        .text("portee")
        .map_or_else(String::new, |scope| scope.value);
    fields.finish();
    Run {
        name,
        day,
        passed,
        scope,
    }
}

fn check(node: &Node, faults: &mut Diagnostics) -> Check {
    let mut fields = Fields::new(node, faults);
    let name = fields.required("controle").value;
    let day = fields.text("date").and_then(|day| dates::parse(&day.value));
    let method = fields
        .text("methode")
        .map_or_else(String::new, |method| method.value);
    let passed = match fields.one_of("resultat", &["conforme", "non conforme", "non vérifié"]) {
        Some("conforme") => Some(true),
        Some("non conforme") => Some(false),
        _ => None,
    };
    let note = fields.text("note").map_or_else(String::new, |note| note.value);
    fields.finish();
    Check {
        name,
        day,
        method,
        passed,
        note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_left_out_is_told_and_the_rest_is_read() {
        let mut sources = Sources::default();
        sources.insert(
            SHEET,
            "- {critere: \"1.1\", niveau: A, objet: X, regles: [page-image], essais: [axe]}\n",
        );
        sources.insert(RUNS, "{\"environnement\": \"E\", \"essais\": [{\"nom\": \"axe\", \"date\": \"2026-11-23\", \"resultat\": \"reussi\"}]}");
        sources.insert(CHECKS, "- {controle: a, resultat: non vérifié, note: N}\n");
        let mut faults = Diagnostics::default();
        let audit = parse(&sources, &mut faults).expect("an audit");
        assert_eq!(faults.sorted().len(), 105);
        assert!(audit.runs[0].passed && audit.runs[0].day.is_some());
        assert_eq!(audit.checks[0].passed, None);
    }
}
