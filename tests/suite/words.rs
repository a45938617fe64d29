//! The glossary holds the words of the field, each with a sentence that uses it and its neighbours.

use scraper::Html;
use tests::TestSite;
use tests::html::{select, text};

/// The terms that a guide, a letter or a judge may use, as the glossary spells them.
const TERMS: [&str; 65] = [
    "CDC",
    "saisine",
    "demandeur",
    "défendeur",
    "bailleur",
    "locataire",
    "mandataire",
    "bail vide",
    "meublé",
    "bail mobilité",
    "résidence principale",
    "parc social",
    "dépôt de garantie",
    "caution",
    "état des lieux",
    "inventaire du mobilier",
    "vétusté",
    "dégradation",
    "réparation locative",
    "charges récupérables",
    "provision",
    "forfait de charges",
    "régularisation",
    "décompte de charges",
    "quittance",
    "loyer hors charges",
    "IRL",
    "révision du loyer",
    "réévaluation",
    "encadrement des loyers",
    "loyer de référence majoré",
    "complément de loyer",
    "zone tendue",
    "logement décent",
    "habitat indigne",
    "insalubrité",
    "péril",
    "DPE",
    "congé",
    "préavis",
    "reprise",
    "congé pour vendre",
    "motif légitime et sérieux",
    "locataire protégé",
    "mise en demeure",
    "LRAR",
    "commissaire de justice",
    "conciliateur de justice",
    "JCP",
    "avis",
    "document de conciliation",
    "homologation",
    "prescription",
    "clause résolutoire",
    "commandement de payer",
    "ADIL",
    "DRIHL",
    "SCHS",
    "ARS",
    "FSL",
    "CCAPEX",
    "EPT",
    "aide juridictionnelle",
    "preneur",
    "logement conventionné",
];

#[test]
fn the_glossary_knows_the_words_of_the_field() {
    let site = TestSite::real();
    let mut known = Vec::new();
    let mut faults = Vec::new();
    for page in site.pages() {
        let Some(rest) = page.address.strip_prefix("/glossaire/") else {
            continue;
        };
        if rest.is_empty() {
            continue;
        }
        let document = page.document();
        let source = format!("content/glossaire/{}.md", rest.trim_end_matches('/'));
        let head = std::fs::read_to_string(site.root().join(&source)).expect("the source of the term");
        known.extend(spellings(&head));
        if !has_example(&document) {
            faults.push(format!("{source} : pas de phrase sous « ## Exemple »"));
        }
        if !select(&document, "main a[href^='/glossaire/']")
            .iter()
            .any(|link| {
                let target = link.value().attr("href").unwrap_or_default();
                target != page.address && target != "/glossaire/"
            })
        {
            faults.push(format!("{source} : aucun terme voisin (« voir_aussi »)"));
        }
    }
    let lacking = TERMS.iter().filter(|term| !known.contains(&(**term).to_owned()));
    faults.extend(lacking.map(|term| format!("le glossaire ignore « {term} »")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The term and its variants, as its header writes them.
fn spellings(head: &str) -> Vec<String> {
    let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key));
    let term = value("terme:").unwrap_or_default();
    let variants = value("variantes:").unwrap_or_default();
    let list = variants.trim().trim_matches(['[', ']']).split(',');
    std::iter::once(term)
        .chain(list)
        .map(|name| name.trim().to_owned())
        .collect()
}

/// Whether a sentence follows the title « Exemple ».
fn has_example(document: &Html) -> bool {
    select(document, "main h2").iter().any(|title| {
        let next = title.next_siblings().find_map(scraper::ElementRef::wrap);
        text(title).trim() == "Exemple"
            && next.is_some_and(|next| next.value().name() == "p" && text(&next).split(' ').count() > 4)
    })
}
