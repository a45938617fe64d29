//! One page of each kind, and the states of pages that no address alone shows.

use tests::TestSite;

/// Addresses of one page of each kind, and of all the pages that an audit must look at: home, contact, legal notices,
/// accessibility, site map, help, search, each step of each service.
pub(super) fn addresses() -> Vec<String> {
    let fixed = [
        "/",
        "/locataire/",
        "/bailleur/",
        "/guides/",
        "/guides/depot-de-garantie/",
        "/guides/encadrement-des-loyers/",
        "/glossaire/",
        "/glossaire/caution/",
        "/questions-frequentes/",
        "/communes/",
        "/communes/bobigny/",
        "/recherche/?q=caution",
        "/diagnostics/",
        "/diagnostics/depot-de-garantie/",
        "/diagnostics/depot-de-garantie/plan/",
        "/diagnostics/depot-de-garantie/preuves/",
        "/conformite/",
        "/courriers/",
        "/courriers/mise-en-demeure-depot-de-garantie/",
        "/saisir-la-cdc/",
        "/saisine",
        "/contact",
        "/aide-humaine/",
        "/mentions-legales/",
        "/donnees-personnelles/",
        "/gestion-des-cookies/",
        "/accessibilite/",
        "/statistiques/",
        "/ecoconception/",
        "/plan-du-site/",
        "/404.html",
        "/500.html",
        "/503.html",
    ];
    let mut all: Vec<String> = fixed.map(str::to_owned).into();
    all.extend(journeys());
    all
}

/// Of the deposit's questionnaire, the longest page of each wording of a question, an outcome and a fork.
fn journeys() -> Vec<String> {
    let pages = TestSite::real().pages();
    let kinds = [
        ["/diagnostics/depot-de-garantie/q/date-cles", ""],
        ["/diagnostics/depot-de-garantie/q/bail", ""],
        ["/diagnostics/depot-de-garantie/q/", "montant"],
        ["/diagnostics/depot-de-garantie/resultat/mise-en-demeure/", ""],
        ["/diagnostics/depot-de-garantie/resultat/selon-", ""],
    ];
    let longest = |[start, part]: [&str; 2]| {
        let of = pages
            .iter()
            .filter(|page| page.address.starts_with(start) && page.address.contains(part));
        of.max_by_key(|page| page.text.len())
            .map(|page| page.address.clone())
    };
    let found: Vec<String> = kinds.into_iter().filter_map(longest).collect();
    assert!(
        found.len() >= 4,
        "the questionnaire has its kinds of pages: {found:?}"
    );
    found
}
