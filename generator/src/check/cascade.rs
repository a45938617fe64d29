//! A file that cannot be read hides what it defines: what others then miss is not told as their fault.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::law;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Drops the faults that only follow from a file that could not be read; the first cause stays.
pub fn quiet(faults: &mut Diagnostics) {
    let unread: BTreeSet<Arc<str>> = faults
        .iter()
        .filter(|fault| matches!(fault.rule, "yaml" | "en-tete"))
        .filter_map(|fault| Some(fault.place.as_ref()?.path.clone()))
        .collect();
    if !unread.is_empty() {
        faults.retain(|fault| !unread.iter().any(|path| follows(fault, path)));
    }
    let misread = |fault: &Diagnostic| {
        matches!(fault.rule, "parametre-valeur" | "date" | "cle-valeur") && stands_in(fault, law::PARAMETERS)
    };
    if faults.iter().any(misread) {
        faults.retain(|fault| !reads_a_figure(fault));
    }
}

fn stands_in(fault: &Diagnostic, path: &str) -> bool {
    fault.place.as_ref().is_some_and(|place| &*place.path == path)
}

/// Whether a fault may only follow from a figure of the law that could not be read.
fn reads_a_figure(fault: &Diagnostic) -> bool {
    match fault.rule {
        "parametre" | "arbre-scenario" | "arbre-type" => true,
        "arbre-perime" | "arbre-syntaxe" => stands_in(fault, law::PARAMETERS),
        _ => false,
    }
}

/// Whether a fault says that something is missing which the file at `path` defines.
fn follows(fault: &Diagnostic, path: &str) -> bool {
    match fault.rule {
        "article-inconnu" | "arbre-article" => path == law::ARTICLES,
        "parametre" => path == law::PARAMETERS,
        "lien-mort" => address(path).is_some_and(|address| fault.message.contains(&format!("« {address}"))),
        "voir-aussi" => slug(path).is_some_and(|slug| fault.message.contains(&format!("« {slug} »"))),
        _ => false,
    }
}

/// The address that a file would have had.
fn address(path: &str) -> Option<String> {
    let (folder, name) = path.strip_prefix("content/")?.split_once('/')?;
    let name = name.split('/').next()?.trim_end_matches(".md");
    match folder {
        "guides" | "courriers" | "diagnostics" => Some(format!("/{folder}/{name}/")),
        "pages" => Some(format!("/{name}/")),
        _ => None,
    }
}

fn slug(path: &str) -> Option<&str> {
    path.strip_prefix("content/guides/")?.strip_suffix(".md")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_cause_stays_and_what_follows_goes() {
        let at = |path: &str| Source::new(path, "x").span(0..1);
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::error("yaml", at(law::ARTICLES), "Illisible."));
        faults.push(Diagnostic::error(
            "en-tete",
            at("content/guides/charges.md"),
            "Illisible.",
        ));
        faults.push(Diagnostic::error(
            "article-inconnu",
            at("content/guides/a.md"),
            "Article.",
        ));
        let dead = |address: &str| format!("Aucune page n'a l'adresse « {address} ».");
        faults.push(Diagnostic::error(
            "lien-mort",
            at("content/guides/a.md"),
            dead("/guides/charges/#x"),
        ));
        faults.push(Diagnostic::error(
            "lien-mort",
            at("content/guides/a.md"),
            dead("/guides/chargez/"),
        ));
        faults.push(Diagnostic::error(
            "parametre",
            at("content/guides/a.md"),
            "Paramètre.",
        ));
        quiet(&mut faults);
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["yaml", "lien-mort", "parametre", "en-tete"]);
    }
}
