//! The mails as a real mail server received them, over TLS and with a password, read by Python's own library.

use std::process::Command;
use std::time::Duration;

use tests::mailbox::Mailbox;
use tests::referral::{ANSWERS, OpenForm, PDF, REQUESTER, accepted, client, reference_at};
use tests::service::COMMISSION;
use tests::{Postfix, TestService, programs};

#[test]
fn python_finds_nothing_to_say_about_any_mail() {
    let postfix = Postfix::start();
    let authority = postfix.authority().display().to_string();
    let service = TestService::with(&[
        ("ML_SMTP_URL", &postfix.url()),
        ("SSL_CERT_FILE", &authority),
        ("ML_MAIL_SIZE", "600KB"),
    ]);
    let heavy = [PDF, &vec![b'x'; 200_000]].concat();
    let odd = [
        (
            "faits",
            format!(
                "Un très long récit. Éé — ’ 王小明 محمد 🙂\n.\nFrom ici {}",
                "mot ".repeat(1_000)
            ),
        ),
        ("demandeur_nom", "محمد O’Brien <b>\"x\"</b> 王".to_owned()),
    ];
    let mut answers: Vec<(&str, &str)> = ANSWERS.to_vec();
    answers.retain(|(name, _)| !odd.iter().any(|(other, _)| other == name));
    answers.extend(odd.iter().map(|(name, text)| (*name, text.as_str())));
    let files = [(
        "piece_bail",
        "Bail signé.pdf",
        "application/pdf",
        heavy.as_slice(),
    ); 3];
    let place = accepted(OpenForm::read(&service).post(&answers, &files));
    let reference = reference_at(&service, &place);
    service.wait_delivered();
    assert_eq!(postfix.to(COMMISSION).len(), 3, "one mail for each heavy file");

    // The commission acknowledges, and the requester adds something by the link of the receipt.
    let first = postfix
        .to(COMMISSION)
        .into_iter()
        .find(|mail| mail.subject.contains("1/3"));
    let acknowledge = link(&first.expect("the first part").text, "/cdc/accuse/");
    assert_eq!(
        client()
            .post(service.page(&acknowledge))
            .send()
            .expect("an answer")
            .status(),
        200
    );
    let receipt = postfix.first_to(REQUESTER, Duration::from_secs(10));
    let complement = link(&receipt.text, "/saisine/complement/");
    let form = OpenForm::at(&service, &complement);
    let _ = accepted(form.post(&[("message", "Le bailleur a répondu.")], &[]));
    service.wait_delivered();
    assert_eq!(postfix.mails().len(), 7);

    let run = Command::new(programs::tool("python3"))
        .arg(programs::tests_folder().join("letters.py"))
        .arg(postfix.folder())
        .arg(&reference)
        .output()
        .expect("Python can be started");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let faults = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        run.status.success() && faults.trim().is_empty(),
        "{faults}\n{said}"
    );
    // Parts 2 and 3 and the complement to the first mail; the notice and the second receipt to the first receipt.
    assert!(said.contains("7 mails, 5 in a thread"), "{said}");
}

/// The first link of a text that leads there, without its origin.
fn link(text: &str, path: &str) -> String {
    let at = text.find(path).unwrap_or_else(|| panic!("no {path} in {text}"));
    text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}
