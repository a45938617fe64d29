//! `scenarios.yaml`: cases whose result is known beforehand.

use super::read::Reader;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Fields;
use crate::parse::yaml::{self, Kind, Node};
use decision_tree::source::ScenarioSource;

/// Reads the scenarios, in order.
pub(super) fn read(reader: &Reader, faults: &mut Diagnostics) -> Vec<ScenarioSource> {
    let node = match yaml::parse(reader.source, 0..reader.source.text.len()) {
        Ok(node) => node,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    match &node.kind {
        Kind::List(items) => items.iter().map(|item| scenario(reader, item, faults)).collect(),
        Kind::Null => Vec::new(),
        Kind::Scalar(_) | Kind::Map(_) => {
            faults.push(
                Diagnostic::error("cle-type", node.span, "Ce fichier attend une liste de scénarios.")
                    .hint("Commencez chaque scénario par « - nom: … »."),
            );
            Vec::new()
        }
    }
}

fn scenario(reader: &Reader, node: &Node, faults: &mut Diagnostics) -> ScenarioSource {
    let mut fields = Fields::new(node, faults);
    let name = fields.required("nom");
    let on = fields.required("le");
    let outcome = fields.required("issue");
    let scenario = ScenarioSource {
        name: reader.raw(&name),
        on: reader.raw(&on),
        answers: reader.named(&mut fields, "reponses", false),
        outcome: reader.raw(&outcome),
        figures: reader.named(&mut fields, "calculs", false),
        words: reader.raws(&mut fields, "mots"),
        absent: reader.raws(&mut fields, "sans_mots"),
    };
    fields.finish();
    scenario
}
