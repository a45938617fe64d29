//! The words of the answers: what a reader sees for a class of them.

use crate::answers::{Answer, shown};
use crate::model::{Kind, Question, Voice};
use crate::partition::Class;
use crate::plan::Plan;
use crate::proof::brackets::brackets_in;

/// What the reader sees for a class of answers, and the choice that it is: several labels when the class holds
/// several brackets, as the limit between two of them may change a sentence of the outcome and not the way to it.
pub(crate) fn labels(
    plan: &Plan,
    question: usize,
    class: usize,
    voice: Voice,
) -> Vec<(String, Option<usize>)> {
    let asked = &plan.tree.questions[question];
    let class = &plan.classes[question][class];
    let named: Vec<(String, Option<usize>)> = brackets_in(plan, question, class)
        .into_iter()
        .filter_map(|bracket| asked.brackets.get(bracket))
        .map(|bracket| (bracket.label.clone(), None))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let choice = match class {
        Class::Value(value) if asked.kind == Kind::Choix => usize::try_from(*value).ok(),
        _ => None,
    };
    let answer = class.value().map_or(Answer::DontKnow, Answer::Value);
    vec![(shown(asked, &answer, voice), choice)]
}

/// What the reader sees for one option of a several-choice question, ticked alone.
pub(crate) fn alone(asked: &Question, option: usize, voice: Voice) -> String {
    shown(asked, &Answer::Value(1 << option), voice)
}

#[cfg(test)]
mod tests {
    use crate::date::Date;
    use crate::source::{NamedSource, Raw, Span};
    use crate::states::{StaticPage, static_pages};

    fn said(page: &StaticPage) -> Vec<&str> {
        page.links.iter().map(|link| link.label.as_str()).collect()
    }

    #[test]
    fn a_limit_that_only_the_outcome_reads_leaves_no_answer_unsaid() {
        let today = Date::from_iso("2026-11-23").expect("a date");
        let mut source = crate::fixture::deposit();
        let date = source
            .questions
            .iter_mut()
            .find(|question| question.id.value == "date-cles")
            .expect("a question");
        let raw = |text: &str| Raw::new(text.to_owned(), Span::default());
        let soon = NamedSource {
            name: raw("jusqu'à 10 jours"),
            value: raw("Il y a dix jours ou moins"),
        };
        date.brackets.insert(0, soon);
        let tree = crate::compile(&source, today).tree.expect("a tree");
        let site = static_pages(&tree, today).expect("pages");
        let index = |page: &&StaticPage| tree.questions[page.question].id == "date-cles";
        let page = site.pages.iter().find(index).expect("the page of the date");
        assert_eq!(
            said(page)[..3],
            [
                "Il y a dix jours ou moins",
                "Il y a moins d’un mois",
                "Il y a entre un et deux mois"
            ]
        );
        assert_eq!(page.links[0].to, page.links[1].to);
        assert_eq!(page.links[0].classes, page.links[1].classes);
        assert!(
            crate::follow_links(&tree, today)
                .expect("within the budget")
                .is_ok()
        );
    }
}
