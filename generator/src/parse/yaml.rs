//! YAML to a tree of nodes that know their place in the source.
//!
//! Nodes are untyped on purpose: a typed reader stops at the first fault, [`super::fields`] reports them all.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::fmt;
use std::ops::Range;

/// A YAML value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// The three shapes of YAML, and nothing.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An empty value.
    Null,
    /// A scalar, as the author wrote it (`10`, `non`, `2026-11-23`), quotes removed, blocks joined.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<(Node, Node)>),
}

/// Parses `source[range]` as one YAML document.
///
/// # Errors
/// A diagnostic `yaml` at the faulty line.
pub fn parse(source: &Source, range: Range<usize>) -> Result<Node, Diagnostic> {
    let text = &source.text[range.clone()];
    let options = serde_yaml::options! { strict_booleans: true, with_snippet: false };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(place(raw, source, text, range.start)),
        Err(error) => Err(fault(&error, source, text, range.start)),
    }
}

fn place(raw: Spanned<Raw>, source: &Source, text: &str, offset: usize) -> Node {
    let bytes = bytes_of(&raw.referenced, text);
    let span = source.span(bytes.start + offset..bytes.end + offset);
    let kind = match raw.value {
        Raw::Null => Kind::Null,
        Raw::Text(text) => Kind::Scalar(text),
        // A number or a boolean: the author's own spelling (`0930`, `1.50`) is what counts.
        Raw::Typed(fallback) => Kind::Scalar(
            text.get(bytes)
                .map(str::trim)
                .filter(|raw| !raw.is_empty())
                .map_or(fallback, str::to_owned),
        ),
        Raw::List(items) => Kind::List(
            items
                .into_iter()
                .map(|item| place(item, source, text, offset))
                .collect(),
        ),
        Raw::Map(entries) => Kind::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    (
                        place(key, source, text, offset),
                        place(value, source, text, offset),
                    )
                })
                .collect(),
        ),
    };
    Node { kind, span }
}

/// The bytes of a location; on scanner faults only line and column are known.
fn bytes_of(location: &serde_yaml::Location, text: &str) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(len)) = (span.byte_offset(), span.byte_len()) {
        let (start, len) = (
            usize::try_from(start).unwrap_or(usize::MAX),
            usize::try_from(len).unwrap_or(usize::MAX),
        );
        if start <= text.len() && start.saturating_add(len) <= text.len() {
            return start..start + len;
        }
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let line_text = text[line_start.min(text.len())..].lines().next().unwrap_or("");
    let start = line_start
        + line_text
            .chars()
            .take(column - 1)
            .map(char::len_utf8)
            .sum::<usize>();
    start.min(text.len())..(line_start + line_text.len()).min(text.len())
}

fn fault(error: &serde_yaml::Error, source: &Source, text: &str, offset: usize) -> Diagnostic {
    let bytes = error
        .location()
        .map_or(0..0, |location| bytes_of(&location, text));
    let detail = error.without_snippet().to_string();
    let (message, hint) = in_french(&detail);
    let line = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line..].lines().next().unwrap_or_default();
    let hint = match quoted(line) {
        Some(quoted) if message == COLON => {
            format!("Mettez la valeur entre guillemets droits : « {quoted} ».")
        }
        _ => hint.to_owned(),
    };
    Diagnostic::error(
        "yaml",
        source.span(bytes.start + offset..bytes.end + offset),
        message,
    )
    .hint(hint)
}

/// The message on a second colon.
const COLON: &str = "Deux-points de trop sur cette ligne.";

/// The line `key: a : b` with its value between quotes; nothing when it holds some already.
fn quoted(line: &str) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    (!value.contains('"')).then(|| format!("{}: \"{value}\"", key.trim()))
}

/// What authors break most, by a word of the parser's message: the message and the cure. The last one fits all.
const FAULTS: [(&[&str], &str, &str); 7] = [
    (
        &["duplicate"],
        "Cette clé est écrite deux fois.",
        "Gardez une seule des deux lignes.",
    ),
    (
        &["unclosed bra", "expected ',' or", "flow sequence", "flow mapping"],
        "Un crochet « [ » ou une accolade « { » n'est pas fermé.",
        "Ajoutez « ] » ou « } » à la fin de la liste, ou écrivez un élément par ligne, après un tiret.",
    ),
    (
        &["quote", "unterminated", "end of stream"],
        "Un guillemet n'est pas fermé.",
        "Ajoutez le guillemet qui manque à la fin de la valeur.",
    ),
    (
        &["tab"],
        "Une tabulation sert de retrait : il faut des espaces.",
        "Remplacez la tabulation par deux espaces.",
    ),
    (
        &["mapping values are not allowed"],
        COLON,
        "Mettez la valeur entre guillemets droits (\") : « clé: \"texte : suite\" ».",
    ),
    (
        &["budget", "alias", "depth", "recursion"],
        "Cet en-tête renvoie trop de fois à lui-même.",
        "Écrivez les valeurs en clair, sans « & » ni « * ».",
    ),
    (
        &[""],
        "L'en-tête ne se lit plus à partir d'ici.",
        "Vérifiez les deux-points, les guillemets et le retrait (deux espaces).",
    ),
];

fn in_french(detail: &str) -> (&'static str, &'static str) {
    let lower = detail.to_lowercase();
    let known = FAULTS
        .iter()
        .find(|(words, ..)| words.iter().any(|word| lower.contains(word)));
    let (_, message, cure) = known.unwrap_or(&FAULTS[FAULTS.len() - 1]);
    (message, cure)
}

/// What the parser hands over, before places are turned into spans of the file.
enum Raw {
    Null,
    Text(String),
    Typed(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("une valeur YAML")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        parse(&Source::new("x.yaml", text), 0..text.len()).expect("valid YAML")
    }

    #[test]
    fn keeps_the_authors_spelling_and_places() {
        let text = "a: 0930\nb: non\nété: \"x : y\"\nd:\n  - cles si bail != mobilite\n  - hors-champ: hors champ\ne:\nf: 1.50\n";
        let Kind::Map(entries) = node(text).kind else {
            panic!("a map")
        };
        let spelt: Vec<_> = entries
            .iter()
            .map(|(k, v)| {
                (
                    &text[k.span.start..k.span.end],
                    format!("{:?}", v.kind),
                    &text[v.span.start..v.span.end],
                )
            })
            .collect();
        assert_eq!(spelt[0].1, "Scalar(\"0930\")");
        assert_eq!(spelt[1].1, "Scalar(\"non\")");
        assert_eq!(spelt[2].0, "été");
        assert_eq!(spelt[2].1, "Scalar(\"x : y\")");
        assert_eq!(spelt[4].1, "Null");
        assert_eq!(spelt[5].1, "Scalar(\"1.50\")");
        let Kind::List(items) = &entries[3].1.kind else {
            panic!("a list")
        };
        assert_eq!(
            &text[items[0].span.start..items[0].span.end],
            "cles si bail != mobilite"
        );
        assert!(matches!(items[1].kind, Kind::Map(_)));
    }

    #[test]
    fn every_fault_is_told_in_french_with_a_cure() {
        for (text, start) in [
            ("a: [b, c\n", "Un crochet"),
            ("a: {b: c\nd: e\n", "Un crochet"),
            ("a: \"b\nc: d\n", "Un guillemet"),
            ("a:\n\tb: c\n", "Une tabulation"),
            ("a: b: c\n", "Deux-points"),
            ("a: *inconnu\n", "Cet en-tête renvoie"),
        ] {
            let fault = parse(&Source::new("x.yaml", text), 0..text.len()).expect_err(text);
            assert!(fault.message.starts_with(start), "{text:?}: {}", fault.message);
            assert!(fault.hint.is_some());
        }
    }

    #[test]
    fn a_fault_has_a_line() {
        let text = "a: 1\na: 2\n";
        let fault = parse(&Source::new("x.yaml", text), 0..text.len()).expect_err("twice the same key");
        assert_eq!(fault.message, "Cette clé est écrite deux fois.");
        assert_eq!(fault.place.expect("a place").start, 5);
    }
}
