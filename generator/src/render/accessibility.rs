//! The declaration of accessibility, computed from the audit, and the table of the criteria for the documentation.

use super::Renderer;
use super::context::Day;
use super::frame::PageSpec;
use super::markdown;
use crate::audit::{Audit, Criterion, State};
use crate::diagnostic::Diagnostics;
use crate::site::Page;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write;

/// Slug of the page that holds the declaration.
pub const SLUG: &str = "accessibilite";
/// Its address.
pub const ADDRESS: &str = "/accessibilite/";

/// `layouts/accessibility.html`.
#[derive(Debug, Clone, Serialize)]
pub struct Declaration {
    /// The text of the page: contact, ways of appeal. HTML.
    pub body: String,
    /// `partiellement conforme`.
    pub state: String,
    /// Criteria met among those that apply, in percent.
    pub rate: usize,
    /// Criteria that apply.
    pub applicable: usize,
    /// Criteria met.
    pub met: usize,
    /// Criteria without object.
    pub void: usize,
    /// Criteria found wanting.
    pub broken: Vec<Fault>,
    /// Criteria without a valid result.
    pub unverified: Vec<Fault>,
    /// Day of the last result.
    pub day: Option<Day>,
    /// Programs that the tests used.
    pub environment: String,
    /// Runs of tests: name and scope.
    pub runs: Vec<Fault>,
    /// Checks by a person: name and method.
    pub checks: Vec<Fault>,
    /// Host of the site.
    pub host: String,
}

/// A name and what is said of it.
#[derive(Debug, Clone, Serialize)]
pub struct Fault {
    /// `10.11 (AA)`, or the name of a test.
    pub name: String,
    /// What it asks, or what it looked at.
    pub subject: String,
    /// Why.
    pub why: String,
}

/// The mention that each page carries: « Accessibilité : partiellement conforme ».
#[must_use]
pub fn mention(audit: Option<&Audit>, today: Date) -> String {
    let state = audit.map_or("non conforme", |audit| audit.totals(today).state());
    format!("Accessibilité : {state}")
}

/// Renders the declaration.
pub fn render(renderer: &Renderer, page: &Page, audit: &Audit, faults: &mut Diagnostics) -> Option<String> {
    let site = renderer.site;
    let words = renderer.words();
    let totals = audit.totals(site.today);
    let of = |wanted: fn(State) -> Option<String>| -> Vec<Fault> {
        let states = audit
            .criteria
            .iter()
            .map(|criterion| (criterion, audit.state(criterion, site.today)));
        let found = states.filter_map(|(criterion, state)| Some((criterion, wanted(state)?)));
        found
            .map(|(criterion, why)| Fault {
                name: named(criterion),
                subject: words.fill(&criterion.subject),
                why: words.fill(&why),
            })
            .collect()
    };
    let said = |name: &str, subject: &str, day: Option<Date>| Fault {
        name: name.replace('-', " "),
        subject: words.fill(subject),
        why: day.map_or_else(String::new, |day| Day::from(day).words),
    };
    let checks = audit.checks.iter().filter(|check| check.passed.is_some());
    let value = Declaration {
        body: markdown::html(&page.body, 1, &renderer.host(), faults),
        state: totals.state().to_owned(),
        rate: totals.rate(),
        applicable: totals.applicable(),
        met: totals.met,
        void: totals.void,
        broken: of(|state| match state {
            State::Broken(why) => Some(why),
            _ => None,
        }),
        unverified: of(|state| match state {
            State::Unverified(why) => Some(why),
            _ => None,
        }),
        day: audit.last_day().map(Day::from),
        environment: words.fill(&audit.environment),
        runs: audit
            .runs
            .iter()
            .filter(|run| run.passed)
            .map(|run| said(&run.name, &run.scope, run.day))
            .collect(),
        checks: checks
            .map(|check| said(&check.name, &check.method, check.day))
            .collect(),
        host: site
            .settings
            .base_url
            .value
            .trim_start_matches("https://")
            .to_owned(),
    };
    let spec = PageSpec {
        heading: mention(Some(audit), site.today),
        description: page.description.value.clone(),
        path: page.address(),
        indexable: page.indexable,
        ..PageSpec::default()
    };
    renderer.page("accessibility.html", spec, "declaration", &value, faults)
}

fn named(criterion: &Criterion) -> String {
    format!("{} ({})", criterion.number, criterion.level)
}

/// `docs/accessibilite.md`: the table of the criteria, then the runs of tests and the checks by a person.
#[must_use]
pub fn document(audit: &Audit, today: Date) -> String {
    let mut text = String::from(
        "# État des 106 critères du RGAA 4.1.2\n\n\
         Cette page est écrite par `make accessibility`, à partir de `content/accessibilite` : ne la corrigez pas ici. \
         Une règle est appliquée à chaque construction du site ; un essai se fait dans un navigateur ; un contrôle est \
         décrit dans [accessibilite-controles.md](accessibilite-controles.md).\n\n",
    );
    text.push_str(&table(audit, today));
    // A text in memory takes what is written to it.
    let _ = write!(text, "\n## Essais\n\nEnvironnement : {}.\n\n", audit.environment);
    text.push_str("| Essai | Jour | Résultat | Étendue |\n|---|---|---|---|\n");
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    for run in &audit.runs {
        let result = if run.passed { "réussi" } else { "**échoué**" };
        let _ = writeln!(
            text,
            "| {} | {} | {result} | {} |",
            run.name,
            day(run.day),
            run.scope
        );
    }
    text.push_str(
        "\n## Contrôles\n\n| Contrôle | Jour | Méthode | Résultat | Note |\n|---|---|---|---|---|\n",
    );
    for check in &audit.checks {
        let result = match check.passed {
            Some(true) => "conforme",
            Some(false) => "**non conforme**",
            None => "**non vérifié**",
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {result} | {} |",
            check.name,
            day(check.day),
            check.method,
            check.note
        );
    }
    text
}

/// The table of the criteria, in Markdown.
fn table(audit: &Audit, today: Date) -> String {
    let totals = audit.totals(today);
    let mut text = format!(
        "État au {today} : **{}**. {} critères respectés sur {} applicables ({} %), {} non respectés, {} non vérifiés (comptés comme non respectés), {} sans objet.\n\n| Critère | Niveau | Objet | Vérifié par | État |\n|---|---|---|---|---|\n",
        totals.state(),
        totals.met,
        totals.applicable(),
        totals.rate(),
        totals.broken,
        totals.unverified,
        totals.void,
    );
    for criterion in &audit.criteria {
        let state = match audit.state(criterion, today) {
            State::Met => "respecté".to_owned(),
            State::Broken(why) => format!("**non respecté** : {why}"),
            State::Unverified(why) => format!("**non vérifié** : {why}"),
            State::Void(why) => format!("sans objet : {why}"),
        };
        let mut by: Vec<String> = criterion
            .rules
            .iter()
            .map(|name| format!("règle {name}"))
            .collect();
        by.extend(criterion.tests.iter().map(|name| format!("essai {name}")));
        by.extend(criterion.check.iter().map(|name| format!("contrôle {name}")));
        by.extend(criterion.void.iter().map(|(_, guard)| format!("garde {guard}")));
        // A text in memory takes what is written to it.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {state} |",
            criterion.number,
            criterion.level,
            criterion.subject,
            by.join(", ")
        );
    }
    text
}
