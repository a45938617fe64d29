//! What the mails of the journey must hold: the one to the commission, and the receipt.

use std::time::Duration;

use tests::mailbox::Mailbox;
use tests::referral::{PDF, REQUESTER};
use tests::service::COMMISSION;
use tests::{Mail, Postfix, TestService, law};

/// Waits for both mails and examines them; `claim` is in cents. Gives back the one to the commission.
pub(crate) fn are_as_promised(postfix: &Postfix, service: &TestService, reference: &str, claim: i64) -> Mail {
    let mail = postfix.first_to(COMMISSION, Duration::from_secs(30));
    service.wait_delivered();
    to_the_commission(&mail, reference);
    let amount = law::euros(claim);
    for part in [&mail.text, &mail.html] {
        assert!(
            tests::browser::plain(part).contains(&amount),
            "the claim {amount} is in both parts:\n{part}"
        );
    }
    assert_eq!(postfix.to(COMMISSION).len(), 1);
    let receipts = postfix.to(REQUESTER);
    assert_eq!(receipts.len(), 1, "one receipt to the requester");
    assert!(receipts[0].text.contains(reference), "{}", receipts[0].text);
    let both = format!("{}{}", receipts[0].text, receipts[0].html);
    assert!(
        !both.contains("aucune nouvelle"),
        "the receipt must not tell the story to a mistyped address"
    );
    assert!(
        !both.to_lowercase().contains("accusé de réception"),
        "it is a receipt of registration only"
    );
    mail
}

fn to_the_commission(mail: &Mail, reference: &str) {
    assert!(
        mail.subject.contains("93") && mail.subject.contains(reference),
        "{}",
        mail.subject
    );
    assert!(mail.subject.contains("dépôt de garantie"), "{}", mail.subject);
    for personal in ["Camille", "Martin", "Exemple"] {
        assert!(
            !mail.subject.contains(personal),
            "no name in the subject: {}",
            mail.subject
        );
    }
    assert_eq!(mail.reply_to, [REQUESTER], "an answer goes to the requester");
    for words in [
        "Camille Martin",
        "Société de l’Exemple",
        "3 rue de l’Exemple",
        "aucune nouvelle",
        reference,
    ] {
        let words = tests::browser::plain(words);
        assert!(
            tests::browser::plain(&mail.text).contains(&words),
            "« {words} » is not in the text:\n{}",
            mail.text
        );
        let html = tests::html::page_text(&mail.html);
        assert!(
            tests::browser::plain(&html).contains(&words),
            "« {words} » is not in the HTML:\n{html}"
        );
    }
    assert_eq!(
        mail.attachment("-bail.pdf").bytes,
        PDF,
        "the lease arrives unchanged"
    );
    let data = mail.attachment(".json");
    let data: serde_json::Value = serde_json::from_slice(&data.bytes).expect("the data are JSON");
    assert!(data.to_string().contains(reference), "{data:#}");
    let row = &mail.attachment(".csv").bytes;
    let row = String::from_utf8(row.clone()).expect("the row is UTF-8");
    let lines: Vec<&str> = row.trim_end().lines().collect();
    assert_eq!(lines.len(), 2, "a header and one row:\n{row}");
    assert!(lines[1].contains(reference), "{row}");
}
