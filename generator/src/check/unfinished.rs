//! What the authors know to be missing, and that a site put online must say.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::Site;

/// Refuses to put online a page whose author still lists something to complete (`a_completer`), naming each
/// thing. A preview or a demonstration may do without.
#[must_use]
pub fn check(site: &Site) -> Diagnostics {
    let mut faults = Diagnostics::default();
    for missing in site.pages.values().flat_map(|page| &page.to_complete) {
        let message = format!("À compléter avant la mise en ligne : {}.", missing.value);
        faults.push(
            Diagnostic::error("a-completer", missing.span.clone(), message)
                .hint("Écrivez cette information dans la page, puis retirez la ligne de « a_completer »."),
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::source::Sources;
    use jiff::civil::Date;

    fn told(head: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let dates = "responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n";
        let text = format!("---\ntitre: T\ndescription: D\n{dates}{head}---\nTexte.\n");
        sources.insert("content/pages/mentions.md", &text);
        let reading = parse::publication::Reading {
            today: Date::constant(2026, 11, 25),
            unpublished: false,
        };
        let (site, _, _) = parse::parse(&sources, reading);
        check(&site)
            .sorted()
            .iter()
            .map(|fault| fault.message.clone())
            .collect()
    }

    #[test]
    fn each_missing_thing_is_named() {
        assert!(told("").is_empty());
        let named = told("a_completer:\n  - Adresse de l'éditeur\n  - Nom de l'hébergeur\n");
        assert_eq!(named.len(), 2);
        assert!(named[0].contains("Adresse de l'éditeur"), "{named:?}");
        assert!(named[1].contains("Nom de l'hébergeur"), "{named:?}");
    }
}
