//! Frequent questions: one file a theme in `content/faq`, one heading `##` a question.

use super::directive::GUIDE;
use super::fields::{Fields, Located};
use super::guide::review;
use super::{front_matter, markdown, slug_of};
use crate::body::Body;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Review, Slug};
use crate::source::{Source, Sources};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folder of the frequent questions.
pub const FAQ: &str = "content/faq/";
/// Address of the page that shows them all.
pub const ADDRESS: &str = "/questions-frequentes/";

/// Questions on one theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Name of the file; the theme's anchor.
    pub slug: Slug,
    /// Path of the file.
    pub path: Arc<str>,
    /// Name of the theme.
    pub title: Located<String>,
    /// Place in the page: small first.
    pub order: u32,
    /// Who answers for it, and until when.
    pub review: Review,
    /// The questions (headings of level 2) and their answers.
    pub body: Body,
}

/// Reads the themes, in the order of the page.
pub fn parse(sources: &Sources, today: Date, faults: &mut Diagnostics) -> Vec<Theme> {
    let files = sources.under(FAQ).filter(|source| source.path.ends_with(".md"));
    let mut themes: Vec<Theme> = files.filter_map(|source| theme(source, today, faults)).collect();
    themes.sort_by(|a, b| (a.order, &a.slug).cmp(&(b.order, &b.slug)));
    // The anchors of the page: those of the themes, then one a question, told when two files ask the same.
    let mut taken: BTreeMap<String, &Theme> = BTreeMap::new();
    for theme in &themes {
        for heading in theme.body.headings() {
            if let Some(first) = taken.insert(heading.id.clone(), theme) {
                let message = format!("La question « {} » est déjà posée.", heading.text);
                faults.push(Diagnostic::error("question", heading.span, message).hint(format!(
                    "Elle est dans « {} » : gardez une seule réponse, ou précisez la question.",
                    first.path
                )));
            }
        }
    }
    themes
}

fn theme(source: &Source, today: Date, faults: &mut Diagnostics) -> Option<Theme> {
    let slug = slug_of(source, FAQ, faults);
    let (head, body) = front_matter::read(source, faults)?;
    let mut fields = Fields::new(&head, faults);
    let title = fields.required("titre");
    let order = order(&mut fields);
    let review = review(&mut fields, today);
    fields.finish();
    let body = markdown::parse(source, body, &[GUIDE], faults);
    headings(&body, faults);
    Some(Theme {
        slug: slug?,
        path: source.path.clone(),
        title,
        order,
        review,
        body,
    })
}

fn order(fields: &mut Fields) -> u32 {
    let Some(text) = fields.text("ordre") else {
        return u32::MAX;
    };
    text.value.parse().unwrap_or_else(|_| {
        let message = format!("« {} » n'est pas un numéro d'ordre.", text.value);
        fields.faults().push(
            Diagnostic::error("cle-valeur", text.span, message).hint("Écrivez par exemple « ordre: 2 »."),
        );
        u32::MAX
    })
}

/// Headings are questions; an answer has none of its own.
fn headings(body: &Body, faults: &mut Diagnostics) {
    for heading in body.headings() {
        let words = heading.text.trim();
        if heading.level > 2 {
            faults.push(
                Diagnostic::error(
                    "question",
                    heading.span,
                    "Une réponse n'a pas de titre : elle doit rester courte.",
                )
                .hint(format!(
                    "Retirez les dièses et gardez le texte : « {words} ». Si c'est une autre question : « ## {words} ? »."
                )),
            );
        } else if !heading.text.trim_end().ends_with('?') {
            let message = format!("« {} » n'est pas une question.", heading.text);
            faults.push(
                Diagnostic::error("question", heading.span, message)
                    .hint("Terminez ce titre par « ? », avec les mots de la personne qui cherche."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n---\n";

    #[test]
    fn themes_come_in_order_and_each_heading_is_a_question() {
        let mut sources = Sources::default();
        sources.insert(
            "content/faq/a.md",
            &format!("---\ntitre: A\nordre: 2\n{HEAD}## Combien ?\n\nRien.\n\n### Trop profond\n"),
        );
        sources.insert(
            "content/faq/b.md",
            &format!("---\ntitre: B\nordre: 1\n{HEAD}## Combien ?\n\n## Pas une question\n"),
        );
        let mut faults = Diagnostics::default();
        let themes = parse(&sources, Date::constant(2026, 11, 23), &mut faults);
        let titles: Vec<_> = themes.iter().map(|theme| theme.title.value.as_str()).collect();
        assert_eq!(titles, ["B", "A"]);
        let told: Vec<_> = faults.sorted().into_iter().map(|fault| fault.message).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().any(|message| message.contains("est déjà posée")));
        assert!(
            told.iter()
                .any(|message| message.contains("n'est pas une question"))
        );
    }
}
