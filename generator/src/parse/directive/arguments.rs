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
        let line = Line {
            source,
            range: &range,
            at: range.start,
            braces: None,
        };
        missing(spec, &args, &line, faults);
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
            let line = Line {
                source,
                range: &range,
                at: range.start,
                braces: None,
            };
            let end = value
                .value
                .find('}')
                .map_or(value.span.end, |at| value.span.start + at);
            let close = if end < value.span.end { "\"" } else { "\"}" };
            let right = line.with(end..end, close);
            faults.push(
                Diagnostic::error(
                    "directive-cle",
                    value.span,
                    "Ce texte entre guillemets n'est pas fermé.",
                )
                .hint(format!(
                    "Ajoutez un guillemet droit (\") avant l'accolade : « {right} »."
                )),
            );
            return (args, range.end);
        }
        let line = Line {
            source,
            range: &range,
            at: range.start,
            braces: None,
        };
        args.extend(argument(name, key_span, value, spec, &line, faults));
    }
    // A misspelt key is told once, not also as a missing one.
    if faults.iter().count() == before {
        let braces = range.start..range.start + cursor.at;
        let line = Line {
            source,
            range: &range,
            at: braces.end - 1,
            braces: Some(braces),
        };
        missing(spec, &args, &line, faults);
    }
    (args, range.start + cursor.at)
}

fn argument(
    name: &str,
    key_span: Span,
    mut value: Located<String>,
    spec: &Spec,
    line: &Line,
    faults: &mut Diagnostics,
) -> Option<(&'static str, Located<String>)> {
    let plain = without_accents(name);
    let Some(key) = spec.keys.iter().find(|key| key.is(&plain)) else {
        let fits = without_accents(&value.value);
        let same = spec.keys.iter().find(|key| key.values.contains(&fits.as_str()));
        let near = nearest(&plain, spec.keys.iter().map(|key| key.name));
        let hint = match (spec.keys, near, same) {
            ([], ..) => "Retirez les accolades : cet encadré n'a pas de clé.".to_owned(),
            (_, Some(known), _) => format!("Vouliez-vous dire « {known} » ?"),
            (_, None, Some(key)) => {
                format!(
                    "Écrivez : « {} ».",
                    line.with(key_span.start..key_span.end, key.name)
                )
            }
            (keys, None, None) => format!("Clés possibles : {}.", names(keys)),
        };
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

/// The opening line of a directive, to print it as it should be.
struct Line<'a> {
    source: &'a Source,
    /// From the end of its name to the end of the line.
    range: &'a Range<usize>,
    /// Where a missing key belongs.
    at: usize,
    /// Its braces, when it has some.
    braces: Option<Range<usize>>,
}

impl Line<'_> {
    /// The line with other words in this place.
    fn with(&self, place: Range<usize>, words: &str) -> String {
        let text = &self.source.text;
        let start = text[..self.range.start].rfind('\n').map_or(0, |at| at + 1);
        let line = format!(
            "{}{words}{}",
            &text[start..place.start],
            &text[place.end..self.range.end]
        );
        line.trim().to_owned()
    }

    /// The line with one more key, and its values when there are several to choose from.
    fn with_key(&self, key: &Key) -> String {
        let words = match (key.name, key.values.first()) {
            ("legende", _) => "légende=\"Ce que montre le tableau\"".to_owned(),
            (name, Some(value)) => format!("{name}={value}"),
            (name, None) => format!("{name}={}", example(name)),
        };
        let words = match &self.braces {
            None => format!("{{{words}}}"),
            Some(braces) if braces.len() == 2 => words,
            Some(_) => format!(" {words}"),
        };
        format!("« {} »", self.with(self.at..self.at, &words))
    }

    fn place(&self) -> Span {
        self.source.span(self.braces.clone().unwrap_or(self.at..self.at))
    }
}

/// What may stand after a key whose value is free.
fn example(key: &str) -> &'static str {
    match key {
        "adresse" => "/guides/…/",
        "valeur" => "\"1 mois\"",
        _ => "…",
    }
}

fn missing(spec: &Spec, args: &Args, line: &Line, faults: &mut Diagnostics) {
    if spec.one_key && args.is_empty() {
        let lines: Vec<_> = spec.keys.iter().map(|key| line.with_key(key)).collect();
        let message = format!("L'encadré « {} » attend au moins une clé.", spec.shown);
        let hint = format!("Écrivez {}.", lines.join(" ou "));
        faults.push(Diagnostic::error("directive-cle", line.place(), message).hint(hint));
    }
    for key in spec.keys.iter().filter(|key| key.required) {
        if args.iter().all(|(name, _)| *name != key.name) {
            let message = format!("L'encadré « {} » attend la clé « {} ».", spec.shown, key.name);
            let others = match key.values {
                [_, others @ ..] if !others.is_empty() => format!(" Autres valeurs : {}.", others.join(", ")),
                _ => String::new(),
            };
            let hint = format!("Écrivez : {}.{others}", line.with_key(key));
            faults.push(Diagnostic::error("directive-cle", line.place(), message).hint(hint));
        }
    }
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
