//! Words that readers see: French typography, dated figures of the law, days.

use super::context::Day;
use crate::parse::contacts::Contacts;
use crate::parse::dates;
use crate::parse::law::Law;
use crate::slot::{self, Part};
use crate::typography;
use jiff::civil::Date;

/// Turns what authors typed into what readers read, at the day of the build.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The figures of the law.
    pub law: &'a Law,
    /// How to reach the commission and the ADIL.
    pub contacts: &'a Contacts,
    /// The day of the build.
    pub today: Date,
}

impl Words<'_> {
    /// Typography, and `{{ param(id) }}` replaced by its figure. Plain text: templates escape it.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let parts = slot::split(text).into_iter();
        let filled: String = parts
            .map(|(part, range)| match part {
                Part::Slot(words) => self.slot(words),
                Part::Text(_) | Part::Unclosed => text[range].to_owned(),
            })
            .collect();
        typography::text(&filled)
    }

    /// The figure or the coordinate that a slot asks for. An unknown one, which the checks report, shows as it was typed.
    #[must_use]
    pub fn slot(&self, words: &str) -> String {
        if let Some(told) = slot::coordinate(words).and_then(|key| self.contacts.words(key)) {
            return typography::text(&told);
        }
        let figure = slot::parameter(words)
            .and_then(|id| self.law.parameters.get(id))
            .and_then(|parameter| parameter.words_at(self.today));
        figure.unwrap_or_else(|| format!("{{{{ {words} }}}}"))
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self {
            iso: date.to_string(),
            words: typography::text(&dates::words(date)),
        }
    }
}

/// Escapes the five marks that HTML gives a meaning to.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_figures_show_as_typed() {
        let law = Law::default();
        let contacts = Contacts::default();
        let words = Words {
            law: &law,
            contacts: &contacts,
            today: Date::constant(2026, 3, 1),
        };
        assert_eq!(words.fill("l'{{ param(x) }} ?"), "l’{{ param(x) }}\u{202f}?");
        assert_eq!(
            words.fill("ADIL : {{ coordonnee(adil_telephone) }}."),
            "ADIL\u{a0}: à chercher sur anil.org."
        );
        assert_eq!(Day::from(words.today).words, "1er\u{a0}mars 2026");
        assert_eq!(escape("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
    }
}
