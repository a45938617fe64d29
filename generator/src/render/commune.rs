//! Communes: the finder, and one page for each, with its commission, its court and the people who help.

use super::context::{CommuneContext, CommuneLine, CommunesContext, NearPlaceLine};
use super::frame::PageSpec;
use super::glossary::capital;
use super::words::Words;
use super::{Renderer, cards, put};
use crate::diagnostic::Diagnostics;
use crate::output::Output;
use crate::parse::directive::without_accents;
use crate::parse::fields::Located;
use crate::parse::markdown::anchor;
use crate::parse::places::Commission;
use crate::parse::territory::{CommuneFacts, NearPlace};
use crate::site::Site;
use referral_form::definition::Commune;

/// Address of the finder.
pub const ADDRESS: &str = "/communes/";
/// Slug of the page that gives it its words.
pub const SLUG: &str = "communes";
const TITLE: &str = "Votre commune";
const DESCRIPTION: &str =
    "Trouvez la commission de conciliation, le tribunal et les conseillers de votre commune.";
/// The département of the service.
const DEPARTEMENT: &str = "93";

/// The communes of the site, in the order that a French reader expects. None without a referral form.
#[must_use]
pub fn all(site: &Site) -> Vec<&Commune> {
    let mut communes: Vec<&Commune> = site.form.iter().flat_map(|form| &form.communes).collect();
    communes.sort_by_cached_key(|commune| without_accents(sorted_name(&commune.name)).to_lowercase());
    communes
}

/// « Le Bourget » is filed under B, as in a directory.
fn sorted_name(name: &str) -> &str {
    let articles = ["Le ", "La ", "Les ", "L’", "L'"];
    articles
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

/// The address of a commune.
#[must_use]
pub fn address(commune: &Commune) -> String {
    format!("{ADDRESS}{}/", anchor(&commune.name))
}

/// « à Bobigny », « au Bourget », « aux Lilas », « à L’Île-Saint-Denis ».
#[must_use]
pub fn at(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("Le ") {
        return format!("au {rest}");
    }
    name.strip_prefix("Les ")
        .map_or_else(|| format!("à {name}"), |rest| format!("aux {rest}"))
}

/// Renders the finder and every commune.
pub fn render_all(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    let communes = all(renderer.site);
    if communes.is_empty() {
        return;
    }
    for commune in &communes {
        let html = page(renderer, commune, faults);
        put(output, &address(commune), html, faults);
    }
    let html = finder(renderer, &communes, faults);
    put(output, ADDRESS, html, faults);
}

fn finder(renderer: &Renderer, communes: &[&Commune], faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let page = renderer.site.pages.get(SLUG);
    let description = page.map_or(DESCRIPTION, |page| &page.description.value);
    let lead = page.map(|page| page.body.plain_text());
    let lead = lead.as_deref().map_or("", str::trim);
    let lines = communes.iter().map(|commune| {
        let others = facts(renderer.site, commune).map(|facts| facts.other_names.as_slice());
        CommuneLine {
            name: words.fill(&commune.name),
            href: address(commune),
            postal_codes: commune.postal_codes.clone(),
            other_names: texts(renderer, others.unwrap_or_default()),
        }
    });
    let context = CommunesContext {
        lead: words.fill(if lead.is_empty() { description } else { lead }),
        communes: lines.collect(),
        directory: commission(renderer.site)
            .and_then(|commission| commission.annuaire.clone())
            .unwrap_or_default(),
    };
    let spec = PageSpec {
        heading: page.map_or(TITLE, |page| &page.title.value).to_owned(),
        description: description.to_owned(),
        path: ADDRESS.to_owned(),
        indexable: true,
        scripts: renderer.script("scripts/site/communes.js").into_iter().collect(),
        ..PageSpec::default()
    };
    renderer.page("communes.html", spec, "finder", &context, faults)
}

fn page(renderer: &Renderer, commune: &Commune, faults: &mut Diagnostics) -> Option<String> {
    let words = renderer.words();
    let site = renderer.site;
    let territory = &site.territory;
    let facts = facts(site, commune);
    let group = facts.and_then(|facts| territory.groups.get(&facts.group.value));
    let court = facts
        .and_then(|facts| facts.court.as_ref())
        .and_then(|id| territory.courts.get(&id.value));
    let controlled = group.and_then(|group| group.rent_control.as_ref());
    let say = &territory.words;
    let place = at(&commune.name);
    let context = CommuneContext {
        name: words.fill(&commune.name),
        at: words.fill(&place),
        capital_at: words.fill(&capital(&place)),
        postal_codes: commune.postal_codes.join(", "),
        group: group
            .map(|group| words.fill(&group.name.value))
            .unwrap_or_default(),
        note: facts
            .and_then(|facts| facts.note.as_ref())
            .map(|note| words.fill(&note.value))
            .unwrap_or_default(),
        commission: commission(site).map(|commission| filled(commission, words)),
        controlled_since: controlled.map(|day| day.value.into()),
        rent: texts(
            renderer,
            if controlled.is_some() {
                &say.controlled
            } else {
                &say.free
            },
        ),
        everywhere: texts(renderer, &say.everywhere),
        court: court.map(|court| words.fill(&court.value)).unwrap_or_default(),
        judge: texts(renderer, &say.judge),
        court_note: texts(
            renderer,
            if court.is_some() {
                &say.court_known
            } else {
                &say.court_unknown
            },
        ),
        places: facts
            .map(|facts| facts.places.iter().map(|place| near(renderer, place)).collect())
            .unwrap_or_default(),
        help: territory
            .help
            .iter()
            .map(|card| cards::of_link(card, words))
            .collect(),
    };
    let spec = PageSpec {
        heading: format!("Un désaccord sur un logement {place} : qui contacter ?"),
        title: Some(format!("{} : commission, tribunal, conseil", commune.name)),
        description: format!(
            "Logement {place} : commission de conciliation, encadrement des loyers, tribunal et conseil gratuit pour locataires et bailleurs."
        ),
        path: address(commune),
        parents: vec![(TITLE.to_owned(), ADDRESS.to_owned())],
        indexable: true,
        ..PageSpec::default()
    };
    renderer.page("commune.html", spec, "commune", &context, faults)
}

fn facts<'a>(site: &'a Site, commune: &Commune) -> Option<&'a CommuneFacts> {
    site.territory.communes.get(&commune.insee)
}

fn commission(site: &Site) -> Option<&Commission> {
    site.commissions
        .iter()
        .find(|commission| commission.departement == DEPARTEMENT)
}

/// The commission in French typography.
pub(super) fn filled(commission: &Commission, words: Words) -> Commission {
    let mut shown = commission.clone();
    for text in [&mut shown.nom, &mut shown.service] {
        *text = words.fill(text);
    }
    shown.telephone_note = shown.telephone_note.map(|note| words.fill(&note));
    shown
}

fn texts(renderer: &Renderer, texts: &[Located<String>]) -> Vec<String> {
    texts
        .iter()
        .map(|text| renderer.words().fill(&text.value))
        .collect()
}

fn near(renderer: &Renderer, place: &NearPlace) -> NearPlaceLine {
    let words = renderer.words();
    let text = |text: &Option<Located<String>>| {
        text.as_ref()
            .map(|text| words.fill(&text.value))
            .unwrap_or_default()
    };
    NearPlaceLine {
        name: words.fill(&place.name.value),
        address: text(&place.address),
        telephone: text(&place.telephone),
        note: text(&place.note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_as_french_people_say_them() {
        for (name, said) in [
            ("Bobigny", "à Bobigny"),
            ("Le Bourget", "au Bourget"),
            ("Les Lilas", "aux Lilas"),
            ("La Courneuve", "à La Courneuve"),
            ("L’Île-Saint-Denis", "à L’Île-Saint-Denis"),
        ] {
            assert_eq!(at(name), said);
        }
        assert_eq!(sorted_name("L’Île-Saint-Denis"), "Île-Saint-Denis");
    }

    #[test]
    fn the_address_is_made_of_the_name() {
        let commune = Commune {
            insee: "93039".to_owned(),
            name: "L’Île-Saint-Denis".to_owned(),
            postal_codes: Vec::new(),
        };
        assert_eq!(address(&commune), "/communes/l-ile-saint-denis/");
    }
}
