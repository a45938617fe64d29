//! Addresses are paths from the root of the site, or `https://`, `tel:` and `mailto:`.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, body) in content.bodies() {
        for (address, span) in body.links() {
            one(address, span, faults);
        }
    }
    for (_, address) in content.addresses_in_keys() {
        one(&address.value, &address.span, faults);
    }
}

fn one(address: &str, span: &Span, faults: &mut Diagnostics) {
    let starts = |start: &str| address.starts_with(start);
    let internal = starts("#") || starts("/") && !starts("//");
    if internal || ["https://", "tel:", "mailto:"].into_iter().any(starts) {
        return;
    }
    let hint = if let Some(rest) = address.strip_prefix("http://") {
        format!("Écrivez « https://{rest} », après avoir vérifié que l'adresse répond.")
    } else if starts("www.") {
        format!("Écrivez « https://{address} », après avoir vérifié que l'adresse répond.")
    } else {
        "Commencez par « / » pour une page du site (/guides/depot-de-garantie/) ou par « https:// » pour un autre site.".to_owned()
    };
    let message = format!("L'adresse « {address} » n'est pas acceptée.");
    faults.push(Diagnostic::error("lien-adresse", span.clone(), message).hint(hint));
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn other_schemes_and_relative_paths_are_refused() {
        let body = "[a](http://x.fr) [b](javascript:x) [c](guides/a/) [d](//x.fr) [e](https://x.fr) [f](tel:+33100000000)\n";
        let told = told("", body);
        assert_eq!(told.iter().filter(|(rule, _)| *rule == "lien-adresse").count(), 4);
        assert!(told[0].1.contains("https://x.fr"), "{told:?}");
    }
}
