//! Plain language as advice: long sentences, and words that have a plainer one. It never fails a build.

use crate::body::{Body, PieceKind};
use crate::parse::plain_words::PlainWord;
use crate::report;
use crate::site::Site;
use crate::source::{Sources, Span};
use pulldown_cmark::{Event, TagEnd};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Words that a sentence should not pass: beyond, readers lose its beginning.
pub const LONGEST: usize = 20;
/// Longest sentences shown for a text.
const WORST: usize = 3;

/// A sentence and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its text.
    pub text: String,
    /// How many words it has.
    pub words: usize,
    /// Where it begins.
    pub span: Span,
}

/// A word that has a plainer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heavy {
    /// The word.
    pub word: String,
    /// What to write instead.
    pub plain: String,
    /// Where its sentence begins.
    pub span: Span,
}

/// What there is to say of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Path of the file.
    pub path: Arc<str>,
    /// Number of sentences.
    pub sentences: usize,
    /// Words in all.
    pub words: usize,
    /// How many sentences are too long.
    pub long: usize,
    /// The longest of those, the worst first.
    pub worst: Vec<Sentence>,
    /// Words that have a plainer one.
    pub heavy: Vec<Heavy>,
}

impl Advice {
    /// Whether there is something to mend.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.long > 0 || !self.heavy.is_empty()
    }
}

/// The advice for every file of the site, the one with most to mend first.
#[must_use]
pub fn advise(site: &Site) -> Vec<Advice> {
    let mut files: BTreeMap<Arc<str>, Vec<Sentence>> = BTreeMap::new();
    for body in bodies(site) {
        for sentence in sentences(body) {
            files
                .entry(sentence.span.path.clone())
                .or_default()
                .push(sentence);
        }
    }
    let mut all: Vec<_> = files
        .into_iter()
        .map(|(path, sentences)| one(path, sentences, &site.plain_words))
        .collect();
    all.sort_by_key(|advice| std::cmp::Reverse(advice.long + advice.heavy.len()));
    all
}

fn bodies(site: &Site) -> impl Iterator<Item = &Body> {
    let guides = site.guides.values().map(|guide| &guide.body);
    let pages = site.pages.values().map(|page| &page.body);
    let terms = site.terms.values().map(|term| &term.body);
    let faq = site.faq.iter().map(|theme| &theme.body);
    let trees = site.trees.values().flat_map(|tree| {
        let outcomes = tree.outcomes.values().map(|words| &words.body);
        outcomes.chain([&tree.start.body])
    });
    guides.chain(pages).chain(terms).chain(faq).chain(trees)
}

fn one(path: Arc<str>, sentences: Vec<Sentence>, plain_words: &[PlainWord]) -> Advice {
    let heavy = sentences
        .iter()
        .flat_map(|sentence| heavy(sentence, plain_words))
        .collect();
    let words = sentences.iter().map(|sentence| sentence.words).sum();
    let count = sentences.len();
    let mut worst: Vec<_> = sentences
        .into_iter()
        .filter(|sentence| sentence.words > LONGEST)
        .collect();
    let long = worst.len();
    worst.sort_by_key(|sentence| std::cmp::Reverse(sentence.words));
    worst.truncate(WORST);
    Advice {
        path,
        sentences: count,
        words,
        long,
        worst,
        heavy,
    }
}

fn heavy(sentence: &Sentence, plain_words: &[PlainWord]) -> Vec<Heavy> {
    // Between spaces, so that only whole words are found; an elision keeps its apostrophe.
    let text = sentence.text.to_lowercase().replace('’', "'");
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '\'' || c == '-' {
                c
            } else {
                ' '
            }
        })
        .collect();
    let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    let holds = |word: &str| {
        let word = word.to_lowercase().replace('’', "'");
        let end = if word.ends_with('\'') { "" } else { " " };
        spaced.contains(&format!(" {word}{end}"))
    };
    let mut found = Vec::new();
    for entry in plain_words {
        for word in entry.words.iter().filter(|word| holds(&word.value)) {
            found.push(Heavy {
                word: word.value.clone(),
                plain: entry.plain.value.clone(),
                span: sentence.span.clone(),
            });
        }
    }
    found
}

/// The sentences of a text; what is quoted from somebody else is left out.
#[must_use]
pub fn sentences(body: &Body) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut run = Run::default();
    let mut quoted = 0_usize;
    for piece in &body.pieces {
        match &piece.kind {
            PieceKind::Open(directive) => {
                run.close(&mut found);
                quoted += usize::from(quoted > 0 || directive.name == "citation");
            }
            PieceKind::Close => {
                run.close(&mut found);
                quoted = quoted.saturating_sub(1);
            }
            PieceKind::Event(Event::Text(text) | Event::Code(text)) if quoted == 0 => {
                run.add(text, &piece.span, &mut found);
            }
            // A figure or a date that the build puts there.
            PieceKind::Slot(_) if quoted == 0 => run.add("1", &piece.span, &mut found),
            PieceKind::Event(Event::SoftBreak | Event::HardBreak) => run.add(" ", &piece.span, &mut found),
            PieceKind::Event(Event::End(end)) if !is_inline(*end) => run.close(&mut found),
            _ => {}
        }
    }
    run.close(&mut found);
    found
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// A sentence being gathered.
#[derive(Default)]
struct Run {
    text: String,
    start: Option<Span>,
}

impl Run {
    fn add(&mut self, text: &str, span: &Span, found: &mut Vec<Sentence>) {
        for c in text.chars() {
            // A mark ends a sentence when a space follows and the word before it is no abbreviation.
            if c.is_whitespace() && self.ends_sentence() {
                self.close(found);
                continue;
            }
            if !c.is_whitespace() && self.start.is_none() {
                self.start = Some(span.clone());
            }
            self.text.push(c);
        }
    }

    fn ends_sentence(&self) -> bool {
        let text = self.text.trim_end();
        if text.ends_with(['!', '?', '…']) {
            return true;
        }
        let Some(before) = text.strip_suffix('.') else {
            return false;
        };
        let last = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        !(last.chars().count() < 2 && last.chars().all(char::is_alphabetic)
            || ["art", "al", "réf", "min"].contains(&last))
    }

    fn close(&mut self, found: &mut Vec<Sentence>) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if let Some(span) = self.start.take() {
            let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
            let words = text.split_whitespace().filter(is_word).count();
            if words > 0 {
                found.push(Sentence { text, words, span });
            }
        }
    }
}

/// The advice as text; `sources` give the lines.
#[must_use]
pub fn text(advice: &[Advice], sources: &Sources) -> String {
    let line = |span: &Span| {
        sources
            .text(&span.path)
            .map_or(0, |source| report::position(&source.text, span.start).0)
    };
    let mut out = String::new();
    for file in advice.iter().filter(|file| file.is_needed()) {
        let mean = file.words / file.sentences.max(1);
        let _ = writeln!(
            out,
            "{} : {} phrases de {mean} mots en moyenne, {} de plus de {LONGEST} mots",
            file.path, file.sentences, file.long
        );
        for sentence in &file.worst {
            let _ = writeln!(
                out,
                "  ligne {}, {} mots : « {} »",
                line(&sentence.span),
                sentence.words,
                sentence.text
            );
        }
        for heavy in &file.heavy {
            let _ = writeln!(
                out,
                "  ligne {} : au lieu de « {} », écrivez : {}",
                line(&heavy.span),
                heavy.word,
                heavy.plain
            );
        }
        out.push('\n');
    }
    let (sentences, words, long) = advice.iter().fold((0, 0, 0), |(sentences, words, long), file| {
        (sentences + file.sentences, words + file.words, long + file.long)
    });
    let heavy: usize = advice.iter().map(|file| file.heavy.len()).sum();
    let _ = write!(
        out,
        "{sentences} phrases de {} mots en moyenne ; {long} de plus de {LONGEST} mots ; {heavy} mots à remplacer. Ce sont des conseils.",
        words / sentences.max(1)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use jiff::civil::Date;

    fn advice(body: &str) -> (Vec<Advice>, Sources) {
        let mut sources = Sources::default();
        sources.insert(
            "content/guides/a.md",
            &format!("---\ntitre: A\ndescription: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n---\n{body}"),
        );
        sources.insert(
            parse::plain_words::PLAIN_WORDS,
            "- mots: [nonobstant, afin d']\n  simple: malgré\n",
        );
        (
            advise(&parse::parse(&sources, Date::constant(2026, 11, 25)).0),
            sources,
        )
    }

    #[test]
    fn sentences_end_at_marks_and_blocks_and_not_at_abbreviations() {
        let (found, _) = advice(
            "## Un titre\n\nL'art. 22 et M. Roux. Deux **mots ici** ! Trois\nlignes ?\n\n- un\n- deux\n",
        );
        assert_eq!((found[0].sentences, found[0].long), (6, 0), "{found:?}");
    }

    #[test]
    fn the_three_longest_and_the_heavy_words_are_told_with_their_lines() {
        let long = |n: usize| vec!["mot"; n].join(" ");
        let body = format!(
            "{}.\n\n{}.\n\n{}.\n\n{}.\n\nNonobstant cela, afin d’aller.\n\n:::citation{{auteur=\"A\"}}\n{}.\n:::\n",
            long(21),
            long(30),
            long(25),
            long(22),
            long(90)
        );
        let (found, sources) = advice(&body);
        let worst: Vec<_> = found[0].worst.iter().map(|sentence| sentence.words).collect();
        assert_eq!((found[0].long, worst), (4, vec![30, 25, 22]));
        assert_eq!(found[0].heavy.len(), 2);
        let text = text(&found, &sources);
        assert!(text.contains("ligne 12, 30 mots : « mot mot"), "{text}");
        assert!(
            text.contains("ligne 18 : au lieu de « nonobstant », écrivez : malgré"),
            "{text}"
        );
    }
}
