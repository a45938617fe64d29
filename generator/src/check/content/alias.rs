//! A former address leads to one page, and to no page of its own.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use std::collections::BTreeMap;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for (alias, to) in content.site.aliases() {
        one(content, alias, &to, &mut seen, faults);
    }
}

fn one<'a>(
    content: &Content,
    alias: &'a Located<String>,
    to: &str,
    seen: &mut BTreeMap<&'a str, String>,
    faults: &mut Diagnostics,
) {
    let address = alias.value.as_str();
    let fault =
        |message: String, hint: &str| Diagnostic::error("alias", alias.span.clone(), message).hint(hint);
    let plain =
        address.starts_with('/') && !address.starts_with("//") && !address.contains(['?', '#', ' ', '\\']);
    if !plain || address == "/" {
        faults.push(fault(
            format!("« {address} » n'est pas une ancienne adresse."),
            "Écrivez l'ancien chemin, depuis la racine du site : /anciens-guides/caution/.",
        ));
    } else if content.addresses.find(address, "/").is_ok() {
        faults.push(fault(
            format!("« {address} » est l'adresse d'une page qui existe."),
            "Retirez cet alias, ou renommez la page qui a pris cette adresse.",
        ));
    } else if let Some(other) = seen.insert(address.trim_end_matches('/'), to.to_owned()) {
        faults.push(fault(
            format!("« {address} » mène déjà à « {other} »."),
            "Gardez-la dans une seule page.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::told;

    #[test]
    fn an_alias_is_a_free_path() {
        assert_eq!(told("alias: [/ancien/, /vieux/guide.html]\n", ""), []);
        for keys in [
            "alias: [ancien]\n",
            "alias: [https://x.fr/]\n",
            "alias: [/guides/bail-vide/]\n",
            "alias: [/a/, /a]\n",
        ] {
            let told = told(keys, "");
            assert_eq!(told.len(), 1, "{keys} {told:?}");
            assert_eq!(told[0].0, "alias");
        }
    }
}
