//! What an expression reads.

use super::Expr;
use std::collections::BTreeSet;

impl Expr {
    /// Its direct operands.
    pub(crate) fn operands(&self) -> Vec<&Expr> {
        match self {
            Self::Const(_)
            | Self::Answer(_)
            | Self::Fact(_)
            | Self::Figure(_)
            | Self::Today
            | Self::Param(_, None) => Vec::new(),
            Self::Param(_, Some(inner))
            | Self::Not(inner)
            | Self::Has(inner, _)
            | Self::Department(inner) => vec![inner],
            Self::And(parts) | Self::Or(parts) | Self::Min(parts) | Self::Max(parts) => {
                parts.iter().collect()
            }
            Self::If(parts) | Self::Ratio(parts) => vec![&parts.0, &parts.1, &parts.2],
            Self::Eq(pair)
            | Self::Lt(pair)
            | Self::Le(pair)
            | Self::Add(pair)
            | Self::Sub(pair)
            | Self::Mul(pair)
            | Self::AddMonths(pair)
            | Self::MonthsStarted(pair)
            | Self::Percent(pair) => vec![&pair.0, &pair.1],
        }
    }

    /// Visits it and all that it holds, outside in.
    pub(crate) fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        see(self);
        for operand in self.operands() {
            operand.visit(see);
        }
    }

    /// How many times it reads each question, fact and figure, in the order read.
    pub(crate) fn reads(&self) -> Reads {
        let mut reads = Reads::default();
        self.visit(&mut |expr| match expr {
            Expr::Answer(index) => reads.answers.push(*index),
            Expr::Fact(index) => {
                reads.facts.insert(*index);
            }
            Expr::Figure(index) => {
                reads.figures.insert(*index);
            }
            _ => {}
        });
        reads
    }
}

/// What an expression reads itself (not through facts).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// Questions, once for each time they are read.
    pub(crate) answers: Vec<usize>,
    pub(crate) facts: BTreeSet<usize>,
    pub(crate) figures: BTreeSet<usize>,
}
