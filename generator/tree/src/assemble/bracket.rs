//! `tranches`: the bound of a bracket -> the test that its answers pass.

use crate::expr::scope::Scope;
use crate::expr::types::Ty;
use crate::expr::{Expr, quantity};
use crate::finding::Finding;
use crate::model::{Bracket, Kind};
use crate::rule::Rule;
use crate::source::{NamedSource, Raw};
use crate::value::{commune_code, department_code};

/// Words that begin a bound; `strict` says whether the bound itself is left out, `from_today` whether
/// the duration is counted after today.
const PREFIXES: [(&str, bool, bool); 7] = [
    ("dans plus de ", true, true),
    ("dans au moins ", false, true),
    ("jusqu'à ", false, false),
    ("jusqu'au ", false, false),
    ("moins de ", true, false),
    ("avant le ", true, false),
    ("avant ", true, false),
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
            let Some((prefix, strict, from_today)) =
                PREFIXES.iter().find(|(prefix, ..)| bound.starts_with(prefix))
            else {
                return unreadable(line, findings);
            };
            let rest = Raw::new(bound[prefix.len()..].to_owned(), line.name.span);
            let (value, ty) = quantity(&rest, scope, findings)?;
            let Some(pair) = compared(answer(), value, ty, kind, *from_today) else {
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

/// Both sides of the comparison « answer below the bound ».
fn compared(answer: Expr, value: Expr, ty: Ty, kind: Kind, from_today: bool) -> Option<(Expr, Expr)> {
    let later = |date: Expr, months: bool, value: Expr| {
        let pair = Box::new((date, value));
        if months {
            Expr::AddMonths(pair)
        } else {
            Expr::Add(pair)
        }
    };
    match (kind, ty) {
        (Kind::Date, Ty::Months | Ty::Days) if from_today => {
            Some((later(Expr::Today, ty == Ty::Months, value), answer))
        }
        // « jusqu'à 2 mois » ago: today is at most two months after the answer.
        (Kind::Date, Ty::Months | Ty::Days) => Some((Expr::Today, later(answer, ty == Ty::Months, value))),
        (Kind::Date, Ty::Date) if !from_today => Some((answer, value)),
        (Kind::Montant, Ty::Amount) => Some((answer, value)),
        (Kind::Montant, Ty::Plain(number)) => Some((answer, Expr::Const(number.scaled(2)?))),
        (Kind::Nombre, Ty::Plain(number)) => Some((answer, Expr::Const(number.scaled(0)?))),
        _ => None,
    }
}

fn unreadable(line: &NamedSource, findings: &mut Vec<Finding>) -> Option<Bracket> {
    let message = format!(
        "La limite « {} » de la tranche ne convient pas à cette question.",
        line.name.value
    );
    let hint = "Pour une date : « jusqu'à 2 mois », « moins de 15 jours », « avant 2014-03-27 », « à venir », « dans plus de 3 mois », « au-delà ». Pour une somme ou un nombre : « jusqu'à 500 », « moins de 500 », « au-delà ». Pour une commune : « 93 », « autre ».";
    findings.push(Finding::error(Rule::Syntax, line.name.span, message).hint(hint));
    None
}
