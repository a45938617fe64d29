//! Faults in expressions: conditions, figures, placeholders, deadlines, bounds.

use super::Mutant;
use super::words::variants;
use decision_tree::source::{LetterSource, OutcomeSource, Piece, Raw, TreeSource};

/// One place where an expression stands: how to name it, and the expression.
struct Place<'a> {
    name: String,
    raw: &'a mut Raw,
}

/// Every variant of every expression.
pub(super) fn mutants(good: &TreeSource) -> Vec<Mutant> {
    let mut copy = good.clone();
    let written: Vec<(String, String)> = places(&mut copy)
        .into_iter()
        .map(|place| (place.name, place.raw.value.clone()))
        .collect();
    let mut all = Vec::new();
    for (index, (name, text)) in written.into_iter().enumerate() {
        for (kind, changed) in variants(&text, good) {
            let what = format!("{name} : « {} » → « {} »", one_line(&text), one_line(&changed));
            all.push(Mutant::new(kind, what, move |tree| {
                if let Some(place) = places(tree).into_iter().nth(index) {
                    place.raw.value.clone_from(&changed);
                }
            }));
        }
    }
    all
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every expression of a tree, in a fixed order.
fn places(tree: &mut TreeSource) -> Vec<Place<'_>> {
    let mut list = Vec::new();
    let mut add = |name: String, raw| list.push(Place { name, raw });
    if let Some(raw) = &mut tree.stop {
        add("arreter_si".to_owned(), raw);
    }
    for fact in &mut tree.facts {
        add(format!("fait {}", fact.name.value), &mut fact.value);
    }
    for figure in &mut tree.figures {
        add(format!("calcul {}", figure.name.value), &mut figure.value);
    }
    for line in &mut tree.outcome_order {
        if !line.value.value.starts_with("sinon") {
            add(format!("issue {}", line.name.value), &mut line.value);
        }
    }
    for line in &mut tree.order {
        if line.value.contains(" si ") {
            add("question posée".to_owned(), line);
        }
    }
    for question in &mut tree.questions {
        let id = &question.id.value;
        for (name, bound) in [("min", &mut question.min), ("max", &mut question.max)] {
            if let Some(raw) = bound {
                add(format!("{name} de {id}"), raw);
            }
        }
        for bracket in &mut question.brackets {
            add(format!("tranche de {id}"), &mut bracket.name);
        }
    }
    outcomes(&mut tree.outcomes, &mut tree.letters, &mut list);
    list
}

/// The expressions of outcomes, and of the letters that they propose.
fn outcomes<'a>(
    outcomes: &'a mut [OutcomeSource],
    letters: &'a mut [LetterSource],
    list: &mut Vec<Place<'a>>,
) {
    let mut proposed = Vec::new();
    for outcome in outcomes {
        let id = outcome.id.value.clone();
        let place = |what: &str, raw| Place {
            name: format!("{what} de l’issue {id}"),
            raw,
        };
        pieces(&format!("résumé de l’issue {id}"), &mut outcome.summary, list);
        pieces(&format!("texte de l’issue {id}"), &mut outcome.body, list);
        for line in &mut outcome.letters {
            let slug = line.value.split(" si ").next().unwrap_or_default();
            proposed.push(slug.trim().to_owned());
            list.extend(line.value.contains(" si ").then_some(place("lettre", line)));
        }
        for deadline in &mut outcome.deadlines {
            list.push(place("échéance", &mut deadline.on));
            list.extend(deadline.condition.iter_mut().map(|raw| place("échéance", raw)));
        }
        for document in &mut outcome.documents {
            list.extend(document.condition.iter_mut().map(|raw| place("pièce", raw)));
        }
        if let Some(referral) = &mut outcome.referral {
            list.extend(referral.condition.iter_mut().map(|raw| place("saisine", raw)));
            list.extend(
                referral
                    .fields
                    .iter_mut()
                    .map(|field| place("saisine", &mut field.value)),
            );
        }
    }
    for letter in letters {
        if proposed.contains(&letter.slug.value) {
            pieces(&format!("lettre {}", letter.slug.value), &mut letter.body, list);
        }
    }
}

fn pieces<'a>(name: &str, body: &'a mut [Piece], list: &mut Vec<Place<'a>>) {
    let place = |raw| Place {
        name: name.to_owned(),
        raw,
    };
    for piece in body {
        match piece {
            Piece::Text(_) => {}
            Piece::Value(raw) => list.push(place(raw)),
            Piece::If { condition, body } => {
                list.push(place(condition));
                pieces(name, body, list);
            }
            Piece::Voice { body, .. } => pieces(name, body, list),
        }
    }
}
