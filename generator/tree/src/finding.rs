//! What the proofs say to the author, as data.

use crate::rule::Rule;
use crate::source::Span;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The tree is refused.
    Error,
    /// The tree is accepted; the finding is told.
    Warning,
}

/// A fault or a remark, in French, for the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule; [`Rule::id`] gives its name in kebab case.
    pub rule: Rule,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Finding {
    /// An error.
    #[must_use]
    pub fn error(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            span,
            hint: None,
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(rule, span, message)
        }
    }

    /// The same, with its cure.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Gives the cure of the rule to a finding that has none of its own.
    pub(crate) fn cure(&mut self) {
        let rule = self.rule;
        self.hint.get_or_insert_with(|| general_cure(rule));
    }
}

fn general_cure(rule: Rule) -> String {
    match rule {
        Rule::UnknownName => "Vérifiez l’orthographe, ou définissez ce nom.".to_owned(),
        Rule::UnknownChoice => "Reprenez une des réponses que la question propose.".to_owned(),
        Rule::Type => {
            "Comparez une seule réponse à une valeur de même nature : « loyer > 650 € », « depuis(date-cles) > 2 mois »."
                .to_owned()
        }
        Rule::Scenario => {
            "Refaites le cas à la main. Si le questionnaire a raison, corrigez le scénario ; sinon, le questionnaire."
                .to_owned()
        }
        other => format!("La commande « generator explain {} » donne la règle et des exemples.", other.id()),
    }
}
