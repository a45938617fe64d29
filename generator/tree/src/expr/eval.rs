//! Evaluation: an integer, or nothing when it is unknown. Same semantics, bit for bit, as `engine.js`.

use super::Expr;
use crate::date::{Date, months_started};
use crate::model::Parameter;

/// Greatest integer that both engines hold exactly (2^53 − 1); a result beyond it is unknown.
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;
/// Longest delay added to a date, in months.
const MAX_MONTHS: i64 = 12_000;
/// Farthest day number that dates are computed with.
const MAX_DAY: i64 = 10_000_000;

/// What expressions read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Env<'a> {
    pub(crate) answers: &'a [Option<i64>],
    pub(crate) facts: &'a [Option<i64>],
    pub(crate) figures: &'a [Option<i64>],
    pub(crate) parameters: &'a [Parameter],
    pub(crate) today: i64,
}

impl Env<'_> {
    /// The value of an expression; a condition gives 1, 0 or nothing (Kleene's three values).
    pub(crate) fn eval(&self, expr: &Expr) -> Option<i64> {
        match expr {
            Expr::Const(value) => Some(*value),
            Expr::Answer(index) => self.answers.get(*index).copied().flatten(),
            Expr::Fact(index) => self.facts.get(*index).copied().flatten(),
            Expr::Figure(index) => self.figures.get(*index).copied().flatten(),
            Expr::Today => Some(self.today),
            Expr::Param(index, day) => {
                let day = day.as_ref().map_or(Some(self.today), |day| self.eval(day))?;
                self.parameters.get(*index)?.at(day)
            }
            Expr::Not(inner) => self.eval(inner).map(|value| i64::from(value == 0)),
            Expr::And(parts) => self.all(parts, 0),
            Expr::Or(parts) => self.all(parts, 1),
            Expr::Eq(pair) => self.pair(pair, |a, b| Some(i64::from(a == b))),
            Expr::Lt(pair) => self.pair(pair, |a, b| Some(i64::from(a < b))),
            Expr::Le(pair) => self.pair(pair, |a, b| Some(i64::from(a <= b))),
            Expr::Has(set, index) => self.eval(set).map(|set| set.checked_shr(*index).unwrap_or(0) & 1),
            Expr::Add(pair) => self.pair(pair, |a, b| bounded(a.checked_add(b))),
            Expr::Sub(pair) => self.pair(pair, |a, b| bounded(a.checked_sub(b))),
            Expr::Mul(pair) => self.pair(pair, |a, b| bounded(a.checked_mul(b))),
            Expr::AddMonths(pair) => self.pair(pair, add_months),
            Expr::MonthsStarted(pair) => self.pair(pair, started),
            Expr::Percent(pair) => self.pair(pair, |rate, amount| ratio(amount, rate, 1000)),
            Expr::Ratio(parts) => ratio(self.eval(&parts.0)?, self.eval(&parts.1)?, self.eval(&parts.2)?),
            Expr::Min(parts) => self.extreme(parts, i64::min),
            Expr::Max(parts) => self.extreme(parts, i64::max),
            Expr::If(parts) => self.choose(&parts.0, &parts.1, &parts.2),
            Expr::Department(commune) => self.eval(commune).map(crate::value::department_of),
        }
    }

    /// `et` (decided by 0) and `ou` (decided by 1).
    fn all(&self, parts: &[Expr], decides: i64) -> Option<i64> {
        let mut known = true;
        for part in parts {
            match self.eval(part) {
                Some(value) if value == decides => return Some(decides),
                Some(_) => {}
                None => known = false,
            }
        }
        known.then_some(1 - decides)
    }

    fn pair(&self, pair: &(Expr, Expr), apply: fn(i64, i64) -> Option<i64>) -> Option<i64> {
        apply(self.eval(&pair.0)?, self.eval(&pair.1)?)
    }

    fn extreme(&self, parts: &[Expr], pick: fn(i64, i64) -> i64) -> Option<i64> {
        let values = parts
            .iter()
            .map(|part| self.eval(part))
            .collect::<Option<Vec<_>>>()?;
        values.into_iter().reduce(pick)
    }

    /// When the condition is unknown, the value is known only if both sides agree.
    fn choose(&self, condition: &Expr, yes: &Expr, no: &Expr) -> Option<i64> {
        match self.eval(condition) {
            Some(0) => self.eval(no),
            Some(_) => self.eval(yes),
            None => {
                let yes = self.eval(yes)?;
                (self.eval(no) == Some(yes)).then_some(yes)
            }
        }
    }
}

fn bounded(value: Option<i64>) -> Option<i64> {
    value.filter(|value| (-MAX_INTEGER..=MAX_INTEGER).contains(value))
}

fn add_months(day: i64, months: i64) -> Option<i64> {
    let possible = (-MAX_DAY..=MAX_DAY).contains(&day) && (-MAX_MONTHS..=MAX_MONTHS).contains(&months);
    possible.then(|| Date::from_day_number(day).plus_months(months).day_number())
}

fn started(limit: i64, now: i64) -> Option<i64> {
    let possible = (-MAX_DAY..=MAX_DAY).contains(&limit) && (-MAX_DAY..=MAX_DAY).contains(&now);
    possible.then(|| months_started(Date::from_day_number(limit), Date::from_day_number(now)))
}

/// Value × numerator ÷ denominator, to the nearest unit, half a unit up.
pub(crate) fn ratio(value: i64, numerator: i64, denominator: i64) -> Option<i64> {
    let twice = bounded(value.checked_mul(numerator)?.checked_mul(2))?;
    let twice = bounded(twice.checked_add(denominator))?;
    let divisor = bounded(denominator.checked_mul(2)).filter(|divisor| *divisor > 0)?;
    Some(twice.div_euclid(divisor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_the_nearest_cent_half_up() {
        let percent = |rate, amount| ratio(amount, rate, 1000);
        assert_eq!(percent(100, 65_000), Some(6_500));
        assert_eq!(percent(100, 65_005), Some(6_501));
        assert_eq!(percent(100, 65_004), Some(6_500));
        assert_eq!(percent(MAX_INTEGER, 2), None);
        // A rent of 700 €, an index from 142,06 to 145,47: 716,802… €.
        assert_eq!(ratio(70_000, 14_547, 14_206), Some(71_680));
        // Half a cent, up, on both sides of zero.
        assert_eq!(
            (ratio(1, 1, 2), ratio(-1, 1, 2), ratio(-3, 1, 2)),
            (Some(1), Some(0), Some(-1))
        );
        assert_eq!(
            (ratio(1, 1, 0), ratio(1, 1, -1), ratio(1, 1, MAX_INTEGER)),
            (None, None, None)
        );
    }

    #[test]
    fn unknown_spreads_unless_decided() {
        let env = Env {
            answers: &[None, Some(1)],
            facts: &[],
            figures: &[],
            parameters: &[],
            today: 0,
        };
        let (unknown, yes) = (Expr::Answer(0), Expr::Answer(1));
        let no = Expr::Not(Box::new(yes.clone()));
        assert_eq!(env.eval(&Expr::And(vec![unknown.clone(), no.clone()])), Some(0));
        assert_eq!(env.eval(&Expr::And(vec![unknown.clone(), yes.clone()])), None);
        assert_eq!(env.eval(&Expr::Or(vec![unknown.clone(), yes])), Some(1));
        let same = Expr::If(Box::new((unknown.clone(), Expr::Const(4), Expr::Const(4))));
        assert_eq!(env.eval(&same), Some(4));
        let other = Expr::If(Box::new((unknown, Expr::Const(4), Expr::Const(5))));
        assert_eq!(env.eval(&other), None);
    }

    #[test]
    fn nothing_overflows() {
        let env = Env {
            answers: &[],
            facts: &[],
            figures: &[],
            parameters: &[],
            today: 0,
        };
        let huge = || Expr::Const(i64::MAX);
        for expr in [
            Expr::Add(Box::new((huge(), huge()))),
            Expr::Mul(Box::new((huge(), huge()))),
            Expr::AddMonths(Box::new((Expr::Today, huge()))),
            Expr::MonthsStarted(Box::new((huge(), Expr::Today))),
            Expr::Percent(Box::new((huge(), huge()))),
        ] {
            assert_eq!(env.eval(&expr), None);
        }
    }
}
