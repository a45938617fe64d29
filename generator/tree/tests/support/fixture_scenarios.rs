//! The scenarios of the complete tree.

use super::super::source::*;
use super::{named, raw};

fn scenario(name: &str, on: &str, answers: &str, outcome: &str) -> ScenarioSource {
    let pair = |pair: &str| {
        pair.split_once('=')
            .map(|(id, value)| named(id, value))
            .unwrap_or_default()
    };
    ScenarioSource {
        name: raw(name),
        on: raw(on),
        answers: answers.split_whitespace().map(pair).collect(),
        outcome: raw(outcome),
        ..ScenarioSource::default()
    }
}

pub(super) fn scenarios() -> Vec<ScenarioSource> {
    let start = "profil=locataire residence=oui bail=vide cles=rendues";
    let mut late = scenario(
        "exemple",
        "2026-11-23",
        &format!(
            "{start} date-cles=2026-08-10 restitution=rien edl=conforme retenues=aucune adresse=oui loyer=650 commune=93008"
        ),
        "mise-en-demeure",
    );
    late.figures = vec![
        named("date limite", "10 septembre 2026"),
        named("mois entamés", "3"),
        named("majoration", "195,00 €"),
    ];
    late.words = [
        "Majoration : 195,00 €",
        "Je demande 195,00 €",
        "Plafond : 650,00 €",
        "pièce : L’état des lieux",
    ]
    .map(raw)
    .to_vec();
    late.absent = ["Une partie a été rendue", "La vétusté compte"].map(raw).to_vec();
    let mut unknown = scenario(
        "edl inconnu",
        "2026-11-23",
        &format!(
            "{start} date-cles=2026-08-10 restitution=partie edl=nsp retenues=peinture,menage adresse=oui loyer=650,50 commune=93008"
        ),
        "mise-en-demeure",
    );
    unknown.figures = vec![
        named("majoration", "entre 130,10 € et 195,15 €"),
        named("date limite", "entre le 10 septembre 2026 et le 10 octobre 2026"),
    ];
    unknown.words = ["Une partie a été rendue", "La vétusté compte"].map(raw).to_vec();
    let mut furnished = scenario(
        "meublé",
        "2026-11-23",
        "profil=bailleur residence=oui bail=meuble cles=rendues date-cles=2026-08-10 restitution=rien edl=degradations retenues=loyers adresse=non loyer=700 commune=75056",
        "mise-en-demeure",
    );
    furnished.words = ["Rendez-le sans attendre", "1 400,00 €"].map(raw).to_vec();
    furnished.absent = ["Majoration :", "Je demande", "La vétusté compte"]
        .map(raw)
        .to_vec();
    furnished.figures = vec![named("majoration", "0")];
    let mut absent = late.clone();
    absent.name = raw("sans état des lieux, en retard");
    absent.answers[6].value = raw("absent");
    absent.figures = vec![named("majoration", "130")];
    absent.words = vec![raw("Je demande 130,00 €")];
    absent.absent = ["Majoration :", "pièce : L’état des lieux"].map(raw).to_vec();
    absent.answers[0].value = raw("aidant");
    absent.words.push(raw("Réclamez-le"));
    let mut damaged = late.clone();
    damaged.name = raw("dégradations, en retard");
    damaged.answers[6].value = raw("degradations");
    damaged.figures = vec![named("date limite", "2026-10-10")];
    damaged.answers[7].value = raw("menage");
    damaged.words = ["Majoration : 130,00 €", "pièce : L’état des lieux"]
        .map(raw)
        .to_vec();
    let mut both = scenario(
        "deux possibles",
        "2026-09-20",
        &format!(
            "{start} date-cles=2026-08-10 restitution=rien edl=nsp retenues=menage adresse=oui loyer=nsp commune=93008"
        ),
        "mise-en-demeure, dans-les-delais",
    );
    both.words = vec![raw("Loyer : [loyer hors charges]")];
    vec![
        late,
        absent,
        damaged,
        unknown,
        furnished,
        scenario(
            "dernier jour",
            "2026-09-10",
            &format!(
                "{start} date-cles=2026-08-10 restitution=rien edl=conforme retenues=menage adresse=oui"
            ),
            "dans-les-delais",
        ),
        both,
        scenario(
            "sans état des lieux",
            "2026-09-20",
            &format!("{start} date-cles=2026-08-10 restitution=rien edl=absent retenues=menage adresse=oui"),
            "dans-les-delais",
        ),
        scenario(
            "rendu",
            "2026-11-23",
            &format!("{start} date-cles=2026-08-10 restitution=tout"),
            "rendu",
        ),
        scenario(
            "prescrit",
            "2026-11-23",
            &format!("{start} date-cles=2023-11-22"),
            "prescription",
        ),
        scenario(
            "pas encore",
            "2026-11-23",
            "profil=locataire residence=oui bail=vide cles=pas-encore",
            "pas-encore",
        ),
        scenario(
            "mobilité",
            "2026-11-23",
            "profil=locataire residence=oui bail=mobilite",
            "mobilite",
        ),
        scenario(
            "secondaire",
            "2026-11-23",
            "profil=locataire residence=non",
            "hors-champ",
        ),
    ]
}
