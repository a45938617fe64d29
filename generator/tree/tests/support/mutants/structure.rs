//! Faults in the lists of a tree and in the registries that it reads.

use super::Mutant;
use decision_tree::source::TreeSource;

/// Adds every fault of the lists.
pub(super) fn mutants(good: &TreeSource, all: &mut Vec<Mutant>) {
    order(good, all);
    questions(good, all);
    names(good, all);
    outcomes(good, all);
    registries(good, all);
}

fn order(good: &TreeSource, all: &mut Vec<Mutant>) {
    for low in 0..good.outcome_order.len() {
        let name = good.outcome_order[low].name.value.clone();
        all.push(Mutant::new(
            "issue retirée de la liste",
            name.clone(),
            move |tree| {
                tree.outcome_order.remove(low);
            },
        ));
        for (high, other) in good.outcome_order.iter().enumerate().skip(low + 1) {
            let what = format!("{name} et {}", other.name.value);
            all.push(Mutant::new("issues échangées", what, move |tree| {
                tree.outcome_order.swap(low, high);
            }));
        }
    }
    for (at, line) in good.order.iter().enumerate() {
        let line = line.value.clone();
        all.push(Mutant::new("question retirée", line.clone(), move |tree| {
            tree.order.remove(at);
        }));
        if at > 0 {
            all.push(Mutant::new(
                "questions échangées",
                format!("{line} et la précédente"),
                move |tree| {
                    tree.order.swap(at - 1, at);
                },
            ));
        }
        if line.contains(" si ") {
            all.push(Mutant::new("condition retirée", line, move |tree| {
                let line = &mut tree.order[at].value;
                line.truncate(line.find(" si ").unwrap_or(line.len()));
            }));
        }
    }
    if good.stop.is_some() {
        all.push(Mutant::new(
            "condition retirée",
            "arreter_si".to_owned(),
            |tree| tree.stop = None,
        ));
    }
}

fn questions(good: &TreeSource, all: &mut Vec<Mutant>) {
    for (at, question) in good.questions.iter().enumerate() {
        let id = &question.id.value;
        all.push(Mutant::new(
            "fichier de question retiré",
            id.clone(),
            move |tree| {
                tree.questions.remove(at);
            },
        ));
        for (choice, known) in question.choices.iter().enumerate() {
            let what = format!("{id} : {}", known.id.value);
            all.push(Mutant::new("choix retiré", what.clone(), move |tree| {
                tree.questions[at].choices.remove(choice);
            }));
            all.push(Mutant::new("choix mal écrit", what, move |tree| {
                tree.questions[at].choices[choice].id.value.push('x');
            }));
        }
        for (bracket, known) in question.brackets.iter().enumerate() {
            let what = format!("{id} : {}", known.name.value);
            all.push(Mutant::new("tranche retirée", what, move |tree| {
                tree.questions[at].brackets.remove(bracket);
            }));
        }
    }
}

/// Facts and figures.
fn names(good: &TreeSource, all: &mut Vec<Mutant>) {
    for (at, fact) in good.facts.iter().enumerate() {
        let name = fact.name.value.clone();
        all.push(Mutant::new("fait circulaire", name.clone(), move |tree| {
            let fact = &mut tree.facts[at];
            fact.value.value = format!("({}) et {}", fact.value.value, fact.name.value);
        }));
        all.push(Mutant::new("fait retiré", name.clone(), move |tree| {
            tree.facts.remove(at);
        }));
        all.push(Mutant::new("fait renommé", name, move |tree| {
            tree.facts[at].name.value.push('x');
        }));
    }
    for (at, figure) in good.figures.iter().enumerate() {
        let name = figure.name.value.clone();
        all.push(Mutant::new("calcul retiré", name.clone(), move |tree| {
            tree.figures.remove(at);
        }));
        all.push(Mutant::new("calcul circulaire", name, move |tree| {
            let figure = &mut tree.figures[at];
            let bare = figure
                .name
                .value
                .split(" (")
                .next()
                .unwrap_or_default()
                .to_owned();
            figure.value.value = format!("{} + {bare}", figure.value.value);
        }));
    }
    for (at, formula) in good.formulas.iter().enumerate() {
        all.push(Mutant::new(
            "formule renommée",
            formula.name.value.clone(),
            move |tree| {
                tree.formulas[at].name.value.push('x');
            },
        ));
    }
}

fn outcomes(good: &TreeSource, all: &mut Vec<Mutant>) {
    for (at, outcome) in good.outcomes.iter().enumerate() {
        let mut add = |kind, change: fn(&mut TreeSource, usize)| {
            all.push(Mutant::new(kind, outcome.id.value.clone(), move |tree| {
                change(tree, at);
            }));
        };
        add("fichier d’issue retiré", |tree, at| {
            drop(tree.outcomes.remove(at));
        });
        add("base légale retirée", |tree, at| {
            tree.outcomes[at].legal_basis.clear();
        });
        add("contact retiré", |tree, at| tree.outcomes[at].contact = None);
        add("suites retirées", |tree, at| {
            let outcome = &mut tree.outcomes[at];
            outcome.letters.clear();
            outcome.referral = None;
            outcome.next_steps.clear();
        });
        for (line, id) in outcome.legal_basis.iter().enumerate() {
            let what = format!("{} : {}", outcome.id.value, id.value);
            all.push(Mutant::new("article mal écrit", what, move |tree| {
                tree.outcomes[at].legal_basis[line].value.push('x');
            }));
        }
        for (line, letter) in outcome.letters.iter().enumerate() {
            let what = format!("{} : {}", outcome.id.value, letter.value);
            all.push(Mutant::new("lettre retirée d’une issue", what, move |tree| {
                tree.outcomes[at].letters.remove(line);
            }));
        }
    }
}

/// What the tree reads of the registries of the law, and the letters that it proposes.
fn registries(good: &TreeSource, all: &mut Vec<Mutant>) {
    let written = format!("{good:?}");
    for (at, parameter) in good.parameters.iter().enumerate() {
        let id = &parameter.id.value;
        if !written.contains(&format!("param({id})")) {
            continue;
        }
        let mut add = |kind, change: fn(&mut TreeSource, usize)| {
            all.push(Mutant::new(kind, id.clone(), move |tree| change(tree, at)));
        };
        add("paramètre périmé", |tree, at| {
            for value in &mut tree.parameters[at].values {
                value.until = Some("2026-01-01".into());
            }
        });
        add("paramètre retiré", |tree, at| drop(tree.parameters.remove(at)));
        add("paramètre changé", |tree, at| {
            if let Some(last) = tree.parameters[at].values.last_mut() {
                last.value.value = match last.value.value.parse::<i64>() {
                    Ok(number) => (number + 1).to_string(),
                    Err(_) => "1".to_owned(),
                };
            }
        });
    }
    let cited = |id: &str| {
        good.outcomes
            .iter()
            .any(|outcome| outcome.legal_basis.iter().any(|raw| raw.value == id))
    };
    for (at, article) in good
        .articles
        .iter()
        .enumerate()
        .filter(|(_, article)| cited(&article.id.value))
    {
        all.push(Mutant::new(
            "article retiré du registre",
            article.id.value.clone(),
            move |tree| {
                tree.articles.remove(at);
            },
        ));
        all.push(Mutant::new(
            "article changé depuis la relecture",
            article.id.value.clone(),
            move |tree| {
                tree.reviewed_on = Some("2026-11-01".into());
                tree.articles[at].changed_on = Some("2026-11-02".into());
            },
        ));
    }
    let proposed = |slug: &str| {
        good.outcomes
            .iter()
            .flat_map(|outcome| &outcome.letters)
            .any(|line| line.value.split(" si ").next() == Some(slug))
    };
    for (at, letter) in good
        .letters
        .iter()
        .enumerate()
        .filter(|(_, letter)| proposed(&letter.slug.value))
    {
        let slug = &letter.slug.value;
        all.push(Mutant::new("lettre retirée", slug.clone(), move |tree| {
            tree.letters.remove(at);
        }));
        for (field, known) in letter.fields.iter().enumerate() {
            all.push(Mutant::new(
                "champ renommé",
                format!("{slug} : {}", known.id.value),
                move |tree| {
                    tree.letters[at].fields[field].id.value.push('x');
                },
            ));
        }
    }
}
