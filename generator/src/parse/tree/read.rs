//! Reading helpers shared by the files of a tree: expressions, ordered names, texts by voice.

use super::place::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::{Fields, Located};
use crate::parse::yaml::{Kind, Node};
use crate::source::{Source, Span};
use decision_tree::source::{NamedSource, Raw, VoicedSource};

/// Voices that may have a text of their own beside the tenant's, with their suffix.
pub(super) const VOICES: [&str; 2] = ["bailleur", "aidant"];

/// What reading one file of a tree needs.
pub(super) struct Reader<'a> {
    /// The file.
    pub(super) source: &'a Source,
    /// The numbering of places.
    pub(super) files: &'a Files,
}

impl Reader<'_> {
    /// A located text for the engine.
    #[must_use]
    pub(super) fn raw(&self, text: &Located<String>) -> Raw {
        self.files.raw(text)
    }

    /// A scalar node as a located text; anything else is reported.
    pub(super) fn scalar(&self, node: &Node, faults: &mut Diagnostics) -> Option<Located<String>> {
        if let Kind::Scalar(value) = &node.kind {
            return Some(Located {
                value: value.clone(),
                span: node.span.clone(),
            });
        }
        faults.push(if self.is_flow(&node.span) {
            braces(node.span.clone())
        } else {
            Diagnostic::error(
                "cle-type",
                node.span.clone(),
                "On attend ici un texte sur une ligne.",
            )
            .hint("Mettez la valeur entre guillemets si elle contient « : ».")
        });
        None
    }

    /// An expression: a scalar, never within braces or brackets, where a comma would cut it.
    pub(super) fn expression(&self, node: &Node, faults: &mut Diagnostics) -> Option<Raw> {
        self.scalar(node, faults).map(|text| self.raw(&text))
    }

    /// An expression under a key.
    pub(super) fn expression_at(&self, fields: &mut Fields, key: &'static str) -> Option<Raw> {
        let node = fields.node(key)?;
        self.expression(node, fields.faults())
    }

    /// The lines `name: value` of a key, in order. `expressions` forbids braces around them.
    pub(super) fn named(
        &self,
        fields: &mut Fields,
        key: &'static str,
        expressions: bool,
    ) -> Vec<NamedSource> {
        let Some(node) = fields.node(key) else {
            return Vec::new();
        };
        // Between empty braces, which tools write for « nothing », there is no comma to fear.
        let is_empty = matches!(&node.kind, Kind::Map(lines) if lines.is_empty());
        if expressions && self.is_flow(&node.span) && !is_empty {
            fields.faults().push(braces(node.span.clone()));
            return Vec::new();
        }
        let mut entries: Vec<&(Node, Node)> = Vec::new();
        match &node.kind {
            Kind::Map(lines) => entries.extend(lines),
            Kind::List(items) => {
                for item in items {
                    match &item.kind {
                        Kind::Map(lines)
                            if lines.len() == 1 && !(expressions && self.is_flow(&item.span)) =>
                        {
                            entries.extend(lines);
                        }
                        Kind::Map(_) if self.is_flow(&item.span) => {
                            fields.faults().push(braces(item.span.clone()));
                        }
                        _ => fields.faults().push(line_expected(item.span.clone(), key)),
                    }
                }
            }
            Kind::Scalar(_) | Kind::Null => fields.faults().push(line_expected(node.span.clone(), key)),
        }
        entries
            .into_iter()
            .filter_map(|entry| self.pair(entry, fields.faults()))
            .collect()
    }

    fn pair(&self, (name, value): &(Node, Node), faults: &mut Diagnostics) -> Option<NamedSource> {
        Some(NamedSource {
            name: self.raw(&self.scalar(name, faults)?),
            value: self.raw(&self.scalar(value, faults)?),
        })
    }

    /// A list of expressions, one a line.
    pub(super) fn expressions(&self, fields: &mut Fields, key: &'static str) -> Vec<Raw> {
        let items = fields.list(key);
        // Between brackets a comma cuts: an item keeps a parenthesis whose other half went to its neighbour.
        if let Some(half) = items.iter().find(|item| is_half(item)) {
            fields.faults().push(braces(half.span.clone()));
            return Vec::new();
        }
        items
            .iter()
            .filter_map(|item| self.expression(item, fields.faults()))
            .collect()
    }

    /// Whether a value is written within braces or brackets.
    pub(super) fn is_flow(&self, span: &Span) -> bool {
        self.source.text[span.start.min(self.source.text.len())..].starts_with(['{', '['])
    }

    /// A list of plain texts for the engine.
    pub(super) fn raws(&self, fields: &mut Fields, key: &'static str) -> Vec<Raw> {
        fields.texts(key).iter().map(|text| self.raw(text)).collect()
    }

    /// A text for the engine, if written.
    pub(super) fn raw_at(&self, fields: &mut Fields, key: &'static str) -> Option<Raw> {
        fields.text(key).map(|text| self.raw(&text))
    }

    /// A text and its variants: `key`, `key_bailleur`, `key_aidant`.
    pub(super) fn voiced(&self, fields: &mut Fields, keys: &[&'static str; 3]) -> Option<VoicedSource> {
        let base = without_slot(fields, keys[0]);
        let variants: Vec<_> = VOICES
            .iter()
            .zip(&keys[1..])
            .filter_map(|(voice, key)| {
                let text = without_slot(fields, key)?;
                let voice = Located {
                    value: (*voice).to_owned(),
                    span: text.span.clone(),
                };
                Some((self.raw(&voice), self.raw(&text)))
            })
            .collect();
        let base = base.map(|text| self.raw(&text));
        match (base, variants.is_empty()) {
            (None, true) => None,
            (None, false) => {
                fields.required(keys[0]);
                None
            }
            (Some(base), _) => Some(VoicedSource { base, variants }),
        }
    }
}

fn is_half(item: &Node) -> bool {
    matches!(&item.kind, Kind::Scalar(text) if text.matches('(').count() != text.matches(')').count())
}

fn braces(span: Span) -> Diagnostic {
    Diagnostic::error(
        "accolades",
        span,
        "Pas d'accolades ni de crochets autour d'une condition ou d'un calcul : une virgule le couperait en deux.",
    )
    .hint("Écrivez chacun seul sur sa ligne : « nom: condition ».")
}

/// A text where nothing puts the value of a figure.
fn without_slot(fields: &mut Fields, key: &'static str) -> Option<Located<String>> {
    let text = fields.text(key)?;
    if text.value.contains("{{") {
        let message = format!("Une valeur entre « {{{{ }}}} » ne se remplit pas dans « {key} ».");
        fields.faults().push(
            Diagnostic::error("emplacement", text.span.clone(), message)
                .hint("Mettez la valeur dans « resume » ou dans le texte, sous l'en-tête."),
        );
    }
    Some(text)
}

fn line_expected(span: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "cle-type",
        span,
        format!("« {key} » attend des lignes « nom: valeur »."),
    )
    .hint(format!("Écrivez :\n{key}:\n  - nom: valeur"))
}
