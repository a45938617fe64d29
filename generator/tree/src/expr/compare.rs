//! Types of comparisons.

use super::Expr;
use super::lex::Suffix;
use super::parse::{Node, NodeKind};
use super::scope::Scope;
use super::types::{Ty, TypeFault, Typed, as_type, choice, fault, typed, word};
use crate::value::{commune_code, department_code};

/// `= != < <= > >=`.
pub(crate) fn compare(sign: &str, left: &Node, right: &Node, scope: &Scope) -> Typed {
    let (expr, ty) = typed(left, scope)?;
    let equality = matches!(sign, "=" | "!=");
    let wanted = match ty {
        Ty::Choice(question) if equality => {
            let index = choice(right, question, scope)?;
            return Ok((
                build(sign, expr, Expr::Const(i64::try_from(index).unwrap_or(0))),
                Ty::Bool,
            ));
        }
        Ty::Commune | Ty::Department if equality => return place(sign, expr, ty, right, scope),
        Ty::Elapsed if !equality => return elapsed(sign, expr, right, scope),
        Ty::Date | Ty::Amount | Ty::Number | Ty::Rate | Ty::Months | Ty::Days => ty,
        Ty::Plain(_) => {
            let (other, other_ty) = typed(right, scope)?;
            let wanted = if matches!(other_ty, Ty::Plain(_)) {
                Ty::Number
            } else {
                other_ty
            };
            let expr = as_type((expr, ty), wanted, left)?;
            let other = as_type((other, other_ty), wanted, right)?;
            return Ok((build(sign, expr, other), Ty::Bool));
        }
        _ => return Err(not_comparable(sign, ty, left)),
    };
    let other = typed(right, scope)?;
    if other.1 == Ty::Elapsed {
        return Err(fault(right, "« depuis(…) » s’écrit à gauche de la comparaison")
            .hint("Par exemple « depuis(date) > 2 mois »."));
    }
    Ok((build(sign, expr, as_type(other, wanted, right)?), Ty::Bool))
}

fn not_comparable(sign: &str, ty: Ty, node: &Node) -> TypeFault {
    let fault = fault(node, format!("{} ne se compare pas avec « {sign} »", ty.french()));
    match ty {
        Ty::Bool => fault.hint("Un fait s’emploie seul : « en retard » ou « non en retard »."),
        Ty::Set(_) => fault.hint("Écrivez « question contient réponse »."),
        Ty::Choice(_) => fault.hint("Une réponse à choix se compare avec « = » ou « != »."),
        Ty::Elapsed => fault.hint("Un temps écoulé se compare avec <, <=, > ou >=."),
        _ => fault,
    }
}

fn build(sign: &str, left: Expr, right: Expr) -> Expr {
    match sign {
        "=" => Expr::Eq(Box::new((left, right))),
        "!=" => Expr::Not(Box::new(Expr::Eq(Box::new((left, right))))),
        "<" => Expr::Lt(Box::new((left, right))),
        "<=" => Expr::Le(Box::new((left, right))),
        ">" => Expr::Lt(Box::new((right, left))),
        _ => Expr::Le(Box::new((right, left))),
    }
}

/// `depuis(d) > 1 mois` holds from the day after `plus_mois(d, 1)`: the last day of a delay is not late.
fn elapsed(sign: &str, date: Expr, right: &Node, scope: &Scope) -> Typed {
    let (duration, ty) = typed(right, scope)?;
    let limit = match ty {
        Ty::Months => Expr::AddMonths(Box::new((date, duration))),
        Ty::Days => Expr::Add(Box::new((date, duration))),
        _ => {
            return Err(fault(
                right,
                format!("un temps écoulé se compare à une durée, pas à {}", ty.french()),
            )
            .hint("Écrivez par exemple « 2 mois », « 15 jours » ou « 3 ans »."));
        }
    };
    Ok((build(sign, Expr::Today, limit), Ty::Bool))
}

/// A commune or a department against its code.
fn place(sign: &str, expr: Expr, ty: Ty, right: &Node, scope: &Scope) -> Typed {
    let code = match &right.kind {
        // 01 to 09 keep their zero.
        NodeKind::Number(n) if n.suffix == Suffix::None && n.decimals == 0 && ty == Ty::Department => {
            Some(format!("{:02}", n.mantissa))
        }
        NodeKind::Number(n) if n.suffix == Suffix::None && n.decimals == 0 => {
            Some(format!("{:05}", n.mantissa))
        }
        _ => word(right, scope),
    };
    let value = code.as_deref().and_then(if ty == Ty::Department {
        department_code
    } else {
        commune_code
    });
    let Some(value) = value else {
        let (what, example) = match ty {
            Ty::Department => ("un numéro de département", "departement(commune) = 93"),
            _ => ("un code INSEE de commune", "commune = 93008"),
        };
        return Err(fault(right, format!("il faut ici {what}")).hint(format!("Par exemple « {example} ».")));
    };
    Ok((build(sign, expr, Expr::Const(value)), Ty::Bool))
}
