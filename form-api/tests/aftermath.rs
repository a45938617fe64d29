//! After the answer: the acknowledgement of the commission, receipts, the confirmation, mails in parts.

mod common;

use common::{Form, Service, attachments, commission, parse};
use std::time::Duration;

#[tokio::test]
async fn the_commission_acknowledges_by_the_button_alone_and_the_requester_hears_of_it() {
    let service = Service::start(&[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let mails = service.mails().await;
    let text = commission(&mails).body_text(0).expect("text").into_owned();
    let at = text.find("/cdc/accuse/").expect("a link");
    let link: String = text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    assert!(service.get(&link).await.body.contains("Confirmer la réception"));
    assert_eq!(service.mails().await.len(), 2);
    for _ in 0..2 {
        let done = service.send("POST", &link, &[], Vec::new()).await;
        assert!(done.body.contains("Réception confirmée"), "{}", done.body);
    }
    let mails = service.mails().await;
    assert_eq!(mails.len(), 3);
    let notice = parse(&mails[2]);
    assert!(
        notice
            .subject()
            .is_some_and(|subject| subject.starts_with("Accusé de réception"))
    );
    assert!(
        notice
            .in_reply_to()
            .as_text()
            .is_some_and(|id| id.contains(".recu@"))
    );
    service.stop().await;
}

#[tokio::test]
async fn one_address_gets_three_receipts_a_day() {
    let service = Service::start(&[]).await;
    for n in 1..=5 {
        let form = Form::tenant(&service.token().await).with("demande", &format!("Demande n° {n}."));
        assert_eq!(service.post(&form).await.status, 303);
    }
    let mails = service.mails().await;
    let receipts = mails
        .iter()
        .filter(|mime| parse(mime).subject().is_some_and(|s| s.starts_with("Accusé")))
        .count();
    assert_eq!((mails.len(), receipts), (8, 3));
    service.stop().await;
}

#[tokio::test]
async fn a_confirmation_is_readable_for_a_day() {
    let service = Service::start(&[]).await;
    let place = service
        .post(&Form::tenant(&service.token().await))
        .await
        .location();
    assert_eq!(service.get(&place).await.status, 200);
    service.pass(Duration::from_secs(25 * 3600));
    let late = service.get(&place).await;
    assert_eq!(late.status, 404);
    assert!(!late.body.contains("Anne"));
    service.stop().await;
}

#[tokio::test]
async fn big_files_are_split_over_numbered_mails_and_none_is_lost() {
    let service = Service::start(&["--mail-size=900KB"]).await;
    let body = [b"%PDF-".as_slice(), &[7; 400_000]].concat();
    let form = (0..3).fold(Form::tenant(&service.token().await), |form, _| {
        form.file("pieces", "a.pdf", &body)
    });
    assert_eq!(service.post(&form).await.status, 303);
    let mails = service.mails().await;
    let parts: Vec<_> = mails
        .iter()
        .map(|mime| parse(mime))
        .filter(|mail| mail.subject().unwrap_or_default().starts_with('['))
        .collect();
    assert_eq!(parts.len(), 3);
    for (n, mail) in parts.iter().enumerate() {
        assert!(
            mail.subject()
                .unwrap_or_default()
                .ends_with(&format!(" – {}/3", n + 1))
        );
        assert_eq!(
            attachments(mail)
                .iter()
                .filter(|(name, bytes)| name.ends_with(".pdf") && *bytes == body)
                .count(),
            1
        );
        assert!(mail.body_text(0).expect("text").contains("-03-document.pdf"));
    }
    assert!(mails.iter().all(|mime| mime.len() < 900_000));
    service.stop().await;
}
