//! A complete tree on the deposit, and a tree built to explode: used by the unit tests of the crate, by
//! the test of agreement and by the example that writes the vectors.

use super::source::*;
use scenarios::scenarios;

#[path = "fixture_scenarios.rs"]
mod scenarios;

fn raw(text: &str) -> Raw {
    text.into()
}

fn named(name: &str, value: &str) -> NamedSource {
    NamedSource {
        name: raw(name),
        value: raw(value),
    }
}

fn choices(list: &[(&str, &str)]) -> Vec<ChoiceSource> {
    let choice = |(id, label): &(&str, &str)| ChoiceSource {
        id: raw(id),
        label: (*label).into(),
        help: None,
    };
    list.iter().map(choice).collect()
}

fn question(id: &str, kind: &str, text: &str, list: &[(&str, &str)]) -> QuestionSource {
    QuestionSource {
        id: raw(id),
        kind: raw(kind),
        text: text.into(),
        choices: choices(list),
        ..QuestionSource::default()
    }
}

fn text(words: &str) -> Piece {
    Piece::Text(words.to_owned())
}

fn value(expression: &str) -> Piece {
    Piece::Value(raw(expression))
}

fn only_if(condition: &str, body: Vec<Piece>) -> Piece {
    Piece::If {
        condition: raw(condition),
        body,
    }
}

fn outcome(id: &str, title: &str, body: Vec<Piece>) -> OutcomeSource {
    OutcomeSource {
        id: raw(id),
        title: title.into(),
        summary: vec![text(title)],
        legal_basis: vec![raw("loi-89-462-22")],
        next_steps: vec![raw("/guides/depot-de-garantie/")],
        contact: Some(raw("Votre ADIL")),
        body,
        ..OutcomeSource::default()
    }
}

fn questions() -> Vec<QuestionSource> {
    let mut profile = question(
        "profil",
        "choix",
        "Vous êtes :",
        &[
            ("locataire", "Locataire"),
            ("bailleur", "Bailleur"),
            ("aidant", "J’aide un locataire"),
        ],
    );
    profile.help = Some("Répondez pour votre logement.".into());
    let mut keys_on = question(
        "date-cles",
        "date",
        "À quelle date avez-vous remis les clés ?",
        &[],
    );
    keys_on.text.variants = vec![(
        raw("bailleur"),
        raw("À quelle date le locataire a-t-il remis les clés ?"),
    )];
    keys_on.max = Some(raw("aujourd'hui"));
    keys_on.brackets = vec![
        named("jusqu'à 1 mois", "Il y a moins d’un mois"),
        named("jusqu'à 2 mois", "Il y a entre un et deux mois"),
        named("jusqu'à 3 ans", "Il y a plus de deux mois"),
        named("au-delà", "Il y a plus de trois ans"),
    ];
    let mut inventory = question(
        "edl",
        "choix",
        "L’état des lieux de sortie est-il conforme ?",
        &[
            ("conforme", "Oui"),
            ("degradations", "Non"),
            ("absent", "Il n’y en a pas"),
        ],
    );
    inventory.dont_know = Some(raw("Relisez les deux états des lieux."));
    let mut rent = question("loyer", "montant", "Quel était le loyer hors charges ?", &[]);
    rent.min = Some(raw("1 €"));
    rent.errors.push(named("min", "Le loyer est d’au moins 1 €"));
    rent.dont_know = Some(raw("Il figure sur le bail."));
    let mut reasons = question(
        "retenues",
        "cases",
        "Que retient le bailleur ?",
        &[
            ("peinture", "La peinture"),
            ("menage", "Le ménage"),
            ("loyers", "Des loyers"),
            ("aucune", "Rien"),
        ],
    );
    reasons.help = Some("Plusieurs réponses possibles.".into());
    vec![
        profile,
        question(
            "residence",
            "choix",
            "Est-ce une résidence principale ?",
            &[("oui", "Oui"), ("non", "Non")],
        ),
        question(
            "bail",
            "choix",
            "Quel est le bail ?",
            &[("vide", "Vide"), ("meuble", "Meublé"), ("mobilite", "Mobilité")],
        ),
        question(
            "cles",
            "choix",
            "Les clés sont-elles rendues ?",
            &[("rendues", "Oui"), ("pas-encore", "Pas encore")],
        ),
        keys_on,
        question(
            "restitution",
            "choix",
            "Le dépôt est-il rendu ?",
            &[
                ("tout", "En entier"),
                ("partie", "En partie"),
                ("rien", "Pas du tout"),
            ],
        ),
        inventory,
        reasons,
        question(
            "adresse",
            "choix",
            "La nouvelle adresse est-elle donnée ?",
            &[("oui", "Oui"), ("non", "Non")],
        ),
        rent,
        question("commune", "commune", "Dans quelle commune ?", &[]),
    ]
}

fn outcomes() -> Vec<OutcomeSource> {
    let mut notice = outcome(
        "mise-en-demeure",
        "Le bailleur est en retard",
        vec![
            text("Le dépôt devait être rendu le "),
            value("date limite"),
            text("."),
            only_if("restitution = partie", vec![text("Une partie a été rendue.")]),
            only_if(
                "adresse = oui et edl != absent",
                vec![text("Majoration : "), value("majoration"), text(".")],
            ),
            only_if("retenues contient peinture", vec![text("La vétusté compte.")]),
            Piece::Voice {
                voice: raw("locataire"),
                body: vec![text("Réclamez-le.")],
            },
            Piece::Voice {
                voice: raw("bailleur"),
                body: vec![text("Rendez-le sans attendre.")],
            },
            text("Plafond : "),
            value("plafond"),
            text("."),
        ],
    );
    notice.summary = vec![text("Retard : "), value("mois entamés"), text(".")];
    notice.letters = vec![raw("mise-en-demeure-depot")];
    notice.deadlines = vec![DeadlineSource {
        title: raw("Fin du délai"),
        on: raw("date limite"),
        condition: None,
    }];
    notice.documents = vec![ItemSource {
        text: raw("L’état des lieux"),
        condition: Some(raw("edl != absent")),
    }];
    notice.referral = Some(ReferralSource {
        motive: raw("DG"),
        fields: vec![
            named("montant", "majoration"),
            named("commune", "commune"),
            named("remise", "date-cles"),
        ],
        condition: None,
    });
    vec![
        outcome("hors-champ", "Hors champ", vec![]),
        outcome("mobilite", "Aucun dépôt en bail mobilité", vec![]),
        outcome("pas-encore", "Le délai n’a pas commencé", vec![]),
        outcome("prescription", "Trop tard", vec![]),
        outcome("rendu", "Le dépôt est rendu", vec![]),
        notice,
        outcome(
            "dans-les-delais",
            "Le bailleur est dans les délais",
            vec![text("Jusqu’au "), value("date limite"), text(".")],
        ),
    ]
}

fn letter() -> LetterSource {
    let field = |id: &str, kind: &str, label: &str| LetterFieldSource {
        id: raw(id),
        kind: raw(kind),
        label: raw(label),
        required: true,
    };
    LetterSource {
        slug: raw("mise-en-demeure-depot"),
        title: raw("Mise en demeure"),
        fields: vec![
            field("nom", "texte", "votre nom"),
            field("le", "date", "date du bail"),
            field("loyer", "montant", "loyer hors charges"),
        ],
        body: vec![
            text("Je soussigné "),
            value("nom"),
            text(", bail du "),
            value("le"),
            text(", clés rendues le "),
            value("date-cles"),
            text(". Loyer : "),
            value("loyer"),
            text(". "),
            only_if(
                "adresse = oui",
                vec![
                    text("Je demande "),
                    value("majoration"),
                    text(" de majoration (10 % × "),
                    value("mois entamés"),
                    text(")."),
                ],
            ),
        ],
    }
}

/// The deposit: every rule is silent on it on 23 November 2026.
pub fn deposit() -> TreeSource {
    let lines = [
        "profil",
        "residence",
        "bail",
        "cles si bail != mobilite",
        "date-cles si cles = rendues",
        "restitution",
        "edl si restitution != tout",
        "retenues si restitution != tout",
        "adresse si restitution != tout",
        "loyer si en retard",
        "commune si en retard",
    ];
    TreeSource {
        slug: "depot-de-garantie".to_owned(),
        title: raw("Récupérer son dépôt de garantie"),
        voices: ["locataire", "bailleur", "aidant"].map(raw).to_vec(),
        review_before: Some(raw("2027-03-31")),
        order: lines.map(raw).to_vec(),
        stop: Some(raw(
            "hors champ ou bail = mobilite ou cles = pas-encore ou prescrit",
        )),
        facts: vec![
            named("hors champ", "residence = non"),
            named("delai d'un mois", "edl = conforme"),
            named("prescrit", "cles = rendues et depuis(date-cles) > 36 mois"),
            named(
                "delai depasse",
                "(delai d’un mois et depuis(date-cles) > 1 mois)\n ou (non delai d'un mois et depuis(date-cles) > 2 mois)",
            ),
            named(
                "en retard",
                "cles = rendues et restitution != tout et delai depasse et non prescrit",
            ),
        ],
        figures: vec![
            named(
                "date limite (date)",
                "plus_mois(date-cles, si(delai d'un mois, 1, 2))",
            ),
            named("mois entamés (mois)", "mois_entames(date limite, aujourd'hui)"),
            named(
                "majoration (€)",
                "si(adresse = oui, pourcent(param(taux-majoration), loyer) * mois entamés, 0 €)",
            ),
            named("plafond (€)", "si(bail = meuble, loyer * 2, loyer)"),
        ],
        formulas: vec![named(
            "majoration",
            "10 % du loyer hors charges × nombre de mois de retard commencés",
        )],
        outcome_order: vec![
            named("hors-champ", "hors champ"),
            named("mobilite", "bail = mobilite"),
            named("pas-encore", "cles = pas-encore"),
            named("prescription", "prescrit"),
            named("rendu", "restitution = tout"),
            named("mise-en-demeure", "en retard"),
            named("dans-les-delais", "sinon (192 situations)"),
        ],
        questions: questions(),
        outcomes: outcomes(),
        letters: vec![letter()],
        scenarios: scenarios(),
        parameters: vec![ParameterSource {
            id: raw("taux-majoration"),
            unit: raw("%"),
            values: vec![DatedValueSource {
                from: raw("2014-03-27"),
                until: None,
                value: raw("10"),
            }],
        }],
        articles: vec![ArticleSource {
            id: raw("loi-89-462-22"),
            checked_on: Some(raw("2026-11-20")),
            changed_on: None,
        }],
        ..TreeSource::default()
    }
}

/// Many yes/no questions all read at the end: as a list, or in pairs so that nothing can be merged.
pub fn explosive(count: usize, paired: bool) -> TreeSource {
    let id = |index: usize| format!("q{index}");
    let half = count / 2;
    let condition = if paired {
        let pair = |index: usize| format!("(q{index} = oui et q{} = oui)", index + half);
        (0..half).map(pair).collect::<Vec<_>>().join(" ou ")
    } else {
        (0..count)
            .map(|index| format!("q{index} = oui"))
            .collect::<Vec<_>>()
            .join(" et ")
    };
    let yes_no = [("oui", "Oui"), ("non", "Non")];
    TreeSource {
        slug: "explosif".to_owned(),
        review_before: Some(raw("2027-03-31")),
        order: (0..count).map(|index| raw(&id(index))).collect(),
        outcome_order: vec![named("a", &condition), named("b", "sinon")],
        questions: (0..count)
            .map(|index| question(&id(index), "choix", "Oui ?", &yes_no))
            .collect(),
        outcomes: vec![outcome("a", "A", vec![]), outcome("b", "B", vec![])],
        articles: vec![ArticleSource {
            id: raw("loi-89-462-22"),
            checked_on: None,
            changed_on: None,
        }],
        ..TreeSource::default()
    }
}
