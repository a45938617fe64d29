//! The files that are one list: municipalities, motives, pieces.

use super::{condition, number, optional, read, values, words};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Fields;
use crate::parse::yaml::{Kind as Shape, Node};
use crate::source::Sources;
use referral_form::definition::{Commune, Compulsory, Deadline, Motive, Piece};

/// The items of a file that is one list.
pub(super) fn items<T>(
    sources: &Sources,
    name: &str,
    faults: &mut Diagnostics,
    item: fn(&Node, &mut Diagnostics) -> T,
) -> Vec<T> {
    let Some(node) = read(sources, name, faults) else {
        return Vec::new();
    };
    if let Shape::List(nodes) = &node.kind {
        return nodes.iter().map(|node| item(node, faults)).collect();
    }
    faults.push(
        Diagnostic::error("cle-type", node.span.clone(), "Ce fichier doit être une liste.")
            .hint("Commencez chaque élément par un tiret."),
    );
    Vec::new()
}

pub(super) fn commune(node: &Node, faults: &mut Diagnostics) -> Commune {
    let mut fields = Fields::new(node, faults);
    let commune = Commune {
        insee: fields.required("insee").value,
        name: fields.required("nom").value,
        postal_codes: values(fields.texts("codes_postaux")),
    };
    fields.finish();
    commune
}

pub(super) fn motive(node: &Node, faults: &mut Diagnostics) -> Motive {
    let mut fields = Fields::new(node, faults);
    let compulsory = match fields.one_of("obligatoire", &["oui", "non", "a-verifier"]) {
        Some("oui") => Compulsory::Yes,
        Some("non") => Compulsory::No,
        _ => Compulsory::Unsure,
    };
    let deadline = fields.node("echeance");
    let mut motive = Motive {
        code: fields.required("code").value,
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
        subject: fields.required("objet").value,
        sectors: values(fields.texts("parcs")),
        leases: values(fields.texts("baux")),
        compulsory,
        compulsory_text: words(fields.required("obligatoire_texte").value),
        article: words(fields.required("article").value),
        deadline: None,
    };
    fields.finish();
    motive.deadline = deadline.map(|node| self::deadline(node, faults));
    motive
}

fn deadline(node: &Node, faults: &mut Diagnostics) -> Deadline {
    let mut fields = Fields::new(node, faults);
    let field = fields.required("champ").value;
    let text = words(fields.required("texte").value);
    let months = fields.required("mois");
    fields.finish();
    Deadline {
        field,
        months: number(&months, faults).unwrap_or(0),
        text,
    }
}

pub(super) fn piece(node: &Node, faults: &mut Diagnostics) -> Piece {
    let mut fields = Fields::new(node, faults);
    let when = fields.text("si");
    let piece = Piece {
        id: fields.required("id").value,
        label: words(fields.required("libelle").value),
        hint: words(optional(&mut fields, "aide")),
        motives: values(fields.texts("motifs")),
        when: None,
    };
    fields.finish();
    Piece {
        when: when.and_then(|text| condition(&text, faults)),
        ..piece
    }
}
