//! Fields, groups, buttons, and the order of the keyboard.

use super::page::{Attributes, Page, around, is_in, name, squeezed, start, words};
use scraper::ElementRef;

/// Types of `<input>` that nobody fills.
const SILENT: [&str; 5] = ["hidden", "submit", "button", "reset", "image"];

/// Fields that a person fills.
pub(super) fn fields<'a>(page: &Page<'a>) -> Vec<ElementRef<'a>> {
    page.named(&["input", "select", "textarea"])
        .filter(|field| !field.attribute("type").is_some_and(|kind| SILENT.contains(&kind)))
        // A trap for robots is hidden from everyone.
        .filter(|field| !around(*field).any(|parent| parent.attribute("aria-hidden") == Some("true")))
        .collect()
}

/// What names a field.
pub(super) fn label(page: &Page, field: ElementRef) -> String {
    if field.attribute("aria-labelledby").is_some() || field.attribute("aria-label").is_some() {
        let ids = field.attribute("aria-labelledby").unwrap_or_default();
        let named: Vec<_> = ids
            .split_whitespace()
            .filter_map(|id| page.by_id(id).map(words))
            .collect();
        let named = named.join(" ");
        return if named.is_empty() {
            squeezed(field.attribute("aria-label").unwrap_or_default())
        } else {
            named
        };
    }
    let own = field.attribute("id").unwrap_or_default();
    let labels = page.named(&["label"]);
    let tied = labels
        .filter(|label| label.attribute("for") == Some(own) && !own.is_empty())
        .map(words)
        .next();
    tied.or_else(|| around(field).find(|parent| name(*parent) == "label").map(words))
        .unwrap_or_default()
}

/// 11.1: each field has a label that is tied to it.
pub(super) fn labels(page: &Page, wrong: &mut Vec<String>) {
    for field in fields(page)
        .into_iter()
        .filter(|field| label(page, *field).is_empty())
    {
        wrong.push(format!(
            "le champ « {} » n'a pas d'étiquette",
            field.attribute("name").unwrap_or_default()
        ));
    }
    for (element, attribute) in [
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-owns",
    ]
    .iter()
    .flat_map(|key| page.with(key))
    {
        for id in attribute.split_whitespace().filter(|id| page.by_id(id).is_none()) {
            wrong.push(format!(
                "un élément « {} » est relié à « {id} », qui n'existe pas",
                name(element)
            ));
        }
    }
}

/// 11.5, 11.6: buttons to choose from stand in a group, whose legend comes first.
pub(super) fn groups(page: &Page, wrong: &mut Vec<String>) {
    for group in page.named(&["fieldset"]) {
        let legend = group
            .child_elements()
            .next()
            .filter(|first| name(*first) == "legend");
        let named = group.attribute("aria-labelledby").is_some() && !page.label(group).is_empty();
        if !named && legend.is_none_or(|legend| words(legend).is_empty()) {
            wrong.push("un groupe de champs n'a pas de légende en tête".to_owned());
        }
    }
    for radio in page
        .named(&["input"])
        .filter(|field| field.attribute("type") == Some("radio"))
    {
        let grouped = around(radio).any(|parent| {
            name(parent) == "fieldset" || matches!(parent.attribute("role"), Some("group" | "radiogroup"))
        });
        if !grouped {
            wrong.push(format!(
                "le choix « {} » n'est pas dans un groupe",
                label(page, radio)
            ));
        }
    }
}

/// Most options of a list that is not cut into families.
const MOST_OPTIONS: usize = 20;

/// 11.8: a long list is cut into families.
pub(super) fn long_lists(page: &Page, wrong: &mut Vec<String>) {
    for list in page.named(&["select"]) {
        let count = list
            .descendent_elements()
            .filter(|element| name(*element) == "option")
            .count();
        let cut = list.child_elements().any(|child| name(child) == "optgroup");
        if count > MOST_OPTIONS && !cut {
            wrong.push(format!(
                "la liste « {} » a {count} choix sans familles",
                label(page, list)
            ));
        }
    }
}

/// Words that do not say what a button does.
const EMPTY: [&str; 7] = [
    "ok",
    "valider",
    "envoyer",
    "continuer",
    "suivant",
    "go",
    "cliquez",
];

/// 11.9: a button says what it does; its name holds the words that are seen.
pub(super) fn buttons(page: &Page, wrong: &mut Vec<String>) {
    let inputs = page
        .named(&["input"])
        .filter(|field| matches!(field.attribute("type"), Some("submit" | "button" | "reset")));
    let inputs = inputs.map(|field| (field, squeezed(field.attribute("value").unwrap_or_default())));
    let buttons = page
        .named(&["button"])
        .map(|button| (button, words_or_title(button)));
    for (button, seen) in inputs.chain(buttons) {
        let named = match button.attribute("aria-label") {
            Some(label) => squeezed(label),
            None if button.attribute("aria-labelledby").is_some() => page.label(button),
            None => seen.clone(),
        };
        if named.is_empty() || EMPTY.contains(&named.to_lowercase().as_str()) {
            wrong.push(format!("le bouton « {named} » ne dit pas ce qu'il fait"));
        } else if !named.to_lowercase().contains(&seen.to_lowercase()) {
            wrong.push(format!(
                "le bouton « {} » se nomme autrement : « {} »",
                start(&seen),
                start(&named)
            ));
        }
    }
}

fn words_or_title(button: ElementRef) -> String {
    let words = words(button);
    if words.is_empty() {
        squeezed(button.attribute("title").unwrap_or_default())
    } else {
        words
    }
}

/// Tokens of `autocomplete` that a form about a dwelling may use.
const TOKENS: [&str; 21] = [
    "off",
    "on",
    "name",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-prefix",
    "organization",
    "organization-title",
    "email",
    "tel",
    "tel-national",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "postal-code",
    "address-level1",
    "address-level2",
    "country-name",
    "bday",
];

/// 11.13: tokens exist, and a field of the person's own data has one.
pub(super) fn autocomplete(page: &Page, wrong: &mut Vec<String>) {
    for (field, tokens) in page.with("autocomplete") {
        let last = tokens.split_whitespace().next_back().unwrap_or_default();
        if !TOKENS.contains(&last) {
            wrong.push(format!("« {tokens} » n'est pas une valeur de saisie automatique"));
        }
        if name(field) == "form" && last != "off" && last != "on" {
            wrong.push("un formulaire porte une valeur de saisie automatique".to_owned());
        }
    }
    for field in fields(page) {
        if matches!(field.attribute("type"), Some("email" | "tel"))
            && field.attribute("autocomplete").is_none()
        {
            wrong.push(format!(
                "le champ « {} » ne dit pas s'il reçoit la saisie automatique",
                label(page, field)
            ));
        }
    }
}

/// 12.8, 12.10: the keyboard follows the page; nothing reacts inside an attribute.
pub(super) fn keyboard(page: &Page, wrong: &mut Vec<String>) {
    for (element, rank) in page.with("tabindex") {
        if rank.parse::<i32>().is_ok_and(|rank| rank > 0) {
            wrong.push(format!(
                "un élément « {} » passe devant les autres (tabindex {rank})",
                name(element)
            ));
        }
    }
    for element in &page.elements {
        if let Some((key, _)) = element
            .value()
            .attrs()
            .find(|(key, _)| key.starts_with("on") && key.len() > 3)
        {
            wrong.push(format!(
                "un élément « {} » réagit par l'attribut {key}",
                name(*element)
            ));
        }
        let hidden = element.attribute("aria-hidden") == Some("true");
        let focusable = |inside: ElementRef| {
            inside.attribute("tabindex") != Some("-1")
                && (matches!(name(inside), "button" | "select" | "textarea")
                    || name(inside) == "a" && inside.attribute("href").is_some()
                    || name(inside) == "input" && inside.attribute("type") != Some("hidden"))
        };
        if hidden && element.descendent_elements().any(focusable) {
            wrong.push(format!(
                "un élément « {} » caché aux lecteurs d'écran prend le focus",
                name(*element)
            ));
        }
    }
    let is_main = |element: &&ElementRef| {
        is_in(**element, &["main"])
            && matches!(name(**element), "div" | "span")
            && element.attribute("role") == Some("button")
    };
    if let Some(element) = page.elements.iter().find(is_main) {
        wrong.push(format!(
            "un élément « {} » joue le rôle d'un bouton",
            name(*element)
        ));
    }
}
