//! Declares the names of a tree: questions, facts, figures; facts and figures in the order of need.

use super::{Places, unknown, without_file};
use crate::expr::lex::KEYWORDS;
use crate::expr::scope::{KnownQuestion, Name, Scope};
use crate::finding::Finding;
use crate::model::{Choice, Kind, Unit, Voiced};
use crate::rule::Rule;
use crate::source::{NamedSource, Raw, TreeSource};

/// What stands for the version of the tree in the address of answers, beside the ids of questions. The other keys
/// that scripts add there begin with a tilde, which no name may.
const VERSION: &str = "v";

/// An ordered question: its index in the source, and its condition.
pub(crate) struct Line {
    pub(crate) question: usize,
    pub(crate) condition: Option<Raw>,
}

/// « cles si bail != mobilite » -> the id and the condition.
pub(crate) fn split_condition(line: &Raw) -> (Raw, Option<Raw>) {
    let text = &line.value;
    let word = text.match_indices("si").map(|(at, _)| at).find(|at| {
        let before = text[..*at].ends_with(char::is_whitespace);
        before && text[at + 2..].starts_with(char::is_whitespace)
    });
    let cut = word.unwrap_or(text.len());
    let id = text[..cut].trim();
    let start = text.find(id).unwrap_or(0);
    let id = Raw::new(id.to_owned(), line.part(start, start + id.len()));
    let condition = word.map(|at| Raw::new(text[at + 2..].to_owned(), line.part(at + 2, text.len())));
    (id, condition)
}

/// Declares `aujourd'hui` and the questions of the list.
pub(crate) fn questions(
    source: &TreeSource,
    scope: &mut Scope,
    places: &mut Places,
    findings: &mut Vec<Finding>,
) -> Vec<Line> {
    scope.declare("aujourd'hui", Name::Today);
    let mut lines = Vec::new();
    for line in &source.order {
        let (id, condition) = split_condition(line);
        let Some(at) = source
            .questions
            .iter()
            .position(|question| question.id.value == id.value)
        else {
            let known = source.questions.iter().map(|q| q.id.value.as_str());
            findings.push(without_file("la question", &id, "questions", known));
            continue;
        };
        let known = &source.questions[at];
        let Some(kind) = Kind::from_id(&known.kind.value) else {
            findings.push(unknown("le type", &known.kind, Kind::ALL.map(Kind::id)));
            continue;
        };
        let choice = |id: &Raw| Choice {
            id: id.value.clone(),
            label: Voiced::default(),
        };
        let choices = known.choices.iter().map(|c| choice(&c.id)).collect();
        let name = Name::Question(scope.questions.len());
        if !declare(&id, &id.value, name, scope, findings) {
            continue;
        }
        scope.questions.push(KnownQuestion {
            id: id.value.clone(),
            kind,
            choices,
        });
        places.questions.push(at);
        places.order.push(line.span);
        places
            .conditions
            .push(condition.as_ref().map_or(line.span, |c| c.span));
        lines.push(Line {
            question: at,
            condition,
        });
    }
    for question in &source.questions {
        let listed = source
            .order
            .iter()
            .any(|line| split_condition(line).0.value == question.id.value);
        if !listed {
            let message = format!(
                "La question « {} » n’est dans aucune ligne de « questions ».",
                question.id.value
            );
            let span = source.order.last().map_or(question.id.span, |line| line.span);
            let hint = format!(
                "Ajoutez à cette liste une ligne « - {0} », ou supprimez le fichier « questions/{0}.md ».",
                question.id.value
            );
            findings.push(Finding::error(Rule::NeverAsked, span, message).hint(hint));
        }
    }
    lines
}

/// Declares a name; refuses one already taken, reserved or badly written.
fn declare(raw: &Raw, name: &str, stands_for: Name, scope: &mut Scope, findings: &mut Vec<Finding>) -> bool {
    let well_written = name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '_'));
    let reserved = name
        .split_whitespace()
        .find(|word| KEYWORDS.contains(word) || matches!(*word, "si" | "sinon"));
    let fault = if !well_written {
        format!("Le nom « {name} » ne peut pas servir dans une condition.")
    } else if let Some(word) = reserved {
        format!("Le nom « {name} » contient « {word} », qui est un mot de la langue des conditions.")
    } else if matches!(stands_for, Name::Question(_)) && name == VERSION {
        format!(
            "Le nom « {name} » est réservé : dans l’adresse des réponses, il désigne la version du questionnaire."
        )
    } else if !scope.declare(name, stands_for) {
        format!("Le nom « {name} » désigne déjà autre chose.")
    } else {
        return true;
    };
    let hint =
        "Choisissez un autre nom : des lettres, des chiffres, des espaces, des tirets ou des apostrophes.";
    findings.push(Finding::error(Rule::Duplicate, raw.span, fault).hint(hint));
    false
}

/// A figure's name without its unit.
pub(crate) fn bare(name: &str) -> &str {
    name.rfind('(').map_or(name, |at| &name[..at]).trim()
}

fn unit(raw: &Raw) -> Option<Unit> {
    let text = raw.value.trim();
    let inside = text
        .strip_suffix(')')
        .and_then(|t| t.rfind('(').map(|at| t[at + 1..].trim()))?;
    match inside {
        "date" => Some(Unit::Date),
        "€" | "euros" => Some(Unit::Euro),
        "mois" => Some(Unit::Mois),
        "jours" => Some(Unit::Jours),
        "nombre" => Some(Unit::Nombre),
        "%" | "taux" => Some(Unit::Taux),
        "indice" => Some(Unit::Indice),
        _ => None,
    }
}

/// Declares facts and figures in the order of need. Nothing when one reads itself.
pub(crate) fn figures_and_facts(
    source: &TreeSource,
    scope: &mut Scope,
    places: &mut Places,
    findings: &mut Vec<Finding>,
) -> Option<()> {
    places.facts = in_order(&source.facts, "fait", findings)?;
    for (at, index) in places.facts.iter().enumerate() {
        let name = &source.facts[*index].name;
        declare(name, &name.value, Name::Fact(at), scope, findings);
    }
    places.figures = in_order(&source.figures, "calcul", findings)?;
    for (at, index) in places.figures.iter().enumerate() {
        let name = &source.figures[*index].name;
        let unit = unit(name);
        if unit.is_none() {
            let message = format!("Le calcul « {} » n’a pas d’unité connue.", name.value);
            let hint = "Écrivez-la entre parenthèses après le nom : (date), (€), (mois), (jours), (nombre), (%) ou (indice).";
            findings.push(Finding::error(Rule::Syntax, name.span, message).hint(hint));
        }
        scope.figures.push(unit.unwrap_or(Unit::Nombre));
        declare(name, bare(&name.value), Name::Figure(at), scope, findings);
    }
    Some(())
}

/// Indexes of a list so that each comes after those that it reads; tells a circle.
fn in_order(list: &[NamedSource], what: &str, findings: &mut Vec<Finding>) -> Option<Vec<usize>> {
    let mut scope = Scope::default();
    for (index, named) in list.iter().enumerate() {
        scope.declare(bare(&named.name.value), Name::Fact(index));
    }
    let reads: Vec<Vec<usize>> = list
        .iter()
        .map(|named| mentioned(&named.value.value, &scope))
        .collect();
    let mut order: Vec<usize> = Vec::new();
    let mut placed = vec![false; list.len()];
    // The lists are short: placing one round after another keeps the author's order where it can.
    while order.len() < list.len() {
        let ready = (0..list.len()).find(|i| !placed[*i] && reads[*i].iter().all(|r| placed[*r]));
        let Some(next) = ready else {
            let stuck = (0..list.len()).find(|i| !placed[*i])?;
            findings.push(circle(stuck, list, &reads, &placed, what));
            return None;
        };
        placed[next] = true;
        order.push(next);
    }
    Some(order)
}

/// Which declared names a text mentions, without understanding it.
fn mentioned(text: &str, scope: &Scope) -> Vec<usize> {
    use crate::expr::lex::{Token, lex};
    let spots = lex(text, scope).unwrap_or_default();
    spots
        .into_iter()
        .filter_map(|spot| match spot.token {
            Token::Name(Name::Fact(index)) => Some(index),
            _ => None,
        })
        .collect()
}

/// Follows what is not placed until a name comes back.
fn circle(start: usize, list: &[NamedSource], reads: &[Vec<usize>], placed: &[bool], what: &str) -> Finding {
    let mut path = vec![start];
    let back = loop {
        let last = path[path.len() - 1];
        let Some(next) = reads[last].iter().copied().find(|r| !placed[*r]) else {
            break 0;
        };
        if let Some(at) = path.iter().position(|seen| *seen == next) {
            break at;
        }
        path.push(next);
    };
    let names: Vec<String> = path[back..]
        .iter()
        .chain(&path[back..=back])
        .map(|i| format!("« {} »", bare(&list[*i].name.value)))
        .collect();
    let message = format!("Ce {what} se lit lui-même : {}.", names.join(" → "));
    Finding::error(Rule::Circular, list[path[back]].value.span, message)
        .hint("Définissez-le à partir des questions.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, value: &str) -> NamedSource {
        NamedSource {
            name: name.into(),
            value: value.into(),
        }
    }

    #[test]
    fn splits_a_line_at_its_condition() {
        let (id, condition) = split_condition(&"cles  si bail != mobilite".into());
        assert_eq!(
            (id.value.as_str(), condition.map(|c| c.value)),
            ("cles", Some(" bail != mobilite".to_owned()))
        );
        assert_eq!(split_condition(&"residence".into()).1, None);
        assert_eq!(split_condition(&"site".into()).0.value, "site");
    }

    #[test]
    fn places_facts_after_those_they_read_and_tells_a_circle() {
        let mut findings = Vec::new();
        let list = [named("a", "b et c"), named("b", "q = oui"), named("c", "non b")];
        assert_eq!(in_order(&list, "fait", &mut findings), Some(vec![1, 2, 0]));
        let list = [named("a", "b"), named("b", "non c"), named("c", "b ou q = oui")];
        assert_eq!(in_order(&list, "fait", &mut findings), None);
        assert_eq!(findings[0].rule, Rule::Circular);
        assert!(
            findings[0].message.contains("« b » → « c » → « b »"),
            "{}",
            findings[0].message
        );
    }
}
