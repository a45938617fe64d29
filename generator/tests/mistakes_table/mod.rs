//! The table of mistakes: what stands in the small site, what an editor writes instead, and what must be said.

mod guides;
mod others;

/// One mistake.
pub(crate) struct Mistake {
    /// File below `content/`.
    pub(crate) file: &'static str,
    /// What stands there, once.
    pub(crate) sound: &'static str,
    /// What the editor writes.
    pub(crate) wrong: &'static str,
    /// The rule that tells it.
    pub(crate) rule: &'static str,
    /// Words of the line that is shown.
    pub(crate) line: &'static str,
    /// Words of the cure.
    pub(crate) cure: &'static str,
}

const fn seed(
    file: &'static str,
    sound: &'static str,
    wrong: &'static str,
    rule: &'static str,
    line: &'static str,
    cure: &'static str,
) -> Mistake {
    Mistake {
        file,
        sound,
        wrong,
        rule,
        line,
        cure,
    }
}

const BAIL: &str = "guides/bail.md";
const TREE: &str = "diagnostics/essai/arbre.md";
const QUESTION: &str = "diagnostics/essai/questions/date-cles.md";
const OUTCOME: &str = "diagnostics/essai/issues/retard.md";
const CASES: &str = "diagnostics/essai/scenarios.yaml";
const LETTER: &str = "courriers/quittance.md";
const ARTICLES: &str = "droit/articles.yaml";
const FIGURES: &str = "droit/parametres.yaml";

/// Every mistake.
pub(crate) fn mistakes() -> impl Iterator<Item = &'static Mistake> {
    guides::MISTAKES.iter().chain(others::MISTAKES)
}
