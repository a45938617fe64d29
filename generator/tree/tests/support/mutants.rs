//! Single faults of an author: each gives the tree with one fault, and says which.

use decision_tree::source::{NamedSource, Piece, Raw, TreeSource};

/// A tree with one fault.
pub struct Mutant {
    /// The fault.
    pub name: String,
    /// The tree.
    pub tree: TreeSource,
}

/// All mutants of a tree.
pub fn mutants(good: &TreeSource) -> Vec<Mutant> {
    let mut all = Vec::new();
    let count = expressions(&mut good.clone()).len();
    for place in 0..count {
        let text = expressions(&mut good.clone())[place].value.clone();
        for (what, changed) in variants(&text, good) {
            let mut tree = good.clone();
            expressions(&mut tree)[place].value.clone_from(&changed);
            all.push(Mutant {
                name: format!("{what}: « {text} » → « {changed} »"),
                tree,
            });
        }
    }
    structure(good, &mut all);
    all
}

/// Every expression of a tree, by order.
fn expressions(tree: &mut TreeSource) -> Vec<&mut Raw> {
    let mut list: Vec<&mut Raw> = Vec::new();
    list.extend(tree.stop.iter_mut());
    list.extend(tree.facts.iter_mut().map(|fact| &mut fact.value));
    list.extend(tree.figures.iter_mut().map(|figure| &mut figure.value));
    list.extend(
        tree.outcome_order
            .iter_mut()
            .map(|line| &mut line.value)
            .filter(|raw| !raw.value.starts_with("sinon")),
    );
    list.extend(tree.order.iter_mut().filter(|line| line.value.contains(" si ")));
    for outcome in &mut tree.outcomes {
        pieces(&mut outcome.summary, &mut list);
        pieces(&mut outcome.body, &mut list);
        list.extend(outcome.deadlines.iter_mut().map(|deadline| &mut deadline.on));
        list.extend(
            outcome
                .documents
                .iter_mut()
                .filter_map(|document| document.condition.as_mut()),
        );
    }
    for letter in &mut tree.letters {
        pieces(&mut letter.body, &mut list);
    }
    list
}

fn pieces<'a>(body: &'a mut [Piece], list: &mut Vec<&'a mut Raw>) {
    for piece in body {
        match piece {
            Piece::Text(_) => {}
            Piece::Value(raw) => list.push(raw),
            Piece::If { condition, body } => {
                list.push(condition);
                pieces(body, list);
            }
            Piece::Voice { body, .. } => pieces(body, list),
        }
    }
}

/// The texts that differ from one expression by one fault.
fn variants(text: &str, tree: &TreeSource) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let (head, condition) = text
        .split_once(" si ")
        .map_or(("", text), |(id, condition)| (id, condition));
    let whole = |changed: String| {
        if head.is_empty() {
            changed
        } else {
            format!("{head} si {changed}")
        }
    };
    if [" = ", " et ", " ou ", " > ", "contient", "non "]
        .iter()
        .any(|sign| condition.contains(sign))
        && !condition.contains('(')
    {
        all.push(("negated", whole(format!("non ({condition})"))));
    }
    for (from, to) in [
        (" et ", " ou "),
        (" ou ", " et "),
        (" > ", " >= "),
        (" = ", " != "),
        (" != ", " = "),
        ("non ", ""),
        (" * ", " + "),
    ] {
        for (at, _) in condition.match_indices(from) {
            all.push((
                "sign",
                whole(format!(
                    "{}{to}{}",
                    &condition[..at],
                    &condition[at + from.len()..]
                )),
            ));
        }
    }
    for (at, _) in condition.match_indices(|c: char| c.is_ascii_digit()) {
        let alone = |c: Option<char>| c.is_none_or(|c| matches!(c, ' ' | ',' | ')' | '('));
        let end = condition[at..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(condition.len(), |width| at + width);
        if alone(condition[..at].chars().next_back()) && alone(condition[end..].chars().next()) {
            let number: i64 = condition[at..end].parse().unwrap_or(0);
            all.push((
                "threshold",
                whole(format!("{}{}{}", &condition[..at], number + 1, &condition[end..])),
            ));
        }
    }
    all.extend(
        choices(condition, tree)
            .into_iter()
            .map(|(what, changed)| (what, whole(changed))),
    );
    if all.is_empty() {
        all.push(("renamed", format!("{text}x")));
    }
    all
}

/// Each comparison with a choice, misspelt or with another choice.
fn choices(condition: &str, tree: &TreeSource) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for question in &tree.questions {
        for choice in &question.choices {
            for sign in ["= ", "contient "] {
                let wanted = format!("{} {sign}{}", question.id.value, choice.id.value);
                let wanted_not = format!("{} !{sign}{}", question.id.value, choice.id.value);
                for found in [&wanted, &wanted_not] {
                    let Some(at) = condition.find(found.as_str()) else {
                        continue;
                    };
                    let end = at + found.len();
                    let start = end - choice.id.value.len();
                    all.push((
                        "misspelt",
                        format!("{}{}x{}", &condition[..start], choice.id.value, &condition[end..]),
                    ));
                    for other in question.choices.iter().filter(|other| other.id != choice.id) {
                        all.push((
                            "other choice",
                            format!("{}{}{}", &condition[..start], other.id.value, &condition[end..]),
                        ));
                    }
                }
            }
        }
    }
    all
}

/// Faults in the lists and in the registries.
fn structure(good: &TreeSource, all: &mut Vec<Mutant>) {
    let mut add = |name: String, change: &dyn Fn(&mut TreeSource)| {
        let mut tree = good.clone();
        change(&mut tree);
        all.push(Mutant { name, tree });
    };
    for at in 1..good.outcome_order.len() {
        add(format!("outcomes {} and {at} swapped", at - 1), &|tree| {
            tree.outcome_order.swap(at - 1, at);
        });
        add(format!("outcome line {at} removed"), &|tree| {
            drop(tree.outcome_order.remove(at));
        });
    }
    for at in 0..good.order.len() {
        add(format!("question line {at} removed"), &|tree| {
            drop(tree.order.remove(at));
        });
        add(format!("condition of question line {at} removed"), &|tree| {
            let line = &mut tree.order[at].value;
            line.truncate(line.find(" si ").unwrap_or(line.len()));
        });
        if at > 0 {
            add(format!("question lines {} and {at} swapped", at - 1), &|tree| {
                tree.order.swap(at - 1, at);
            });
        }
    }
    for at in 0..good.questions.len() {
        add(format!("question file {at} removed"), &|tree| {
            drop(tree.questions.remove(at));
        });
        for choice in 0..good.questions[at].choices.len() {
            add(format!("choice {choice} of question {at} removed"), &|tree| {
                drop(tree.questions[at].choices.remove(choice));
            });
            add(format!("choice {choice} of question {at} misspelt"), &|tree| {
                tree.questions[at].choices[choice].id.value.push('x');
            });
        }
        for bracket in 0..good.questions[at].brackets.len() {
            add(format!("bracket {bracket} of question {at} removed"), &|tree| {
                drop(tree.questions[at].brackets.remove(bracket));
            });
        }
    }
    for at in 0..good.facts.len() {
        add(format!("fact {at} made circular"), &|tree| {
            let fact: &mut NamedSource = &mut tree.facts[at];
            fact.value.value = format!("{} et {}", fact.value.value, fact.name.value);
        });
        add(format!("fact {at} removed"), &|tree| drop(tree.facts.remove(at)));
    }
    for at in 0..good.figures.len() {
        add(format!("figure {at} removed"), &|tree| {
            drop(tree.figures.remove(at));
        });
    }
    for at in 0..good.outcomes.len() {
        add(format!("outcome file {at} removed"), &|tree| {
            drop(tree.outcomes.remove(at));
        });
        add(format!("legal basis of outcome {at} removed"), &|tree| {
            tree.outcomes[at].legal_basis.clear();
        });
        add(format!("contact of outcome {at} removed"), &|tree| {
            tree.outcomes[at].contact = None;
        });
    }
    for at in 0..good.parameters.len() {
        add(format!("parameter {at} expired"), &|tree| {
            for value in &mut tree.parameters[at].values {
                value.until = Some("2026-01-01".into());
            }
        });
        add(format!("parameter {at} changed"), &|tree| {
            tree.parameters[at].values[0].value = "11".into();
        });
        add(format!("parameter {at} removed"), &|tree| {
            drop(tree.parameters.remove(at));
        });
    }
    for at in 0..good.articles.len() {
        add(format!("article {at} removed"), &|tree| {
            drop(tree.articles.remove(at));
        });
    }
    for at in 0..good.letters.len() {
        add(format!("letter {at} removed"), &|tree| {
            drop(tree.letters.remove(at));
        });
    }
}
