//! Types of `+`, `-` and `*`.

use super::Expr;
use super::parse::Node;
use super::scope::Scope;
use super::types::{Ty, TypeFault, Typed, as_type, fault, typed};

/// A sum, a difference or a product.
pub(crate) fn pair(sign: &str, left: &Node, right: &Node, scope: &Scope) -> Typed {
    let (a, b) = (typed(left, scope)?, typed(right, scope)?);
    if sign == "*" {
        return product(a, b, left, right);
    }
    match (a.1, b.1, sign) {
        (Ty::Date, Ty::Months, _) => {
            let months = if sign == "-" {
                minus(Expr::Const(0), b.0)
            } else {
                b.0
            };
            Ok((Expr::AddMonths(Box::new((a.0, months))), Ty::Date))
        }
        (Ty::Date, Ty::Days, _) => Ok((sum(sign, a.0, b.0), Ty::Date)),
        (Ty::Date, Ty::Date, "-") => Ok((minus(a.0, b.0), Ty::Days)),
        (Ty::Date, _, _) => Err(fault(
            right,
            format!("on ajoute à une date une durée, pas {}", b.1.french()),
        )
        .hint("Écrivez « date + 2 mois » ou « date + 15 jours ».")),
        _ => {
            let ty = common(a.1, b.1, right)?;
            let (a, b) = (as_type(a, ty, left)?, as_type(b, ty, right)?);
            Ok((sum(sign, a, b), ty))
        }
    }
}

fn sum(sign: &str, a: Expr, b: Expr) -> Expr {
    if sign == "-" {
        minus(a, b)
    } else {
        Expr::Add(Box::new((a, b)))
    }
}

fn minus(a: Expr, b: Expr) -> Expr {
    Expr::Sub(Box::new((a, b)))
}

/// The type of both operands, when they can be added.
pub(crate) fn common(a: Ty, b: Ty, node: &Node) -> Result<Ty, TypeFault> {
    let countable = |ty| {
        matches!(
            ty,
            Ty::Amount | Ty::Number | Ty::Months | Ty::Days | Ty::Rate | Ty::Date
        )
    };
    match (a, b) {
        (Ty::Plain(_), Ty::Plain(_)) => Ok(Ty::Number),
        (Ty::Plain(_), ty) | (ty, Ty::Plain(_)) if countable(ty) => Ok(ty),
        (a, b) if a == b && countable(a) => Ok(a),
        (a, b) => Err(fault(
            node,
            format!("on ne calcule pas ensemble {} et {}", a.french(), b.french()),
        )),
    }
}

/// A quantity times a count: amount × months gives an amount.
fn product(a: (Expr, Ty), b: (Expr, Ty), left: &Node, right: &Node) -> Typed {
    let count = |ty| matches!(ty, Ty::Number | Ty::Plain(_) | Ty::Months | Ty::Days);
    let quantity = |ty| matches!(ty, Ty::Amount | Ty::Rate) || count(ty);
    let ty = match (a.1, b.1) {
        (ty, times) if quantity(ty) && matches!(times, Ty::Number | Ty::Plain(_)) => ty,
        (times, ty) if quantity(ty) && matches!(times, Ty::Number | Ty::Plain(_)) => ty,
        (Ty::Amount, times) | (times, Ty::Amount) if count(times) => Ty::Amount,
        (Ty::Amount, Ty::Rate) | (Ty::Rate, Ty::Amount) => {
            return Err(fault(
                right,
                "un taux ne se multiplie pas par une somme, l’arrondi ne serait pas dit",
            )
            .hint("Écrivez « pourcent(taux, somme) » : le résultat est arrondi au centime."));
        }
        (a, b) => {
            return Err(fault(
                right,
                format!("on ne multiplie pas {} par {}", a.french(), b.french()),
            ));
        }
    };
    let ty = if matches!(ty, Ty::Plain(_)) {
        Ty::Number
    } else {
        ty
    };
    let whole = |typed: (Expr, Ty), node| match typed.1 {
        Ty::Plain(_) => as_type(typed, Ty::Number, node),
        _ => Ok(typed.0),
    };
    Ok((Expr::Mul(Box::new((whole(a, left)?, whole(b, right)?))), ty))
}
