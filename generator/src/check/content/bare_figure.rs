//! A figure of the law stands once, in the registry: next to an article, it is written by its name.

use crate::body::{Body, Piece, PieceKind};
use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::law::{PARAMETERS, Unit};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for body in content.every_body() {
        for block in blocks(body) {
            if cites(block) {
                for piece in block {
                    figures(content, piece, faults);
                }
            }
        }
    }
}

/// Runs of pieces between the bounds of paragraphs, items, cells and headings.
fn blocks(body: &Body) -> impl Iterator<Item = &[Piece]> {
    body.pieces.split(|piece| match &piece.kind {
        PieceKind::Open(_) | PieceKind::Close => true,
        PieceKind::Event(Event::Start(tag)) => matches!(
            tag,
            Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::Heading { .. } | Tag::CodeBlock(_)
        ),
        PieceKind::Event(Event::End(tag)) => {
            matches!(tag, TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell)
        }
        _ => false,
    })
}

/// Whether a block names an article.
fn cites(block: &[Piece]) -> bool {
    block.iter().any(|piece| match &piece.kind {
        PieceKind::Event(Event::Text(text)) => text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case("article") || word.eq_ignore_ascii_case("articles")),
        _ => false,
    })
}

fn figures(content: &Content, piece: &Piece, faults: &mut Diagnostics) {
    let PieceKind::Event(Event::Text(text)) = &piece.kind else {
        return;
    };
    for (range, figure) in found(text) {
        let mut place = piece.span.clone();
        // The text and its source differ where the author escaped a mark: then the whole text is shown.
        if place.end - place.start == text.len() {
            place = crate::source::Span {
                start: place.start + range.start,
                end: place.start + range.end,
                ..place
            };
        }
        let message = format!("« {} » est un chiffre de la loi, écrit à la main.", &text[range]);
        faults.push(Diagnostic::warning("chiffre-nu", place, message).hint(cure(content, &figure)));
    }
}

fn cure(content: &Content, figure: &Figure) -> String {
    let parameters = content.site.law.parameters.values();
    let same = parameters.filter(|parameter| {
        parameter.unit == figure.unit && parameter.at(content.site.today) == Some(figure.value)
    });
    let slots: Vec<String> = same
        .take(4)
        .map(|parameter| {
            let source = parameter.held(content.site.today).map(|value| &value.source);
            let source = source
                .filter(|source| !source.is_empty())
                .map_or_else(String::new, |source| format!(" ({source})"));
            format!("{{{{ param({}) }}}}{source}", parameter.id)
        })
        .collect();
    if slots.is_empty() {
        format!("Aucun paramètre n'a cette valeur : vérifiez-la, ou ajoutez-la dans {PARAMETERS}.")
    } else {
        format!("Écrivez-le par son nom : {}.", slots.join(" ou "))
    }
}

/// A number with a unit of the law, in stored units.
#[derive(Debug, PartialEq, Eq)]
struct Figure {
    value: i64,
    unit: Unit,
}

/// The figures of a text: digits, a space, a unit.
fn found(text: &str) -> Vec<(Range<usize>, Figure)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..]
        .find(|c: char| c.is_ascii_digit())
        .map(|at| at + from)
    {
        let digits = digits(&text[start..]);
        let number = &text[start..start + digits];
        from = start + digits;
        let after = &text[from..];
        let rest = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let word_end = rest
            .find(|c: char| !c.is_alphabetic() && c != '%' && c != '€')
            .unwrap_or(rest.len());
        let before = text[..start].chars().next_back();
        let inside = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ','));
        if !inside && let Some(figure) = figure(number, &rest[..word_end]) {
            let end = from + (after.len() - rest.len()) + word_end;
            found.push((start..end, figure));
        }
    }
    found
}

/// Length of a number: digits, with spaces between groups of three and one decimal comma.
fn digits(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
        if c.is_ascii_digit() {
            end = at + 1;
        } else if !(next_is_digit && matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}')) {
            break;
        }
    }
    end
}

fn figure(number: &str, unit: &str) -> Option<Figure> {
    let plain: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == ',')
        .collect();
    let (whole, decimals) = plain.split_once(',').unwrap_or((&plain, ""));
    let whole: i64 = whole.parse().ok()?;
    let scaled = |digits: usize| -> Option<i64> {
        let padded = format!("{decimals:0<digits$}");
        let part: i64 = if digits == 0 {
            0
        } else {
            padded.get(..digits)?.parse().ok()?
        };
        whole
            .checked_mul(10_i64.checked_pow(u32::try_from(digits).ok()?)?)?
            .checked_add(part)
    };
    let (value, unit) = match unit {
        "mois" => (scaled(0)?, Unit::Months),
        "jour" | "jours" => (scaled(0)?, Unit::Days),
        "an" | "ans" => (scaled(0)?, Unit::Years),
        "%" => (scaled(1)?, Unit::Percent),
        "€" | "euros" => (scaled(2)?, Unit::Euros),
        _ => return None,
    };
    Some(Figure { value, unit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::content::tests::{faults, told};

    #[test]
    fn figures_are_read_with_their_unit() {
        let read = |text: &str| {
            found(text)
                .into_iter()
                .map(|(range, figure)| (text[range].to_owned(), figure.value))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read("sous 21 jours, puis 5\u{202f}000 € ou 2,5 %"),
            [
                ("21 jours".to_owned(), 21),
                ("5\u{202f}000 €".to_owned(), 500_000),
                ("2,5 %".to_owned(), 25),
            ]
        );
        assert_eq!(read("article 22, loi 89-462 du 6 juillet 1989, 17-2 mois"), []);
    }

    #[test]
    fn a_figure_beside_an_article_is_told_with_its_name() {
        let told = told(
            "",
            "Un mois de loyer : 1 mois (article 22).\n\nUn exemple : 1 mois.\n\n- 3 jours, articles 2 et 3\n",
        );
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|(rule, _)| *rule == "chiffre-nu"));
        assert_eq!(told[0].1, "Écrivez-le par son nom : {{ param(plafond) }} (S).");
        assert!(told[1].1.starts_with("Aucun paramètre"));
        let place = faults("", "Dans 1 mois (article 22).\n")[0]
            .place
            .clone()
            .expect("a place");
        assert_eq!(place.end - place.start, "1 mois".len());
    }
}
