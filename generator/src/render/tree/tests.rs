//! A small tree, from its files to its pages.

use crate::output::Output;
use crate::source::Sources;
use crate::{Build, BuildOptions, build};
use jiff::civil::Date;

const HEAD: &str = "responsable: R\nrevue_le: 2026-11-01\n";

pub(crate) fn sources() -> Sources {
    let mut sources = Sources::default();
    let mut put = |path: &str, text: &str| sources.insert(path, text);
    put(
        "content/site.yaml",
        "titre: Site\npromesse: P\nadresse: https://exemple.fr\nmenu: [{titre: A, adresse: /diagnostics/}]\n",
    );
    put(
        "content/droit/articles.yaml",
        "- {id: a22, titre: article 22, texte_court: T, verifie_le: 2026-11-01, confiance: vu}\n",
    );
    put(
        "content/diagnostics/t/arbre.md",
        &format!(
            "---\ntitre: L'essai\ndescription: D\npour: [locataire, bailleur]\n{HEAD}relire_avant: 2027-03-31\nquestions:\n  - profil\n  - cles\n  - loyer si tard\nfaits:\n  tard: depuis(cles) > 1 mois\ncalculs:\n  limite (date): plus_mois(cles, 1)\n  somme (€): loyer * 2\nformules:\n  somme: deux loyers\nissues:\n  - retard: tard\n  - autre: non tard\n---\n"
        ),
    );
    put(
        "content/diagnostics/t/questions/profil.md",
        "---\ntype: choix\nquestion: Qui ?\nchoix:\n  - locataire: Locataire\n  - bailleur: Bailleur\n---\n",
    );
    put(
        "content/diagnostics/t/questions/cles.md",
        "---\ntype: date\nquestion: Quand ?\nquestion_bailleur: Quand l'a-t-il fait ?\nmax: aujourd'hui\ntranches:\n  - jusqu'à 1 mois: Tôt\n  - au-delà: Tard\n---\n",
    );
    put(
        "content/diagnostics/t/questions/loyer.md",
        "---\ntype: montant\nquestion: Combien ?\n---\n",
    );
    let outcome = |id: &str, more: &str, body: &str| {
        format!(
            "---\ntitre: Issue {id}\nresume: \"Avant le {{{{ limite }}}}.\"\nresume_bailleur: Pour vous.\ncertitude: certain\nbase_legale: [a22]\ncontact: C\n{more}---\n{body}"
        )
    };
    put(
        "content/diagnostics/t/issues/retard.md",
        &outcome(
            "retard",
            "lettres: [lettre]\n",
            ":::cas{profil=bailleur}\nBailleur {{ limite }}.\n:::\n\n:::si tard\nC'est {{ somme }}.\n:::\n",
        ),
    );
    put(
        "content/diagnostics/t/issues/autre.md",
        &outcome("autre", "suites: [/courriers/lettre/]\n", "Rien.\n"),
    );
    put(
        "content/diagnostics/t/scenarios.yaml",
        "- nom: Un retard\n  le: 2026-11-23\n  reponses: {profil: locataire, cles: 2026-08-10, loyer: 650}\n  issue: retard\n- nom: À temps\n  le: 2026-11-23\n  reponses: {profil: bailleur, cles: 2026-11-10}\n  issue: autre\n",
    );
    put(
        "content/courriers/lettre.md",
        &format!(
            "---\ntitre: Lettre\ndescription: D\narbre: t\n{HEAD}prochaine_revue: 2027-01-01\nchamps:\n  - {{id: nom, libelle: L'expéditeur}}\n---\n{{{{ nom }}}}\n\n:::si tard\nC'est {{{{ somme }}}}.\n:::\n"
        ),
    );
    theme(&mut sources);
    sources
}

/// Layouts reduced to what the tests read.
fn theme(sources: &mut Sources) {
    sources.insert("theme/theme.yaml", "styles: []\n");
    sources.insert(
        "theme/layouts/base.html",
        "<title>{{ page.title }}</title>{% block content %}<h1>{{ page.heading }}</h1>{% endblock content %}",
    );
    for name in ["home", "page", "guide", "index", "sitemap", "error"] {
        sources.insert(
            &format!("theme/layouts/{name}.html"),
            "{% extends \"base.html\" %}",
        );
    }
    for (name, content) in [
        ("tree-start", "<a href=\"{{ tree.first }}\">Début</a>"),
        (
            "tree-question",
            "{{ tree.question }}{% for link in tree.links %}<a href=\"{{ link.href }}\">{{ link.label }}</a>{% endfor %}",
        ),
        (
            "tree-outcome",
            "{{ tree.summary | safe }}|{{ tree.body | safe }}|{% for f in tree.figures %}{{ f.name }}={{ f.formula }}={{ f.example }};{% endfor %}",
        ),
        ("tree-fork", ""),
        (
            "letter",
            "{{ letter.trees | safe }} {% for b in letter.blocks %}{{ b.case }}:{{ b.html | safe }}{% endfor %}",
        ),
    ] {
        sources.insert(
            &format!("theme/layouts/{name}.html"),
            &format!("{{% extends \"base.html\" %}}{{% block content %}}<h1>{{{{ page.heading }}}}</h1>{content}{{% endblock content %}}"),
        );
    }
}

fn built() -> Build {
    built_from(&sources())
}

fn built_from(sources: &Sources) -> Build {
    let today = Date::constant(2026, 11, 23);
    build(
        sources,
        &BuildOptions {
            today,
            unpublished: false,
            production: false,
        },
    )
}

/// The page at a path, with ordinary spaces.
fn page(output: &Output, path: &str) -> String {
    let bytes = output
        .get(&format!("{path}/index.html"))
        .unwrap_or_else(|| panic!("no page {path}"));
    String::from_utf8_lossy(bytes).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn links_alone_lead_to_every_outcome() {
    let output = built().output;
    let mut seen: Vec<String> = Vec::new();
    let mut waiting = vec!["diagnostics/t".to_owned()];
    while let Some(path) = waiting.pop() {
        if seen.contains(&path) {
            continue;
        }
        let html = page(&output, &path);
        waiting.extend(
            html.split("href=\"/")
                .skip(1)
                .filter_map(|rest| Some(rest.split_once("/\"")?.0.to_owned())),
        );
        seen.push(path);
    }
    seen.sort();
    for end in ["retard", "retard-bailleur", "autre", "autre-bailleur"] {
        assert!(
            seen.contains(&format!("diagnostics/t/resultat/{end}")),
            "{seen:?}"
        );
    }
}

#[test]
fn a_result_stands_once_when_nobody_is_asked_who_they_are() {
    let mut without = Sources::default();
    for source in sources().under("") {
        if !source.path.ends_with("questions/profil.md") {
            let text = source
                .text
                .replace("  - profil\n", "")
                .replace("{profil=bailleur}", " tard");
            let text = text
                .replace("profil: locataire, ", "")
                .replace("profil: bailleur, ", "");
            without.insert(&source.path, &text.replace(":::cas tard", ":::si tard"));
        }
    }
    let output = built_from(&without).output;
    let paths = output.files().map(|(path, _)| path.to_owned());
    let results: Vec<_> = paths
        .filter(|path| path.contains("/resultat/") && path.ends_with(".html"))
        .collect();
    let wanted = ["autre", "retard"].map(|id| format!("diagnostics/t/resultat/{id}/index.html"));
    assert_eq!(results, wanted);
}

#[test]
fn each_voice_has_its_words_and_values_keep_their_numbers() {
    let output = built().output;
    let tenant = page(&output, "diagnostics/t/resultat/retard");
    assert!(
        tenant.contains(
            "Avant le <span data-v=\"{&quot;e&quot;:[&quot;date&quot;,{&quot;c&quot;:0}]}\">[limite]</span>."
        ),
        "{tenant}"
    );
    assert!(!tenant.contains("Bailleur"), "{tenant}");
    assert!(
        tenant.contains("data-if=\"{&quot;f&quot;:0}\"") && tenant.contains("Dans ce cas : tard"),
        "{tenant}"
    );
    assert!(
        tenant
            .contains("<span data-v=\"{&quot;e&quot;:[&quot;euro&quot;,{&quot;c&quot;:1}]}\">[somme]</span>"),
        "{tenant}"
    );
    assert!(tenant.contains("somme=deux loyers=1 300,00 €;"), "{tenant}");
    let landlord = page(&output, "diagnostics/t/resultat/retard-bailleur");
    assert!(
        landlord.contains("Pour vous.")
            && landlord.contains(
                "<span data-v=\"{&quot;e&quot;:[&quot;date&quot;,{&quot;c&quot;:0}]}\">[limite]</span>"
            ),
        "{landlord}"
    );
}

#[test]
fn the_browser_is_told_the_page_of_every_question_in_every_voice() {
    let output = built().output;
    let json = output
        .files()
        .find(|(path, _)| path.starts_with("assets/t-") && path.ends_with(".json"));
    let json: serde_json::Value = serde_json::from_slice(json.expect("published").1).expect("JSON");
    for voice in ["locataire", "bailleur"] {
        for id in ["profil", "cles", "loyer"] {
            let name = json["pages"][voice][id].as_str().expect("a page");
            let html = page(&output, &format!("diagnostics/t/q/{name}"));
            let landlord = html.contains("l’a-t-il");
            assert_eq!(
                landlord,
                voice == "bailleur" && id == "cles",
                "{voice} {id}: {html}"
            );
        }
    }
    assert_eq!(
        json["tree"]["letters"][0]["fields"][0]["label"], "L’expéditeur",
        "{json}"
    );
    assert!(output.get(".service/trees/t.json").is_some());
}

#[test]
fn a_letter_reads_without_script() {
    let html = page(&built().output, "courriers/lettre");
    assert!(
        html.contains(":<p><span data-champ=\"nom\">[L’expéditeur]</span></p>"),
        "{html}"
    );
    assert!(html.contains("tard:<p>C’est [somme].</p>"), "{html}");
}

/// The small tree twice, and its letter shared: one passage for each, a figure in the other's passage or not.
pub(crate) fn shared(trees: &str, body: &str) -> Sources {
    let mut sources = sources();
    let copies: Vec<_> = sources
        .under("content/diagnostics/t/")
        .map(|source| {
            (
                source.path.replace("/t/", "/u/"),
                source.text.replace("somme", "dette"),
            )
        })
        .map(|(path, text)| (path, text.replace("L'essai", "Le double")))
        .collect();
    for (path, text) in copies {
        sources.insert(&path, &text);
    }
    sources.insert(
        "content/pages/accueil.md",
        "---\ntitre: Accueil\ndescription: D\naccroche: A\n---\n",
    );
    sources.insert(
        "content/courriers/lettre.md",
        &format!(
            "---\ntitre: Lettre\ndescription: D\n{trees}{HEAD}prochaine_revue: 2027-01-01\nchamps:\n  - {{id: loyer, libelle: Le loyer, type: montant}}\n---\n{{{{ loyer }}}}\n\n{body}"
        ),
    );
    sources
}

#[test]
fn a_letter_serves_several_trees_with_a_passage_for_each() {
    let sources = shared(
        "arbre: [t, u]\n",
        ":::arbre t\nSomme {{ somme }}.\n:::\n\n:::arbre u\n:::si tard\nDette {{ dette }}.\n:::\n:::\n",
    );
    let built = built_from(&sources);
    let html = page(&built.output, "courriers/lettre");
    assert!(
        html.contains("après le questionnaire « L’essai »:<p>Somme [somme].</p>"),
        "{html}"
    );
    assert!(
        html.contains("après le questionnaire « Le double » et tard:<p>Dette [dette].</p>"),
        "{html}"
    );
    assert!(
        html.contains("t=/assets/t-") && html.contains("u=/assets/u-"),
        "{html}"
    );
}

#[test]
fn a_letter_without_tree_may_be_proposed_by_all() {
    let built = built_from(&shared("", ""));
    assert!(page(&built.output, "courriers/lettre").contains("t=/assets/t-"));
}
