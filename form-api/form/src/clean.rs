//! Takes out of typed text what no one typed on purpose: control characters, stray spaces.

/// One line: control characters and every kind of space become one space; ends are trimmed.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c)) {
        if part.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Several lines: line ends become `\n`, other control characters vanish, ends are trimmed.
/// Spaces inside are left as typed: a table drawn with spaces is somebody's evidence.
#[must_use]
pub fn block(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !(c.is_control() || is_invisible(*c)))
        .collect();
    kept.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// Characters that change the order of the text around them, or have no shape: they can make a name
/// or an address read as another. Marks of Arabic, Hebrew or emoji (U+200C to U+200F) stay.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{200B}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{block, line};

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(
            line("  Jean\u{a0}\u{a0}Dupont\r\nBcc: x@y.fr\0 "),
            "Jean Dupont Bcc: x@y.fr"
        );
        assert_eq!(line("د. محمد"), "د. محمد");
        assert_eq!(line("\u{202E}piege"), "piege");
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("un\r\ndeux\rtrois\n\n"), "un\ndeux\ntrois");
        assert_eq!(block("a\0b\u{1b}[31m"), "ab[31m");
        assert_eq!(block("10 mai   appel"), "10 mai   appel");
    }
}
