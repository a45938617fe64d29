//! French typography, on words only: never on code, addresses or identifiers.
//!
//! Spaces that authors type become no-break before `: ; ! ? » %`, after `«`, inside numbers, dates and
//! references; straight apostrophes and three dots become `’` and `…`.

pub mod template;

use decision_tree::date::MONTHS;

const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';
/// Words that hold the number or the name after them.
const HOLDS: [&str; 14] = [
    "n°", "art.", "article", "articles", "Article", "Articles", "art", "§", "p.", "M.", "Mme", "MM.", "Me",
    "Dr",
];

/// The same words with French typography. Doing it twice changes nothing more.
#[must_use]
pub fn text(words: &str) -> String {
    after(words, None)
}

/// The same for a stretch that follows the character `before` without a break (bold, a link…).
#[must_use]
pub fn after(words: &str, before: Option<char>) -> String {
    let chars: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len() + 16);
    let mut index = 0;
    while index < chars.len() {
        let c = chars[index];
        let last = out.chars().next_back().or(before);
        let next = chars.get(index + 1).copied();
        match c {
            '\'' if last.is_some_and(char::is_alphanumeric) => out.push('’'),
            '.' if next == Some('.')
                && chars.get(index + 2) == Some(&'.')
                && chars.get(index + 3) != Some(&'.') =>
            {
                out.push('…');
                index += 2;
            }
            ' ' | NBSP | NARROW => out.push(space(&out, &chars[index + 1..], c, last)),
            ';' | '!' | '?' if glued(last, next, &out) => {
                out.push(NARROW);
                out.push(c);
            }
            '»' if last.is_some_and(|c| !c.is_whitespace()) => {
                out.push(NBSP);
                out.push(c);
            }
            '«' if next.is_some_and(|c| !c.is_whitespace()) => {
                out.push(c);
                out.push(NBSP);
            }
            c => out.push(c),
        }
        index += 1;
    }
    out
}

/// The no-break space that a double mark wants before or after it, whatever stands further away.
fn around(last: Option<char>, next: Option<char>) -> Option<char> {
    match (last, next) {
        (_, Some(';' | '!' | '?')) => Some(NARROW),
        (_, Some(':' | '»')) | (Some('«'), _) => Some(NBSP),
        _ => None,
    }
}

/// Which space stands between what is written and what follows.
fn space(done: &str, rest: &[char], typed: char, last: Option<char>) -> char {
    let next = rest.first().copied();
    if let Some(set) = around(last, next) {
        return set;
    }
    match (last, next) {
        (Some(d), Some('%' | '€' | '‰')) if d.is_ascii_digit() => NBSP,
        (Some(d), Some(n)) if d.is_ascii_digit() && n.is_ascii_digit() && telephone(done, rest) => NBSP,
        (Some(d), Some(n)) if d.is_ascii_digit() && n.is_ascii_digit() && thousands(done, rest) => NARROW,
        (Some(_), Some(n)) if held(done, n, rest) => NBSP,
        _ => typed,
    }
}

/// A mark typed right after a word, at its end: « quoi? ».
fn glued(last: Option<char>, next: Option<char>, done: &str) -> bool {
    let word = done.rsplit([' ', NBSP, NARROW]).next().unwrap_or_default();
    last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '’'))
        && next.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '»'))
        && !word.contains("://")
}

/// « 01 41 60 67 00 », « 0 805 16 00 75 »: ten digits in groups, the first of them a zero. A number cut at the
/// end of a line is copied wrong.
fn telephone(done: &str, rest: &[char]) -> bool {
    let part = |c: &char| c.is_ascii_digit() || matches!(*c, ' ' | NBSP | NARROW);
    let before: Vec<char> = done.chars().rev().take_while(part).collect();
    let digits: Vec<char> = before
        .into_iter()
        .rev()
        .chain(rest.iter().copied().take_while(part))
        .filter(char::is_ascii_digit)
        .collect();
    digits.len() == 10 && digits[0] == '0'
}

/// « 1 250 »: one to three digits, then groups of exactly three.
fn thousands(done: &str, rest: &[char]) -> bool {
    let group = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let head: String = done
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_digit() || *c == NARROW)
        .collect();
    let first = head.chars().take_while(|c| *c != NARROW).count();
    let inside = head.contains(NARROW);
    group == 3
        && if inside {
            first == 3
        } else {
            (1..=3).contains(&first) && !head.ends_with('0')
        }
}

/// Whether the last word holds on to what follows: « n° 89 », « 1er mars », « M. Durand ».
fn held(done: &str, next: char, rest: &[char]) -> bool {
    let word = done
        .rsplit([' ', NBSP, NARROW, '(', '’'])
        .next()
        .unwrap_or_default();
    let is_day = word == "1er" || (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if is_day {
        let following: String = rest.iter().take_while(|c| c.is_alphabetic()).collect();
        return MONTHS.contains(&following.as_str());
    }
    HOLDS.contains(&word) && (next.is_ascii_digit() || word.starts_with('M') && next.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn sets_no_break_spaces_around_marks() {
        for (typed, set) in [
            (
                "Quoi ? Non ! Ah ; oui : « mot ».",
                "Quoi\u{202f}? Non\u{202f}! Ah\u{202f}; oui\u{a0}: «\u{a0}mot\u{a0}».",
            ),
            (
                "Quoi? (oui!) «mot»",
                "Quoi\u{202f}? (oui\u{202f}!) «\u{a0}mot\u{a0}»",
            ),
            ("10 % de 700 €", "10\u{a0}% de 700\u{a0}€"),
            (
                "1 250,50 € ou 10 000 000",
                "1\u{202f}250,50\u{a0}€ ou 10\u{202f}000\u{202f}000",
            ),
        ] {
            assert_eq!(text(typed), set);
            assert_eq!(text(set), set, "a second pass");
        }
    }

    #[test]
    fn holds_references_dates_and_names() {
        for (typed, set) in [
            (
                "l'article 22 de la loi n° 89-462",
                "l’article\u{a0}22 de la loi n°\u{a0}89-462",
            ),
            ("(art. 7-1)", "(art.\u{a0}7-1)"),
            (
                "le 1er mars et le 23 novembre",
                "le 1er\u{a0}mars et le 23\u{a0}novembre",
            ),
            ("M. Durand et Mme Élise", "M.\u{a0}Durand et Mme\u{a0}Élise"),
            ("Attendez...", "Attendez…"),
            (
                "au 0 806 706 806 (appel) ou au 01 41 60 67 00",
                "au 0\u{a0}806\u{a0}706\u{a0}806 (appel) ou au 01\u{a0}41\u{a0}60\u{a0}67\u{a0}00",
            ),
        ] {
            assert_eq!(text(typed), set);
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        for same in ["https://a.fr/?x", "2026 300", "10:30", "'80", "a.b?c=d;e"] {
            assert_eq!(text(same), same);
        }
    }
}
