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
    let (message, hint) = if opened.is_some() {
        (
            "L'en-tête n'est pas fermé.",
            "Ajoutez une ligne « --- » après la dernière clé.",
        )
    } else {
        (
            "Ce fichier n'a pas d'en-tête.",
            "Commencez le fichier par une ligne « --- », les clés, puis une seconde ligne « --- ».",
        )
    };
    let first_line = text[start..].lines().next().map_or(0, str::len);
    Err(Diagnostic::error("en-tete", source.span(start..start + first_line), message).hint(hint))
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
        assert_eq!(fault("Bonjour"), "Ce fichier n'a pas d'en-tête.");
        assert_eq!(fault(""), "Ce fichier n'a pas d'en-tête.");
        assert_eq!(fault("---\na: 1\n"), "L'en-tête n'est pas fermé.");
    }
}
