//! The start page of a tree: what it gives, what to have at hand, what becomes of the answers.

use super::context::StartContext;
use super::outcome::Page;
use crate::diagnostic::Diagnostics;
use crate::render::frame::PageSpec;
use crate::render::markdown;
use decision_tree::source::Raw;
use decision_tree::{Answers, Context, Date, Voice, walk};

impl Page<'_> {
    /// Renders the start page. `first` is the address of the first question.
    pub(super) fn start(&self, first: String, faults: &mut Diagnostics) -> Option<String> {
        let fill = self.renderer.words();
        let (source, start) = (&self.files.source, &self.files.start);
        let context = StartContext {
            data: self.paths.data.clone(),
            slug: self.files.slug.to_string(),
            base: self.files.address(),
            first,
            duration: source
                .duration
                .as_ref()
                .map(|text| fill.fill(&text.value))
                .unwrap_or_default(),
            count: fill.fill(&self.count()),
            audience: audience(&self.files.source.voices),
            prepare: source.prepare.iter().map(|item| fill.fill(&item.value)).collect(),
            body: markdown::html(&start.body, 1, &self.renderer.host(), faults),
            reviewed: start.review.reviewed.value.into(),
            next_review: start.review.next.value.into(),
            scenarios: source.scenarios.len(),
        };
        let spec = PageSpec {
            heading: start.title.value.clone(),
            description: start.description.value.clone(),
            path: self.files.address(),
            parents: self.paths.parents.iter().take(1).cloned().collect(),
            indexable: true,
            scripts: self.paths.start_script.clone(),
            ..PageSpec::default()
        };
        self.renderer
            .page("tree-start.html", spec, "tree", &context, faults)
    }

    /// How many questions the scenarios ask: « de 3 à 13 questions ».
    fn count(&self) -> String {
        let asked = self.files.source.scenarios.iter().filter_map(|scenario| {
            let context = Context {
                today: Date::from_iso(&scenario.on.value)?,
            };
            let pairs = scenario.answers.iter();
            let pairs = pairs.map(|line| (line.name.value.as_str(), line.value.value.as_str()));
            let (answers, _) = Answers::read(self.tree, pairs, &context);
            Some(walk(self.tree, &answers, &context).asked.len())
        });
        let counts: Vec<usize> = asked.collect();
        match (counts.iter().min(), counts.iter().max()) {
            (Some(min), Some(max)) if min < max => format!("de {min} à {max} questions"),
            (Some(_), Some(max)) => format!("{max} questions"),
            _ => format!("{} questions au plus", self.tree.questions.len()),
        }
    }
}

/// For whom the questionnaire is, even when it speaks to all in one voice.
fn audience(audience: &[Raw]) -> String {
    let names: Vec<_> = audience
        .iter()
        .filter_map(|raw| Voice::from_id(&raw.value))
        .map(|voice| match voice {
            Voice::Locataire => "le locataire",
            Voice::Bailleur => "le bailleur",
            Voice::Aidant => "la personne qui aide",
        })
        .collect();
    names.join(" et ")
}
