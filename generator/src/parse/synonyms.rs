//! What people type and what the site calls it: `content/recherche/synonymes.yaml`.

use super::fields::{Fields, Located};
use super::yaml::{self, Kind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// Path of the synonyms.
pub const SYNONYMS: &str = "content/recherche/synonymes.yaml";

/// Words that people type, and what is searched beside them.
#[derive(Debug, Clone)]
pub struct Synonym {
    /// Words as people type them.
    pub typed: Vec<Located<String>>,
    /// What the site calls it.
    pub searched: Located<String>,
}

/// Reads the synonyms; a missing file is read as an empty one.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Vec<Synonym> {
    let Some(source) = sources.text(SYNONYMS) else {
        return Vec::new();
    };
    let node = match yaml::parse(source, 0..source.text.len()) {
        Ok(node) => node,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    match &node.kind {
        Kind::Null => Vec::new(),
        Kind::List(items) => items
            .iter()
            .map(|item| {
                let mut fields = Fields::new(item, faults);
                let synonym = Synonym {
                    typed: fields.texts("mots"),
                    searched: fields.required("cherche"),
                };
                if synonym.typed.is_empty() {
                    let span = fields.span();
                    fields.faults().push(
                        Diagnostic::error("cle-manquante", span, "Il manque la clé « mots ».")
                            .hint("Ajoutez une ligne « mots: [caution] » : ce que les gens tapent."),
                    );
                }
                fields.finish();
                synonym
            })
            .collect(),
        Kind::Map(_) | Kind::Scalar(_) => {
            faults.push(
                Diagnostic::error("cle-type", node.span, "Ce fichier attend une liste de synonymes.").hint(
                    "Commencez chaque groupe par « - mots: [caution] », puis « cherche: dépôt de garantie ».",
                ),
            );
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_groups_and_reports_an_empty_one() {
        let mut sources = Sources::default();
        sources.insert(
            SYNONYMS,
            "- mots: [caution, garantie]\n  cherche: dépôt de garantie\n- cherche: x\n",
        );
        let mut faults = Diagnostics::default();
        let synonyms = parse(&sources, &mut faults);
        assert_eq!(synonyms[0].typed.len(), 2);
        assert_eq!(synonyms[0].searched.value, "dépôt de garantie");
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["cle-manquante"]);
    }
}
