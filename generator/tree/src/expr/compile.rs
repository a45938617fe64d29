//! Raw text -> compiled expression, with findings for the author.

use super::Expr;
use super::parse::{Node, NodeKind, parse};
use super::scope::{Name, Scope};
use super::types::{Ty, boolean, typed};
use crate::finding::Finding;
use crate::model::{Unit, Value};
use crate::rule::Rule;
use crate::source::Raw;

/// Parses a text; a fault is told and gives nothing.
fn read(raw: &Raw, scope: &Scope, findings: &mut Vec<Finding>) -> Option<Node> {
    parse(&raw.value, scope)
        .map_err(|fault| {
            let message = format!("Cette ligne ne se lit pas : {}.", fault.message);
            let finding = Finding::error(Rule::Syntax, raw.part(fault.start, fault.end), message);
            findings.push(Finding {
                hint: fault.hint,
                ..finding
            });
        })
        .ok()
}

fn told<T>(result: Result<T, super::types::TypeFault>, raw: &Raw, findings: &mut Vec<Finding>) -> Option<T> {
    result
        .map_err(|fault| {
            let mut message = fault.message;
            if let Some(first) = message.chars().next() {
                message.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
            }
            let finding = Finding::error(
                fault.rule,
                raw.part(fault.start, fault.end),
                format!("{message}."),
            );
            findings.push(Finding {
                hint: fault.hint,
                ..finding
            });
        })
        .ok()
}

/// A condition: boolean and decidable.
pub(crate) fn condition(raw: &Raw, scope: &Scope, findings: &mut Vec<Finding>) -> Option<Expr> {
    let node = read(raw, scope, findings)?;
    let expr = told(boolean(&node, scope), raw, findings)?;
    let Some(message) = undecidable(&expr) else {
        return Some(expr);
    };
    let hint = "Comparez chaque réponse à une valeur fixe (pour une date : « date-du-bail <= param(…) ») ; les calculs entre réponses vont dans « calculs ».";
    findings.push(Finding::error(Rule::Type, raw.span, message).hint(hint));
    None
}

/// An expression of any type but a condition, and its type.
pub(crate) fn quantity(raw: &Raw, scope: &Scope, findings: &mut Vec<Finding>) -> Option<(Expr, Ty)> {
    let node = read(raw, scope, findings)?;
    told(typed(&node, scope), raw, findings)
}

/// A bound of a question: no answer, no figure.
pub(crate) fn constant(raw: &Raw, ty: Ty, scope: &Scope, findings: &mut Vec<Finding>) -> Option<Expr> {
    let node = read(raw, scope, findings)?;
    let expr = told(
        typed(&node, scope).and_then(|found| super::types::as_type(found, ty, &node)),
        raw,
        findings,
    )?;
    let reads = expr.reads();
    if reads.answers.is_empty() && reads.facts.is_empty() && reads.figures.is_empty() {
        return Some(expr);
    }
    findings.push(Finding::error(
        Rule::Type,
        raw.span,
        "Une limite ne dépend d’aucune réponse : il faut ici une valeur fixe ou « aujourd’hui ».",
    ));
    None
}

/// An expression of this unit (a line of `calculs`, a day of `echeances`).
pub(crate) fn value(raw: &Raw, unit: Unit, scope: &Scope, findings: &mut Vec<Finding>) -> Option<Expr> {
    let node = read(raw, scope, findings)?;
    let (expr, ty) = told(typed(&node, scope), raw, findings)?;
    let wanted = Ty::of_unit(unit);
    // A count may be shown as months, days or a number, as its author wishes.
    let counts = |ty| matches!(ty, Ty::Months | Ty::Days | Ty::Number);
    if counts(ty) && counts(wanted) {
        return Some(expr);
    }
    told(super::types::as_type((expr, ty), wanted, &node), raw, findings)
}

/// What a placeholder shows.
pub(crate) fn placeholder(raw: &Raw, scope: &Scope, findings: &mut Vec<Finding>) -> Option<Value> {
    let node = read(raw, scope, findings)?;
    if let NodeKind::Name(Name::Question(index)) = node.kind {
        return Some(Value::Answer(index));
    }
    if let NodeKind::Name(Name::Field(index)) = node.kind {
        return Some(Value::Field(index));
    }
    let (expr, ty) = told(typed(&node, scope), raw, findings)?;
    if matches!(node.kind, NodeKind::Call(..)) && is_in_years(&expr, scope) {
        let message = "Ce passage montrerait des mois : ce paramètre est en années.";
        let cure = "Donnez au paramètre l’unité « nombre », et écrivez « ans » après le passage.";
        findings.push(Finding::error(Rule::Type, raw.span, message).hint(cure));
        return None;
    }
    // A figure keeps the unit that its author gave it.
    let unit = match node.kind {
        NodeKind::Name(Name::Figure(index)) => Some(scope.figures[index]),
        _ => ty.unit(),
    };
    let Some(unit) = unit else {
        let message = format!(
            "Ce passage ne peut pas afficher {} : il montre une réponse, un calcul ou un champ.",
            ty.french()
        );
        findings.push(Finding::error(Rule::Type, raw.span, message));
        return None;
    };
    Some(Value::Expr(unit, expr))
}

/// Whether an expression is a parameter in years, which counts in months.
fn is_in_years(expr: &Expr, scope: &Scope) -> bool {
    let Expr::Mul(factors) = expr else { return false };
    let Expr::Param(index, _) = factors.0 else {
        return false;
    };
    scope.parameters[index].unit == Unit::Annees
}

/// Why a condition cannot be decided by classes of answers, if so.
fn undecidable(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::Not(inner) => undecidable(inner),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().find_map(undecidable),
        Expr::Fact(_) => None,
        atom => {
            let reads = atom.reads();
            let (mut chooses, mut today) = (false, false);
            atom.visit(&mut |inner| {
                chooses |= matches!(inner, Expr::If(_) | Expr::Param(_, Some(_)));
                today |= matches!(inner, Expr::Today);
            });
            if today && reads.answers.is_empty() {
                Some(
                    "Cette condition ne lit que le jour : un matin, la page sans JavaScript dirait autre chose.",
                )
            } else if !reads.figures.is_empty() {
                Some("Une condition lit un calcul, or les calculs ne décident jamais de la suite.")
            } else if reads.answers.len() > 1 || !reads.facts.is_empty() || chooses {
                Some("Cette condition calcule entre plusieurs réponses.")
            } else {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::scope::KnownQuestion;
    use crate::model::{Choice, Kind, Parameter};

    fn scope() -> Scope {
        let mut scope = Scope::default();
        let mut ask = |id: &str, kind: Kind, choices: &[&str]| {
            let index = scope.questions.len();
            scope.declare(id, Name::Question(index));
            let choice = |id: &&str| Choice {
                id: (*id).to_owned(),
                label: crate::model::Voiced::default(),
            };
            scope.questions.push(KnownQuestion {
                id: id.to_owned(),
                kind,
                choices: choices.iter().map(choice).collect(),
            });
        };
        ask("edl", Kind::Choix, &["conforme", "degradations", "non"]);
        ask("date-cles", Kind::Date, &[]);
        ask("loyer", Kind::Montant, &[]);
        ask("commune", Kind::Commune, &[]);
        ask("motifs", Kind::Cases, &["peinture", "menage", "aucune"]);
        ask("depot", Kind::Montant, &[]);
        scope.declare("aujourd'hui", Name::Today);
        scope.declare("delai d'un mois", Name::Fact(0));
        scope.declare("mois entamés", Name::Figure(0));
        scope.figures.push(Unit::Mois);
        for (id, unit) in [
            ("taux", Unit::Taux),
            ("fin", Unit::Date),
            ("delai", Unit::Nombre),
            ("irl", Unit::Indice),
        ] {
            scope.parameters.push(Parameter {
                id: id.into(),
                unit,
                values: vec![(0, None, 100)],
            });
        }
        scope
    }

    fn fault(text: &str) -> (&'static str, String) {
        let mut findings = Vec::new();
        assert_eq!(condition(&text.into(), &scope(), &mut findings), None, "{text}");
        (
            findings[0].rule.id(),
            format!(
                "{} {}",
                findings[0].message,
                findings[0].hint.clone().unwrap_or_default()
            ),
        )
    }

    #[test]
    fn a_parameter_in_years_is_not_shown_in_months() {
        let mut scope = scope();
        for (id, unit) in [("age", Unit::Annees), ("duree", Unit::Mois)] {
            scope.parameters.push(Parameter {
                id: id.into(),
                unit,
                values: vec![(0, None, 65)],
            });
        }
        let mut findings = Vec::new();
        assert!(placeholder(&"param(duree)".into(), &scope, &mut findings).is_some());
        assert!(placeholder(&"param(duree) * 12".into(), &scope, &mut findings).is_some());
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(placeholder(&"param(age)".into(), &scope, &mut findings), None);
        assert!(findings[0].message.contains("en années"), "{findings:?}");
    }

    #[test]
    fn accepts_the_conditions_of_the_format() {
        for text in [
            "edl = conforme",
            "edl != non",
            "non (edl = non)",
            "depuis(date-cles) > 36 mois",
            "depuis(date-cles) <= 15 jours",
            "date-cles >= 2014-03-27",
            "date-cles < aujourd’hui - 3 mois",
            "loyer > 650",
            "loyer * 2 > 650,50 €",
            "departement(commune) = 93",
            "commune = 93008",
            "motifs contient peinture",
            "delai d'un mois et loyer < 10",
            "date-cles <= param(fin)",
            "date-cles > plus_mois(param(fin), 3)",
            "loyer > param(delai) * 100 €",
            "departement(commune) = 2A",
            "departement(commune) = 1",
        ] {
            let mut findings = Vec::new();
            assert!(
                condition(&text.into(), &scope(), &mut findings).is_some(),
                "{text}: {findings:?}"
            );
        }
    }

    #[test]
    fn refuses_with_the_rule_and_the_cure() {
        for (text, rule, part) in [
            ("edl = conform", "arbre-choix-inconnu", "« conforme »"),
            ("edl = loyer", "arbre-choix-inconnu", "conforme"),
            ("edll = conforme", "arbre-nom-inconnu", "« edl »"),
            ("edl", "arbre-type", "edl = conforme"),
            ("loyer > date-cles", "arbre-type", "une somme"),
            ("depuis(date-cles) > 1", "arbre-type", "2 mois"),
            ("depuis(date-cles) = 1 mois", "arbre-type", "<"),
            ("aujourd'hui >= 2026-01-01", "arbre-type", "date-du-bail"),
            ("aujourd'hui > param(fin)", "arbre-type", "sans JavaScript"),
            ("loyer > param(fin)", "arbre-type", "une date"),
            ("param(irl) > 140", "arbre-type", "Un indice"),
            ("loyer > depot", "arbre-type", "calculs"),
            ("mois entamés > 1", "arbre-type", "calcul"),
            (
                "loyer > si(edl = conforme, 1 €, 2 €)",
                "arbre-type",
                "plusieurs réponses",
            ),
            ("param(tau) > 1 %", "arbre-nom-inconnu", "taux"),
            ("depui(date-cles) > 1 mois", "arbre-nom-inconnu", "depuis"),
            (
                "plus_mois(date-cles) > aujourd'hui",
                "arbre-type",
                "plus_mois(date",
            ),
            ("motifs = peinture", "arbre-type", "contient"),
            ("departement(commune) = bobigny", "arbre-type", "93"),
            ("delai d'un mois = 1", "arbre-type", "seul"),
            ("edl > conforme", "arbre-type", "="),
        ] {
            let (found, words) = fault(text);
            assert_eq!(found, rule, "{text}: {words}");
            assert!(words.contains(part), "{text}: {words}");
        }
    }

    #[test]
    fn figures_keep_their_types() {
        let mut findings = Vec::new();
        let mut check = |text: &str, unit: Unit| value(&text.into(), unit, &scope(), &mut findings).is_some();
        assert!(check("pourcent(param(taux), loyer) * mois entamés", Unit::Euro));
        assert!(check(
            "plus_mois(date-cles, si(delai d'un mois, 1, 2))",
            Unit::Date
        ));
        assert!(check("mois_entames(date-cles, aujourd'hui)", Unit::Mois));
        assert!(check("min(loyer, depot) - 20 €", Unit::Euro));
        assert!(check("650", Unit::Euro));
        assert!(check(
            "proportion(loyer, param(irl), param(irl, date-cles))",
            Unit::Euro
        ));
        assert!(check("proportion(loyer, 1, 12)", Unit::Euro));
        assert!(check("proportion(loyer, depot, loyer + depot)", Unit::Euro));
        assert!(check("param(irl, date-cles)", Unit::Indice));
        assert!(check("param(fin)", Unit::Date));
        assert!(check("si(aujourd'hui <= param(fin), loyer, 0 €)", Unit::Euro));
        assert!(!check("proportion(loyer, param(irl), 12)", Unit::Euro));
        assert!(!check("proportion(date-cles, 1, 2)", Unit::Date));
        assert!(!check("loyer * param(irl)", Unit::Euro));
        assert!(!check("loyer * loyer", Unit::Euro));
        assert!(!check("10 % * loyer", Unit::Euro));
        assert!(!check("date-cles", Unit::Euro));
    }
}
