//! What the build proved of each questionnaire, published: a sheet for citizens, a plan for lawyers.

mod case;
pub mod context;
mod drawing;
pub mod numbers;
mod plan;
mod sheet;
mod steps;
#[cfg(test)]
mod tests;

use super::{Renderer, put};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::tree::TreeFiles;
use crate::site::Slug;
use decision_tree::outline::{Outline, outline};
use decision_tree::{Date, Tree};

/// Address of the proof sheet of a tree.
#[must_use]
pub fn sheet_address(slug: &Slug) -> String {
    format!("/diagnostics/{slug}/preuves/")
}

/// Address of the plan of a tree.
#[must_use]
pub fn plan_address(slug: &Slug) -> String {
    format!("/diagnostics/{slug}/plan/")
}

/// What both pages of a tree read.
struct Told<'a> {
    renderer: &'a Renderer<'a>,
    files: &'a TreeFiles,
    tree: &'a Tree,
    outline: &'a Outline,
}

/// Renders the sheet and the plan of a tree that compiled.
pub(super) fn render(renderer: &Renderer, files: &TreeFiles, output: &mut Output, faults: &mut Diagnostics) {
    let today = Date::from_iso(&renderer.site.today.to_string());
    // Without static pages the tree is beyond the budget: walking it again would be as long.
    let (Some(today), Some(tree), Some(_)) = (today, &files.compiled.tree, &files.compiled.site) else {
        return;
    };
    let Some(outline) = outline(tree, &files.source.scenarios, today) else {
        return;
    };
    let told = Told {
        renderer,
        files,
        tree,
        outline: &outline,
    };
    let html = told.sheet(faults);
    put(output, &sheet_address(&files.slug), html, faults);
    let html = told.plan(faults);
    put(output, &plan_address(&files.slug), html, faults);
}

impl Told<'_> {
    /// The words of an author as readers see them.
    fn fill(&self, text: &str) -> String {
        self.renderer.words().fill(text)
    }

    /// The question of this index, as the first voice reads it.
    fn question(&self, index: usize) -> String {
        self.fill(self.tree.questions[index].text.get(self.tree.voices[0]))
    }

    /// The title of the outcome of this index, as the first voice reads it.
    fn outcome(&self, index: usize) -> String {
        self.fill(self.tree.outcomes[index].title.get(self.tree.voices[0]))
    }

    fn outcome_address(&self, index: usize) -> String {
        format!(
            "{}resultat/{}/",
            self.files.address(),
            self.tree.outcomes[index].id
        )
    }

    /// From below the home page to the start of the questionnaire.
    fn parents(&self) -> Vec<(String, String)> {
        vec![
            ("Diagnostics".to_owned(), "/diagnostics/".to_owned()),
            (self.fill(&self.files.start.title.value), self.files.address()),
        ]
    }
}
