//! A file that cannot be read hides what it defines: what others then miss is not told as their fault.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::law;
use crate::source::Span;
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
    quiet_names(faults);
    quiet_texts(faults);
}

/// A name misspelt in one place seems missing or useless in others: the misspelling alone is told, once.
fn quiet_names(faults: &mut Diagnostics) {
    let told: Vec<Span> = faults
        .iter()
        .filter(|fault| fault.rule != UNKNOWN_NAME)
        .filter_map(|fault| fault.place.clone())
        .collect();
    faults.retain(|fault| {
        let twice = fault.place.as_ref().is_some_and(|place| told.contains(place));
        fault.rule != UNKNOWN_NAME || !twice
    });
    let mut meant: BTreeSet<String> = faults.iter().filter_map(meant).collect();
    // A question that cannot be read is unknown to the tree.
    meant.extend(
        faults
            .iter()
            .filter(|fault| fault.rule == "cle-valeur")
            .filter_map(question),
    );
    let names = |text: &str| meant.iter().any(|name| text.contains(&format!("« {name} »")));
    faults.retain(|fault| match fault.rule {
        UNKNOWN_NAME | "champ-inutile" | "arbre-question-jamais-posee" => !names(&fault.message),
        "courrier-questionnaire" => !names(fault.hint.as_deref().unwrap_or_default()),
        _ => true,
    });
}

/// The rule of names that nothing defines.
const UNKNOWN_NAME: &str = "arbre-nom-inconnu";

/// The name that an author meant, when a cure proposes one: « Vouliez-vous dire « mois » ? ».
fn meant(fault: &Diagnostic) -> Option<String> {
    let hint = fault.hint.as_deref()?;
    let (_, rest) = hint.split_once("Vouliez-vous ")?;
    let (_, name) = rest.split_once("« ")?;
    let (name, _) = name.split_once(" »")?;
    Some(name.to_owned())
}

/// The name of the question in whose file a fault stands.
fn question(fault: &Diagnostic) -> Option<String> {
    let path = &fault.place.as_ref()?.path;
    let (_, name) = path.split_once("/questions/")?;
    Some(name.strip_suffix(".md")?.to_owned())
}

/// A box that is not read hides the caption of its table, and a heading of the wrong level shifts the next one.
fn quiet_texts(faults: &mut Diagnostics) {
    for (cause, effect) in [("directive-", "tableau-legende"), ("titre-niveau", "titre-ordre")] {
        let files: BTreeSet<Arc<str>> = faults
            .iter()
            .filter(|fault| fault.rule.starts_with(cause))
            .filter_map(|fault| Some(fault.place.as_ref()?.path.clone()))
            .collect();
        faults.retain(|fault| fault.rule != effect || !files.iter().any(|path| stands_in(fault, path)));
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

    #[test]
    fn a_name_misspelt_is_told_once_where_it_is_misspelt() {
        let at = |path: &str, range| Source::new(path, "abcdefghij").span(range);
        let letter = "content/courriers/a.md";
        let tree = "content/diagnostics/t/arbre.md";
        let typo =
            |rule, place| Diagnostic::error(rule, place, "« moi » ?").hint("Vouliez-vous dire « mois » ?");
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::error(
            "champ-inutile",
            at(letter, 0..1),
            "« mois » ne sert pas.",
        ));
        faults.push(typo("champ-inconnu", at(letter, 2..3)));
        faults.push(typo(UNKNOWN_NAME, at(letter, 2..3)));
        faults.push(Diagnostic::error(
            UNKNOWN_NAME,
            at(tree, 0..1),
            "Le nom « mois » n’est défini nulle part.",
        ));
        faults.push(Diagnostic::error(
            UNKNOWN_NAME,
            at(tree, 1..2),
            "Le nom « autre » n’est défini nulle part.",
        ));
        let wrong = "content/diagnostics/t/questions/date-cles.md";
        faults.push(Diagnostic::error("cle-valeur", at(wrong, 0..1), "« dates » ?"));
        faults.push(Diagnostic::error(
            UNKNOWN_NAME,
            at(tree, 2..3),
            "Le nom « date-cles » n’est défini nulle part.",
        ));
        quiet(&mut faults);
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["champ-inconnu", UNKNOWN_NAME, "cle-valeur"]);
    }

    #[test]
    fn a_box_that_is_not_read_hides_its_caption() {
        let at = |path: &str| Source::new(path, "x").span(0..1);
        let mut faults = Diagnostics::default();
        for (rule, path) in [
            ("directive-inconnue", "content/guides/a.md"),
            ("tableau-legende", "content/guides/a.md"),
            ("tableau-legende", "content/guides/b.md"),
        ] {
            faults.push(Diagnostic::error(rule, at(path), "Faute."));
        }
        quiet(&mut faults);
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["directive-inconnue", "tableau-legende"]);
    }
}
