//! Starting files for authors: complete, valid, and honest about what is still to be written.

use crate::parse::dates;
use crate::parse::glossary::GLOSSARY;
use crate::parse::guide::GUIDES;
use crate::parse::letter::LETTERS;
use crate::parse::markdown::headings::anchor;
use crate::parse::tree::TREES;
use jiff::ToSpan;
use jiff::civil::Date;

/// What an author may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A guide, as a draft.
    Guide,
    /// A questionnaire: three questions, three outcomes, three scenarios.
    Tree,
    /// A letter that belongs to no questionnaire.
    Letter,
    /// A word of the glossary, as a draft.
    Term,
}

const TREE: &[(&str, &str)] = &[
    ("arbre.md", include_str!("diagnostic/arbre.md")),
    (
        "questions/profil.md",
        include_str!("diagnostic/questions/profil.md"),
    ),
    (
        "questions/demande.md",
        include_str!("diagnostic/questions/demande.md"),
    ),
    (
        "questions/date-demande.md",
        include_str!("diagnostic/questions/date-demande.md"),
    ),
    (
        "issues/demander.md",
        include_str!("diagnostic/issues/demander.md"),
    ),
    (
        "issues/attendre.md",
        include_str!("diagnostic/issues/attendre.md"),
    ),
    ("issues/saisir.md", include_str!("diagnostic/issues/saisir.md")),
    ("scenarios.yaml", include_str!("diagnostic/scenarios.yaml")),
];

/// Months between the start of a text and its first review.
const REVIEW: i8 = 6;

/// The files to write, by path, for a title: « Le bail » gives `content/guides/le-bail.md`.
#[must_use]
pub fn files(kind: Kind, title: &str, today: Date) -> Vec<(String, String)> {
    let slug = anchor(title);
    let fill = |template: &str| fill(template, title, today);
    match kind {
        Kind::Guide => vec![(format!("{GUIDES}{slug}.md"), fill(include_str!("guide.md")))],
        Kind::Letter => vec![(format!("{LETTERS}{slug}.md"), fill(include_str!("courrier.md")))],
        Kind::Term => vec![(format!("{GLOSSARY}{slug}.md"), fill(include_str!("terme.md")))],
        Kind::Tree => TREE
            .iter()
            .map(|(path, template)| (format!("{TREES}{slug}/{path}"), fill(template)))
            .collect(),
    }
}

/// The title stands between double quotes of YAML, where two marks must be escaped.
fn fill(template: &str, title: &str, today: Date) -> String {
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    let review = review(today);
    template
        .replace("@@TITRE@@", &quoted)
        .replace("@@JOUR@@", &today.to_string())
        .replace("@@REVUE@@", &review.to_string())
}

/// « 25 mai 2027 »: when the text is to be read again.
#[must_use]
pub fn review_day(today: Date) -> String {
    dates::words(review(today))
}

/// The day of the next review of a text that is read today.
#[must_use]
pub fn review(today: Date) -> Date {
    today.saturating_add(i32::from(REVIEW).months())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_comes_from_the_title_and_the_title_is_quoted() {
        let files = files(Kind::Guide, "L'« été » \"bref\"", Date::constant(2026, 8, 31));
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].0, "content/guides/l-ete-bref.md");
        assert!(files[0].1.contains("titre: \"L'« été » \\\"bref\\\"\"\n"));
        assert!(
            files[0].1.contains("prochaine_revue: 2027-02-28\n"),
            "the end of a short month"
        );
        assert!(!files[0].1.contains("@@"));
    }
}
