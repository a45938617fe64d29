//! The real form, as the generator exports it: what it accepts, what it refuses, what it says.

use referral_form::competence::{self, Status};
use referral_form::review::State;
use referral_form::value::Day;
use referral_form::{
    Definition, FieldError, FileLimits, Posted, PostedFile, names, recap, review, validate, view,
};

const TODAY: Day = Day {
    year: 2026,
    month: 11,
    day: 23,
};

const LIMITS: FileLimits = FileLimits {
    count: 2,
    each: 5_000_000,
    total: 8_000_000,
};

fn definition() -> Definition {
    serde_json::from_str(include_str!("../../tests/fixtures/form.json")).expect("a definition")
}

fn posted(changes: &[(&str, &str)]) -> Posted {
    let mut posted = Posted::default();
    let tenant = [
        ("qualite", "locataire"),
        ("commune", "93066"),
        ("code_postal", "93 200"),
        ("residence_principale", "oui"),
        ("type_bail", "vide"),
        ("parc", "prive"),
        ("motifs", "DG"),
        ("faits", "31 mai 2026 : remise des clés."),
        ("demande", "La restitution de 650 €."),
        ("montant", "650 €"),
        ("date_remise_cles-jour", "31"),
        ("date_remise_cles-mois", "5"),
        ("date_remise_cles-annee", "2026"),
        ("demandeur_nom", "Anne N’Diaye-L’Hôte"),
        ("demandeur_adresse", "1 rue de l’Exemple\r\nescalier B"),
        ("demandeur_code_postal", "75011"),
        ("demandeur_ville", "Paris"),
        ("demandeur_courriel", "anne@exemple.fr"),
        ("adverse_qualite", "bailleur"),
        ("adverse_nom", "SCI Exemple"),
        ("adverse_adresse", "2 rue de l’Exemple"),
        ("logement_adresse", "3 rue de l’Exemple"),
        ("accord_transmission", "oui"),
        ("accord_exactitude", "oui"),
    ];
    let removed: Vec<&str> = changes.iter().map(|(name, _)| *name).collect();
    for (name, value) in tenant.iter().filter(|(name, _)| !removed.contains(name)) {
        posted.push(*name, *value);
    }
    for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
        posted.push(*name, *value);
    }
    posted
}

fn errors(changes: &[(&str, &str)], files: &[PostedFile]) -> Vec<FieldError> {
    validate(&definition(), &posted(changes), files, LIMITS, TODAY).expect_err("faults")
}

fn file(piece: &str, size: u64) -> PostedFile {
    PostedFile {
        piece: Some(piece.to_owned()),
        name: "bail.pdf".to_owned(),
        size,
        fault: None,
    }
}

#[test]
fn a_tenants_form_passes_and_is_told_again_in_words() {
    let definition = definition();
    let answers = validate(&definition, &posted(&[]), &[], LIMITS, TODAY).expect("no fault");
    assert_eq!(answers.cents(names::AMOUNT), Some(65_000));
    assert_eq!(
        answers.text(names::REQUESTER_ADDRESS),
        "1 rue de l’Exemple\nescalier B"
    );
    let sections = recap::sections(&definition, &answers);
    let lines: Vec<(&str, &str)> = sections
        .iter()
        .flat_map(|s| &s.lines)
        .map(|l| (l.label.as_str(), l.text.as_str()))
        .collect();
    assert!(lines.contains(&("Remise des clés", "31 mai 2026")));
    assert!(lines.contains(&("Commune du logement", "Saint-Denis")));
    assert!(lines.contains(&("Montant demandé", "650,00\u{a0}€")));
}

#[test]
fn an_empty_form_tells_every_fault_in_the_order_of_the_page() {
    let found = validate(&definition(), &Posted::default(), &[], LIMITS, TODAY).expect_err("faults");
    assert!(found.len() > 15);
    assert_eq!(found[0].field, "qualite");
    assert_eq!(
        found[0].message,
        "Dites si vous êtes locataire, bailleur ou autre."
    );
    assert_eq!(found.last().map(|e| e.field.as_str()), Some("accord_exactitude"));
    assert!(found.iter().all(|e| e.code == "vide"));
}

#[test]
fn a_hidden_question_is_not_asked_and_its_answer_not_kept() {
    let changes = [("motifs", "CHG"), ("date_remise_cles-mois", "99")];
    let answers = validate(&definition(), &posted(&changes), &[], LIMITS, TODAY).expect("no fault");
    assert!(answers.day("date_remise_cles").is_none());
}

#[test]
fn a_postal_code_of_another_town_is_refused() {
    let found = errors(&[("code_postal", "93100")], &[]);
    assert_eq!(found[0].code, "code_postal_commune");
    assert!(found[0].message.contains("Saint-Denis (93200, 93210, 93380)"));
}

#[test]
fn the_right_door_is_shown_when_the_commission_cannot() {
    let definition = definition();
    for (name, value) in [
        ("type_bail", "mobilite"),
        ("commune", "autre"),
        ("adverse_qualite", "autre"),
    ] {
        let case = posted(&[(name, value)]);
        let found = validate(&definition, &case, &[], LIMITS, TODAY).expect_err("not competent");
        assert_eq!(
            (found[0].field.as_str(), found[0].code.as_str()),
            (name, "hors_competence")
        );
        assert_eq!(
            competence::of_posted(&definition, &case).status,
            Status::NotCompetent
        );
    }
}

#[test]
fn social_housing_takes_the_deposit_but_not_the_rent() {
    let definition = definition();
    let alone = competence::of_posted(&definition, &posted(&[("parc", "social"), ("motifs", "LOY-REV")]));
    assert_eq!(alone.status, Status::NotCompetent);
    let both = posted(&[("parc", "social"), ("motifs", "DG"), ("motifs", "LOY-REV")]);
    assert_eq!(competence::of_posted(&definition, &both).status, Status::Reserved);
    assert!(validate(&definition, &both, &[], LIMITS, TODAY).is_ok());
}

#[test]
fn the_day_that_counts_is_computed() {
    let definition = definition();
    let case = posted(&[
        ("motifs", "LOY-CPL"),
        ("bail_signature-jour", "30"),
        ("bail_signature-mois", "11"),
        ("bail_signature-annee", "2025"),
    ]);
    let answers = validate(&definition, &case, &[], LIMITS, TODAY).expect("no fault");
    let verdict = competence::of_answers(&definition, &answers, TODAY);
    assert!(
        verdict.motives[0].deadline.contains("28 février 2026"),
        "{}",
        verdict.motives[0].deadline
    );
    assert!(verdict.motives[0].passed);
}

#[test]
fn files_beyond_the_limits_are_each_explained() {
    let found = errors(
        &[],
        &[
            file("bail", 5_000_001),
            file("bail", 1),
            file("photos", 4_000_000),
        ],
    );
    let codes: Vec<&str> = found.iter().map(|e| e.code.as_str()).collect();
    assert_eq!(codes, ["fichier_trop_gros", "fichiers_nombre", "fichiers_total"]);
    assert_eq!(found[0].field, "piece_bail");
    assert!(
        found[0].message.contains("dépasse 5\u{a0}Mo"),
        "{}",
        found[0].message
    );
    let both = errors(&[("absente_bail", "oui")], &[file("bail", 1)]);
    assert_eq!(both[0].code, "fichier_et_absente");
}

#[test]
fn completeness_tells_present_missing_and_impossible() {
    let definition = definition();
    let case = posted(&[
        ("absente_etat-des-lieux-entree", "oui"),
        ("raison_etat-des-lieux-entree", "jamais fait"),
    ]);
    let answers = validate(&definition, &case, &[file("bail", 1)], LIMITS, TODAY).expect("no fault");
    let states = review::pieces(&definition, &answers, &["bail"]);
    let state = |id: &str| {
        states
            .iter()
            .find(|piece| piece.id == id)
            .map(|piece| piece.state)
    };
    assert_eq!(state("bail"), Some(State::Present));
    assert_eq!(state("etat-des-lieux-entree"), Some(State::Impossible));
    assert_eq!(state("etat-des-lieux-sortie"), Some(State::Missing));
    assert_eq!(state("decomptes"), None);
    assert_eq!(state("mandat"), None);
}

#[test]
fn the_page_keeps_what_was_typed_and_ties_the_errors() {
    let definition = definition();
    let case = posted(&[("demandeur_courriel", "anne@"), ("date_remise_cles-jour", "32")]);
    let found = validate(&definition, &case, &[], LIMITS, TODAY).expect_err("faults");
    let page = view::form(&definition, "preparation", &case, &found, LIMITS);
    assert_eq!(page.errors[0].anchor, "date_remise_cles-jour");
    let mut fields = page.steps.iter().flat_map(|step| &step.fields);
    let email = fields
        .find(|field| field.id == "demandeur_courriel")
        .expect("the field");
    assert_eq!(email.value, "anne@");
    assert_eq!(
        email.described_by,
        "demandeur_courriel-aide demandeur_courriel-erreur"
    );
    assert!(email.error.contains("prenom.nom@exemple.fr"));
}

#[test]
fn a_consultation_plan_is_for_the_commission_of_the_head_office() {
    let definition = definition();
    let verdict = |changes: &[(&str, &str)]| {
        let plan = [
            ("motifs", "COL-P"),
            ("parc", "social"),
            ("qualite", "association"),
        ];
        let given = plan.iter().chain(changes);
        let mut last: Vec<(&str, &str)> = Vec::new();
        for (name, value) in given {
            last.retain(|(known, _)| known != name);
            last.push((name, value));
        }
        competence::of_posted(&definition, &posted(&last))
    };
    let status = |changes: &[(&str, &str)]| verdict(changes).status;
    assert_eq!(status(&[("siege_bailleur", "oui")]), Status::Competent);
    assert_eq!(status(&[("siege_bailleur", "nsp")]), Status::Reserved);
    let elsewhere = verdict(&[("siege_bailleur", "non")]);
    assert_eq!(elsewhere.status, Status::NotCompetent);
    assert!(elsewhere.reasons[0].text.contains("siège social"));
    // The dwelling does not decide, but this form needs one in the département.
    let outside = verdict(&[("siege_bailleur", "oui"), ("commune", "autre")]);
    assert_eq!(outside.status, Status::NotCompetent);
    assert!(
        outside.reasons[0].text.contains("lettre recommandée"),
        "{outside:?}"
    );
    assert_eq!(
        status(&[("siege_bailleur", "oui"), ("parc", "prive")]),
        Status::NotCompetent
    );
    // Asked for this motive alone.
    let missing = errors(&[("motifs", "COL-P"), ("parc", "social")], &[]);
    assert!(
        missing.iter().any(|fault| fault.field == "siege_bailleur"),
        "{missing:?}"
    );
    assert_eq!(
        status(&[("motifs", "COL-F"), ("siege_bailleur", "non")]),
        Status::Competent
    );
}
