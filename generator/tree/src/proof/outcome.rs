//! 13. An outcome without legal basis, next step or human contact.

use crate::assemble::Places;
use crate::finding::Finding;
use crate::rule::Rule;
use crate::source::TreeSource;

/// Every outcome rests on the law, leads somewhere and names someone.
pub(crate) fn check(source: &TreeSource, places: &Places, findings: &mut Vec<Finding>) {
    for index in &places.outcomes {
        let outcome = &source.outcomes[*index];
        let mut missing = Vec::new();
        if outcome.legal_basis.is_empty() {
            missing.push("une base légale (base_legale)");
        }
        if outcome.letters.is_empty() && outcome.referral.is_none() && outcome.next_steps.is_empty() {
            missing.push("une suite (lettres, saisine_cdc ou suites)");
        }
        if outcome
            .contact
            .as_ref()
            .is_none_or(|contact| contact.value.trim().is_empty())
        {
            missing.push("un contact humain (contact)");
        }
        if missing.is_empty() {
            continue;
        }
        let message = format!(
            "Il manque à l’issue « {} » : {}.",
            outcome.id.value,
            missing.join(", ")
        );
        let hint = "Ajoutez-le en tête du fichier de l’issue. Personne ne doit arriver à une conclusion sans savoir sur quoi elle repose, que faire et à qui parler.";
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
