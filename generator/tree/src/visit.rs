//! What a compiled tree holds: all its expressions, texts and placeholders.

use crate::expr::Expr;
use crate::model::{Body, Part, Tree, Value};

impl Tree {
    /// Visits every expression that decides or shows something, outermost only.
    pub(crate) fn each_expr<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        for question in &self.questions {
            question
                .condition
                .iter()
                .chain(&question.min)
                .chain(&question.max)
                .for_each(&mut *see);
        }
        self.stop.iter().for_each(&mut *see);
        self.facts.iter().for_each(|fact| see(&fact.expr));
        self.figures.iter().for_each(|figure| see(&figure.expr));
        for outcome in &self.outcomes {
            outcome.condition.iter().for_each(&mut *see);
        }
        self.each_shown(see);
    }

    /// Visits the expressions of texts, deadlines, documents, letters and referrals.
    pub(crate) fn each_shown<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        for outcome in &self.outcomes {
            outcome
                .letters
                .iter()
                .filter_map(|(_, condition)| condition.as_ref())
                .for_each(&mut *see);
            for deadline in &outcome.deadlines {
                see(&deadline.on);
                deadline.condition.iter().for_each(&mut *see);
            }
            outcome
                .documents
                .iter()
                .filter_map(|item| item.condition.as_ref())
                .for_each(&mut *see);
            outcome
                .referral
                .iter()
                .filter_map(|referral| referral.condition.as_ref())
                .for_each(&mut *see);
        }
        for body in self.bodies() {
            body.conditions.iter().for_each(&mut *see);
        }
        for value in self.each_value() {
            if let Value::Expr(_, expr) = value {
                see(expr);
            }
        }
    }

    /// All placeholders and prefilled fields.
    pub(crate) fn each_value(&self) -> impl Iterator<Item = &Value> {
        let prefilled = self
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.referral.as_ref());
        let prefilled = prefilled.flat_map(|referral| referral.fields.iter().map(|(_, value)| value));
        self.bodies().flat_map(|body| &body.values).chain(prefilled)
    }

    fn bodies(&self) -> impl Iterator<Item = &Body> {
        let outcomes = self
            .outcomes
            .iter()
            .flat_map(|outcome| [&outcome.summary, &outcome.body]);
        outcomes.chain(self.letters.iter().map(|letter| &letter.body))
    }
}

impl Body {
    /// Forgets the words: they stand on the page of the outcome.
    pub(crate) fn strip_words(&mut self) {
        fn strip(parts: &mut Vec<Part>) {
            parts.retain(|part| !matches!(part, Part::Text(_)));
            for part in parts {
                if let Part::If(_, inner) | Part::Voice(_, inner) = part {
                    strip(inner);
                }
            }
        }
        strip(&mut self.parts);
    }
}
