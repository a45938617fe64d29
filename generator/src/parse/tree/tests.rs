//! A folder read into the engine's source.

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

#[test]
fn a_value_where_nothing_fills_it_is_refused() {
    let (_, _, faults) = read(&[(
        "content/diagnostics/t/questions/cles.md",
        "---\ntype: date\nquestion: Avant le {{ limite }} ?\nmax: aujourd'hui\n---\n",
    )]);
    let fault = faults
        .iter()
        .find(|fault| fault.rule == "emplacement")
        .expect("a fault");
    assert!(fault.message.contains("« question »"), "{}", fault.message);
    assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("resume")));
}
