//! `/conformite/`: anyone compares, in their own browser, the script that reads the questionnaires with the
//! engine that built them. The page says what is compared, and how to run the whole suite.

use super::Renderer;
use super::context::Day;
use super::frame::PageSpec;
use super::proof::numbers::{grouped, plural};
use super::tree::json;
use crate::assets::fingerprint;
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use decision_tree::conformance::{Case, Short, Tables, short, tables, vectors};
use decision_tree::{Date, Tree};
use serde::Serialize;
use std::collections::BTreeMap;

/// Address of the page.
pub const ADDRESS: &str = "/conformite/";
/// Its title.
pub const TITLE: &str = "Vérifier les calculs vous-même";
/// Most cases published for one tree: beyond, one in every few is kept.
const MOST: usize = 6_000;

/// `layouts/conformance.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ConformanceContext {
    /// Address of the tables of dates, amounts and formats.
    pub tables: String,
    /// How many of them.
    pub table_count: String,
    /// One for each questionnaire.
    pub trees: Vec<Suite>,
    /// How many cases in all, tables included.
    pub total: String,
    /// The day of the cases.
    pub today: Day,
}

/// The cases of a questionnaire.
#[derive(Debug, Clone, Serialize)]
pub struct Suite {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Address of the tree that browsers fetch.
    pub tree: String,
    /// Address of its cases.
    pub cases: String,
    /// How many are published.
    pub count: String,
    /// Of how many that the engine gave.
    pub of: String,
    /// How many complete situations the questionnaire has.
    pub situations: String,
}

/// The cases of a tree as the page fetches them.
#[derive(Serialize)]
struct Published<'a> {
    today: i64,
    cases: Vec<Short<'a>>,
}

/// The tree inside what browsers fetch.
#[derive(serde::Deserialize)]
struct Fetched {
    tree: Tree,
}

/// Renders the page and its cases; nothing when the site has no questionnaire. `data` gives the address of the
/// tree that browsers fetch, by slug.
pub fn render(
    renderer: &Renderer,
    data: &BTreeMap<&str, String>,
    output: &mut Output,
    faults: &mut Diagnostics,
) -> Option<String> {
    let today = Date::from_iso(&renderer.site.today.to_string())?;
    let mut total = 0;
    let mut trees = Vec::new();
    for (slug, address) in data {
        let files = renderer.site.trees.get(*slug)?;
        let bytes = output.get(address.trim_start_matches('/'))?;
        // The very bytes that browsers fetch, with their typography.
        let tree = serde_json::from_slice::<Fetched>(bytes).ok()?.tree;
        let all = vectors(&tree, today, 0)?;
        let kept: Vec<Case> = all.every(all.count().div_ceil(MOST).max(1)).collect();
        total += kept.len();
        let published = Published {
            today: today.day_number(),
            cases: kept.iter().map(short).collect(),
        };
        trees.push(Suite {
            title: renderer.words().fill(&files.start.title.value),
            href: files.address(),
            tree: address.clone(),
            cases: publish(&format!("conformite-{slug}"), &published, output, faults),
            count: grouped(kept.len() as u128),
            of: grouped(all.count() as u128),
            situations: grouped(files.compiled.proof.paths),
        });
    }
    if trees.is_empty() {
        return None;
    }
    let tables = tables();
    let rows = rows(&tables);
    let context = ConformanceContext {
        tables: publish("conformite-calculs", &tables, output, faults),
        table_count: grouped(rows as u128),
        trees,
        total: plural((total + rows) as u128, "cas", "cas"),
        today: renderer.site.today.into(),
    };
    let spec = PageSpec {
        heading: TITLE.to_owned(),
        description: "Comparez, dans votre navigateur, les résultats des questionnaires avec ceux du moteur de référence."
            .to_owned(),
        path: ADDRESS.to_owned(),
        parents: vec![("Diagnostics".to_owned(), "/diagnostics/".to_owned())],
        indexable: true,
        scripts: renderer.script("scripts/conformance/run.js").into_iter().collect(),
        ..PageSpec::default()
    };
    renderer.page("conformance.html", spec, "suite", &context, faults)
}

/// Puts JSON under a fingerprinted name; gives back its address.
fn publish<T: Serialize>(name: &str, value: &T, output: &mut Output, faults: &mut Diagnostics) -> String {
    let json = json(value, faults);
    let address = fingerprint::address(&format!("{name}.json"), &json);
    // Equal names have equal bytes.
    let _ = output.insert(address.trim_start_matches('/'), json);
    address
}

fn rows(tables: &Tables) -> usize {
    tables.months.len()
        + tables.started.len()
        + tables.ratios.len()
        + tables.dates.len()
        + tables.amounts.len()
        + tables.formats.len()
}
