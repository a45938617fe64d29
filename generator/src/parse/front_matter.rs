//! Parts a Markdown file into its heading of keys (between two lines `---`) and its body.

use super::yaml::{self, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Source;
use std::ops::Range;

/// The two parts of a file, as ranges of bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the two lines.
    pub yaml: Range<usize>,
    /// What follows the second line.
    pub body: Range<usize>,
}

/// Finds the two lines `---`. A byte-order mark and Windows line ends are accepted.
///
/// # Errors
/// A diagnostic when the file does not open with `---` or the second line is missing.
pub fn split(source: &Source) -> Result<Parts, Diagnostic> {
    let text: &str = &source.text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut offset = start;
    let mut opened = None;
    for line in text[start..].split_inclusive('\n') {
        let end = offset + line.len();
        match (line.trim_end() == "---", opened) {
            (true, None) => opened = Some(end),
            (true, Some(yaml)) => {
                return Ok(Parts {
                    yaml: yaml..offset,
                    body: end..text.len(),
                });
            }
            (false, None) => break,
            (false, Some(_)) => {}
        }
        offset = end;
    }
    Err(match opened {
        Some(keys) => unclosed(source, keys),
        None => unopened(source, start),
    })
}

/// The first line is not `---`. When one stands further down, only the first of the two was lost.
fn unopened(source: &Source, start: usize) -> Diagnostic {
    let first = source.text[start..].lines().next().unwrap_or_default();
    let closes = source.text[start..].lines().any(|line| line.trim_end() == "---");
    let hint = if closes {
        format!("Ajoutez tout en haut, seule sur sa ligne, « --- », avant « {first} ».")
    } else {
        "Commencez le fichier par une ligne « --- », puis des lignes « clé: valeur » (« titre: … »), puis une seconde ligne « --- »."
            .to_owned()
    };
    let place = source.span(start..start + first.len());
    Diagnostic::error("en-tete", place, "La ligne « --- » qui ouvre l'en-tête manque.").hint(hint)
}

/// The second line `---` is missing: it belongs after the last line that looks like a key or its value.
fn unclosed(source: &Source, keys: usize) -> Diagnostic {
    let is_head = |line: &str| {
        line.starts_with([' ', '-', '#'])
            || line.split_once(':').is_some_and(|(key, _)| {
                !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
            })
    };
    let lines = source.text[keys..]
        .split_inclusive('\n')
        .take_while(|line| is_head(line));
    let end = keys + lines.map(str::len).sum::<usize>();
    let last = source.text[keys..end].lines().last().unwrap_or("---");
    let end = source.text[..end].trim_end().len();
    let place = source.span(end - last.trim_end().len()..end);
    Diagnostic::error("en-tete", place, "La ligne « --- » qui ferme l'en-tête manque.").hint(format!(
        "Ajoutez, seule sur sa ligne, « --- » après « {} ».",
        last.trim()
    ))
}

/// Splits and reads the keys. On a fault, reports it and gives nothing back.
pub fn read(source: &Source, faults: &mut Diagnostics) -> Option<(Node, Range<usize>)> {
    let parsed = split(source).and_then(|parts| Ok((yaml::parse(source, parts.yaml)?, parts.body)));
    match parsed {
        Ok(parts) => Some(parts),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let parts = split(&Source::new("x.md", text)).expect("two lines");
        (text[parts.yaml].to_owned(), text[parts.body].to_owned())
    }

    #[test]
    fn keeps_exact_places_with_mark_and_windows_lines() {
        assert_eq!(parts("---\na: 1\n---\nCorps"), ("a: 1\n".into(), "Corps".into()));
        assert_eq!(
            parts("\u{feff}---\r\na: 1\r\n---\r\nCorps\r\n"),
            ("a: 1\r\n".into(), "Corps\r\n".into())
        );
        assert_eq!(parts("---\n---"), (String::new(), String::new()));
    }

    #[test]
    fn says_what_is_missing() {
        let fault = |text| split(&Source::new("x.md", text)).expect_err("a fault").message;
        let opening = "La ligne « --- » qui ouvre l'en-tête manque.";
        assert_eq!(fault("Bonjour"), opening);
        assert_eq!(fault(""), opening);
        assert_eq!(
            fault("---\na: 1\n"),
            "La ligne « --- » qui ferme l'en-tête manque."
        );
        assert_eq!(fault("---"), "La ligne « --- » qui ferme l'en-tête manque.");
    }
}
