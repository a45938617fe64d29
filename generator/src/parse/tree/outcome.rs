//! `issues/*.md`: what an outcome says, what it rests on and what to do next.

use super::read::Reader;
use super::text;
use crate::body::Body;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::directive::{CONDITION, GUIDE};
use crate::parse::fields::{Fields, Located};
use crate::parse::yaml::{Kind, Node};
use crate::parse::{front_matter, markdown};
use decision_tree::source::{DeadlineSource, ItemSource, OutcomeSource, Piece, ReferralSource};

/// The words of an outcome that the engine does not keep.
#[derive(Debug, Clone)]
pub struct OutcomeWords {
    /// Description for search engines, when it is not the summary.
    pub description: Option<Located<String>>,
    /// Variants of the summary, cut at their figures: the tenant's, the landlord's, the helper's.
    pub summaries: [Option<Vec<Piece>>; 3],
    /// Articles it rests on.
    pub legal_basis: Vec<Located<String>>,
    /// Other next steps: addresses of the site.
    pub next_steps: Vec<Located<String>>,
    /// A human to talk to.
    pub contact: Option<Located<String>>,
    /// The body.
    pub body: Body,
}

/// Reads one file of `issues/`.
pub(super) fn read(
    reader: &Reader,
    id: &Located<String>,
    faults: &mut Diagnostics,
) -> Option<(OutcomeSource, OutcomeWords)> {
    let (node, range) = front_matter::read(reader.source, faults)?;
    let mut fields = Fields::new(&node, faults);
    let title = reader.voiced(&mut fields, &["titre", "titre_bailleur", "titre_aidant"]);
    if title.is_none() {
        fields.required("titre");
    }
    let description = fields.text("description");
    let summaries = summaries(reader, &mut fields);
    let legal_basis = fields.texts("base_legale");
    let next_steps = fields.texts("suites");
    let contact = fields.text("contact");
    let certainty = certainty(reader, &mut fields);
    let letters = reader.expressions(&mut fields, "lettres");
    let deadlines = deadlines(reader, &mut fields);
    let referral = fields
        .node("saisine_cdc")
        .map(|node| referral(reader, node, fields.faults()));
    let documents = documents(reader, &mut fields);
    fields.finish();
    let body = markdown::parse(reader.source, range, &[GUIDE, CONDITION], faults);
    let source = OutcomeSource {
        id: reader.raw(id),
        title: title.unwrap_or_default(),
        summary: text::voices(reader, &summaries),
        certainty,
        legal_basis: legal_basis.iter().map(|id| reader.raw(id)).collect(),
        letters,
        deadlines,
        referral,
        documents,
        next_steps: next_steps.iter().map(|step| reader.raw(step)).collect(),
        contact: contact.as_ref().map(|text| reader.raw(text)),
        body: text::pieces(reader, &body),
    };
    Some((
        source,
        OutcomeWords {
            description,
            summaries,
            legal_basis,
            next_steps,
            contact,
            body,
        },
    ))
}

fn summaries(reader: &Reader, fields: &mut Fields) -> [Option<Vec<Piece>>; 3] {
    ["resume", "resume_bailleur", "resume_aidant"].map(|key| {
        let text = if key == "resume" {
            Some(fields.required(key))
        } else {
            fields.text(key)
        };
        text.map(|text| text::cut(reader, &text, fields.faults()))
    })
}

/// The engine writes « à vérifier »; authors may write « a-verifier » too.
fn certainty(reader: &Reader, fields: &mut Fields) -> Option<decision_tree::source::Raw> {
    fields.one_of_said("certitude", &["certain", "probable", "à vérifier"], |_| {
        "Écrivez « certain » (la loi le dit clairement), « probable » (les faits ou les preuves peuvent changer la conclusion) ou « à vérifier » (un juriste doit le confirmer)."
            .to_owned()
    })?;
    reader.raw_at(fields, "certitude")
}

fn deadlines(reader: &Reader, fields: &mut Fields) -> Vec<DeadlineSource> {
    let nodes = fields.list("echeances");
    nodes
        .iter()
        .filter_map(|node| {
            if reader.is_flow(&node.span) {
                fields.faults().push(flow(node));
                return None;
            }
            let mut line = Fields::new(node, fields.faults());
            let title = line.required("titre");
            let on = reader.expression_at(&mut line, "le");
            if on.is_none() {
                line.required("le");
            }
            let condition = reader.expression_at(&mut line, "si");
            line.finish();
            Some(DeadlineSource {
                title: reader.raw(&title),
                on: on?,
                condition,
            })
        })
        .collect()
}

fn referral(reader: &Reader, node: &Node, faults: &mut Diagnostics) -> ReferralSource {
    let mut fields = Fields::new(node, faults);
    let motive = fields.required("motif");
    let referral = ReferralSource {
        motive: reader.raw(&motive),
        fields: reader.named(&mut fields, "champs", true),
        condition: reader.expression_at(&mut fields, "si"),
    };
    fields.finish();
    referral
}

/// `- the document`, or `- texte: …` with `si: …` below.
fn documents(reader: &Reader, fields: &mut Fields) -> Vec<ItemSource> {
    let nodes = fields.list("pieces");
    nodes
        .iter()
        .filter_map(|node| {
            if !matches!(node.kind, Kind::Map(_)) {
                let text = reader.scalar(node, fields.faults())?;
                return Some(ItemSource {
                    text: reader.raw(&text),
                    condition: None,
                });
            }
            if reader.is_flow(&node.span) {
                fields.faults().push(flow(node));
                return None;
            }
            let mut item = Fields::new(node, fields.faults());
            let text = item.required("texte");
            let condition = reader.expression_at(&mut item, "si");
            item.finish();
            Some(ItemSource {
                text: reader.raw(&text),
                condition,
            })
        })
        .collect()
}

fn flow(node: &Node) -> Diagnostic {
    Diagnostic::error(
        "accolades",
        node.span.clone(),
        "Pas d'accolades autour d'une condition ou d'un calcul : une virgule la couperait en deux.",
    )
    .hint("Écrivez une clé par ligne, sous un tiret.")
}
