//! Texts with voices, conditions and placeholders; letters.

use super::unknown;
use crate::expr::scope::{Name, Scope};
use crate::expr::{condition, placeholder};
use crate::finding::Finding;
use crate::model::{Body, Kind, Letter, LetterField, Part, Value, Voice, Voiced};
use crate::source::{LetterSource, Piece, Raw, VoicedSource};

/// Deepest nesting of blocks in a text.
const MAX_BLOCKS: usize = 8;

/// A text and its variants.
pub(crate) fn voiced(source: &VoicedSource, findings: &mut Vec<Finding>) -> Voiced {
    let variants = source
        .variants
        .iter()
        .filter_map(|(id, text)| Some((voice(id, findings)?, text.value.clone())));
    Voiced {
        base: source.base.value.clone(),
        variants: variants.collect(),
    }
}

fn voice(id: &Raw, findings: &mut Vec<Finding>) -> Option<Voice> {
    let found = Voice::from_id(&id.value);
    if found.is_none() {
        findings.push(unknown("le public", id, ["locataire", "bailleur", "aidant"]));
    }
    found
}

/// Compiles a text, with its words: those of outcomes are forgotten once scenarios have read them.
pub(crate) fn body(
    pieces: &[Piece],
    scope: &Scope,
    fields: &[LetterField],
    findings: &mut Vec<Finding>,
) -> Body {
    let mut compiler = Compiler {
        scope,
        fields,
        findings,
        body: Body::default(),
    };
    let parts = compiler.parts(pieces, 0);
    Body {
        parts,
        ..compiler.body
    }
}

struct Compiler<'a> {
    scope: &'a Scope,
    fields: &'a [LetterField],
    findings: &'a mut Vec<Finding>,
    body: Body,
}

impl Compiler<'_> {
    fn parts(&mut self, pieces: &[Piece], depth: usize) -> Vec<Part> {
        if depth > MAX_BLOCKS {
            return Vec::new();
        }
        pieces
            .iter()
            .filter_map(|piece| self.part(piece, depth))
            .collect()
    }

    fn part(&mut self, piece: &Piece, depth: usize) -> Option<Part> {
        match piece {
            Piece::Text(text) => Some(Part::Text(text.clone())),
            Piece::Value(raw) => {
                let value = self.value(raw)?;
                self.body.values.push(value);
                Some(Part::Value(self.body.values.len() - 1))
            }
            Piece::If { condition: raw, body } => {
                let expr = condition(raw, self.scope, self.findings)?;
                self.body.conditions.push(expr);
                let number = self.body.conditions.len() - 1;
                Some(Part::If(number, self.parts(body, depth + 1)))
            }
            Piece::Voice { voice: id, body } => {
                let voice = voice(id, self.findings)?;
                Some(Part::Voice(voice, self.parts(body, depth + 1)))
            }
        }
    }

    /// A field of the letter comes before a question of the same name: its reader may correct it.
    fn value(&mut self, raw: &Raw) -> Option<Value> {
        let name = raw.value.trim();
        match self.fields.iter().position(|field| field.id == name) {
            Some(index) => Some(Value::Field(index)),
            None => placeholder(raw, self.scope, self.findings),
        }
    }
}

/// A letter, in the scope of its tree if it has one.
pub(crate) fn letter(source: &LetterSource, scope: &Scope, findings: &mut Vec<Finding>) -> Letter {
    let mut scope = scope.clone();
    let mut fields: Vec<LetterField> = Vec::new();
    for (index, field) in source.fields.iter().enumerate() {
        let kind = match field.kind.value.as_str() {
            "texte" | "adresse" => Kind::Texte,
            "date" => Kind::Date,
            "montant" => Kind::Montant,
            _ => {
                findings.push(unknown(
                    "le type",
                    &field.kind,
                    ["texte", "adresse", "date", "montant"],
                ));
                Kind::Texte
            }
        };
        // Declared so that a misspelt placeholder is compared with it; a question of the same name stays.
        scope.declare(&field.id.value, Name::Field(index));
        fields.push(LetterField {
            id: field.id.value.clone(),
            kind,
            label: field.label.value.clone(),
        });
    }
    let body = body(&source.body, &scope, &fields, findings);
    Letter {
        slug: source.slug.value.clone(),
        title: source.title.value.clone(),
        fields,
        body,
    }
}
