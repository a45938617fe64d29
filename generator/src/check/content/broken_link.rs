//! Every internal link leads to a page, and to an anchor of that page.

use crate::check::Content;
use crate::check::addresses::Dead;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (page, body) in content.bodies() {
        for (address, span) in body.links() {
            link(content, address, span, &page, faults);
        }
    }
    for (page, address) in content.addresses_in_keys() {
        link(content, &address.value, &address.span, &page, faults);
    }
}

fn link(content: &Content, address: &str, span: &Span, page: &str, faults: &mut Diagnostics) {
    let internal = address.starts_with('#') || address.starts_with('/') && !address.starts_with("/images/");
    if !internal {
        return;
    }
    let Err(dead) = content.addresses.find(address, page) else {
        return;
    };
    let (message, near) = match dead {
        Dead::Page(near) => (format!("Aucune page n'a l'adresse « {address} »."), near),
        Dead::Anchor(near) => {
            let near = near.map(|id| format!("{}#{id}", address.split('#').next().unwrap_or_default()));
            (
                format!("Cette page n'a pas de titre qui donne l'ancre « {address} »."),
                near,
            )
        }
    };
    let hint = near.map_or_else(
        || "Vérifiez l'adresse, ou écrivez la page qui manque.".to_owned(),
        |near| format!("Vouliez-vous dire « {near} » ?"),
    );
    faults.push(Diagnostic::error("lien-mort", span.clone(), message).hint(hint));
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn dead_pages_and_anchors_are_told_with_the_nearest() {
        let body = "[a](/guides/bail-vid/) [b](/guides/bail-vide) [c](/guides/bail-vide/#le-congé) [d](#x)\n\n:::bouton{adresse=/nulle-part/} B\n:::\n";
        let told = told("suites: /diagnostics/depot/\n", body);
        assert!(told.iter().all(|(rule, _)| *rule == "lien-mort"));
        let hints: Vec<_> = told.iter().map(|(_, hint)| hint.as_str()).collect();
        assert_eq!(hints[1], "Vouliez-vous dire « /guides/bail-vide/ » ?");
        assert_eq!(hints[2], "Vouliez-vous dire « /guides/bail-vide/ » ?");
        assert_eq!(hints[3], "Vouliez-vous dire « /guides/bail-vide/#le-conge » ?");
        assert_eq!(hints.len(), 6);
    }
}
