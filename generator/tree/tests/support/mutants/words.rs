//! The texts that differ from one expression by one fault.

use decision_tree::source::TreeSource;

type Variants = Vec<(&'static str, String)>;

/// Signs and what a careless author may write in their place.
const SIGNS: [(&str, &str); 19] = [
    (" et ", " ou "),
    (" ou ", " et "),
    (" > ", " >= "),
    (" >= ", " > "),
    (" < ", " <= "),
    (" <= ", " < "),
    (" = ", " != "),
    (" != ", " = "),
    ("non ", ""),
    (" + ", " - "),
    (" - ", " + "),
    (" * ", " + "),
    ("min(", "max("),
    ("max(", "min("),
    ("plus_mois(", "plus_jours("),
    ("jusqu'à ", "moins de "),
    ("moins de ", "jusqu'à "),
    ("avant ", "jusqu'au "),
    ("jusqu'au ", "avant "),
];

/// Every variant of an expression, of a line « id si condition », or of the bound of a bracket.
pub(super) fn variants(text: &str, tree: &TreeSource) -> Variants {
    let (head, body) = match text.split_once(" si ") {
        Some((head, condition)) => (format!("{head} si "), condition),
        None => (String::new(), text),
    };
    let mut all = Vec::new();
    let condition = !head.is_empty() || is_condition(body, tree);
    if condition {
        all.push(("condition inversée", format!("non ({body})")));
    }
    for (from, to) in SIGNS {
        for (at, _) in body.match_indices(from) {
            let after = &body[at + from.len()..];
            all.push(("signe changé", format!("{}{to}{after}", &body[..at])));
        }
    }
    for (at, _) in body.match_indices("si(") {
        all.push((
            "condition inversée",
            format!("{}si(non {}", &body[..at], first_in_brackets(&body[at + 3..])),
        ));
    }
    all.extend(constants(body));
    all.extend(choices(body, tree));
    all.push((
        if condition || !all.is_empty() {
            "nom mal écrit"
        } else {
            "emplacement renommé"
        },
        misspelt(body),
    ));
    all.into_iter()
        .map(|(kind, changed)| (kind, format!("{head}{changed}")))
        .collect()
}

/// Whether an expression is true or false, as far as its words tell.
fn is_condition(body: &str, tree: &TreeSource) -> bool {
    let signs = ["=", "<", ">", "contient", "non "];
    let computed = [
        "si(",
        "plus_",
        "min(",
        "max(",
        "pourcent(",
        "mois_entames(",
        "+",
        "*",
    ];
    let fact = tree.facts.iter().any(|fact| fact.name.value == body);
    fact || (signs.iter().any(|sign| body.contains(sign)) && !computed.iter().any(|word| body.contains(word)))
}

/// `a, b, c)` → `(a), b, c)`: the first argument between brackets.
fn first_in_brackets(arguments: &str) -> String {
    let mut depth = 0;
    let comma = arguments.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0 && *c == ','
    });
    let end = comma.map_or(arguments.len(), |(at, _)| at);
    format!("({}){}", &arguments[..end], &arguments[end..])
}

/// Each number, one more and one less; numbers that are parts of names are left alone.
fn constants(body: &str) -> Variants {
    let mut all = Vec::new();
    let mut end = 0;
    for (at, _) in body.match_indices(|c: char| c.is_ascii_digit()) {
        if at < end {
            continue;
        }
        end = body[at..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(body.len(), |width| at + width);
        let alone = |c: Option<char>| c.is_none_or(|c| matches!(c, ' ' | ',' | ')' | '('));
        if !alone(body[..at].chars().next_back()) || !alone(body[end..].chars().next()) {
            continue;
        }
        let Ok(number) = body[at..end].parse::<i64>() else {
            continue;
        };
        for changed in [number + 1, number - 1] {
            if changed >= 0 {
                all.push((
                    "constante changée",
                    format!("{}{changed}{}", &body[..at], &body[end..]),
                ));
            }
        }
    }
    all
}

/// Each comparison with a choice, misspelt or with another choice of the same question.
fn choices(body: &str, tree: &TreeSource) -> Variants {
    let mut all = Vec::new();
    for question in &tree.questions {
        for (choice, sign) in question
            .choices
            .iter()
            .flat_map(|choice| [(choice, "="), (choice, "!="), (choice, "contient")])
        {
            let wanted = format!("{} {sign} {}", question.id.value, choice.id.value);
            for (at, _) in body.match_indices(&wanted) {
                let end = at + wanted.len();
                if body[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-') || glued(&body[..at]) {
                    continue;
                }
                let (before, after) = (&body[..end - choice.id.value.len()], &body[end..]);
                all.push(("choix mal écrit", format!("{before}{}x{after}", choice.id.value)));
                let others = question
                    .choices
                    .iter()
                    .filter(|other| other.id.value != choice.id.value);
                all.extend(others.map(|other| ("autre choix", format!("{before}{}{after}", other.id.value))));
            }
        }
    }
    all
}

/// Whether a text ends inside a word.
fn glued(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric() || c == '-')
}

/// The last word, with one letter too many.
fn misspelt(body: &str) -> String {
    let end = body.trim_end_matches([')', ' ']).len();
    format!("{}x{}", &body[..end], &body[end..])
}
