//! Reads the keys of a YAML mapping, gathers every fault, and says which keys nobody read.

use super::directive::without_accents;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::Span;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A mapping being read: each key is asked for once, then [`Fields::finish`] reports the rest.
pub struct Fields<'n, 'd> {
    entries: &'n [(Node, Node)],
    span: Span,
    asked: Vec<&'static str>,
    faults: &'d mut Diagnostics,
}

impl<'n, 'd> Fields<'n, 'd> {
    /// Starts on a mapping. Anything else is reported and read as an empty mapping.
    pub fn new(node: &'n Node, faults: &'d mut Diagnostics) -> Self {
        let entries: &[_] = match &node.kind {
            Kind::Map(entries) => entries,
            Kind::Null => &[],
            Kind::Scalar(_) | Kind::List(_) => {
                faults.push(
                    Diagnostic::error(
                        "cle-type",
                        node.span.clone(),
                        "On attend ici des lignes « clé: valeur ».",
                    )
                    .hint("Écrivez une clé par ligne, suivie de deux-points et d'une espace."),
                );
                &[]
            }
        };
        Self {
            entries,
            span: node.span.clone(),
            asked: Vec::new(),
            faults,
        }
    }

    /// The place of the whole mapping.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// The diagnostics being gathered.
    pub fn faults(&mut self) -> &mut Diagnostics {
        self.faults
    }

    /// The node of a key, if it is written and not empty.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        let (_, value) = self
            .entries
            .iter()
            .find(|(k, _)| matches!(&k.kind, Kind::Scalar(name) if name == key))?;
        (!matches!(value.kind, Kind::Null)).then_some(value)
    }

    /// The place of a key, also when nothing is written after it; of the whole mapping when it is not there.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        let written = self
            .entries
            .iter()
            .find(|(k, _)| matches!(&k.kind, Kind::Scalar(name) if name == key));
        written.map_or_else(|| self.span(), |(key, _)| key.span.clone())
    }

    /// A text, if the key is written.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        let node = self.node(key)?;
        self.scalar(node, key)
    }

    /// A text that must be there: its absence is reported and read as an empty text.
    pub fn required(&mut self, key: &'static str) -> Located<String> {
        let before = self.faults.iter().count();
        if let Some(text) = self.text(key) {
            return text;
        }
        if self.faults.iter().count() == before {
            self.faults.push(
                Diagnostic::error("cle-manquante", self.span.clone(), missing(key))
                    .hint(format!("Ajoutez une ligne « {key}: … ».")),
            );
        }
        Located {
            value: String::new(),
            span: self.span.clone(),
        }
    }

    /// A list of texts; a single text counts as a list of one. Absent: empty.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| self.scalar(item, key)).collect(),
            _ => self.scalar(node, key).into_iter().collect(),
        }
    }

    /// The items of a list, of any shape. Absent: empty.
    pub fn list(&mut self, key: &'static str) -> &'n [Node] {
        let Some(node) = self.node(key) else { return &[] };
        if let Kind::List(items) = &node.kind {
            return items;
        }
        self.faults.push(
            Diagnostic::error(
                "cle-type",
                node.span.clone(),
                format!("« {key} » attend une liste."),
            )
            .hint(format!(
                "Écrivez :\n{key}:\n  - premier élément\n  - deuxième élément"
            )),
        );
        &[]
    }

    /// `true` or `false` (also `oui`, `non`). Absent: `default`.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        let Some(text) = self.text(key) else {
            return default;
        };
        match text.value.as_str() {
            "oui" | "true" => true,
            "non" | "false" => false,
            other => {
                self.faults.push(
                    Diagnostic::error(
                        "cle-type",
                        text.span,
                        format!("« {key} » attend oui ou non, pas « {other} »."),
                    )
                    .hint(match key {
                        "brouillon" => "Écrivez « brouillon: non » pour publier la page, ou « brouillon: oui » pour la garder cachée.".to_owned(),
                        key => format!("Écrivez « {key}: oui » ou « {key}: non »."),
                    }),
                );
                default
            }
        }
    }

    /// One of the allowed values. Another one is reported with the nearest name.
    pub fn one_of(&mut self, key: &'static str, allowed: &[&'static str]) -> Option<&'static str> {
        self.one_of_said(key, allowed, |value| {
            let possible = format!("Valeurs possibles : {}.", allowed.join(", "));
            match nearest(value, allowed.iter().copied()) {
                Some(name) => format!("Vouliez-vous dire « {name} » ? {possible}"),
                None => possible,
            }
        })
    }

    /// One of the allowed values, whose names do not explain themselves: `cure` says what to write for another one.
    pub fn one_of_said(
        &mut self,
        key: &'static str,
        allowed: &[&'static str],
        cure: impl Fn(&str) -> String,
    ) -> Option<&'static str> {
        let text = self.text(key)?;
        let found = allowed.iter().find(|name| **name == text.value).copied();
        if found.is_none() {
            let hint = cure(&text.value);
            self.faults.push(
                Diagnostic::error(
                    "cle-valeur",
                    text.span,
                    format!("« {} » n'est pas une valeur de « {key} ».", text.value),
                )
                .hint(hint),
            );
        }
        found
    }

    /// Reports the keys that nobody asked for, each with the nearest known one.
    pub fn finish(self) {
        for (key, _) in self.entries {
            let Kind::Scalar(name) = &key.kind else { continue };
            if self.asked.contains(&name.as_str()) {
                continue;
            }
            let near = nearest(name, self.asked.iter().copied());
            if let Some(known) = near {
                // One slip is told once: the key that it stands for is not missing too.
                let missing = missing(known);
                self.faults
                    .retain(|fault| fault.message != missing || fault.place.as_ref() != Some(&self.span));
            }
            let hint = near.map_or_else(
                || format!("Clés possibles : {}.", self.asked.join(", ")),
                |known| {
                    let plain = without_accents(name).replace([' ', '-'], "_") == known;
                    let why = if plain {
                        " Une clé s'écrit sans accent, sans majuscule et sans espace."
                    } else {
                        ""
                    };
                    format!("Vouliez-vous dire « {known} » ?{why}")
                },
            );
            self.faults.push(
                Diagnostic::error(
                    "cle-inconnue",
                    key.span.clone(),
                    format!("La clé « {name} » n'existe pas ici."),
                )
                .hint(hint),
            );
        }
    }

    fn scalar(&mut self, node: &Node, key: &str) -> Option<Located<String>> {
        if let Kind::Scalar(value) = &node.kind {
            return Some(Located {
                value: value.clone(),
                span: node.span.clone(),
            });
        }
        self.faults.push(
            Diagnostic::error(
                "cle-type",
                node.span.clone(),
                format!("« {key} » attend un texte simple."),
            )
            .hint("Une valeur qui commence par « { », « [ » ou « - » se met entre guillemets."),
        );
        None
    }
}
fn missing(key: &str) -> String {
    format!("Il manque la clé « {key} ».")
}
