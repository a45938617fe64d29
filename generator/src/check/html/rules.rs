//! The rules on each page: their names, in the order of the RGAA, their explanations and their cures.

use super::page::{Page, is_in, name};
use super::{Rule, forms, structure, words};
use std::collections::BTreeSet;

macro_rules! rule {
    ($name:literal, $file:literal, $check:expr, $hint:literal) => {
        Rule {
            name: $name,
            explanation: include_str!($file),
            hint: $hint,
            check: $check,
        }
    };
}

/// Every rule on a page by itself.
pub const RULES: &[Rule] = &[
    rule!(
        "page-image",
        "picture.md",
        words::pictures,
        "Décrivez l'image, ou laissez son alternative vide si elle n'apprend rien."
    ),
    rule!(
        "page-interdit",
        "forbidden.md",
        words::forbidden,
        "Remplacez-le par du texte, une image ou un lien."
    ),
    rule!(
        "page-tableau",
        "table.md",
        words::tables,
        "Donnez au tableau un titre et des en-têtes simples, avec leur portée."
    ),
    rule!(
        "page-lien",
        "link.md",
        words::links,
        "Nommez la page où mène le lien."
    ),
    rule!(
        "page-doctype",
        "doctype.md",
        structure::doctype,
        "Remettez « <!DOCTYPE html> » en tête du gabarit de base."
    ),
    rule!(
        "page-id-double",
        "same_id.md",
        same_ids,
        "Changez l'un des deux dans le thème ou dans le texte."
    ),
    rule!(
        "page-langue",
        "language.md",
        structure::language,
        "Écrivez le code de la langue : fr, en, pt-BR…"
    ),
    rule!(
        "page-titre",
        "title.md",
        titles,
        "Vérifiez le gabarit de cette page."
    ),
    rule!(
        "page-apparence",
        "looks.md",
        words::presentation,
        "Supprimez-le, ou donnez une classe à l'élément et écrivez le style dans une feuille."
    ),
    rule!(
        "page-sens",
        "direction.md",
        structure::direction,
        "Entourez ce texte d'un élément avec dir=\"rtl\" et sa langue."
    ),
    rule!(
        "page-titres",
        "headings.md",
        structure::headings,
        "Reprenez l'ordre des titres : 1, puis 2, puis 3."
    ),
    rule!(
        "page-reperes",
        "landmarks.md",
        structure::landmarks,
        "Reprenez les zones du gabarit de base."
    ),
    rule!(
        "page-liste",
        "list.md",
        structure::lists,
        "Écrivez une vraie liste."
    ),
    rule!(
        "page-citation",
        "quote.md",
        structure::quotations,
        "Utilisez l'encadré « citation »."
    ),
    rule!(
        "page-etiquette",
        "label.md",
        forms::labels,
        "Reliez au champ une étiquette par « for », ou corrigez l'identifiant."
    ),
    rule!(
        "page-groupe",
        "group.md",
        forms::groups,
        "Mettez ces champs dans un fieldset dont la légende vient en premier."
    ),
    rule!(
        "page-liste-longue",
        "long_list.md",
        forms::long_lists,
        "Rangez les choix par familles (optgroup)."
    ),
    rule!(
        "page-bouton",
        "button.md",
        forms::buttons,
        "Dites l'effet : « Envoyer mon dossier »."
    ),
    rule!(
        "page-saisie-automatique",
        "autocomplete.md",
        forms::autocomplete,
        "Prenez une valeur de la norme HTML, ou « off » pour les données d'une autre personne."
    ),
    rule!(
        "page-evitement",
        "skip_links.md",
        structure::skip_links,
        "Reprenez les liens d'évitement du gabarit de base."
    ),
    rule!(
        "page-clavier",
        "keyboard.md",
        forms::keyboard,
        "Prenez un vrai lien ou un vrai bouton, et laissez l'ordre de la page."
    ),
    rule!(
        "page-document",
        "download.md",
        words::downloads,
        "Écrivez par exemple « Modèle de lettre (ODT, 12 Ko) »."
    ),
    rule!(
        "page-signe",
        "sign.md",
        words::cryptic,
        "Écrivez le mot en toutes lettres."
    ),
];

/// 8.2: an identifier names one element.
fn same_ids(page: &Page, wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (_, id) in page.with("id") {
        if !seen.insert(id) {
            wrong.push(format!("l'identifiant « {id} » est écrit deux fois"));
        }
    }
}

/// 8.5, 9.1: one title for the window, one heading for the page.
fn titles(page: &Page, wrong: &mut Vec<String>) {
    // The title of a drawing is not that of the page.
    let titles = page.named(&["title"]).filter(|title| !is_in(*title, &["svg"]));
    let titles = titles
        .filter(|title| !title.text().collect::<String>().trim().is_empty())
        .count();
    let headings = page
        .elements
        .iter()
        .filter(|element| name(**element) == "h1")
        .count();
    if titles != 1 || headings != 1 {
        wrong.push(format!(
            "{titles} titre de fenêtre et {headings} titre de niveau 1 ; il faut un de chaque"
        ));
    }
}
