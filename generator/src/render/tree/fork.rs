//! The page that follows « Je ne sais pas » when several outcomes stay possible, for the static reader.

use super::context::ForkContext;
use super::outcome::Page;
use super::words;
use crate::diagnostic::Diagnostics;
use crate::render::context::Card;
use crate::render::frame::PageSpec;
use decision_tree::states::StaticSite;

impl Page<'_> {
    /// Renders the fork of this number.
    pub(super) fn fork(&self, site: &StaticSite, number: usize, faults: &mut Diagnostics) -> Option<String> {
        let fork = site.forks.get(number)?;
        let fill = self.renderer.words();
        let mut contact = String::new();
        let mut outcomes = Vec::new();
        for (index, voice) in &fork.outcomes {
            let voice = voice.unwrap_or(self.voice);
            let id = &self.tree.outcomes.get(*index)?.id;
            let source = self
                .files
                .source
                .outcomes
                .iter()
                .find(|source| source.id.value == *id)?;
            let told = self.files.outcomes.get(id)?;
            if let Some(text) = told.contact.as_ref().filter(|_| contact.is_empty()) {
                contact = fill.fill(&text.value);
            }
            let view = Page { voice, ..*self };
            outcomes.push(Card {
                title: fill.fill(words::voiced(&source.title, voice)),
                href: self.paths.outcome(id, voice),
                text: view.summary(told),
                tag: String::new(),
            });
        }
        let context = ForkContext {
            base: self.files.address(),
            title: fill.fill(&self.files.start.title.value),
            outcomes,
            contact,
        };
        let spec = PageSpec {
            heading: "La conclusion dépend d'une réponse qui vous manque".to_owned(),
            description: "Les conclusions possibles selon la réponse qui vous manque.".to_owned(),
            path: super::statics::fork_path(self.paths, number),
            parents: self.paths.parents.clone(),
            indexable: false,
            ..PageSpec::default()
        };
        self.renderer
            .page("tree-fork.html", spec, "tree", &context, faults)
    }
}
