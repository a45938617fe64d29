//! Who may sign with the State's mark: a public site in `.gouv.fr`, and no other.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Brand, Settings};

/// The domain of the State's sites.
const DOMAIN: &str = ".gouv.fr";

/// Refuses to publish the State's mark outside its domain. For a site that will be put online: a preview or a
/// demonstration on one's own machine may show it.
#[must_use]
pub fn check(settings: &Settings) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let address = &settings.base_url;
    let ours = address.value.strip_prefix("https://").unwrap_or_default();
    let host = ours.split(['/', ':', '?', '#']).next().unwrap_or_default();
    if settings.brand == Brand::State && !host.to_lowercase().ends_with(DOMAIN) {
        let message = format!(
            "La marque de l'État est réservée aux sites publics en .gouv.fr : « {} » n'en est pas un.",
            address.value
        );
        faults.push(
            Diagnostic::error("marque", address.span.clone(), message)
                .hint("Écrivez « marque: neutre » dans content/site.yaml, ou donnez l'adresse https du site en .gouv.fr."),
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::settings;
    use crate::source::Sources;

    fn told(brand: &str, address: &str) -> usize {
        let mut sources = Sources::default();
        sources.insert(
            "content/site.yaml",
            &format!("titre: T\npromesse: P\nadresse: {address}\nmarque: {brand}\n"),
        );
        check(&settings::parse(&sources, &mut Diagnostics::default()))
            .sorted()
            .len()
    }

    #[test]
    fn the_mark_of_the_state_stays_in_its_domain() {
        assert_eq!(told("etat", "https://mediationlogement.beta.gouv.fr"), 0);
        assert_eq!(told("neutre", "https://exemple.org"), 0);
        for address in [
            "https://exemple.org",
            "http://a.gouv.fr",
            "https://gouv.fr.exemple.org",
            "https://fauxgouv.fr",
            "https://exemple.org/.gouv.fr",
        ] {
            assert_eq!(told("etat", address), 1, "{address}");
        }
    }
}
