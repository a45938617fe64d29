//! Files that are one list of mappings.

use super::fields::{Fields, Located};
use super::yaml::{self, Kind, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Source;

/// The items of a file that is one list; a missing file is an empty one. `hint` says how an item begins.
pub(super) fn items(source: Option<&Source>, hint: &str, faults: &mut Diagnostics) -> Vec<Node> {
    let Some(source) = source else { return Vec::new() };
    match yaml::parse(source, 0..source.text.len()) {
        Err(fault) => {
            faults.push(fault);
            Vec::new()
        }
        Ok(node) => match node.kind {
            Kind::List(items) => items,
            Kind::Null => Vec::new(),
            Kind::Scalar(_) | Kind::Map(_) => {
                faults.push(
                    Diagnostic::error("cle-type", node.span, "Ce fichier attend une liste.").hint(hint),
                );
                Vec::new()
            }
        },
    }
}

/// The texts of a key that must hold at least one; `example` is one.
pub(super) fn some(fields: &mut Fields, key: &'static str, example: &str) -> Vec<Located<String>> {
    let texts = fields.texts(key);
    if texts.is_empty() {
        let span = fields.span();
        fields.faults().push(
            Diagnostic::error("cle-manquante", span, format!("Il manque la clé « {key} »."))
                .hint(format!("Ajoutez une ligne « {key}: [{example}] ».")),
        );
    }
    texts
}
