//! Types of the functions.

use super::Expr;
use super::arithmetic::common;
use super::parse::Node;
use super::scope::Scope;
use super::types::{Ty, TypeFault, Typed, as_type, boolean, fault, typed, word};
use crate::model::Unit;
use crate::nearest::suggestion;
use crate::rule::Rule;

const FUNCTIONS: [&str; 11] = [
    "depuis",
    "plus_mois",
    "plus_jours",
    "mois_entames",
    "min",
    "max",
    "pourcent",
    "proportion",
    "si",
    "param",
    "departement",
];

/// A call of a function.
pub(crate) fn call(name: &str, arguments: &[Node], node: &Node, scope: &Scope) -> Typed {
    match (name, arguments) {
        ("depuis", [date]) => Ok((of(date, Ty::Date, scope)?, Ty::Elapsed)),
        ("plus_mois", [date, months]) => pair(
            Expr::AddMonths,
            (date, Ty::Date),
            (months, Ty::Months),
            Ty::Date,
            scope,
        ),
        ("plus_jours", [date, days]) => pair(Expr::Add, (date, Ty::Date), (days, Ty::Days), Ty::Date, scope),
        ("mois_entames", [limit, date]) => pair(
            Expr::MonthsStarted,
            (limit, Ty::Date),
            (date, Ty::Date),
            Ty::Months,
            scope,
        ),
        ("pourcent", [rate, amount]) => pair(
            Expr::Percent,
            (rate, Ty::Rate),
            (amount, Ty::Amount),
            Ty::Amount,
            scope,
        ),
        ("proportion", [value, numerator, denominator]) => proportion(value, numerator, denominator, scope),
        ("min", [_, _, ..]) => extreme(Expr::Min, arguments, scope),
        ("max", [_, _, ..]) => extreme(Expr::Max, arguments, scope),
        ("si", [condition, yes, no]) => choose(condition, yes, no, scope),
        ("param", [id]) => param(id, None, scope),
        ("param", [id, day]) => param(id, Some(Box::new(of(day, Ty::Date, scope)?)), scope),
        ("departement", [commune]) => Ok((
            Expr::Department(Box::new(of(commune, Ty::Commune, scope)?)),
            Ty::Department,
        )),
        _ => Err(wrong_call(name, node)),
    }
}

fn wrong_call(name: &str, node: &Node) -> TypeFault {
    let usage = match name {
        "depuis" => "depuis(date)",
        "plus_mois" => "plus_mois(date, nombre de mois)",
        "plus_jours" => "plus_jours(date, nombre de jours)",
        "mois_entames" => "mois_entames(date limite, aujourd’hui)",
        "proportion" => "proportion(somme, numérateur, dénominateur)",
        "min" | "max" => "min(a, b)",
        "pourcent" => "pourcent(taux, somme)",
        "si" => "si(condition, valeur, autre valeur)",
        "param" => "param(nom) ou param(nom, date)",
        "departement" => "departement(commune)",
        _ => {
            let mut unknown = fault(node, format!("la fonction « {name} » n’existe pas"));
            unknown.rule = Rule::UnknownName;
            unknown.hint = suggestion(name, FUNCTIONS);
            return unknown;
        }
    };
    fault(node, format!("« {name} » n’a pas le bon nombre de valeurs")).hint(format!("Écrivez « {usage} »."))
}

fn of(node: &Node, ty: Ty, scope: &Scope) -> Result<Expr, TypeFault> {
    as_type(typed(node, scope)?, ty, node)
}

type Build = fn(Box<(Expr, Expr)>) -> Expr;

fn pair(build: Build, a: (&Node, Ty), b: (&Node, Ty), ty: Ty, scope: &Scope) -> Typed {
    let left = of(a.0, a.1, scope)?;
    let second = typed(b.0, scope)?;
    // `plus_mois(date, si(conforme, 1, 2))`: a count is a duration here.
    let right = match (second.1, b.1) {
        (Ty::Number, Ty::Months | Ty::Days) => second.0,
        _ => as_type(second, b.1, b.0)?,
    };
    Ok((build(Box::new((left, right))), ty))
}

fn extreme(build: fn(Vec<Expr>) -> Expr, nodes: &[Node], scope: &Scope) -> Typed {
    let values = nodes
        .iter()
        .map(|node| typed(node, scope))
        .collect::<Result<Vec<_>, _>>()?;
    let mut ty = values[0].1;
    for (value, node) in values.iter().zip(nodes).skip(1) {
        ty = common(ty, value.1, node)?;
    }
    let exprs = values
        .into_iter()
        .zip(nodes)
        .map(|(value, node)| as_type(value, ty, node));
    Ok((build(exprs.collect::<Result<_, _>>()?), ty))
}

/// A quantity times a fraction of two values of one type.
fn proportion(value: &Node, numerator: &Node, denominator: &Node, scope: &Scope) -> Typed {
    let (quantity, ty) = match typed(value, scope)? {
        plain @ (_, Ty::Plain(_)) => (as_type(plain, Ty::Number, value)?, Ty::Number),
        other => other,
    };
    match ty {
        Ty::Amount | Ty::Number | Ty::Months | Ty::Days => {}
        _ => {
            let message = format!("il faut ici une somme ou un nombre, pas {}", ty.french());
            return Err(fault(value, message));
        }
    }
    let (above, below) = (typed(numerator, scope)?, typed(denominator, scope)?);
    let fraction = match (above.1, below.1) {
        (Ty::Index, Ty::Index) => Ty::Index,
        (a, b) => common(a, b, denominator)?,
    };
    let parts = (
        quantity,
        as_type(above, fraction, numerator)?,
        as_type(below, fraction, denominator)?,
    );
    Ok((Expr::Ratio(Box::new(parts)), ty))
}

fn choose(condition: &Node, yes: &Node, no: &Node, scope: &Scope) -> Typed {
    let condition = boolean(condition, scope)?;
    let (a, b) = (typed(yes, scope)?, typed(no, scope)?);
    let ty = common(a.1, b.1, no)?;
    Ok((
        Expr::If(Box::new((condition, as_type(a, ty, yes)?, as_type(b, ty, no)?))),
        ty,
    ))
}

fn param(id: &Node, day: Option<Box<Expr>>, scope: &Scope) -> Typed {
    let name = word(id, scope).unwrap_or_default();
    let Some(index) = scope.parameters.iter().position(|parameter| parameter.id == name) else {
        return Err(TypeFault {
            rule: Rule::UnknownName,
            message: format!("le paramètre « {name} » n’est pas dans le registre"),
            hint: suggestion(
                &name,
                scope.parameters.iter().map(|parameter| parameter.id.as_str()),
            ),
            start: id.start,
            end: id.end,
        });
    };
    let unit = scope.parameters[index].unit;
    let expr = Expr::Param(index, day);
    let expr = if unit == Unit::Annees {
        Expr::Mul(Box::new((expr, Expr::Const(12))))
    } else {
        expr
    };
    Ok((expr, Ty::of_unit(unit)))
}
