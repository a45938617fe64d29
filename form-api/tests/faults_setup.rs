//! Cases of `docs/faults.md` about what stands around a form: the page it comes from, mailboxes, keys.

mod common;

use common::{Form, Service, config, site};
use form_api::delivery::mailer::Memory;
use form_api::service::Parts;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A service on a folder that may hold an outbox already.
async fn on(folder: TempDir, arguments: &[&str]) -> Service {
    let memory = Arc::new(Memory::default());
    Service::start_with(folder, arguments, memory.clone(), memory).await
}

fn prepared() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    folder
}

/// The form of this site after an author has changed it.
fn change(folder: &Path, name: &str, change: impl Fn(&mut serde_json::Value)) {
    let path = folder.join("dist/.service").join(name);
    let text = std::fs::read_to_string(&path).expect("a file of the site");
    let mut value = serde_json::from_str(&text).expect("JSON");
    change(&mut value);
    std::fs::write(&path, value.to_string()).expect("written");
}

/// Every field of the form, to be changed.
fn fields(form: &mut serde_json::Value, each: impl Fn(&mut serde_json::Value)) {
    for step in form["steps"].as_array_mut().expect("steps") {
        step["fields"]
            .as_array_mut()
            .expect("fields")
            .iter_mut()
            .for_each(&each);
    }
}

#[tokio::test]
async fn f04_a_page_of_an_earlier_release_is_taken_or_shown_again_with_its_answers() {
    let earlier = on(prepared(), &[]).await;
    let open = Form::tenant(&earlier.token().await);
    let another = Form::tenant(&earlier.token().await);
    let folder = earlier.stop().await;
    // The next release asks for the amount, and knows a reason less.
    change(folder.path(), "form.json", |form| {
        fields(form, |field| {
            if field["id"] == "montant" {
                field["required"] = true.into();
            }
            if field["id"] == "motifs" {
                let options = field["options"].as_array_mut().expect("reasons");
                let before = options.len();
                options.retain(|option| option["id"] != "CHG");
                assert_eq!(options.len() + 1, before, "a reason that was known");
            }
        });
    });
    let service = on(folder, &[]).await;
    // What it no longer asks for does no harm, nor does the mark of another site.
    let more = open
        .clone()
        .with("question_retiree", "oui")
        .with("version", "0000abcd");
    let answer = service.post(&more).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    // What it asks since, or no longer knows, is asked for above the answers that were given.
    let mut lacking = another.clone().with("motifs", "CHG");
    lacking.fields.retain(|(name, _)| name != "montant");
    let again = service.post(&lacking).await;
    assert_eq!(again.status, 422);
    for typed in ["SCI de l’Exemple", "2 rue de l’Exemple", "anne@exemple.fr"] {
        assert!(again.body.contains(typed), "{typed} is lost");
    }
    for name in ["montant", "motifs"] {
        assert!(
            again.body.contains(&format!("href=\"#{name}")),
            "{name} is not told: {}",
            again.body
        );
    }
    let complete = lacking
        .with("montant", "650")
        .with("motifs", "DG")
        .with("demande", "Autre chose.");
    assert_eq!(
        service.post(&complete).await.status,
        303,
        "the same page, completed"
    );
    assert_eq!(service.mails().await.len(), 4);
    service.stop().await;
}

#[tokio::test]
async fn f06_a_departement_without_a_mailbox_is_told_where_to_write_and_nothing_is_kept() {
    let folder = prepared();
    change(folder.path(), "commissions.json", |all| {
        all[0]["adresse_postale"] = serde_json::json!(["1 place du Test", "93000 Bobigny"]);
    });
    for (folder, place) in [
        (prepared(), "lannuaire.service-public.fr"),
        (folder, "1 place du Test, 93000 Bobigny"),
    ] {
        let service = on(folder, &["--routes=75=paris@exemple.test"]).await;
        let answer = service.post(&Form::tenant(&service.token().await)).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        for told in [
            "ne reçoit pas de dossier par ce service",
            place,
            "SCI de l’Exemple",
        ] {
            assert!(answer.body.contains(told), "{told}: {}", answer.body);
        }
        assert!(service.outbox.ledger(None).await.expect("a ledger").is_empty());
        service.stop().await;
    }
    // It never comes to that: such a service does not start.
    let folder = prepared();
    let mistaken = config(folder.path(), &["--routes=75=paris@exemple.test"]);
    let fault = Parts::from_config(&mistaken).await.err().expect("refused");
    assert!(fault.contains("ML_ROUTES") && fault.contains("(93)"), "{fault}");
}

#[tokio::test]
async fn a_key_that_something_still_needs_is_asked_for_at_the_start() {
    let service = on(prepared(), &[]).await;
    let answer = service.post(&Form::tenant(&service.token().await)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    service.mails().await;
    let folder = service.stop().await;
    let new = "neuve:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    let with = |keys: &str| config(folder.path(), &[&format!("--keys={keys}")]);
    let mut fault = Parts::from_config(&with(new)).await.err().expect("refused");
    assert!(fault.contains("ML_KEYS") && fault.contains("(test)"), "{fault}");
    assert!(!fault.contains(new), "no key is printed");
    for _ in 0..500 {
        // The store that was just refused leaves its lock in its own time.
        match Parts::from_config(&with(&format!("{new},{}", common::KEYS))).await {
            Ok(parts) => {
                let kept = parts.outbox.keys().await.expect("keys");
                assert_eq!(kept[0].0, "test", "nothing was touched by the refusal");
                return;
            }
            Err(again) => fault = again,
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("both keys are refused: {fault}");
}
