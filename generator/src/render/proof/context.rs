//! What the layouts of the proof sheet and of the plan are given, under the name `proof`.

use crate::render::context::{Day, Link};
use crate::render::tree::context::Named;
use serde::Serialize;

/// `layouts/proof.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SheetContext {
    /// Title of the questionnaire.
    pub title: String,
    /// Address of its start page.
    pub base: String,
    /// Address of its plan.
    pub plan: String,
    /// Address of the page where anyone compares the two engines.
    pub conformance: String,
    /// « 5 056 situations examinées, aucune sans réponse ; … ».
    pub headline: String,
    /// What was counted: name and count.
    pub counts: Vec<Named>,
    /// The outcomes.
    pub outcomes: Vec<OutcomeRow>,
    /// The scenarios.
    pub scenarios: Vec<ScenarioRow>,
    /// How scenarios cover the plan, in a sentence.
    pub coverage: String,
    /// What falls into the default outcome.
    pub otherwise: Otherwise,
    /// Articles that the outcomes rest on.
    pub articles: Vec<ArticleRow>,
    /// Dated figures that the questionnaire reads.
    pub parameters: Vec<ParameterRow>,
    /// Role that answers for the questionnaire.
    pub owner: String,
    /// Day of the last review.
    pub reviewed: Day,
    /// Day before which it is reviewed again.
    pub next_review: Day,
    /// Day of the build.
    pub built: Day,
}

/// An outcome and what it takes.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeRow {
    /// Its rank: the first whose condition holds wins.
    pub rank: usize,
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its condition as the author wrote it.
    pub condition: String,
    /// Situations that it alone concludes.
    pub situations: String,
    /// Situations that it concludes among others.
    pub open: String,
    /// Where its condition holds and an earlier one wins: sentences.
    pub hidden: Vec<String>,
    /// « scénarios 1 à 4 ».
    pub scenarios: String,
}

/// A scenario.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioRow {
    /// Its number.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its day.
    pub day: Day,
    /// The outcomes that it comes to.
    pub outcomes: Vec<Link>,
    /// Figures that it expects: « majoration : 195,00 € ».
    pub figures: Vec<String>,
}

/// What falls into the outcome without condition.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Otherwise {
    /// Its title; empty when every outcome has a condition.
    pub title: String,
    /// How many situations: « 12 situations ».
    pub count: String,
    /// Their answers, one line for each way.
    pub ways: Vec<String>,
    /// Whether there are more ways than shown.
    pub more: bool,
}

/// An article.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRow {
    /// « Article 22 de la loi… ».
    pub title: String,
    /// Official address, or empty.
    pub href: String,
    /// Day its text was last read.
    pub checked: Option<Day>,
    /// How many outcomes rest on it.
    pub uses: String,
}

/// A dated figure of the law.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterRow {
    /// What it is.
    pub title: String,
    /// Its value on the day of the build.
    pub value: String,
    /// First day of that value.
    pub from: Option<Day>,
    /// The text that sets it.
    pub source: String,
}

/// `layouts/plan.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PlanContext {
    /// Title of the questionnaire.
    pub title: String,
    /// Address of its start page.
    pub base: String,
    /// Address of its proof sheet.
    pub sheet: String,
    /// « 53 étapes », « 154 réponses groupées ».
    pub size: String,
    /// The drawing, SVG.
    pub drawing: String,
    /// What comes before the first step, or empty.
    pub first: String,
    /// Parts of the list.
    pub sections: Vec<Section>,
    /// How many steps are left out because there are too many.
    pub left_out: usize,
    /// The outcomes, in the order in which they win.
    pub outcomes: Vec<OutcomeRow>,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<QuestionRow>,
    /// When no more question is asked, as the author wrote it; or empty.
    pub stop: String,
    /// The facts: name and condition as the author wrote it.
    pub facts: Vec<Named>,
}

/// A step of the list, with the steps that only it leads to.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Id of its heading.
    pub id: String,
    /// « Étape 4 : Avez-vous rendu les clés ? ».
    pub title: String,
    /// « 1 204 situations ; scénarios 1 à 4 ».
    pub meta: String,
    /// Its answers, HTML.
    pub html: String,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// Its id in the questionnaire.
    pub id: String,
    /// Its words.
    pub text: String,
    /// When it is asked, as the author wrote it; empty when it always is.
    pub condition: String,
}
