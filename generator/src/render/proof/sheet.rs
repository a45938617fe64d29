//! The proof sheet: what was examined, what it proves, and what it does not.

use super::context::{ArticleRow, Otherwise, ParameterRow, SheetContext};
use super::numbers::{grouped, list, plural};
use super::{Told, plan_address, sheet_address};
use crate::diagnostic::Diagnostics;
use crate::render::conformance;
use crate::render::frame::PageSpec;
use crate::render::tree::context::Named;
use crate::render::tree::words::capital;
use std::collections::BTreeMap;

/// Most ways into the default outcome that the sheet lists.
const MOST_WAYS: usize = 40;

impl Told<'_> {
    /// Renders the sheet.
    pub(super) fn sheet(&self, faults: &mut Diagnostics) -> Option<String> {
        let start = &self.files.start;
        let title = self.fill(&start.title.value);
        let context = SheetContext {
            base: self.files.address(),
            plan: plan_address(&self.files.slug),
            conformance: conformance::ADDRESS.to_owned(),
            headline: self.headline(),
            counts: self.counts(),
            outcomes: self.outcomes(),
            scenarios: self.scenarios(),
            coverage: self.coverage(),
            otherwise: self.otherwise(),
            articles: self.articles(),
            parameters: self.parameters(),
            owner: self.fill(&start.review.owner.value),
            reviewed: start.review.reviewed.value.into(),
            next_review: start.review.next.value.into(),
            built: self.renderer.site.today.into(),
            title,
        };
        let spec = PageSpec {
            heading: "Fiche de preuve".to_owned(),
            description: format!(
                "Ce qui a été vérifié dans le questionnaire « {} » : situations, scénarios, articles de loi.",
                start.title.value
            ),
            path: sheet_address(&self.files.slug),
            parents: self.parents(),
            indexable: true,
            ..PageSpec::default()
        };
        self.renderer.page("proof.html", spec, "proof", &context, faults)
    }

    /// « 5 056 situations examinées, aucune sans réponse ; … ».
    fn headline(&self) -> String {
        let proof = &self.files.compiled.proof;
        let day: crate::render::context::Day = self.files.start.review.reviewed.value.into();
        self.fill(&format!(
            "{}, aucune sans réponse ; {} ; {} sans JavaScript ; droit vérifié le {}.",
            plural(proof.paths, "situation examinée", "situations examinées"),
            plural(proof.scenarios as u128, "scénario", "scénarios"),
            plural(proof.pages as u128, "page", "pages"),
            day.words
        ))
    }

    fn counts(&self) -> Vec<Named> {
        let proof = &self.files.compiled.proof;
        let counts = [
            ("Questions", self.tree.questions.len() as u128),
            ("Conclusions", self.tree.outcomes.len() as u128),
            ("Situations examinées", proof.paths),
            ("Situations sans conclusion", 0),
            (
                "Étapes du plan, une fois les situations semblables regroupées",
                self.outline.steps.len() as u128,
            ),
            ("Pages qui marchent sans JavaScript", proof.pages as u128),
            ("Scénarios réussis", proof.scenarios as u128),
        ];
        let named = |(name, count): (&str, u128)| Named {
            name: name.to_owned(),
            text: grouped(count),
        };
        counts.map(named).to_vec()
    }

    /// How scenarios cover the plan.
    fn coverage(&self) -> String {
        let ways = self.outline.steps.iter().flat_map(|step| &step.ways);
        let all = ways.clone().count();
        let covered = ways.filter(|way| !way.scenarios.is_empty()).count();
        format!(
            "Les scénarios passent par toutes les questions, toutes les conclusions et tous les courriers du questionnaire. Ils empruntent {} des {} que montre le plan ; les autres sont parcourues par l’examen de toutes les situations, sans qu’une personne ait écrit le résultat attendu.",
            grouped(covered as u128),
            plural(all as u128, "branche", "branches")
        )
    }

    fn otherwise(&self) -> Otherwise {
        let default = self
            .tree
            .outcomes
            .iter()
            .position(|outcome| outcome.condition.is_none());
        let Some(index) = default else {
            return Otherwise::default();
        };
        let (ways, more) = self.outline.ways_to(index, MOST_WAYS);
        Otherwise {
            title: self.outcome(index),
            count: plural(self.files.compiled.proof.otherwise, "situation", "situations"),
            ways: ways.iter().map(|way| self.way(way)).collect(),
            more,
        }
    }

    /// A way, question by question: « question : « a » ou « b » ».
    fn way(&self, path: &[(usize, usize)]) -> String {
        let parts: Vec<String> = path
            .iter()
            .map(|(step, way)| {
                let step = &self.outline.steps[*step];
                format!(
                    "{} {}",
                    self.question(step.question),
                    self.answers(&step.ways[*way].answers)
                )
            })
            .collect();
        if parts.is_empty() {
            "Toujours".to_owned()
        } else {
            parts.join(" ; ")
        }
    }

    /// « a » ou « b ».
    pub(super) fn answers(&self, answers: &[String]) -> String {
        let quoted: Vec<String> = answers
            .iter()
            .map(|answer| self.fill(&format!("« {answer} »")))
            .collect();
        list(&quoted, "ou")
    }

    fn articles(&self) -> Vec<ArticleRow> {
        let mut uses: BTreeMap<&str, u128> = BTreeMap::new();
        let cited = self.tree.outcomes.iter().flat_map(|outcome| &outcome.legal_basis);
        for id in cited {
            *uses.entry(id).or_default() += 1;
        }
        let law = self.renderer.words().law;
        uses.into_iter()
            .filter_map(|(id, uses)| {
                let article = law.articles.get(id)?;
                Some(ArticleRow {
                    title: self.fill(&capital(&article.title)),
                    href: article.href.clone().unwrap_or_default(),
                    checked: article.checked.filter(|_| article.seen).map(Into::into),
                    uses: plural(uses, "conclusion", "conclusions"),
                })
            })
            .collect()
    }

    fn parameters(&self) -> Vec<ParameterRow> {
        let today = self.renderer.site.today;
        let law = self.renderer.words().law;
        let read = self.tree.parameters.iter();
        read.filter_map(|read| {
            let known = law.parameters.get(&read.id)?;
            let held = known.values.iter().rev().find(|value| value.from <= today);
            Some(ParameterRow {
                title: self.fill(&capital(&known.title)),
                value: known.words_at(today)?,
                from: held.map(|value| value.from.into()),
                source: held.map(|value| self.fill(&value.source)).unwrap_or_default(),
            })
        })
        .collect()
    }
}
