//! Letters of `content/courriers`: fields, and a text made of paragraphs, slots and conditional blocks.

mod body;

pub use body::{Block, Paragraph, Run};

use super::dates;
use super::fields::{Fields, Located};
use super::yaml::Node;
use super::{front_matter, publication, slug_of, tree};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::site::{Review, Slug};
use crate::source::{Source, Sources};
use decision_tree::model;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Folder of the letters.
pub const LETTERS: &str = "content/courriers/";

/// A letter that a party fills and sends.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Name in the address.
    pub slug: Slug,
    /// Path of the file.
    pub path: Arc<str>,
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines, 160 characters at most.
    pub description: Located<String>,
    /// The trees that propose it: the text may use their questions, figures and facts.
    pub trees: Vec<Located<String>>,
    /// Articles it stands on.
    pub legal_basis: Vec<Located<String>>,
    /// How to send it, step by step.
    pub sending: Vec<Located<String>>,
    /// What the person fills.
    pub fields: Vec<LetterField>,
    /// Who answers for it, and until when.
    pub review: Review,
    /// Former addresses, which the server redirects.
    pub aliases: Vec<Located<String>>,
    /// The text.
    pub blocks: Vec<Block>,
    /// What the engine made of it, when it names no tree; the others are compiled with each of theirs.
    pub compiled: Option<model::Letter>,
}

impl Letter {
    /// Its address on the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/courriers/{}/", self.slug)
    }

    /// The names between braces, each with its place, in reading order.
    pub fn slots(&self) -> impl Iterator<Item = &Located<String>> {
        self.blocks
            .iter()
            .flat_map(|block| &block.paragraphs)
            .flatten()
            .filter_map(|run| match run {
                Run::Slot(name) => Some(name),
                Run::Text(_) | Run::Break => None,
            })
    }
}

/// One thing to fill.
#[derive(Debug, Clone)]
pub struct LetterField {
    /// Name used between braces.
    pub id: Located<String>,
    /// Its label.
    pub label: String,
    /// How it is typed.
    pub kind: FieldKind,
    /// Help under the label.
    pub hint: Option<String>,
    /// `autocomplete` token, for the person's own data only.
    pub autocomplete: Option<String>,
    /// An example shown in the help, never in the field.
    pub example: Option<String>,
    /// Whether the letter makes no sense without it.
    pub required: bool,
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Address,
    /// A day.
    Date,
    /// An amount of money.
    Amount,
}

impl FieldKind {
    const NAMES: [&'static str; 4] = ["texte", "adresse", "date", "montant"];

    fn named(name: &str) -> Self {
        match name {
            "adresse" => Self::Address,
            "date" => Self::Date,
            "montant" => Self::Amount,
            _ => Self::Text,
        }
    }

    /// Its name in the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Address => "adresse",
            Self::Date => "date",
            Self::Amount => "montant",
        }
    }
}

/// Reads the letters, in the order of their slugs.
pub fn parse(sources: &Sources, today: Date, faults: &mut Diagnostics) -> BTreeMap<Slug, Letter> {
    let mut letters = BTreeMap::new();
    for source in sources.under(LETTERS) {
        let Some(slug) = slug_of(source, LETTERS, faults) else {
            continue;
        };
        if let Some((node, body)) = front_matter::read(source, faults) {
            let mut letter = letter(source, slug.clone(), &node, body, today, faults);
            if letter.trees.is_empty() {
                tree::lone_letter(sources, source, &mut letter, faults);
            }
            letters.insert(slug, letter);
        }
    }
    letters
}

fn letter(
    source: &Source,
    slug: Slug,
    node: &Node,
    range: Range<usize>,
    today: Date,
    faults: &mut Diagnostics,
) -> Letter {
    let mut fields = Fields::new(node, faults);
    let title = fields.required("titre");
    let description = fields.required("description");
    let trees = fields.texts("arbre");
    let legal_basis = fields.texts("base_legale");
    let sending = fields.texts("envoi");
    let review = Review {
        owner: fields.required("responsable"),
        reviewed: dates::required(&mut fields, "revue_le", today),
        next: dates::required(&mut fields, "prochaine_revue", today),
    };
    let aliases = publication::aliases(&mut fields);
    let nodes = fields.list("champs");
    fields.finish();
    let letter_fields: Vec<_> = nodes.iter().map(|node| field(node, faults)).collect();
    let blocks = body::blocks(source, range, faults);
    let letter = Letter {
        slug,
        path: source.path.clone(),
        title,
        description,
        trees,
        legal_basis,
        sending,
        fields: letter_fields,
        review,
        aliases,
        blocks,
        compiled: None,
    };
    check_fields(source, &letter, faults);
    letter
}

fn field(node: &Node, faults: &mut Diagnostics) -> LetterField {
    let mut fields = Fields::new(node, faults);
    let field = LetterField {
        id: fields.required("id"),
        label: fields.required("libelle").value,
        kind: FieldKind::named(fields.one_of("type", &FieldKind::NAMES).unwrap_or("texte")),
        hint: fields.text("aide").map(|text| text.value),
        autocomplete: fields.text("autocomplete").map(|text| text.value),
        example: fields.text("exemple").map(|text| text.value),
        required: fields.flag("requis", true),
    };
    fields.finish();
    field
}

/// Faults that the letter alone shows: a name twice, a field that no sentence uses,
/// and, when no tree lends its names, a slot that no field fills.
fn check_fields(source: &Source, letter: &Letter, faults: &mut Diagnostics) {
    for (index, field) in letter.fields.iter().enumerate() {
        if letter.fields[..index]
            .iter()
            .any(|other| other.id.value == field.id.value)
        {
            faults.push(Diagnostic::error(
                "id-double",
                field.id.span.clone(),
                format!("Le champ « {} » est déjà écrit plus haut.", field.id.value),
            ));
        } else if !letter.slots().any(|slot| slot.value == field.id.value) {
            faults.push(
                Diagnostic::error(
                    "champ-inutile",
                    field.id.span.clone(),
                    format!("La lettre n'utilise pas le champ « {} ».", field.id.value),
                )
                .hint(format!(
                    "Écrivez {{{{ {} }}}} dans le texte de la lettre, ou retirez le champ : {}.",
                    field.id.value,
                    lines(source, field.id.span.start)
                )),
            );
        }
    }
    if !letter.trees.is_empty() {
        return;
    }
    let names = || letter.fields.iter().map(|field| field.id.value.as_str());
    for slot in letter
        .slots()
        .filter(|slot| !names().any(|name| name == slot.value))
    {
        let hint = nearest(&slot.value, names()).map_or_else(
            || "Ajoutez ce champ dans « champs », ou nommez le questionnaire dans « arbre ».".to_owned(),
            |name| format!("Vouliez-vous dire « {name} » ?"),
        );
        let message = format!("« {} » n'est pas un champ de cette lettre.", slot.value);
        faults.push(Diagnostic::error("champ-inconnu", slot.span.clone(), message).hint(hint));
    }
}

/// The lines of the list item that holds this byte: « les lignes 11 à 14 ».
fn lines(source: &Source, byte: usize) -> String {
    let start = source.text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = source.text[start..].lines().next().map_or(0, indent);
    let inside = |line: &&str| indent(line) > own && !line.trim().is_empty();
    let more = source.text[start..].lines().skip(1).take_while(inside).count();
    let first = source.text[..start].matches('\n').count() + 1;
    match more {
        0 => format!("la ligne {first}"),
        more => format!("les lignes {first} à {}", first + more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "---\ntitre: T\ndescription: D\nresponsable: R\nrevue_le: 2026-11-01\nprochaine_revue: 2027-11-01\n";

    fn read(rest: &str) -> (Letter, Vec<&'static str>) {
        let mut sources = Sources::default();
        sources.insert("content/courriers/l.md", &format!("{HEAD}{rest}"));
        let mut faults = Diagnostics::default();
        let letters = parse(&sources, Date::constant(2026, 11, 23), &mut faults);
        let rules = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        (letters.into_values().next().expect("a letter"), rules)
    }

    #[test]
    fn a_body_is_paragraphs_slots_and_conditions() {
        let (letter, rules) = read(
            "arbre: t\nchamps:\n  - {id: nom, libelle: Nom}\n---\n{{ nom }}\nParis\n\nBonjour,\n\n:::arbre t, u\n:::si retard\nDonc {{nom}}.\n:::\n:::\n\nFin.\n",
        );
        assert_eq!(rules, [""; 0]);
        assert_eq!(letter.blocks.len(), 3);
        assert_eq!(letter.blocks[0].paragraphs[0].len(), 3, "slot, break, words");
        assert_eq!(letter.blocks[1].conditions[0].value, "retard");
        let trees = letter.blocks[1].trees.iter().map(|slug| slug.value.as_str());
        assert_eq!(trees.collect::<Vec<_>>(), ["t", "u"]);
        assert!(letter.blocks[1].stands(Some("u")) && !letter.blocks[1].stands(None));
        assert_eq!(letter.slots().count(), 2);
    }

    #[test]
    fn faults_of_the_body_are_all_told() {
        let (_, rules) = read(
            "champs:\n  - {id: nom, libelle: Nom}\n  - {id: nom, libelle: Nom}\n  - {id: rue, libelle: Rue, type: text}\n---\n{{ nm }}\n:::\n:::sinon\n{{ nom\n:::si x\n",
        );
        for rule in [
            "champ-inconnu",
            "champ-inutile",
            "id-double",
            "directive",
            "accolades",
            "cle-valeur",
        ] {
            assert!(rules.contains(&rule), "{rule} in {rules:?}");
        }
    }
}
