//! 18. The tree needs too many static pages, paths or states.

use crate::assemble::Places;
use crate::expr::Expr;
use crate::finding::Finding;
use crate::model::{Kind, Tree};
use crate::partition::{MAX_READ_OPTIONS, atoms};
use crate::plan::flow_roots;
use crate::rule::Rule;
use crate::source::TreeSource;
use crate::states::StaticSite;
use std::collections::BTreeSet;

/// Most static pages of a tree.
pub(crate) const MAX_PAGES: usize = 400;
/// Most situations: beyond, nobody can say that they were thought of.
pub(crate) const MAX_PATHS: u128 = 10_000_000_000;

const CURE: &str = "Concluez plus tôt (« arreter_si »), posez moins de questions par parcours, ou séparez le questionnaire en deux.";

/// The walk itself is too large.
pub(crate) fn exhausted(source: &TreeSource) -> Finding {
    let message = "Ce questionnaire lit ensemble trop de réponses : le nombre de situations différentes dépasse ce qui peut être vérifié.";
    Finding::error(Rule::Budget, source.span, message).hint(CURE)
}

/// Too many situations.
pub(crate) fn too_many_paths(source: &TreeSource, paths: u128) -> Option<Finding> {
    let message = || format!("Ce questionnaire compte {paths} situations, au plus {MAX_PATHS}.");
    (paths > MAX_PATHS).then(|| Finding::error(Rule::Budget, source.span, message()).hint(CURE))
}

/// Too many pages.
pub(crate) fn too_many_pages(source: &TreeSource, site: &StaticSite) -> Option<Finding> {
    let message = || {
        format!(
            "Ce questionnaire demande {} pages sans JavaScript, au plus {MAX_PAGES}.",
            site.len()
        )
    };
    (site.len() > MAX_PAGES).then(|| Finding::error(Rule::Budget, source.span, message()).hint(CURE))
}

/// A question with several cases of which too many are read together.
pub(crate) fn options(source: &TreeSource, tree: &Tree, places: &Places, findings: &mut Vec<Finding>) {
    let deciding = atoms(tree, flow_roots(tree));
    for (index, question) in tree
        .questions
        .iter()
        .enumerate()
        .filter(|(_, q)| q.kind == Kind::Cases)
    {
        let read: BTreeSet<u32> = deciding
            .iter()
            .filter(|(of, _)| *of == index)
            .filter_map(|(_, atom)| match atom {
                Expr::Has(_, choice) => Some(*choice),
                _ => None,
            })
            .collect();
        if u32::try_from(read.len()).is_ok_and(|count| count > MAX_READ_OPTIONS) {
            let message = format!(
                "Les conditions lisent {} cases de « {} », au plus {MAX_READ_OPTIONS}.",
                read.len(),
                question.id
            );
            findings.push(
                Finding::error(
                    Rule::Budget,
                    source.questions[places.questions[index]].id.span,
                    message,
                )
                .hint(CURE),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{deposit, explosive};
    use crate::proof::of_rule;
    use crate::rule::Rule;
    use std::time::Instant;

    #[test]
    fn forty_independent_questions_are_refused_quickly() {
        assert_eq!(of_rule(&deposit(), Rule::Budget), []);
        let start = Instant::now();
        for paired in [false, true] {
            let found = of_rule(&explosive(40, paired), Rule::Budget);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].hint.is_some());
        }
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
