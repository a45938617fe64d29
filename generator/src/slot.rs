//! Slots: `{{ … }}` in texts, and the call `param(id)` that prints a dated figure of the law.

use std::ops::Range;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// Plain words.
    Text(&'a str),
    /// The words between braces, trimmed.
    Slot(&'a str),
    /// Braces that nothing closes, up to the end.
    Unclosed,
}

/// Cuts a text at its slots. Each part comes with its bytes.
#[must_use]
pub fn split(text: &str) -> Vec<(Part<'_>, Range<usize>)> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| at + from) {
        if open > from {
            parts.push((Part::Text(&text[from..open]), from..open));
        }
        let Some(len) = text[open..].find("}}") else {
            parts.push((Part::Unclosed, open..text.len()));
            return parts;
        };
        let words = text[open + 2..open + len].trim();
        parts.push((Part::Slot(words), open..open + len + 2));
        from = open + len + 2;
    }
    if from < text.len() {
        parts.push((Part::Text(&text[from..]), from..text.len()));
    }
    parts
}

/// What to write in place of braces that nothing closes: `{{ param(taux) (article 22).` gives `{{ param(taux) }}`.
#[must_use]
pub fn closed(text: &str) -> String {
    let words = text.trim_start_matches('{').trim_start();
    let call = words.starts_with("param") || words.starts_with("coordonnee");
    if let Some((name, _)) = words
        .split_once('}')
        .filter(|(name, _)| !call && !name.contains('{'))
    {
        return format!("{{{{ {} }}}}", name.trim());
    }
    let end = words
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | '}' | ',' | '.' | ';'))
        .unwrap_or(words.len());
    let call = words[end..].trim_start();
    let name = &words[..end];
    let inside = call
        .strip_prefix('(')
        .map(|inside| inside.split([')', '}']).next().unwrap_or_default().trim());
    match inside {
        Some(inside) if matches!(name, "param" | "coordonnee") => format!("{{{{ {name}({inside}) }}}}"),
        _ => format!("{{{{ {name} }}}}"),
    }
}

/// The identifier in `param(taux-majoration)`.
#[must_use]
pub fn parameter(slot: &str) -> Option<&str> {
    let id = slot
        .strip_prefix("param")?
        .trim_start()
        .strip_prefix('(')?
        .strip_suffix(')')?;
    Some(id.trim())
}

/// The key in `coordonnee(adil_telephone)`.
#[must_use]
pub fn coordinate(slot: &str) -> Option<&str> {
    let key = slot.strip_prefix("coordonnee")?.trim_start();
    Some(key.strip_prefix('(')?.strip_suffix(')')?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_braces_are_closed_after_what_they_call() {
        assert_eq!(closed("{{ param(taux) (article 22)."), "{{ param(taux) }}");
        assert_eq!(closed("{{ param(taux} du loyer"), "{{ param(taux) }}");
        assert_eq!(closed("{{ date limite }"), "{{ date limite }}");
        assert_eq!(closed("{{mois}, puis"), "{{ mois }}");
        assert_eq!(closed("{{"), "{{  }}");
    }

    #[test]
    fn cuts_texts_and_reads_calls() {
        let parts: Vec<_> = split("é {{ param( a-b ) }}!{{x").into_iter().collect();
        assert_eq!(
            parts,
            [
                (Part::Text("é "), 0..3),
                (Part::Slot("param( a-b )"), 3..21),
                (Part::Text("!"), 21..22),
                (Part::Unclosed, 22..25),
            ]
        );
        assert_eq!(parameter("param( a-b )"), Some("a-b"));
        assert_eq!(parameter("majoration"), None);
        assert_eq!(coordinate("coordonnee( cdc_adresse )"), Some("cdc_adresse"));
        assert_eq!(coordinate("param(a)"), None);
    }
}
