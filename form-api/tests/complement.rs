//! Something to add to a referral: in the thread of its first mail, once, and only by its link.

mod common;

use common::{Form, Service, attachments, parse, receipt};

const PDF: &[u8] = b"%PDF-1.4\nsuite";

/// The link of the receipt.
async fn link(service: &Service) -> String {
    let mails = service.mails().await;
    let text = receipt(&mails).body_text(0).expect("text").into_owned();
    let at = text.find("/saisine/complement/").expect("a link");
    text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

/// The signed token of the page.
async fn form(service: &Service, link: &str) -> Form {
    let page = service.get(link).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once("name=\"jeton\" value=\"").expect("a token");
    Form::default().with("jeton", rest.split('"').next().expect("a token"))
}

#[tokio::test]
async fn a_complement_threads_to_the_first_mail_and_is_confirmed() {
    let service = Service::start(&[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let link = link(&service).await;
    let added = form(&service, &link)
        .await
        .with("message", "Le bailleur a répondu <b>non</b>.")
        .file("pieces", "réponse.pdf", PDF);
    let first = service.post_to(&link, &added).await;
    assert_eq!(first.status, 303, "{}", first.body);
    assert_eq!(
        service.post_to(&link, &added).await.location(),
        first.location(),
        "a double click"
    );
    let page = service.get(&first.location()).await;
    assert!(
        page.body.contains("complément est enregistré") && page.body.contains("-C1"),
        "{}",
        page.body
    );
    let mails = service.mails().await;
    assert_eq!(
        mails.len(),
        4,
        "two mails for the referral, two for the complement"
    );
    let parsed: Vec<_> = mails.iter().map(|mime| parse(mime)).collect();
    let of = |start: &str| {
        let mut all = parsed
            .iter()
            .filter(|mail| mail.subject().unwrap_or_default().contains(start));
        all.next().expect("a mail")
    };
    let (opening, complement) = (of("] Dossier"), of("] Complément"));
    let opening_id = opening.message_id().expect("an id");
    assert_eq!(complement.in_reply_to().as_text(), Some(opening_id));
    assert_eq!(complement.references().as_text(), Some(opening_id));
    assert_ne!(complement.message_id(), opening.message_id());
    let text = complement.body_text(0).expect("text");
    assert!(text.contains("Le bailleur a répondu <b>non</b>."), "{text}");
    assert!(complement.body_html(0).expect("HTML").contains("&lt;b&gt;non"));
    let files = attachments(complement);
    assert_eq!(files.len(), 1);
    assert!(files[0].0.ends_with("-C1-01-document.pdf"), "{}", files[0].0);
    assert_eq!(files[0].1, PDF);
    let receipt = of("Complément");
    assert!(receipt.subject().is_some());
    service.stop().await;
}

#[tokio::test]
async fn an_empty_or_faulty_complement_comes_back_and_a_wrong_link_says_nothing() {
    let service = Service::start(&[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let link = link(&service).await;
    let empty = service.post_to(&link, &form(&service, &link).await).await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("Écrivez un message") && empty.body.contains("href=\"#message\""));
    let faulty = form(&service, &link).await.with("message", "Voici.").file(
        "pieces",
        "photo.heic",
        b"\0\0\0\x18ftypheic",
    );
    let faulty = service.post_to(&link, &faulty).await;
    assert_eq!(faulty.status, 422);
    assert!(
        faulty.body.contains("HEIC") && faulty.body.contains("Voici."),
        "{}",
        faulty.body
    );
    let page = service.get(&link).await;
    assert!(
        !page.body.contains("Anne"),
        "the page tells nothing of the dispute"
    );
    let other = format!("{}A", &link[..link.len() - 1]);
    if other != link {
        assert_eq!(service.get(&other).await.status, 404);
    }
    service.stop().await;
}

#[tokio::test]
async fn a_referral_gets_so_many_complements_and_no_more() {
    let service = Service::start(&["--complements=2", "--receipts-a-day=1"]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let link = link(&service).await;
    for (n, status) in [(1, 303), (2, 303), (3, 403)] {
        let added = form(&service, &link)
            .await
            .with("message", &format!("Ajout {n}."));
        assert_eq!(service.post_to(&link, &added).await.status, status, "{n}");
    }
    let mails = service.mails().await;
    let receipts = mails
        .iter()
        .filter(|mime| {
            parse(mime)
                .subject()
                .is_some_and(|subject| subject.starts_with("Accusé"))
        })
        .count();
    assert_eq!((mails.len(), receipts), (4, 1));
    service.stop().await;
}
