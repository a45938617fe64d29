//! 13. An outcome without legal basis, next step or human contact.

use crate::assemble::Places;
use crate::finding::Finding;
use crate::rule::Rule;
use crate::source::TreeSource;

/// Every outcome rests on the law, leads somewhere and names someone.
pub(crate) fn check(source: &TreeSource, places: &Places, findings: &mut Vec<Finding>) {
    for index in &places.outcomes {
        let outcome = &source.outcomes[*index];
        let (mut missing, mut lines) = (Vec::new(), Vec::new());
        let others = || places.outcomes.iter().map(|other| &source.outcomes[*other]);
        if outcome.legal_basis.is_empty() {
            missing.push("une base légale (base_legale)");
            let same = others().find_map(|other| other.legal_basis.first());
            let article = same.map_or("identifiant-de-l-article", |article| article.value.as_str());
            lines.push(format!("« base_legale: [{article}] »"));
        }
        if outcome.letters.is_empty() && outcome.referral.is_none() && outcome.next_steps.is_empty() {
            missing.push("une suite (lettres, saisine_cdc ou suites)");
            lines.push("« suites: [/guides/le-nom-du-guide/] »".to_owned());
        }
        if outcome
            .contact
            .as_ref()
            .is_none_or(|contact| contact.value.trim().is_empty())
        {
            missing.push("un contact humain (contact)");
            let same = others()
                .filter_map(|other| other.contact.as_ref())
                .find(|contact| !contact.value.trim().is_empty());
            let contact = same.map_or("Votre ADIL", |contact| contact.value.trim());
            lines.push(format!("« contact: \"{}\" »", contact.replace('"', "\\\"")));
        }
        if missing.is_empty() {
            continue;
        }
        let message = format!(
            "Il manque à l’issue « {} » : {}.",
            outcome.id.value,
            missing.join(", ")
        );
        let hint = format!(
            "Ajoutez sous la ligne « titre », par exemple : {}. Chacun doit savoir sur quoi repose la conclusion, que faire et à qui parler.",
            lines.join(", ")
        );
        findings.push(Finding::error(Rule::OutcomeIncomplete, outcome.id.span, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::deposit;
    use crate::proof::of_rule;
    use crate::rule::Rule;

    #[test]
    fn each_missing_part_is_told() {
        assert_eq!(of_rule(&deposit(), Rule::OutcomeIncomplete), []);
        let mut bad = deposit();
        bad.outcomes[0].legal_basis.clear();
        bad.outcomes[0].contact = None;
        bad.outcomes[0].next_steps.clear();
        let found = of_rule(&bad, Rule::OutcomeIncomplete);
        for part in ["base_legale", "suites", "contact"] {
            assert!(found[0].message.contains(part), "{found:?}");
        }
    }
}
