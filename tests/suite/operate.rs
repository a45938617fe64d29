//! What one person on duty does, and what the service owes to the people whose files it keeps.

use std::collections::BTreeSet;
use std::time::Duration;

use tests::process::eventually;
use tests::referral::{self, ANSWERS, OpenForm, PDF};
use tests::service::COMMISSION;
use tests::{SmtpSink, TestService, programs};

/// Words that stand nowhere but in the posted form.
const PLANTED: [(&str, &str); 6] = [
    ("demandeur_nom", "Zéphyrine Plantin-Secret"),
    ("demandeur_adresse", "77 impasse Inavouable"),
    ("demandeur_courriel", "zephyrine.plantin@secret.test"),
    ("adverse_nom", "Hégésippe Discret"),
    ("faits", "Le mot confidentiel est tintinnabule."),
    ("demande", "La somme cachée de 4321 €."),
];

fn planted() -> Vec<(&'static str, &'static str)> {
    let other = |(name, value): &(&'static str, &'static str)| {
        let found = PLANTED.iter().find(|(known, _)| known == name);
        found.copied().unwrap_or((*name, *value))
    };
    ANSWERS.iter().map(other).collect()
}

/// What must be found nowhere, in any spelling of an address.
fn secrets() -> Vec<&'static str> {
    vec![
        "Plantin",
        "phyrine",
        "Inavouable",
        "secret.test",
        "gésippe",
        "Discret",
        "tintinnabule",
        "4321",
        "ma-piece-intime",
    ]
}

#[test]
fn no_name_in_a_log_a_metric_an_address_or_a_command() {
    let sink = SmtpSink::start();
    let admin = format!("127.0.0.1:{}", programs::free_port());
    let service = TestService::with(&[
        ("ML_SMTP_URL", &sink.url()),
        ("ML_ADMIN_LISTEN", &admin),
        ("ML_LOG", "trace"),
    ]);
    let faulty: Vec<_> = planted()
        .into_iter()
        .filter(|(name, _)| *name != "logement_adresse")
        .collect();
    let form = OpenForm::read(&service);
    assert_eq!(form.post(&faulty, &[]).status(), 422);
    let file = ("piece_bail", "ma-piece-intime.pdf", "application/pdf", PDF);
    let place = referral::accepted(form.post(&planted(), &[file]));
    let reference = referral::reference_at(&service, &place);
    // What a person mistypes or a robot tries.
    let client = referral::client();
    for address in ["/saisine?nom=Plantin-Discret", "/Plantin", "/cdc/accuse/Plantin"] {
        let _ = client
            .get(service.page(address))
            .header("user-agent", "Plantin")
            .send()
            .unwrap();
    }
    service.wait_delivered();
    let told = |path: &str| {
        client
            .get(format!("http://{admin}{path}"))
            .send()
            .unwrap()
            .text()
            .unwrap()
    };
    let metrics = told("/metrics");
    assert!(metrics.contains("mediation_accepted_total 1"), "{metrics}");
    assert!(
        metrics.contains("mediation_answers_total{door=\"saisine\",status=\"422\"} 1"),
        "{metrics}"
    );
    let log = service.log();
    assert!(log.contains(&reference), "the log speaks of the referral:\n{log}");
    let show = service.operate(&["show", &reference]).said();
    assert!(show.contains("recue"), "{show}");
    let list = service.operate(&["list"]).said();
    let said = [
        ("log", log),
        ("metrics", metrics),
        ("readyz", told("/readyz")),
        ("address", place),
        ("show", show),
        ("list", list),
    ];
    for (what, text) in said {
        for secret in secrets() {
            assert!(!text.contains(secret), "« {secret} » is in {what}:\n{text}");
        }
    }
    let base = std::fs::read(service.database()).unwrap();
    let stored = String::from_utf8_lossy(&base);
    for secret in secrets() {
        assert!(!stored.contains(secret), "« {secret} » lies open in the database");
    }
    let mail = sink.to(COMMISSION).remove(0);
    let sent = String::from_utf8_lossy(&mail.raw).into_owned();
    assert!(
        sent.contains("ma-piece-intime") || sent.contains("Plantin"),
        "the commission reads them"
    );
}

#[test]
fn copy_made_while_it_runs_is_restored_and_everything_leaves() {
    let mut sink = SmtpSink::stopped();
    let mut service = TestService::with_sink(&sink);
    let mut references = BTreeSet::from([referral::file(&service), referral::file(&service)]);
    let copy = service.database().with_file_name("copie.db");
    let name = copy.display().to_string();
    let made = service.operate(&["backup", &name]);
    assert_eq!(made.status, 0, "{}", made.said());
    assert_ne!(
        service.operate(&["backup", &name]).status,
        0,
        "a copy is not written over"
    );
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "its owner alone");
    service.kill();
    // The disk is lost, but for the key, which is kept elsewhere.
    for ending in [
        "",
        "-wal",
        "-shm",
        ".lock",
        ".contact",
        ".contact-wal",
        ".contact-shm",
    ] {
        let _ = std::fs::remove_file(format!("{}{ending}", service.database().display()));
    }
    std::fs::copy(&copy, service.database()).unwrap();
    std::fs::copy(
        copy.with_extension("db.contact"),
        service.database().with_extension("db.contact"),
    )
    .unwrap();
    service.restart();
    let list = service.operate(&["list"]).stdout;
    assert!(
        references.iter().all(|reference| list.contains(reference)),
        "{list}"
    );
    sink.resume();
    service.wait_delivered();
    for mail in sink.to(COMMISSION) {
        references.retain(|reference| !mail.subject.contains(reference));
    }
    assert!(references.is_empty(), "never left: {references:?}");
}

#[test]
fn end_that_is_asked_for_finishes_in_order() {
    let sink = SmtpSink::start();
    let mut service = TestService::with_sink(&sink);
    let reference = referral::file(&service);
    let log = service.log();
    let (status, took) = service.terminate();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    let accepted = log
        .lines()
        .filter(|line| line.contains("\"event\":\"accepted\""))
        .count();
    assert_eq!(accepted, 1, "one line for a referral:\n{log}");
    for line in log.lines().filter(|line| line.starts_with('{')) {
        assert!(!line.contains("127.0.0.1"), "no address of a person: {line}");
    }
    service.restart();
    service.wait_delivered();
    assert!(
        sink.to(COMMISSION)
            .iter()
            .any(|mail| mail.subject.contains(&reference))
    );
}

#[test]
fn person_who_asks_gets_everything_and_is_forgotten() {
    let sink = SmtpSink::start();
    let service = TestService::with_sink(&sink);
    let file = ("piece_bail", "ma-piece-intime.pdf", "application/pdf", PDF);
    let place = referral::accepted(OpenForm::read(&service).post(&planted(), &[file]));
    let reference = referral::reference_at(&service, &place);
    service.wait_delivered();
    let folder = service.database().with_file_name("export");
    let name = folder.display().to_string();
    let export = service.operate(&["export", &reference, &name]);
    assert_eq!(export.status, 0, "{}", export.said());
    let text = std::fs::read_to_string(folder.join(format!("{reference}.json"))).unwrap();
    for word in ["Zéphyrine Plantin-Secret", "tintinnabule", "ma-piece-intime.pdf"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let files = tests::folder::files(&folder);
    let pdf = files
        .iter()
        .find(|path| path.extension().is_some_and(|end| end == "pdf"))
        .expect("the file");
    assert_eq!(std::fs::read(pdf).unwrap(), PDF);
    for path in &files {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
    let page = referral::client().get(service.page(&place)).send().unwrap();
    assert_eq!(page.status(), 200, "still there");
    let erased = service.operate(&["erase", &reference]);
    assert_eq!(erased.status, 0, "{}", erased.said());
    assert_eq!(
        referral::client()
            .get(service.page(&place))
            .send()
            .unwrap()
            .status(),
        404
    );
    assert_ne!(
        service
            .operate(&["export", &reference, &format!("{name}2")])
            .status,
        0
    );
    let past = service.operate(&["show", &reference]).stdout;
    for event in ["recue", "envoyee", "consultee", "effacee"] {
        assert!(past.contains(event), "{event} in {past}");
    }
}

#[test]
fn mail_that_came_back_is_kept_told_and_sent_again() {
    let sink = SmtpSink::start();
    let service = TestService::with(&[
        ("ML_SMTP_URL", &sink.url()),
        ("ML_ALERT_TO", "astreinte@service.test"),
    ]);
    let reference = referral::file(&service);
    service.wait_delivered();
    assert_eq!(service.operate(&["bounce", &reference]).status, 0);
    let list = service.operate(&["list"]).stdout;
    assert!(list.contains("bounced"), "{list}");
    // The watch looks every half minute.
    let alarm = eventually(Duration::from_secs(60), "an alarm", || {
        sink.to("astreinte@service.test").into_iter().next()
    });
    let text = String::from_utf8_lossy(&alarm.raw).into_owned();
    assert!(text.contains(&reference) && !text.contains("Camille"), "{text}");
    assert_eq!(service.operate(&["release", &reference]).status, 0);
    eventually(Duration::from_secs(30), "the mail again", || {
        (sink.to(COMMISSION).len() == 2).then_some(())
    });
    service.wait_delivered();
}

#[test]
fn numbers_to_publish_have_nothing_of_a_person() {
    let sink = SmtpSink::start();
    let service = TestService::with_sink(&sink);
    let reference = referral::file(&service);
    service.wait_delivered();
    let table = service.operate(&["statistics"]);
    assert_eq!(table.status, 0, "{}", table.said());
    // The month is not over: only the head is there.
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines, ["mois;departement;dossiers;remis;accuses;complements"]);
    assert!(!table.said().contains(&reference), "{}", table.said());
}

#[test]
fn page_on_personal_data_says_what_the_program_does() {
    let page = programs::repository().join("content/pages/donnees-personnelles.md");
    let page = std::fs::read_to_string(page).unwrap();
    let help = std::process::Command::new(programs::program("form-api"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let default = |name: &str| {
        let rest = help.split(&format!("[env: {name}=")).nth(1).expect(name);
        let rest = rest.split("[default: ").nth(1).expect("a default");
        rest.split(']').next().expect("a value").to_owned()
    };
    let row = |start: &str| {
        let found = page.lines().find(|line| line.starts_with(&format!("| {start}")));
        found.unwrap_or_else(|| panic!("no row « {start} »")).to_owned()
    };
    // (row of the page, words of the duration, variable, its default)
    for (start, words, name, value) in [
        (
            "Dossier de saisine",
            "30 jours après la remise",
            "ML_RETENTION",
            "30d",
        ),
        ("Journal des envois", "3 ans", "ML_LEDGER_RETENTION", "1095d"),
    ] {
        assert!(row(start).contains(words), "{}", row(start));
        assert_eq!(default(name), value, "the page says « {words} »");
    }
    // Held by tests of their own, named here so that none of them goes without the sentence.
    let stores =
        std::fs::read_to_string(programs::repository().join("form-api/tests/stores_promises/keeping.rs"))
            .unwrap();
    let contact = std::fs::read_to_string(programs::repository().join("form-api/tests/contact.rs")).unwrap();
    for (sentence, tests, name) in [
        (
            "gardé jusqu'à sa remise",
            &stores,
            "nothing_undelivered_is_forgotten_by_age",
        ),
        (
            "effacés automatiquement",
            &stores,
            "nothing_undelivered_is_forgotten_by_age",
        ),
        (
            "effacer votre dossier sur demande",
            &stores,
            "a_case_is_erased_on_request",
        ),
        (
            "effacé du service dès sa remise",
            &contact,
            "its_words_are_erased",
        ),
    ] {
        assert!(page.contains(sentence), "the page says « {sentence} »");
        assert!(tests.contains(name), "{name} holds « {sentence} »");
    }
}
