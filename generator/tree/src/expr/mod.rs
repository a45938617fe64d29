//! The expression language: safe, small, decidable. Integers only.

mod arithmetic;
mod call;
mod compare;
mod compile;
pub(crate) mod eval;
pub(crate) mod lex;
mod parse;
pub(crate) mod scope;
pub(crate) mod types;
mod visit;

pub(crate) use compile::{condition, constant, placeholder, quantity, value};
pub use eval::MAX_INTEGER;
use serde::{Deserialize, Serialize};

/// A compiled expression. Every value is an integer or unknown: a boolean is 0 or 1, a choice its
/// index, a set of choices a bit mask, a date a day number, an amount cents, a rate per mille, a
/// commune its INSEE code read in base 36.
///
/// In JSON an expression is an object of one key, the operator: `{"<":[{"q":3},{"n":7}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expr {
    /// A constant.
    #[serde(rename = "n")]
    Const(i64),
    /// The answer to the question of this index.
    #[serde(rename = "q")]
    Answer(usize),
    /// The fact of this index.
    #[serde(rename = "f")]
    Fact(usize),
    /// The figure of this index.
    #[serde(rename = "c")]
    Figure(usize),
    /// The day of the evaluation.
    #[serde(rename = "j")]
    Today,
    /// The parameter of this index, on the day of the evaluation or on the given day.
    #[serde(rename = "p")]
    Param(usize, Option<Box<Expr>>),
    /// `non`.
    #[serde(rename = "!")]
    Not(Box<Expr>),
    /// `et`.
    #[serde(rename = "&")]
    And(Vec<Expr>),
    /// `ou`.
    #[serde(rename = "|")]
    Or(Vec<Expr>),
    /// `=`.
    #[serde(rename = "=")]
    Eq(Box<(Expr, Expr)>),
    /// `<`.
    #[serde(rename = "<")]
    Lt(Box<(Expr, Expr)>),
    /// `<=`.
    #[serde(rename = "<=")]
    Le(Box<(Expr, Expr)>),
    /// `contient`: the set holds the choice of this index.
    #[serde(rename = "in")]
    Has(Box<Expr>, u32),
    /// `+`.
    #[serde(rename = "+")]
    Add(Box<(Expr, Expr)>),
    /// `-`.
    #[serde(rename = "-")]
    Sub(Box<(Expr, Expr)>),
    /// `*`.
    #[serde(rename = "*")]
    Mul(Box<(Expr, Expr)>),
    /// `plus_mois(date, mois)`.
    #[serde(rename = "mois")]
    AddMonths(Box<(Expr, Expr)>),
    /// `mois_entames(limite, date)`: see [`crate::date::months_started`].
    #[serde(rename = "entames")]
    MonthsStarted(Box<(Expr, Expr)>),
    /// `pourcent(taux, montant)`: rate per mille × amount, to the nearest cent, half up.
    #[serde(rename = "pc")]
    Percent(Box<(Expr, Expr)>),
    /// `proportion(somme, numérateur, dénominateur)`: somme × numérateur ÷ dénominateur, to the nearest unit (cent
    /// or whole), half up; unknown when the denominator is not positive.
    #[serde(rename = "prop")]
    Ratio(Box<(Expr, Expr, Expr)>),
    /// `min(…)`.
    #[serde(rename = "min")]
    Min(Vec<Expr>),
    /// `max(…)`.
    #[serde(rename = "max")]
    Max(Vec<Expr>),
    /// `si(condition, alors, sinon)`.
    #[serde(rename = "si")]
    If(Box<(Expr, Expr, Expr)>),
    /// `departement(commune)`.
    #[serde(rename = "dep")]
    Department(Box<Expr>),
}
