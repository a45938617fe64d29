//! The legal register: each article and each figure of the law, with the texts that use it. Written from the sources, never typed.

use crate::parse::dates;
use crate::parse::law::{Article, DatedValue, Law, Parameter};
use crate::source::{Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Folders whose texts speak of the law, with the word that names one of their entries.
const FOLDERS: [(&str, &str); 6] = [
    ("content/guides/", "guide"),
    ("content/diagnostics/", "questionnaire"),
    ("content/courriers/", "lettre"),
    ("content/pages/", "page"),
    ("content/glossaire/", "glossaire"),
    ("content/faq", "questions fréquentes"),
];

/// Where a rule of law is used: « guide » → the names of the guides.
type Uses = BTreeMap<&'static str, BTreeSet<String>>;

/// The register as Markdown. It shows every dated value, so that it changes only when a source does.
#[must_use]
pub fn markdown(law: &Law, sources: &Sources) -> String {
    let (articles, parameters) = uses(law, sources);
    let mut out = String::from(
        "# Règles de droit utilisées\n\n\
         Cette page est écrite par `make law` à partir de `content` : ne la corrigez pas à la main.\n\
         Chaque ligne dit quelle règle est utilisée, où elle l'est, et d'où elle vient.\n\n",
    );
    let _ = writeln!(
        out,
        "{} articles et {} chiffres.\n",
        law.articles.len(),
        law.parameters.len()
    );
    out.push_str(
        "## Articles\n\n| Article | Ce qu'il dit | Utilisé dans | Vérification |\n|---|---|---|---|\n",
    );
    for article in law.articles.values() {
        row(
            &mut out,
            &article_cells(article, articles.get(article.id.as_str())),
        );
    }
    out.push_str("\n## Chiffres\n\n| Chiffre | Valeur | Utilisé dans | Source |\n|---|---|---|---|\n");
    for parameter in law.parameters.values() {
        let used = parameters.get(parameter.id.as_str());
        row(&mut out, &parameter_cells(parameter, used));
    }
    out
}

fn row(out: &mut String, cells: &[String; 4]) {
    let cells = cells.each_ref().map(|cell| cell.replace('|', "\\|"));
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn article_cells(article: &Article, uses: Option<&Uses>) -> [String; 4] {
    let confidence = if article.seen {
        "texte lu"
    } else {
        "connu, à vérifier sur Légifrance"
    };
    let checked = article
        .checked
        .map_or_else(String::new, |day| format!(", le {}", dates::words(day)));
    [
        format!("{} (`{}`)", article.title, article.id),
        article.summary.clone(),
        told(uses),
        format!("{confidence}{checked}"),
    ]
}

fn parameter_cells(parameter: &Parameter, uses: Option<&Uses>) -> [String; 4] {
    let values = parameter.values.iter().map(|value| held(parameter, value));
    let sources: BTreeSet<&str> = parameter
        .values
        .iter()
        .map(|value| value.source.as_str())
        .collect();
    [
        format!("{} (`{}`)", parameter.title, parameter.id),
        values.collect::<Vec<_>>().join(" ; "),
        told(uses),
        sources.into_iter().collect::<Vec<_>>().join(" ; "),
    ]
}

/// « 10 % depuis le 7 février 2026 »
fn held(parameter: &Parameter, value: &DatedValue) -> String {
    let words = parameter.words_at(value.from).unwrap_or_default();
    let until = value
        .until
        .map_or_else(String::new, |day| format!(", jusqu'au {}", dates::words(day)));
    format!("{words} depuis le {}{until}", dates::words(value.from))
}

/// « guide : charges, la-cdc ; lettre : saisine-cdc », or that nothing uses it.
fn told(uses: Option<&Uses>) -> String {
    let Some(uses) = uses else {
        return "aucun texte".to_owned();
    };
    let kinds = uses.iter().map(|(kind, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("{kind} : {}", names.join(", "))
    });
    kinds.collect::<Vec<_>>().join(" ; ")
}

/// Who uses each article, and who uses each figure, by identifier.
fn uses<'a>(law: &'a Law, sources: &Sources) -> (BTreeMap<&'a str, Uses>, BTreeMap<&'a str, Uses>) {
    let mut articles: BTreeMap<&str, Uses> = BTreeMap::new();
    let mut parameters: BTreeMap<&str, Uses> = BTreeMap::new();
    for (folder, kind) in FOLDERS {
        for source in sources.under(folder) {
            let name = entry(source, folder);
            for word in words(&source.text) {
                if let Some((id, _)) = law.articles.get_key_value(word) {
                    let used = articles.entry(id).or_default().entry(kind).or_default();
                    used.insert(name.clone());
                }
            }
            for id in figures(&source.text) {
                if let Some((id, _)) = law.parameters.get_key_value(id) {
                    let used = parameters.entry(id).or_default().entry(kind).or_default();
                    used.insert(name.clone());
                }
            }
        }
    }
    (articles, parameters)
}

/// The page that a source belongs to: the folder of a questionnaire, else the file's name.
fn entry(source: &Source, folder: &str) -> String {
    let rest = source.path.strip_prefix(folder).unwrap_or(&source.path);
    let first = rest.trim_start_matches('/').split('/').next().unwrap_or(rest);
    let name = first.trim_end_matches(".md").trim_end_matches(".yaml");
    if name.is_empty() {
        "faq".to_owned()
    } else {
        name.to_owned()
    }
}

/// Stretches of small letters, digits and hyphens: what an identifier is made of.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .filter(|word| !word.is_empty())
}

/// The identifiers in `param(…)`.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.split("param(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next().map(str::trim))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::parse::law;

    #[test]
    fn each_rule_is_told_with_its_uses_its_value_and_its_source() {
        let mut sources = Sources::default();
        sources.insert(
            law::ARTICLES,
            "- {id: loi-22, titre: article 22, texte_court: Dépôt, verifie_le: 2026-11-01, confiance: vu}\n\
             - {id: loi-2, titre: article 2, texte_court: Champ, confiance: su}\n",
        );
        sources.insert(
            law::PARAMETERS,
            "- {id: taux, titre: Taux, unite: \"%\", valeurs: [{depuis: 2020-01-01, valeur: 10, source: art. 22}]}\n",
        );
        sources.insert(
            "content/guides/depot.md",
            ":::loi{article=loi-22}\n:::\n{{ param(taux) }}\n",
        );
        sources.insert("content/diagnostics/depot/issues/a.md", "base_legale: [loi-22]\n");
        let law = law::parse(&sources, &mut Diagnostics::default());
        let said = markdown(&law, &sources);
        for line in [
            "| article 22 (`loi-22`) | Dépôt | guide : depot ; questionnaire : depot | texte lu, le 1er novembre 2026 |",
            "| article 2 (`loi-2`) | Champ | aucun texte | connu, à vérifier sur Légifrance |",
            "| Taux (`taux`) | 10\u{a0}% depuis le 1er janvier 2020 | guide : depot | art. 22 |",
        ] {
            assert!(said.contains(line), "{line}\nin {said}");
        }
    }

    #[test]
    fn an_identifier_is_not_found_inside_a_longer_one() {
        let mut sources = Sources::default();
        sources.insert(
            law::ARTICLES,
            "- {id: loi-2, titre: T, texte_court: C, confiance: vu}\n",
        );
        sources.insert("content/guides/a.md", "loi-22 et xloi-2\n");
        let law = law::parse(&sources, &mut Diagnostics::default());
        assert_eq!(uses(&law, &sources).0.len(), 0);
    }
}
