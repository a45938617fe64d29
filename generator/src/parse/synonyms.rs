//! What people type and what the site calls it: `content/recherche/synonymes.yaml`.

use super::fields::{Fields, Located};
use super::list;
use crate::diagnostic::Diagnostics;
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
    let hint = "Commencez chaque groupe par « - mots: [caution] », puis « cherche: dépôt de garantie ».";
    let items = list::items(sources.text(SYNONYMS), hint, faults);
    items
        .iter()
        .map(|item| {
            let mut fields = Fields::new(item, faults);
            let synonym = Synonym {
                typed: list::some(&mut fields, "mots", "caution"),
                searched: fields.required("cherche"),
            };
            fields.finish();
            synonym
        })
        .collect()
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
