//! The proof pages of a small tree, from its files.

use crate::output::Output;
use crate::render::tree::tests::sources;
use crate::source::Sources;
use crate::{BuildOptions, build};
use jiff::civil::Date;

/// The site of the small tree with the layouts of the real theme for the proof pages.
fn built() -> Output {
    build_with(sources())
}

fn build_with(mut sources: Sources) -> Output {
    sources.insert(
        "theme/layouts/proof.html",
        include_str!("../../../../theme/layouts/proof.html"),
    );
    sources.insert(
        "theme/layouts/plan.html",
        include_str!("../../../../theme/layouts/plan.html"),
    );
    sources.insert(
        "theme/layouts/conformance.html",
        include_str!("../../../../theme/layouts/conformance.html"),
    );
    let options = BuildOptions {
        today: Date::constant(2026, 11, 23),
        unpublished: false,
        production: false,
    };
    build(&sources, &options).output
}

/// A page with ordinary spaces.
fn page(output: &Output, path: &str) -> String {
    let bytes = output.get(&format!("{path}/index.html")).expect("a page");
    String::from_utf8_lossy(bytes).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_sheet_gives_the_true_counts() {
    let html = page(&built(), "diagnostics/t/preuves");
    // Two profiles, two classes of dates, one of amounts: two ends each.
    assert!(
        html.contains("4 situations examinées, aucune sans réponse ; 2 scénarios ; 7 pages sans JavaScript ; droit vérifié le 1er novembre 2026."),
        "{html}"
    );
    assert!(
        html.contains("id=\"scenario-2\"") && html.contains("À temps"),
        "{html}"
    );
    assert!(html.contains("Il n’y a pas de conclusion par défaut"), "{html}");
    assert!(
        html.contains("Article 22") && html.contains("2 conclusions"),
        "{html}"
    );
}

#[test]
fn the_sheet_lists_what_falls_into_the_default_outcome() {
    let mut sources = sources();
    let path = "content/diagnostics/t/arbre.md";
    let logic = sources.text(path).expect("the logic").text.to_string();
    let logic = logic.replace("autre: non tard", "autre: sinon (2 situations)");
    sources.insert(path, &logic);
    let html = page(&build_with(sources), "diagnostics/t/preuves");
    let default =
        "La conclusion «&nbsp;Issue autre&nbsp;» recueille ce qu’aucune autre ne prend&nbsp;: 2 situations.";
    assert!(html.contains(default), "{html}");
    assert!(html.contains("<li>Quand ? « Tôt »</li>"), "{html}");
}

#[test]
fn the_plan_merges_voices_and_leads_to_the_outcomes() {
    let html = page(&built(), "diagnostics/t/plan");
    assert!(html.contains("1 étape et 2 branches"), "{html}");
    assert!(
        html.contains("Demandé d’abord, sans effet sur la conclusion&nbsp;: profil."),
        "{html}"
    );
    let way = "<strong>« Tard »</strong> : conclusion <a href=\"/diagnostics/t/resultat/retard/\">Issue retard</a></p><p class=\"ml-meta\">2 situations ; scénario 1. Demandé aussi, selon le cas : loyer</p>";
    assert!(html.contains(way), "{html}");
    assert!(
        html.contains("<code>non tard</code>") && html.contains("<code>depuis(cles) &gt; 1 mois</code>"),
        "{html}"
    );
}

#[test]
fn the_drawing_names_its_questions_answers_and_ends() {
    let html = page(&built(), "diagnostics/t/plan");
    let svg = html
        .split("<svg")
        .nth(1)
        .and_then(|rest| rest.split("</svg>").next())
        .expect("a drawing");
    assert!(
        svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"dessin-titre dessin-description\"")
    );
    assert_eq!(svg.matches("class=\"ml-drawing__question\"").count(), 1, "{svg}");
    assert_eq!(svg.matches("class=\"ml-drawing__end\"").count(), 2, "{svg}");
    for words in ["Quand ?", "« Tôt »", "« Tard »", "Issue retard", "Issue autre"] {
        assert!(svg.contains(words), "{words} in {svg}");
    }
    assert!(!svg.contains("style=") && !svg.contains("<script"));
}

#[test]
fn published_cases_are_those_of_the_tree_that_browsers_fetch() {
    let output = built();
    let html = page(&output, "conformite");
    let file = |mark: &str| {
        let address = html
            .split(mark)
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("an address");
        output
            .get(address.trim_start_matches('/'))
            .expect("a published file")
            .to_vec()
    };
    let cases: serde_json::Value = serde_json::from_slice(&file("data-cases=\"")).expect("JSON");
    let cases = cases["cases"].as_array().expect("cases");
    assert!(
        html.contains(&format!("<td class=\"fr-cell--right\">{}</td>", cases.len())),
        "{html}"
    );
    let told = |case: &serde_json::Value| case[0].as_str().expect("answers").contains("profil=bailleur");
    assert!(cases.iter().any(told) && cases.iter().any(|case| case[2] == serde_json::json!([1])));
    let tree: serde_json::Value = serde_json::from_slice(&file("data-tree=\"")).expect("JSON");
    assert_eq!(tree["tree"]["slug"], "t");
}
