//! A decision tree: one folder of `content/diagnostics`, read into the engine's source with exact places.

mod compile;
mod logic;
mod outcome;
mod place;
mod question;
mod read;
mod scenario;
mod text;

pub(crate) use compile::lone_letter;
pub use outcome::OutcomeWords;
pub use place::Files;

use super::fields::Located;
use super::law::{self, Law};
use super::letter::Letter;
use crate::body::Body;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Review, Slug};
use crate::source::{Source, Sources};
use decision_tree::Compiled;
use decision_tree::source::{
    ArticleSource, DatedValueSource, LetterFieldSource, LetterSource, ParameterSource, TreeSource,
    VoicedSource,
};
use jiff::civil::Date;
use read::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Folder of the trees.
pub const TREES: &str = "content/diagnostics/";
/// File of the logic, in the folder of a tree.
pub const TREE: &str = "arbre.md";

/// A tree as its authors wrote it: what the engine compiles, and the words that pages add.
#[derive(Debug, Clone)]
pub struct TreeFiles {
    /// Name in the address.
    pub slug: Slug,
    /// What the engine compiles.
    pub source: TreeSource,
    /// The numbering of places in `source`.
    pub files: Files,
    /// The start page.
    pub start: StartPage,
    /// « Je ne sais pas »: the advice in each voice, by question.
    pub dont_know: BTreeMap<String, VoicedSource>,
    /// Words of the outcomes, by id.
    pub outcomes: BTreeMap<String, OutcomeWords>,
    /// What the engine made of it on the day of the build: the tree, its static pages, its proof.
    pub compiled: Arc<Compiled>,
}

/// The words of a start page.
#[derive(Debug, Clone)]
pub struct StartPage {
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines, 160 characters at most.
    pub description: Located<String>,
    /// Who answers for the tree, and until when.
    pub review: Review,
    /// The body of `arbre.md`.
    pub body: Body,
}

impl TreeFiles {
    /// Address of the start page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/diagnostics/{}/", self.slug)
    }
}

/// Reads, compiles and proves the trees, in the order of their slugs. The letters and the law are those of the same sources.
pub fn parse(
    sources: &Sources,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, TreeFiles> {
    let mut trees = read_all(sources, letters, today, faults);
    for tree in trees.values_mut() {
        compile::tree(tree, today, faults);
    }
    trees
}

/// The trees as written, not yet compiled.
fn read_all(
    sources: &Sources,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    faults: &mut Diagnostics,
) -> BTreeMap<Slug, TreeFiles> {
    let names: BTreeSet<&str> = sources
        .under(TREES)
        .filter_map(|source| source.path.strip_prefix(TREES)?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    let mut trees = BTreeMap::new();
    for name in names {
        let folder = format!("{TREES}{name}/");
        let Some(slug) = Slug::new(name) else {
            faults.push(
                Diagnostic::error_nowhere(
                    "nom-de-fichier",
                    format!("Le dossier « {folder} » ne peut pas servir d'adresse."),
                )
                .hint("Nommez le dossier en minuscules sans accent, avec des traits d'union."),
            );
            continue;
        };
        if let Some(tree) = tree(sources, &folder, slug.clone(), letters, today, faults) {
            trees.insert(slug, tree);
        }
    }
    trees
}

fn tree(
    sources: &Sources,
    folder: &str,
    slug: Slug,
    letters: &BTreeMap<Slug, Letter>,
    today: Date,
    faults: &mut Diagnostics,
) -> Option<TreeFiles> {
    let Some(logic) = sources.text(&format!("{folder}{TREE}")) else {
        let first = sources.under(folder).next()?;
        faults.push(
            Diagnostic::error(
                "arbre-fichier",
                first.span(0..0),
                format!("Il manque le fichier {folder}{TREE}."),
            )
            .hint("Ce fichier porte l'ordre des questions, les faits, les calculs et les issues."),
        );
        return None;
    };
    let mut files = Files::default();
    files.add(logic);
    for source in sources.under(folder) {
        files.add(source);
    }
    for path in [law::ARTICLES, law::PARAMETERS] {
        sources
            .text(path)
            .into_iter()
            .for_each(|source| files.add(source));
    }
    for letter in letters.values() {
        sources
            .text(&letter.path)
            .into_iter()
            .for_each(|source| files.add(source));
    }
    let mut source = TreeSource {
        slug: slug.as_str().to_owned(),
        ..TreeSource::default()
    };
    let start = logic::read(
        &Reader {
            source: logic,
            files: &files,
        },
        &mut source,
        today,
        faults,
    )?;
    let mut dont_know = BTreeMap::new();
    let mut outcomes = BTreeMap::new();
    for file in sources.under(folder) {
        read_file(
            file,
            folder,
            &files,
            &mut source,
            &mut dont_know,
            &mut outcomes,
            faults,
        );
    }
    source.letters = letters
        .values()
        .map(|letter| letter_source(sources, &files, letter))
        .collect();
    registries(sources, &files, &mut source);
    Some(TreeFiles {
        slug,
        source,
        files,
        start,
        dont_know,
        outcomes,
        compiled: Arc::default(),
    })
}

/// Reads one file of the folder by its place in it; an unknown one is reported.
fn read_file(
    file: &Source,
    folder: &str,
    files: &Files,
    source: &mut TreeSource,
    dont_know: &mut BTreeMap<String, VoicedSource>,
    outcomes: &mut BTreeMap<String, OutcomeWords>,
    faults: &mut Diagnostics,
) {
    let reader = Reader { source: file, files };
    let name = file.path.strip_prefix(folder).unwrap_or_default();
    let id = |name: &str| Located {
        value: name.to_owned(),
        span: file.span(0..0),
    };
    let stem = name.strip_suffix(".md");
    if let Some(name) = stem.and_then(|stem| stem.strip_prefix("questions/")) {
        if let Some((question, advice)) = question::read(&reader, &id(name), faults) {
            dont_know.extend(advice.map(|advice| (name.to_owned(), advice)));
            source.questions.push(question);
        }
    } else if let Some(name) = stem.and_then(|stem| stem.strip_prefix("issues/")) {
        if let Some((outcome, words)) = outcome::read(&reader, &id(name), faults) {
            outcomes.insert(name.to_owned(), words);
            source.outcomes.push(outcome);
        }
    } else if name == "scenarios.yaml" {
        source.scenarios = scenario::read(&reader, faults);
    } else if name != TREE {
        faults.push(
            Diagnostic::error(
                "arbre-fichier",
                file.span(0..0),
                format!("Personne ne lit le fichier « {name} »."),
            )
            .hint("Un questionnaire a : arbre.md, questions/*.md, issues/*.md et scenarios.yaml."),
        );
    }
}

fn letter_source(sources: &Sources, files: &Files, letter: &Letter) -> LetterSource {
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
        tree: letter.tree.as_ref().map(|tree| reader.raw(tree)),
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
        body: text::letter(&reader, &letter.blocks),
    }
}

/// The registries, read again as raw texts: the engine has its own checks on them.
fn registries(sources: &Sources, files: &Files, tree: &mut TreeSource) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use decision_tree::source::Piece;

    const LOGIC: &str = "---\ntitre: Essai\ndescription: D\npour: [locataire, bailleur]\nresponsable: R\nrevue_le: 2026-11-01\nrelire_avant: 2027-03-31\nquestions:\n  - profil\n  - cles si profil = locataire\nfaits:\n  tard: depuis(cles) > 1 mois\ncalculs:\n  limite (date): plus_mois(cles, 1)\nissues:\n  - retard: \"tard\"\n  - autre: sinon (2)\n---\nCorps.\n";
    const OUTCOME: &str = "---\ntitre: T\nresume: \"Avant le {{ limite }}.\"\nresume_bailleur: Rendez.\ncertitude: certain\nbase_legale: [a]\ncontact: C\nlettres:\n  - l si tard\npieces:\n  - le bail\n  - texte: la preuve\n    si: tard\n---\n## Suite\n\n:::si tard\nLe {{ limite }}.\n:::\n";

    fn read(extra: &[(&str, &str)]) -> (BTreeMap<Slug, TreeFiles>, Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        sources.insert("content/diagnostics/t/arbre.md", LOGIC);
        sources.insert("content/diagnostics/t/issues/retard.md", OUTCOME);
        sources.insert(
            "content/diagnostics/t/questions/profil.md",
            "---\ntype: choix\nquestion: Qui ?\nchoix:\n  - locataire: Locataire\nchoix_bailleur:\n  - locataire: Mon locataire\n---\n",
        );
        for (path, text) in extra {
            sources.insert(path, text);
        }
        let mut faults = Diagnostics::default();
        let trees = read_all(
            &sources,
            &BTreeMap::new(),
            Date::constant(2026, 11, 23),
            &mut faults,
        );
        (trees, sources, faults.sorted())
    }

    #[test]
    fn a_folder_becomes_a_source_with_exact_places() {
        let (trees, sources, faults) = read(&[]);
        assert_eq!(faults, []);
        let tree = &trees["t"];
        let written = |span| {
            let place = tree.files.place(span).expect("a place");
            sources.text(&place.path).expect("a file").text[place.start..place.end].to_owned()
        };
        assert_eq!(written(tree.source.order[1].span), "cles si profil = locataire");
        assert_eq!(
            written(tree.source.outcome_order[0].value.span),
            "tard",
            "quotes are left out"
        );
        assert_eq!(written(tree.source.figures[0].name.span), "limite (date)");
        let outcome = &tree.source.outcomes[0];
        assert_eq!(
            written(outcome.documents[1].condition.as_ref().expect("si").span),
            "tard"
        );
        let Piece::Voice { body, .. } = &outcome.summary[0] else {
            panic!("voices")
        };
        let Piece::Value(value) = &body[1] else {
            panic!("a value")
        };
        assert_eq!(written(value.span), "limite");
        let condition = outcome.body.iter().find_map(|piece| match piece {
            Piece::If { condition, body } => Some((condition, body)),
            _ => None,
        });
        let (condition, body) = condition.expect("a condition");
        assert_eq!(written(condition.span), "tard");
        let value = body.iter().find_map(|piece| match piece {
            Piece::Value(value) => Some(value),
            _ => None,
        });
        assert_eq!(written(value.expect("a value").span), "limite");
        let variants = &tree.source.questions[0].choices[0].label.variants;
        assert_eq!(
            (variants[0].0.value.as_str(), variants[0].1.value.as_str()),
            ("bailleur", "Mon locataire")
        );
    }

    #[test]
    fn braces_around_expressions_are_refused_with_the_reason() {
        let logic = LOGIC.replace(
            "faits:\n  tard: depuis(cles) > 1 mois",
            "faits: {tard: min(1, 2) > 1}",
        );
        let (_, _, faults) = read(&[("content/diagnostics/t/arbre.md", &logic)]);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].rule, "accolades");
        assert!(faults[0].message.contains("virgule"));
        let logic = LOGIC.replace("  - retard: \"tard\"\n", "  - {retard: tard et min(1, 2) = 1}\n");
        let (_, _, faults) = read(&[("content/diagnostics/t/arbre.md", &logic)]);
        assert_eq!(faults[0].rule, "accolades");
    }

    #[test]
    fn unknown_keys_files_and_choices_are_told() {
        let (_, _, faults) = read(&[
            (
                "content/diagnostics/t/questions/cles.md",
                "---\ntype: dat\nquestion: Quand ?\naid: x\nchoix_bailleur:\n  - b: B\n---\n",
            ),
            ("content/diagnostics/t/question/x.md", "---\n---\n"),
        ]);
        let rules: Vec<_> = faults.iter().map(|fault| fault.rule).collect();
        for rule in ["cle-valeur", "cle-inconnue", "choix-inconnu", "arbre-fichier"] {
            assert!(rules.contains(&rule), "{rule} in {rules:?}");
        }
    }
}
