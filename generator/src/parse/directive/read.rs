//! Reads the opening line of a directive.

use super::arguments::arguments;
use super::old::{self, Old};
use super::{Spec, Title, without_accents};
use crate::body::Directive;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::fields::Located;
use crate::source::{Source, Span};
use std::ops::Range;

/// Reads an opening line. Faults are reported; an unknown name gives nothing back.
pub fn read(
    source: &Source,
    range: Range<usize>,
    known: &[&'static [Spec]],
    faults: &mut Diagnostics,
) -> Option<Directive> {
    let text = &source.text[range.clone()];
    let marks = text.len() - text.trim_start_matches([':', '?']).len();
    let start = range.start + marks + leading_spaces(&text[marks..]);
    let rest = &source.text[start..range.end];
    let name_len = rest
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(rest.len());
    let name_span = source.span(start..start + name_len);
    let specs = || known.iter().flat_map(|list| list.iter());
    if let Some(old) = old_form(text.starts_with('?'), &rest[..name_len]) {
        let spec = specs().find(|spec| spec.name == old.directive)?;
        let words = if old.name.is_empty() {
            start
        } else {
            start + name_len
        };
        return Some(from_old(
            source,
            old,
            spec,
            words..range.end,
            &source.span(range),
            faults,
        ));
    }
    let spec = find(&rest[..name_len], &name_span, known, faults)?;
    let (args, title_start) = arguments(source, start + name_len..range.end, spec, faults);
    let title = words(source, title_start..range.end);
    check_title(spec, &title, &source.span(range), text, faults);
    Some(Directive {
        name: spec.name,
        name_span,
        args,
        title,
    })
}

/// What is written in a range, without the spaces around it.
fn words(source: &Source, range: Range<usize>) -> Located<String> {
    let text = &source.text[range.clone()];
    let start = range.start + leading_spaces(text);
    Located {
        value: text.trim().to_owned(),
        span: source.span(start..range.end),
    }
}

/// The old form that a line has, if it has one.
fn old_form(question_marks: bool, name: &str) -> Option<&'static Old> {
    match old::find(name) {
        Some(old) => Some(old),
        None if question_marks => Some(&old::QUESTION_MARKS),
        None => None,
    }
}

/// Reads an old form; the new one is proposed.
fn from_old(
    source: &Source,
    old: &Old,
    spec: &'static Spec,
    title: Range<usize>,
    line: &Span,
    faults: &mut Diagnostics,
) -> Directive {
    let mut title = words(source, title);
    let new = match (old.drops_title, title.value.as_str()) {
        (true, _) => old.new.to_owned(),
        (false, "") => old.new.replace(" Titre", ""),
        (false, words) => old.new.replace(" Titre", &format!(" {words}")),
    };
    let closing = if old.name.is_empty() || old.name == "accordionsgroup" {
        ", et celle qui ferme l'encadré par « ::: »"
    } else {
        ""
    };
    faults.push(
        Diagnostic::warning(
            "ancienne-forme",
            line.clone(),
            "Cette écriture vient de la première version du site ; elle est encore lue.",
        )
        .hint(format!("Remplacez cette ligne par « {new} »{closing}.")),
    );
    if old.drops_title {
        title.value.clear();
    } else {
        check_title(spec, &title, line, &source.text[line.start..line.end], faults);
    }
    let argument = old.argument.map(|(key, value)| {
        let span = line.clone();
        let value = value.to_owned();
        (key, Located { value, span })
    });
    Directive {
        name: spec.name,
        name_span: line.clone(),
        args: argument.into_iter().collect(),
        title,
    }
}

fn leading_spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn find(
    name: &str,
    span: &Span,
    known: &[&'static [Spec]],
    faults: &mut Diagnostics,
) -> Option<&'static Spec> {
    let specs = || known.iter().flat_map(|list| list.iter());
    let plain = without_accents(name);
    if let Some(spec) = specs().find(|spec| spec.is(&plain)) {
        return Some(spec);
    }
    let hint = nearest(&plain, specs().map(|spec| spec.name))
        .and_then(|near| specs().find(|spec| spec.name == near))
        .map_or_else(
            || {
                let names: Vec<_> = specs().map(|spec| spec.shown).collect();
                format!("Directives possibles : {}.", names.join(", "))
            },
            |spec| format!("Vouliez-vous dire « :::{} » ?", spec.shown),
        );
    let message = format!("L'encadré « {name} » n'existe pas ici.");
    faults.push(Diagnostic::error("directive-inconnue", span.clone(), message).hint(hint));
    None
}

fn check_title(spec: &Spec, title: &Located<String>, line: &Span, written: &str, faults: &mut Diagnostics) {
    let shown = spec.shown;
    match (spec.title, title.value.is_empty()) {
        (Title::Required, true) => faults.push(
            Diagnostic::error(
                "directive-titre",
                line.clone(),
                format!("L'encadré « {shown} » attend des mots sur la même ligne."),
            )
            .hint(format!(
                "Ajoutez ces mots à la fin de la ligne : « {} Vos mots ».",
                written.trim()
            )),
        ),
        (Title::Absent, false) => faults.push(
            Diagnostic::error(
                "directive-titre",
                title.span.clone(),
                format!("L'encadré « {shown} » ne prend pas de titre."),
            )
            .hint("Passez à la ligne avant d'écrire ce texte."),
        ),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::directive::GUIDE;

    fn directive(line: &str) -> (Option<Directive>, Vec<Diagnostic>) {
        let source = Source::new("x.md", line);
        let mut faults = Diagnostics::default();
        let found = read(&source, 0..line.len(), &[GUIDE], &mut faults);
        (found, faults.sorted())
    }

    #[test]
    fn reads_names_keys_and_titles() {
        let (found, faults) = directive(":::tableau{légende=\"Deux mots\"}");
        assert_eq!(faults, []);
        assert_eq!(
            found.expect("known").arg("legende").expect("caption").value,
            "Deux mots"
        );
        let (found, faults) = directive("::: Alerte{type=succès} Bon à savoir");
        assert_eq!(faults, []);
        let found = found.expect("known");
        assert_eq!(
            (found.name, found.title.value.as_str()),
            ("alerte", "Bon à savoir")
        );
        assert_eq!(found.arg("type").expect("type").value, "succes");
    }

    #[test]
    fn english_names_and_keys_are_read() {
        let (found, faults) = directive(":::table{caption=\"Un titre\"}");
        assert_eq!(faults, []);
        let found = found.expect("known");
        assert_eq!((found.name, found.args.len()), ("tableau", 1));
        assert_eq!(found.arg("legende").expect("a caption").value, "Un titre");
    }

    #[test]
    fn old_forms_are_read_and_the_new_one_is_proposed() {
        for (line, name, argument, title, new) in [
            (
                ":::info Le titre",
                "alerte",
                "info",
                "Le titre",
                ":::alerte{type=info}",
            ),
            (
                ":::warning",
                "alerte",
                "attention",
                "",
                ":::alerte{type=attention}",
            ),
            (":::callout Un titre", "encart", "", "Un titre", ":::encart"),
            (":::quote /images/a.png", "citation", "", "", ":::citation"),
            (":::highlight", "exergue", "", "", ":::exergue"),
            ("??? Et après ?", "accordeon", "", "Et après ?", ":::accordéon"),
            ("????accordionsgroup", "accordeons", "", "", ":::accordéons"),
        ] {
            let (found, faults) = directive(line);
            let found = found.expect(line);
            let value = found.args.first().map_or("", |(_, value)| value.value.as_str());
            assert_eq!(
                (found.name, value, found.title.value.as_str()),
                (name, argument, title),
                "{line}"
            );
            assert_eq!(faults.len(), 1, "{line}: {faults:?}");
            assert_eq!(faults[0].rule, "ancienne-forme");
            assert!(
                faults[0].hint.as_ref().is_some_and(|hint| hint.contains(new)),
                "{faults:?}"
            );
        }
    }

    #[test]
    fn every_fault_has_a_cure() {
        for (line, rule, hint) in [
            (
                ":::encar",
                "directive-inconnue",
                "Vouliez-vous dire « :::encart » ?",
            ),
            (
                ":::alerte{typ=info}",
                "directive-cle",
                "Vouliez-vous dire « type » ?",
            ),
            (
                ":::alerte{type=atention}",
                "directive-valeur",
                "Vouliez-vous dire « attention » ?",
            ),
            (":::tableau{legende=\"x}", "directive-cle", "guillemet droit"),
            (
                ":::tableau",
                "directive-cle",
                ":::tableau{légende=\"Ce que montre le tableau\"}",
            ),
            (":::exergue Titre", "directive-titre", "Passez à la ligne"),
            (":::bouton{adresse=/}", "directive-titre", "à la fin de la ligne"),
            (":::encart{a=b} x", "directive-cle", "Retirez les accolades"),
            (
                ":::cas Titre",
                "directive-cle",
                ":::cas{profil=locataire} Titre » ou « :::cas{bail=vide} Titre",
            ),
        ] {
            let faults = directive(line).1;
            let found = faults.iter().find(|fault| fault.rule == rule);
            let text = found.and_then(|fault| fault.hint.clone()).unwrap_or_default();
            assert!(text.contains(hint), "{line}: {faults:?}");
        }
    }
}
