//! The law as data: the registry of articles and the dated parameters of `content/droit`.

mod unit;

pub use unit::Unit;
use unit::{amount, words};

use super::dates;
use super::directive::without_accents;
use super::fields::{Fields, Located};
use super::list;
use super::yaml::Node;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{Sources, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Path of the registry of articles.
pub const ARTICLES: &str = "content/droit/articles.yaml";
/// Path of the dated parameters.
pub const PARAMETERS: &str = "content/droit/parametres.yaml";

/// What the site knows of the law, by identifier.
#[derive(Debug, Clone, Default)]
pub struct Law {
    /// Articles that pages, outcomes and letters may cite.
    pub articles: BTreeMap<String, Article>,
    /// Figures of the law, with the period in which each value holds.
    pub parameters: BTreeMap<String, Parameter>,
}

/// One article of the registry.
#[derive(Debug, Clone)]
pub struct Article {
    /// `loi-89-462-22`.
    pub id: String,
    /// « article 22 de la loi du 6 juillet 1989 ».
    pub title: String,
    /// What it says, in one sentence.
    pub summary: String,
    /// Address of the official text, only when somebody has seen it.
    pub href: Option<String>,
    /// Day somebody last compared it with the official text.
    pub checked: Option<Date>,
    /// Day on which it changed, or on which it ceases to hold.
    pub changed: Option<Date>,
    /// Whether the text itself was read (`vu`), rather than known from practice (`su`).
    pub seen: bool,
    /// Where it is written.
    pub span: Span,
}

/// A figure of the law whose value depends on the day.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// `taux-majoration`.
    pub id: String,
    /// What it is, for readers.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// Its values, in the order of their first days.
    pub values: Vec<DatedValue>,
    /// Where it is written.
    pub span: Span,
}

/// A value and the days on which it holds.
#[derive(Debug, Clone)]
pub struct DatedValue {
    /// First day.
    pub from: Date,
    /// Last day, when it is known.
    pub until: Option<Date>,
    /// In stored units: cents, thousandths, months, days or years.
    pub value: i64,
    /// The value as the author wrote it.
    pub written: String,
    /// The text that sets it.
    pub source: String,
    /// Where it is written.
    pub span: Span,
}

impl Parameter {
    /// The value that holds on a day, in stored units.
    #[must_use]
    pub fn at(&self, day: Date) -> Option<i64> {
        self.held(day).map(|value| value.value)
    }

    /// The value that holds on a day, with its source.
    #[must_use]
    pub fn held(&self, day: Date) -> Option<&DatedValue> {
        let started = self.values.iter().rev().find(|value| value.from <= day);
        started.filter(|value| value.until.is_none_or(|until| day <= until))
    }

    /// The value of a day as readers see it: « 10 % », « 2 mois », « 15,50 € ».
    #[must_use]
    pub fn words_at(&self, day: Date) -> Option<String> {
        self.at(day).map(|value| words(value, self.unit))
    }
}

/// How an item begins.
const ITEM: &str = "Commencez chaque élément par « - id: … ».";

/// Reads both files of `content/droit`; a missing file is read as an empty one.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Law {
    let mut law = Law::default();
    for node in list::items(sources.text(ARTICLES), ITEM, faults) {
        let article = article(&node, faults);
        if !article.id.is_empty() && law.articles.insert(article.id.clone(), article).is_some() {
            faults.push(twice(&node));
        }
    }
    for node in list::items(sources.text(PARAMETERS), ITEM, faults) {
        let parameter = parameter(&node, faults);
        if !parameter.id.is_empty() && law.parameters.insert(parameter.id.clone(), parameter).is_some() {
            faults.push(twice(&node));
        }
    }
    law
}

/// The article of this identifier, or a diagnostic `article-inconnu` with the nearest one.
///
/// # Errors
/// The diagnostic, at the place of the identifier.
pub fn find<'a>(law: &'a Law, id: &Located<String>) -> Result<&'a Article, Diagnostic> {
    law.articles.get(&id.value).ok_or_else(|| {
        let hint = nearest(&id.value, law.articles.keys().map(String::as_str)).map_or_else(
            || format!("Ajoutez cet article dans {ARTICLES}."),
            |known| format!("Vouliez-vous dire « {known} » ?"),
        );
        Diagnostic::error(
            "article-inconnu",
            id.span.clone(),
            format!("L'article « {} » n'est pas dans le registre.", id.value),
        )
        .hint(hint)
    })
}

fn twice(node: &Node) -> Diagnostic {
    Diagnostic::error(
        "id-double",
        node.span.clone(),
        "Cet identifiant est déjà pris plus haut.",
    )
    .hint("Donnez à chaque élément un identifiant qui n'appartient qu'à lui.")
}

fn article(node: &Node, faults: &mut Diagnostics) -> Article {
    let mut fields = Fields::new(node, faults);
    let article = Article {
        id: fields.required("id").value,
        title: fields.required("titre").value,
        summary: fields.required("texte_court").value,
        href: fields.text("adresse").map(|text| text.value),
        checked: dates::field(&mut fields, "verifie_le").map(|day| day.value),
        changed: dates::field(&mut fields, "modifie_le").map(|day| day.value),
        seen: fields.one_of_said("confiance", &["vu", "su"], |_| {
            "Écrivez « vu » si vous avez lu l'article, ou « su » si la règle est connue mais l'article reste à lire."
                .to_owned()
        }) == Some("vu"),
        span: node.span.clone(),
    };
    fields.finish();
    article
}

/// What to write for a unit that does not exist: the percent sign is the one that must stand between quotes.
fn unit_cure(value: &str) -> String {
    let percent = "Pour un pourcentage, écrivez : unite: \"%\" (avec les guillemets droits).";
    if without_accents(value).starts_with("pour") && !without_accents(value).contains("mille") {
        return percent.to_owned();
    }
    let names = Unit::NAMES.map(|name| if name == "%" { "\"%\"" } else { name });
    let near = nearest(value, Unit::NAMES)
        .map_or_else(String::new, |name| format!("Vouliez-vous dire « {name} » ? "));
    format!("{near}Valeurs possibles : {}.", names.join(", "))
}

fn parameter(node: &Node, faults: &mut Diagnostics) -> Parameter {
    let mut fields = Fields::new(node, faults);
    let id = fields.required("id").value;
    let title = fields.required("titre").value;
    let unit = fields
        .one_of_said("unite", &Unit::NAMES, unit_cure)
        .and_then(|name| Unit::ALL.into_iter().find(|unit| unit.name() == name));
    if unit.is_none() && fields.text("unite").is_none() {
        fields.required("unite");
    }
    let unit = unit.unwrap_or(Unit::Days);
    let nodes = fields.list("valeurs");
    if nodes.is_empty() {
        let place = fields.span();
        fields.faults().push(
            Diagnostic::error(
                "parametre-sans-valeur",
                place,
                format!("Le paramètre « {id} » n'a aucune valeur."),
            )
            .hint("Écrivez :\nvaleurs:\n  - depuis: 2024-01-01\n    valeur: 10"),
        );
    }
    fields.finish();
    let mut values: Vec<_> = nodes
        .iter()
        .filter_map(|node| dated_value(node, unit, faults))
        .collect();
    values.sort_by_key(|value| value.from);
    Parameter {
        id,
        title,
        unit,
        values,
        span: node.span.clone(),
    }
}

fn dated_value(node: &Node, unit: Unit, faults: &mut Diagnostics) -> Option<DatedValue> {
    let mut fields = Fields::new(node, faults);
    let from = dates::required(&mut fields, "depuis", Date::MIN).value;
    let until = dates::field(&mut fields, "jusqu_a").map(|day| day.value);
    let written = fields.required("valeur");
    let value = amount(&written.value, unit);
    if value.is_none() && !written.value.is_empty() {
        fields.faults().push(
            Diagnostic::error(
                "parametre-valeur",
                written.span.clone(),
                format!("« {} » n'est pas une valeur en {}.", written.value, unit.name()),
            )
            .hint(if unit == Unit::Date {
                "Écrivez l'année, le mois et le jour : 2026-11-25."
            } else {
                "Écrivez le nombre seul, en chiffres, avec une virgule au besoin : 10 ou 15,50."
            }),
        );
    }
    let source = fields.text("source").map(|text| text.value).unwrap_or_default();
    fields.finish();
    Some(DatedValue {
        from,
        until,
        value: value?,
        written: written.value,
        source,
        span: node.span.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(articles: &str, parameters: &str) -> (Law, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        sources.insert(ARTICLES, articles);
        sources.insert(PARAMETERS, parameters);
        let mut faults = Diagnostics::default();
        let law = parse(&sources, &mut faults);
        (law, faults.sorted())
    }

    #[test]
    fn a_parameter_has_the_value_of_its_day() {
        let (law, faults) = law(
            "",
            "- id: taux\n  titre: Taux\n  unite: \"%\"\n  valeurs:\n    - {depuis: 2024-01-01, valeur: 12.5, source: S}\n    - {depuis: 2014-03-27, jusqu_a: 2023-06-30, valeur: 10, source: S}\n",
        );
        assert_eq!(faults, []);
        let taux = &law.parameters["taux"];
        assert_eq!(taux.at("2014-03-26".parse().unwrap()), None);
        assert_eq!(taux.at("2023-06-30".parse().unwrap()), Some(100));
        assert_eq!(taux.at("2023-07-01".parse().unwrap()), None);
        assert_eq!(
            taux.words_at("2026-11-23".parse().unwrap()).as_deref(),
            Some("12,5\u{a0}%")
        );
    }

    #[test]
    fn faults_are_told_together() {
        let (_, faults) = law(
            "- id: a\n  titre: A\n  texte_cour: x\n  confiance: sur\n  verifie_le: 31/12/2026\n- id: a\n  texte_court: y\n",
            "- id: p\n  titre: P\n  unite: moi\n- id: q\n  titre: Q\n  unite: mois\n  valeurs: [{depuis: 2020-01-01, valeur: 1.5}]\n",
        );
        let rules: Vec<_> = faults.iter().map(|fault| fault.rule).collect();
        for rule in [
            "cle-manquante",
            "cle-inconnue",
            "cle-valeur",
            "date",
            "id-double",
            "parametre-sans-valeur",
            "parametre-valeur",
        ] {
            assert!(rules.contains(&rule), "{rule} in {rules:?}");
        }
    }
}
