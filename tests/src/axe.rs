//! The accessibility engine axe-core, run inside a page that a browser shows.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::{Browser, programs};

/// Families of rules that are run: WCAG 2.1 A and AA, the French RGAA 4, and good practice.
const TAGS: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "RGAAv4",
    "best-practice",
];

/// Rules whose answer depends on the colours: the only ones worth running again when nothing but the theme changed.
const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

fn engine() -> &'static str {
    static ENGINE: OnceLock<String> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let path = programs::node_module("axe-core/axe.min.js");
        std::fs::read_to_string(path).expect("axe-core can be read")
    })
}

/// Has the engine ready in each page opened from now on: sending it to each costs as much as running it.
pub fn install(browser: &Browser) {
    browser.before_each_page(engine());
}

/// Examines the page that the browser shows; one line for each fault, with rule, element and its HTML.
///
/// # Panics
/// When the engine is missing, knows one of the families no more, or examined nothing.
#[must_use]
pub fn faults(browser: &Browser) -> Vec<String> {
    examine(browser, &json!({"type": "tag", "values": TAGS}))
}

/// Examines again the colours of a page that was examined whole in other colours.
///
/// # Panics
/// As [`faults`].
#[must_use]
pub fn colour_faults(browser: &Browser) -> Vec<String> {
    examine(browser, &json!({"type": "rule", "values": COLOURS}))
}

fn examine(browser: &Browser, only: &Value) -> Vec<String> {
    if browser.run("return Boolean(window.axe)", Vec::new()) != Value::Bool(true) {
        let _ = browser.run(engine(), Vec::new());
    }
    let script = "
         const [only, tags] = arguments;
         const known = new Set(axe.getRules().flatMap(rule => rule.tags));
         const unknown = tags.filter(tag => !known.has(tag));
         if (unknown.length) return {unknown};
         return axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(found => ({
             passes: found.passes.length + found.incomplete.length + found.violations.length,
             violations: found.violations.map(rule => ({
                 id: rule.id, help: rule.help,
                 nodes: rule.nodes.map(node => ({
                     target: node.target.join(' '), html: node.html, why: node.failureSummary,
                 })),
             })),
         }));";
    let answer = browser.run(script, vec![only.clone(), json!(TAGS)]);
    assert!(
        answer["unknown"].is_null(),
        "axe-core has no such tags: {}",
        answer["unknown"]
    );
    assert!(
        answer["passes"].as_u64() > Some(0),
        "axe-core examined nothing: {answer}"
    );
    let violations = answer["violations"]
        .as_array()
        .expect("axe-core answers with violations");
    violations.iter().flat_map(lines).collect()
}

fn lines(rule: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\n', " ");
    let nodes = rule["nodes"].as_array().cloned().unwrap_or_default();
    let one = |node: &Value| {
        let [id, help] = [&rule["id"], &rule["help"]].map(text);
        let [target, html, why] = [&node["target"], &node["html"], &node["why"]].map(text);
        format!("{id} ({help})\n    at {target}\n    {html}\n    {why}")
    };
    nodes.iter().map(one).collect()
}
