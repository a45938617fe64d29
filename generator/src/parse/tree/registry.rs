//! Letters and registries of the law, as the engine wants them.

use super::place::Files;
use super::read::Reader;
use super::text;
use crate::diagnostic::Diagnostics;
use crate::parse::fields::Located;
use crate::parse::law::{self, Law};
use crate::parse::letter::Letter;
use crate::source::Sources;
use decision_tree::source::{
    ArticleSource, DatedValueSource, LetterFieldSource, LetterSource, ParameterSource, TreeSource,
};

/// A letter as the engine compiles it, after this tree or after none.
pub(super) fn letter_source(
    sources: &Sources,
    files: &Files,
    letter: &Letter,
    tree: Option<&str>,
) -> LetterSource {
    let Some(source) = sources.text(&letter.path) else {
        return LetterSource::default();
    };
    let reader = Reader { source, files };
    let raw = |text: &str, span: &crate::source::Span| {
        reader.raw(&Located {
            value: text.to_owned(),
            span: span.clone(),
        })
    };
    LetterSource {
        slug: raw(letter.slug.as_str(), &source.span(0..0)),
        title: reader.raw(&letter.title),
        fields: letter
            .fields
            .iter()
            .map(|field| LetterFieldSource {
                id: reader.raw(&field.id),
                kind: raw(field.kind.name(), &field.id.span),
                label: raw(&field.label, &field.id.span),
                required: field.required,
            })
            .collect(),
        body: text::letter(&reader, letter.blocks.iter().filter(|block| block.stands(tree))),
    }
}

/// The registries, read again as raw texts: the engine has its own checks on them.
pub(super) fn registries(sources: &Sources, files: &Files, tree: &mut TreeSource) {
    let mut unread = Diagnostics::default();
    let law: Law = law::parse(sources, &mut unread);
    let raw =
        |text: String, span: &crate::source::Span| decision_tree::source::Raw::new(text, files.number(span));
    tree.articles = law
        .articles
        .values()
        .map(|article| ArticleSource {
            id: raw(article.id.clone(), &article.span),
            checked_on: article.checked.map(|day| raw(day.to_string(), &article.span)),
            changed_on: article.changed.map(|day| raw(day.to_string(), &article.span)),
        })
        .collect();
    tree.parameters = law
        .parameters
        .values()
        .map(|parameter| ParameterSource {
            id: raw(parameter.id.clone(), &parameter.span),
            unit: raw(parameter.unit.name().to_owned(), &parameter.span),
            values: parameter
                .values
                .iter()
                .map(|value| DatedValueSource {
                    from: raw(value.from.to_string(), &value.span),
                    until: value.until.map(|day| raw(day.to_string(), &value.span)),
                    value: raw(value.written.clone(), &value.span),
                })
                .collect(),
        })
        .collect();
}
