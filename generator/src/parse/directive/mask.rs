//! Hides directive lines from the Markdown parser without moving anything.

use std::ops::Range;

/// A masked line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes from the first mark (`:` or `?`) to the end of the words, in the text given to [`mask`].
    pub range: Range<usize>,
    /// Whether it closes (a bare `:::` or `???`).
    pub closes: bool,
}

/// Masks the directive lines of `text`, outside fenced code. Lengths do not change.
#[must_use]
pub fn mask(text: &str) -> (String, Vec<Line>) {
    let mut masked = String::with_capacity(text.len());
    let mut lines = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let words = content.trim_end();
        let first = offset + (line.len() - content.len());
        toggle_fence(&mut fence, words);
        if fence.is_none() && (words.starts_with(":::") || words.starts_with("???")) {
            let range = first..first + words.len();
            masked.push_str(&line[..line.len() - content.len()]);
            masked.push_str(&hidden(words.len()));
            masked.push_str(&content[words.len()..]);
            lines.push(Line {
                range,
                closes: words.chars().all(|c| c == ':') || words.chars().all(|c| c == '?'),
            });
        } else {
            masked.push_str(line);
        }
        offset += line.len();
    }
    (masked, lines)
}

/// A processing instruction of `len` bytes (at least 3).
fn hidden(len: usize) -> String {
    match len {
        0..=3 => "<?>".to_owned(),
        _ => format!("<?{}?>", "x".repeat(len - 4)),
    }
}

fn toggle_fence(fence: &mut Option<(char, usize)>, line: &str) {
    let Some(mark) = line.chars().next().filter(|c| matches!(c, '`' | '~')) else {
        return;
    };
    let count = line.chars().take_while(|c| *c == mark).count();
    match *fence {
        None if count >= 3 && !(mark == '`' && line[count..].contains('`')) => *fence = Some((mark, count)),
        Some((open, len)) if open == mark && count >= len && line[count..].trim().is_empty() => *fence = None,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_lines_and_keeps_lengths() {
        let text = "a\n:::encart É\n```\n:::non\n```\n  :::\n";
        let (masked, lines) = mask(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked, "a\n<?xxxxxxxx?>\n```\n:::non\n```\n  <?>\n");
        assert_eq!(lines.len(), 2);
        assert!(!lines[0].closes && lines[1].closes);
    }

    #[test]
    fn the_old_accordions_are_masked_alike() {
        let (masked, lines) = mask("????accordionsgroup\n??? Titre\nOui ???\n???\n????\n");
        assert!(masked.contains("Oui ???\n<?>\n<??>\n"), "{masked}");
        let closes: Vec<_> = lines.iter().map(|line| line.closes).collect();
        assert_eq!(closes, [false, false, true, true]);
    }
}
