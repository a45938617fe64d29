//! `tranches`: the bound of a bracket -> the test that its answers pass.

use crate::expr::scope::Scope;
use crate::expr::types::Ty;
use crate::expr::{Expr, quantity};
use crate::finding::Finding;
use crate::model::{Bracket, Kind};
use crate::rule::Rule;
use crate::source::{NamedSource, Raw};
use crate::value::{commune_code, department_code};

/// On which side of its bound a bracket lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
    /// Above, and the bound is a duration counted after today.
    AheadOfToday,
}

/// Words that begin a bound; the boolean says whether the bound itself is left out.
const PREFIXES: [(&str, bool, Side); 11] = [
    ("dans plus de ", true, Side::AheadOfToday),
    ("dans au moins ", false, Side::AheadOfToday),
    ("jusqu'à ", false, Side::Below),
    ("jusqu'au ", false, Side::Below),
    ("moins de ", true, Side::Below),
    ("avant le ", true, Side::Below),
    ("avant ", true, Side::Below),
    ("à partir du ", false, Side::Above),
    ("à partir de ", false, Side::Above),
    ("après le ", true, Side::Above),
    ("après ", true, Side::Above),
];

/// The bracket of one line.
pub(crate) fn bracket(
    line: &NamedSource,
    question: usize,
    kind: Kind,
    scope: &Scope,
    findings: &mut Vec<Finding>,
) -> Option<Bracket> {
    let text = line.name.value.replace('’', "'");
    let label = line.value.value.clone();
    let answer = || Expr::Answer(question);
    let test = match (text.trim(), kind) {
        ("au-delà" | "autre" | "ailleurs", _) => return Some(Bracket { label, test: None }),
        ("à venir", Kind::Date) => Expr::Lt(Box::new((Expr::Today, answer()))),
        (code, Kind::Commune) => match (department_code(code), commune_code(code)) {
            (Some(value), _) => Expr::Eq(Box::new((
                Expr::Department(Box::new(answer())),
                Expr::Const(value),
            ))),
            (_, Some(value)) => Expr::Eq(Box::new((answer(), Expr::Const(value)))),
            _ => return unreadable(line, findings),
        },
        (bound, _) => {
            let Some((prefix, strict, side)) = PREFIXES.iter().find(|(prefix, ..)| bound.starts_with(prefix))
            else {
                return unreadable(line, findings);
            };
            let rest = Raw::new(bound[prefix.len()..].to_owned(), line.name.span);
            let (value, ty) = quantity(&rest, scope, findings)?;
            let Some(pair) = compared(answer(), value, ty, kind, *side) else {
                return unreadable(line, findings);
            };
            let pair = Box::new(pair);
            if *strict { Expr::Lt(pair) } else { Expr::Le(pair) }
        }
    };
    Some(Bracket {
        label,
        test: Some(test),
    })
}

/// Both sides of the comparison of the answer with its bound, the smaller first.
fn compared(answer: Expr, value: Expr, ty: Ty, kind: Kind, side: Side) -> Option<(Expr, Expr)> {
    let later = |date: Expr, months: bool, value: Expr| {
        let pair = Box::new((date, value));
        if months {
            Expr::AddMonths(pair)
        } else {
            Expr::Add(pair)
        }
    };
    let value = match (kind, ty, side) {
        (Kind::Date, Ty::Months | Ty::Days, Side::AheadOfToday) => {
            return Some((later(Expr::Today, ty == Ty::Months, value), answer));
        }
        // « jusqu'à 2 mois » ago: today is at most two months after the answer.
        (Kind::Date, Ty::Months | Ty::Days, Side::Below) => {
            return Some((Expr::Today, later(answer, ty == Ty::Months, value)));
        }
        (_, _, Side::AheadOfToday) => return None,
        (Kind::Date, Ty::Date, _) | (Kind::Montant, Ty::Amount, _) | (Kind::Nombre, Ty::Number, _) => value,
        (Kind::Montant, Ty::Plain(number), _) => Expr::Const(number.scaled(2)?),
        (Kind::Nombre, Ty::Plain(number), _) => Expr::Const(number.scaled(0)?),
        _ => return None,
    };
    Some(if side == Side::Below {
        (answer, value)
    } else {
        (value, answer)
    })
}

fn unreadable(line: &NamedSource, findings: &mut Vec<Finding>) -> Option<Bracket> {
    let message = format!(
        "La limite « {} » de la tranche ne convient pas à cette question.",
        line.name.value
    );
    let hint = "Pour une date : « jusqu'à 2 mois », « moins de 15 jours », « avant 2014-03-27 », « à partir du 2026-11-26 », « à venir », « dans plus de 3 mois », « au-delà ». Pour une somme ou un nombre : « jusqu'à 500 », « moins de 500 », « à partir de 500 », « au-delà ». Pour une commune : « 93 », « autre ».";
    findings.push(Finding::error(Rule::Syntax, line.name.span, message).hint(hint));
    None
}
