//! 15. An article that the registry does not know, or that changed since the review.

use crate::assemble::Places;
use crate::date::Date;
use crate::finding::Finding;
use crate::nearest::suggestion;
use crate::rule::Rule;
use crate::source::{Raw, TreeSource};

/// Every article cited is in the registry, and has not changed since it was last read.
pub(crate) fn check(source: &TreeSource, places: &Places, today: Date, findings: &mut Vec<Finding>) {
    let day = |raw: &Option<Raw>| raw.as_ref().and_then(|raw| Date::from_iso(raw.value.trim()));
    let reviewed = day(&source.reviewed_on);
    for id in places
        .outcomes
        .iter()
        .flat_map(|index| &source.outcomes[*index].legal_basis)
    {
        let Some(article) = source
            .articles
            .iter()
            .find(|article| article.id.value == id.value)
        else {
            let message = format!("L’article « {} » n’est pas dans le registre.", id.value);
            let finding = Finding::error(Rule::Article, id.span, message);
            let hint = suggestion(
                &id.value,
                source.articles.iter().map(|article| article.id.value.as_str()),
            );
            findings.push(Finding { hint, ..finding });
            continue;
        };
        // Without a review date of the tree, the day when the article was last checked counts.
        let read = reviewed.or_else(|| day(&article.checked_on));
        let Some(changed) = day(&article.changed_on).filter(|changed| *changed <= today) else {
            continue;
        };
        if read.is_none_or(|read| read < changed) {
            let message = format!(
                "L’article « {} » a changé le {}, après la dernière relecture de ce questionnaire.",
                id.value,
                changed.french()
            );
            let hint = "Relisez l’article et ce qui s’en déduit, puis écrivez la date dans « revu_le ».";
            findings.push(Finding::error(Rule::Article, id.span, message).hint(hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn a_deleted_or_changed_article_is_told() {
        assert_eq!(of_rule(&deposit(), Rule::Article), []);
        let mut bad = deposit();
        bad.articles.remove(0);
        assert!(
            of_rule(&bad, Rule::Article)[0]
                .message
                .contains("n’est pas dans le registre")
        );
        let mut bad = deposit();
        bad.articles[0].changed_on = Some("2026-11-21".into());
        assert!(
            of_rule(&bad, Rule::Article)[0]
                .message
                .contains("21 novembre 2026")
        );
        bad.reviewed_on = Some("2026-11-22".into());
        assert_eq!(of_rule(&bad, Rule::Article), []);
    }
}
