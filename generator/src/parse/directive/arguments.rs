//! Reads what stands between the braces of a directive: `{key=value key="two words"}`.

use super::{Key, Spec, without_accents};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::parse::fields::Located;
use crate::source::{Source, Span};
use std::ops::Range;

pub(super) type Args = Vec<(&'static str, Located<String>)>;

/// Reads `{key=value key="two words"}` when it is there; gives back where the title starts.
pub(super) fn arguments(
    source: &Source,
    range: Range<usize>,
    spec: &Spec,
    faults: &mut Diagnostics,
) -> (Args, usize) {
    let mut args = Args::new();
    let text = &source.text[range.clone()];
    if !text.starts_with('{') {
        missing(spec, &args, &source.span(range.start..range.start), faults);
        return (args, range.start);
    }
    let mut cursor = Cursor { text, at: 1 };
    let before = faults.iter().count();
    loop {
        cursor.skip(|c| c.is_whitespace() || c == ',');
        let from = cursor.at;
        if cursor.eat('}') {
            break;
        }
        let name = cursor.take(|c| !c.is_whitespace() && !matches!(c, '=' | '}'));
        let key_span = source.span(range.start + from..range.start + cursor.at);
        if name.is_empty() || !cursor.eat('=') {
            faults.push(
                Diagnostic::error(
                    "directive-cle",
                    source.span(range.start + from..range.end),
                    "On attend ici « clé=valeur » ou « } ».",
                )
                .hint("Écrivez par exemple : {type=attention} ou {légende=\"Deux mots\"}."),
            );
            return (args, range.end);
        }
        let quoted = cursor.eat('"');
        let from = cursor.at;
        let value = cursor.take(|c| {
            if quoted {
                c != '"'
            } else {
                !c.is_whitespace() && c != '}'
            }
        });
        let value = Located {
            value: value.to_owned(),
            span: source.span(range.start + from..range.start + cursor.at),
        };
        if quoted && !cursor.eat('"') {
            faults.push(
                Diagnostic::error(
                    "directive-cle",
                    value.span,
                    "Ce texte entre guillemets n'est pas fermé.",
                )
                .hint("Ajoutez un guillemet droit (\") à la fin de la valeur."),
            );
            return (args, range.end);
        }
        args.extend(argument(name, key_span, value, spec, faults));
    }
    // A misspelt key is told once, not also as a missing one.
    if faults.iter().count() == before {
        missing(
            spec,
            &args,
            &source.span(range.start..range.start + cursor.at),
            faults,
        );
    }
    (args, range.start + cursor.at)
}

fn argument(
    name: &str,
    key_span: Span,
    mut value: Located<String>,
    spec: &Spec,
    faults: &mut Diagnostics,
) -> Option<(&'static str, Located<String>)> {
    let plain = without_accents(name);
    let Some(key) = spec.keys.iter().find(|key| key.is(&plain)) else {
        let hint = nearest(&plain, spec.keys.iter().map(|key| key.name)).map_or_else(
            || match spec.keys {
                [] => "Retirez les accolades : cette directive n'a pas de clé.".to_owned(),
                keys => format!("Clés possibles : {}.", names(keys)),
            },
            |known| format!("Vouliez-vous dire « {known} » ?"),
        );
        let message = format!("« {name} » n'est pas une clé de l'encadré « {} ».", spec.shown);
        faults.push(Diagnostic::error("directive-cle", key_span, message).hint(hint));
        return None;
    };
    if !key.values.is_empty() {
        let plain = without_accents(&value.value);
        if !key.values.contains(&plain.as_str()) {
            let hint = nearest(&plain, key.values.iter().copied()).map_or_else(
                || format!("Valeurs possibles : {}.", key.values.join(", ")),
                |known| {
                    format!(
                        "Vouliez-vous dire « {known} » ? Valeurs possibles : {}.",
                        key.values.join(", ")
                    )
                },
            );
            let message = format!("« {} » n'est pas une valeur de « {name} ».", value.value);
            faults.push(Diagnostic::error("directive-valeur", value.span, message).hint(hint));
            return None;
        }
        value.value = plain;
    }
    Some((key.name, value))
}

fn missing(spec: &Spec, args: &Args, place: &Span, faults: &mut Diagnostics) {
    if spec.one_key && args.is_empty() {
        faults.push(no_key(spec, place));
    }
    for key in spec.keys.iter().filter(|key| key.required) {
        if args.iter().all(|(name, _)| *name != key.name) {
            let message = format!("L'encadré « {} » attend la clé « {} ».", spec.shown, key.name);
            let value = key.values.first().copied().unwrap_or("…");
            faults.push(
                Diagnostic::error("directive-cle", place.clone(), message).hint(format!(
                    "Écrivez : « :::{}{{{}={value}}} ».",
                    spec.shown, key.name
                )),
            );
        }
    }
}

/// A directive that needs one key, whichever, has none.
fn no_key(spec: &Spec, place: &Span) -> Diagnostic {
    let examples = spec.keys.iter().map(|key| {
        let value = key.values.first().copied().unwrap_or("…");
        format!("« :::{}{{{}={value}}} »", spec.shown, key.name)
    });
    let message = format!("L'encadré « {} » attend au moins une clé.", spec.shown);
    Diagnostic::error("directive-cle", place.clone(), message)
        .hint(format!("Écrivez {}.", examples.collect::<Vec<_>>().join(" ou ")))
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let len = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn skip(&mut self, keep: impl Fn(char) -> bool) {
        self.take(keep);
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }
}
