//! A page that no other page leads to is found by nobody.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::render::search;
use std::collections::BTreeSet;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let site = content.site;
    let path = |address: &str| address.split(['#', '?']).next().unwrap_or_default().to_owned();
    let mut led: BTreeSet<String> = content
        .addresses_in_keys()
        .into_iter()
        .filter(|(from, address)| path(&address.value) != *from)
        .map(|(_, address)| path(&address.value))
        .collect();
    // The header of every page leads to the search.
    led.insert(search::ADDRESS.to_owned());
    for (from, body) in content.bodies() {
        let links = body.links().map(|(address, _)| path(address));
        led.extend(links.filter(|to| *to != from));
    }
    for tree in site.trees.values() {
        for outcome in tree.outcomes.values() {
            led.extend(outcome.next_steps.iter().map(|step| path(&step.value)));
            led.extend(outcome.body.links().map(|(address, _)| path(address)));
        }
    }
    for guide in site.guides.values() {
        led.extend(
            guide
                .related
                .iter()
                .map(|slug| format!("/guides/{}/", slug.value)),
        );
    }
    let guides = site.guides.values().map(|guide| (guide.address(), &guide.title));
    let pages = site.pages.values().filter(|page| page.indexable);
    let pages = pages.map(|page| (page.address(), &page.title));
    for (address, title) in guides.chain(pages) {
        if !led.contains(&address) {
            let message = format!("Aucun texte ne mène à « {address} ».");
            faults.push(Diagnostic::warning("page-orpheline", title.span.clone(), message).hint(
                "Faites un lien vers elle depuis un guide voisin, une issue ou un menu (« voir_aussi », « suites »).",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::faults_of;

    #[test]
    fn a_page_that_nobody_leads_to_is_told() {
        let orphans = |body: &str| -> Vec<String> {
            let faults = faults_of(body).into_iter();
            faults
                .filter(|fault| fault.rule == "page-orpheline")
                .map(|fault| fault.message)
                .collect()
        };
        let alone = orphans("Rien. [Moi-même](/guides/a/)\n");
        assert_eq!(alone.len(), 2, "{alone:?}");
        let led = orphans("[Congé](/guides/bail-vide/#le-conge)\n");
        assert_eq!(led, ["Aucun texte ne mène à « /guides/a/ »."]);
    }
}
