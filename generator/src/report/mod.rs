//! Diagnostics for people (excerpt, underline, cure) and, in the modules below, for machines.

mod json;
mod sarif;

pub use json::json;
pub use sarif::sarif;

use crate::check::explain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Sources, Span};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use std::collections::BTreeMap;

/// How many faults of one rule are shown; the others are counted.
const PER_RULE: usize = 15;

/// Writes the faults as text, then one line that counts them. Nothing when there is none.
#[must_use]
pub fn text(faults: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in faults {
        let count = shown.entry(fault.rule).or_default();
        *count += 1;
        if *count <= PER_RULE {
            out.push_str(&one(fault, sources, &renderer));
            out.push_str("\n\n");
        }
    }
    for (rule, count) in shown.iter().filter(|(_, count)| **count > PER_RULE) {
        out.push_str(&format!(
            "… et {} autres fautes de la règle « {rule} ».\n",
            count - PER_RULE
        ));
    }
    if !faults.is_empty() {
        out.push_str(&summary(faults));
        out.push('\n');
    }
    out
}

/// « 2 erreurs, 1 avertissement. Pour comprendre une règle : generator explain lien-mort »
#[must_use]
pub fn summary(faults: &[Diagnostic]) -> String {
    let count = |severity| faults.iter().filter(|fault| fault.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let told = |count: usize, word: &str| match count {
        0 => format!("aucune {word}").replace("aucune avertissement", "aucun avertissement"),
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let rule = faults.first().map_or("lien-mort", |fault| fault.rule);
    format!(
        "{}, {}. Pour comprendre une règle : generator explain {rule}",
        told(errors, "erreur"),
        told(warnings, "avertissement")
    )
}

fn one(fault: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR.with_name("erreur"),
        Severity::Warning => Level::WARNING.with_name("avertissement"),
    };
    let title = level.primary_title(fault.message.as_str()).id(fault.rule);
    let source = fault
        .place
        .as_ref()
        .and_then(|place| sources.text(&place.path).map(|source| (source, place)));
    let Some((source, place)) = source else {
        return elsewhere(fault);
    };
    let snippet = Snippet::source(&*source.text).path(&*source.path);
    let mut group =
        title.element(snippet.annotation(AnnotationKind::Primary.span(first_line(source, place))));
    if let Some(hint) = &fault.hint {
        group = group.element(Level::HELP.with_name("aide").message(hint.as_str()));
    }
    if let Some(reference) = explain::reference(fault.rule) {
        group = group.element(Level::NOTE.with_name("référence").message(reference));
    }
    renderer.render(&[group])
}

/// A fault without an excerpt to show.
fn elsewhere(fault: &Diagnostic) -> String {
    let level = match fault.severity {
        Severity::Error => "erreur",
        Severity::Warning => "avertissement",
    };
    let place = fault
        .place
        .as_ref()
        .map(|place| format!("\n  --> {}", place.path));
    let hint = fault.hint.as_ref().map(|hint| format!("\n  = aide: {hint}"));
    let reference = explain::reference(fault.rule).map(|reference| format!("\n  = référence: {reference}"));
    format!(
        "{level}[{}]: {}{}{}{}",
        fault.rule,
        fault.message,
        place.unwrap_or_default(),
        hint.unwrap_or_default(),
        reference.unwrap_or_default()
    )
}

/// The bytes of a fault on its line; one that covers many lines is shown by its first one.
#[must_use]
pub fn first_line(source: &Source, place: &Span) -> std::ops::Range<usize> {
    let text: &str = &source.text;
    let mut start = place.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let mut end = place.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// Line and column of a byte, both from 1.
#[must_use]
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn sources() -> Sources {
        let mut sources = Sources::default();
        sources.insert("content/é.md", "été\nun lien mort\n");
        sources
    }

    pub(super) fn fault(rule: &'static str) -> Diagnostic {
        let place = sources().text("content/é.md").expect("a source").span(9..13);
        Diagnostic::error(rule, place, "Le lien est mort.").hint("Changez-le.")
    }

    #[test]
    fn shows_the_line_the_place_and_the_cure() {
        let text = text(&[fault("lien-mort")], &sources(), false);
        for part in [
            "erreur[lien-mort]: Le lien est mort.",
            "content/é.md:2:4",
            "un lien mort",
            "^^^^",
            "aide: Changez-le.",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert!(text.ends_with(
            "1 erreur, aucun avertissement. Pour comprendre une règle : generator explain lien-mort\n"
        ));
    }

    #[test]
    fn a_fault_without_place_is_told_all_the_same() {
        let fault = Diagnostic::error_nowhere("fichier-manquant", "Il manque un fichier.").hint("Créez-le.");
        let text = text(&[fault], &sources(), false);
        assert!(text.starts_with("erreur[fichier-manquant]: Il manque un fichier.\n  = aide: Créez-le.\n"));
    }

    #[test]
    fn a_fault_against_a_criterion_names_it_with_or_without_a_place() {
        let placed = text(&[fault("image-texte")], &sources(), false);
        assert!(placed.contains("= référence: RGAA, critère 1.1\n"), "{placed}");
        let nowhere = Diagnostic::error_nowhere("page-liste", "Ceci n'est pas une liste.");
        let told = text(&[nowhere], &sources(), false);
        assert!(told.contains("\n  = référence: RGAA, critère 9.3\n"), "{told}");
        let other = text(&[fault("lien-mort")], &sources(), false);
        assert!(!other.contains("référence"), "{other}");
    }

    #[test]
    fn counts_what_it_does_not_show() {
        let faults: Vec<_> = (0..PER_RULE + 3).map(|_| fault("x")).collect();
        let text = text(&faults, &sources(), false);
        assert!(text.contains("… et 3 autres fautes de la règle « x »."));
        assert!(text.contains("18 erreurs"));
    }
}
