//! Text of an expression -> tokens. Declared names may hold spaces, accents and apostrophes; the
//! longest declared name at a place wins.

use super::scope::{Name, Scope};
use crate::date::Date;

/// Longest expression read, in bytes; a longer one is refused before anything else.
pub(crate) const MAX_LENGTH: usize = 4_000;

/// What a number is followed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    None,
    Percent,
    Euro,
    Months,
    Days,
    Years,
}

/// A number as written: `mantissa` × 10^-`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) mantissa: i64,
    pub(crate) decimals: u32,
    pub(crate) suffix: Suffix,
}

impl Number {
    /// The value × 10^`places`, when it is a whole number.
    pub(crate) fn scaled(self, places: u32) -> Option<i64> {
        if self.decimals > places {
            return None;
        }
        self.mantissa
            .checked_mul(10_i64.checked_pow(places - self.decimals)?)
    }
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Name(Name),
    Word,
    Number(Number),
    Date(Date),
    /// `et ou non contient` and the signs.
    Sign(&'static str),
}

/// A token and its range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) token: Token,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Why a text cannot be read: message and range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Unreadable {
    pub(crate) fn new(message: impl Into<String>, start: usize, end: usize) -> Self {
        Self {
            message: message.into(),
            hint: None,
            start,
            end,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

const SIGNS: [&str; 13] = ["!=", "<=", ">=", "≠", "≤", "≥", "=", "<", ">", "(", ")", "+", ","];
/// Words of the language; no declared name may hold one.
pub(crate) const KEYWORDS: [&str; 4] = ["et", "ou", "non", "contient"];

/// Cuts a text into tokens.
pub(crate) fn lex(text: &str, scope: &Scope) -> Result<Vec<Spot>, Unreadable> {
    if text.len() > MAX_LENGTH {
        let message = format!(
            "cette expression est trop longue ({} caractères, au plus {MAX_LENGTH})",
            text.len()
        );
        return Err(Unreadable::new(message, 0, text.len()).hint("Coupez-la en plusieurs faits nommés."));
    }
    let mut spots = Vec::new();
    let mut at = 0;
    let mut parentheses = 0_usize;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, end) = token(text, at, c, scope, parentheses > 0)?;
        match &token {
            Token::Sign("(") => parentheses += 1,
            Token::Sign(")") => parentheses = parentheses.saturating_sub(1),
            _ => {}
        }
        spots.push(Spot {
            token,
            start: at,
            end,
        });
        at = end;
    }
    Ok(spots)
}

/// The token that starts at `at`, and its end.
fn token(text: &str, at: usize, c: char, scope: &Scope, inside: bool) -> Result<(Token, usize), Unreadable> {
    if c.is_alphabetic() {
        if let Some((name, end)) = scope.longest(text, at) {
            return Ok((Token::Name(name), end));
        }
        let end = word_end(text, at);
        let word = &text[at..end];
        let keyword = KEYWORDS.iter().find(|k| **k == word);
        return Ok((keyword.map_or(Token::Word, |k| Token::Sign(k)), end));
    }
    if c.is_ascii_digit() {
        return number(text, at, inside);
    }
    if let Some(sign) = SIGNS.iter().find(|sign| text[at..].starts_with(**sign)) {
        let plain = match *sign {
            "≠" => "!=",
            "≤" => "<=",
            "≥" => ">=",
            other => other,
        };
        return Ok((Token::Sign(plain), at + sign.len()));
    }
    match c {
        '-' | '−' => Ok((Token::Sign("-"), at + c.len_utf8())),
        '*' | '×' => Ok((Token::Sign("*"), at + c.len_utf8())),
        '{' | '}' => Err(Unreadable::new("une expression ne s’écrit pas entre accolades", at, at + 1)
            .hint("En YAML, une virgule entre accolades couperait l’expression : écrivez-la seule après les deux-points.")),
        _ => {
            let shown = if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { c.to_string() };
            Err(Unreadable::new(format!("le signe « {shown} » n’a pas de sens ici"), at, at + c.len_utf8()))
        }
    }
}

/// End of a word: letters, digits, and hyphens or apostrophes between them.
pub(crate) fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let joins = matches!(c, '-' | '\'' | '’' | '_')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins {
            break;
        }
        end = start + offset + c.len_utf8();
    }
    end
}

/// A date, a number with its unit, or a word that begins with digits (`2A`).
fn number(text: &str, at: usize, inside: bool) -> Result<(Token, usize), Unreadable> {
    let rest = &text[at..];
    if let Some(candidate) = rest
        .get(..10)
        .filter(|c| c.as_bytes()[4] == b'-' && c.as_bytes()[7] == b'-')
    {
        let Some(date) = Date::from_iso(candidate) else {
            let message = format!("la date « {candidate} » n’existe pas");
            return Err(Unreadable::new(message, at, at + 10)
                .hint("Écrivez une date ainsi : 2026-08-31 (année, mois, jour)."));
        };
        return Ok((Token::Date(date), at + 10));
    }
    let (digits, decimals, mut end) = digits(text, at, inside);
    if text[end..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '-' && word_end(text, at) > end + 1)
    {
        return Ok((Token::Word, word_end(text, at)));
    }
    let Ok(mantissa) = digits.parse::<i64>() else {
        return Err(Unreadable::new("ce nombre est trop grand", at, end));
    };
    if mantissa > 1_000_000_000_000 {
        return Err(Unreadable::new("ce nombre est trop grand", at, end));
    }
    let after = end + text[end..].len() - text[end..].trim_start().len();
    let mut suffix = Suffix::None;
    for (word, found) in [("%", Suffix::Percent), ("€", Suffix::Euro)] {
        if text[after..].starts_with(word) {
            (suffix, end) = (found, after + word.len());
        }
    }
    if text[after..].chars().next().is_some_and(char::is_alphabetic) {
        let word = &text[after..word_end(text, after)];
        let found = match word {
            "mois" => Suffix::Months,
            "jour" | "jours" => Suffix::Days,
            "an" | "ans" => Suffix::Years,
            "euro" | "euros" => Suffix::Euro,
            _ => Suffix::None,
        };
        if found != Suffix::None {
            (suffix, end) = (found, after + word.len());
        }
    }
    Ok((
        Token::Number(Number {
            mantissa,
            decimals,
            suffix,
        }),
        end,
    ))
}

/// The digits of a number without their separators, how many are decimals, and where they end.
/// Between parentheses a comma separates arguments; elsewhere it may begin the decimals.
fn digits(text: &str, at: usize, inside: bool) -> (String, u32, usize) {
    let run = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = at + run(at);
    let mut digits = text[at..end].to_owned();
    // Groups of three digits after a space: 5 000.
    while digits.len() <= 15 {
        let Some(space) = text[end..]
            .chars()
            .next()
            .filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        else {
            break;
        };
        let from = end + space.len_utf8();
        if run(from) != 3 || text[from + 3..].starts_with('-') {
            break;
        }
        digits.push_str(&text[from..from + 3]);
        end = from + 3;
    }
    let point = text[end..]
        .chars()
        .next()
        .is_some_and(|c| c == '.' || c == ',' && !inside);
    let places = if point { run(end + 1) } else { 0 };
    if places == 0 || places > 3 {
        return (digits, 0, end);
    }
    digits.push_str(&text[end + 1..end + 1 + places]);
    (digits, u32::try_from(places).unwrap_or(0), end + 1 + places)
}
