//! The door: what is taken, what comes back to be corrected, what is refused, and that nothing is stored twice.

mod common;

use common::{Form, Service, attachments, commission, parse};
use std::time::Duration;

const PDF: &[u8] = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n\0\xff";

#[tokio::test]
async fn a_referral_is_confirmed_then_mailed_with_its_untouched_files() {
    let service = Service::start(&[]).await;
    let form = Form::tenant(&service.token().await).file("piece_bail", "Mon bail signé.pdf", PDF);
    let reply = service.post(&form).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let page = service.get(&reply.location()).await;
    assert_eq!(page.status, 200);
    for part in [
        "ML93-20",
        "heure de Paris",
        "recommandé avec avis de réception",
        "Anne N’Diaye",
        "SHA-256",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    let mails = service.mails().await;
    assert_eq!(mails.len(), 2);
    let mail = commission(&mails);
    let subject = mail.subject().expect("a subject");
    assert!(
        subject.contains("Dossier ML93-")
            && subject.ends_with("– dépôt de garantie – Saint-Denis (locataire)"),
        "{subject}"
    );
    let reply_to = mail.reply_to().and_then(|list| list.first()).expect("Reply-To");
    assert_eq!(
        (reply_to.address(), reply_to.name()),
        (Some("anne@exemple.fr"), None)
    );
    let html = mail.body_html(0).expect("HTML");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"));
    assert!(
        mail.body_text(0)
            .expect("text")
            .contains("<script>alert(1)</script>")
    );
    let files = attachments(&mail);
    assert!(files[0].0.ends_with("-01-bail.pdf"), "{}", files[0].0);
    assert_eq!(files[0].1, PDF);
    let csv = files
        .iter()
        .find(|(name, _)| name.ends_with(".csv"))
        .expect("CSV");
    assert!(csv.1.starts_with("\u{feff}".as_bytes()));
    assert!(String::from_utf8_lossy(&csv.1).contains("\"'=1+1"));
    let json = files
        .iter()
        .find(|(name, _)| name.ends_with(".json"))
        .expect("JSON");
    let json: serde_json::Value = serde_json::from_slice(&json.1).expect("JSON");
    assert_eq!(json["reponses"]["montant"], "650.00");
    assert!(mails.iter().flatten().count() < 200_000);
    service.stop().await;
}

#[tokio::test]
async fn the_receipt_says_what_it_is_and_tells_nothing_of_the_dispute() {
    let service = Service::start(&[]).await;
    service.post(&Form::tenant(&service.token().await)).await;
    let mails = service.mails().await;
    let receipt = mails
        .iter()
        .map(|mime| parse(mime))
        .find(|mail| !mail.subject().unwrap_or_default().starts_with('['));
    let receipt = receipt.expect("a receipt");
    let text = receipt.body_text(0).expect("text").into_owned();
    assert!(text.contains("IL NE LA REMPLACE PAS") && text.contains("dit seulement"));
    for private in ["N’Diaye", "rue de l’Exemple", "650"] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    service.stop().await;
}

#[tokio::test]
async fn a_faulty_form_comes_back_whole_and_asks_for_the_files_again() {
    let service = Service::start(&[]).await;
    let form = Form::tenant(&service.token().await)
        .with("demandeur_courriel", "anne@")
        .with("demandeur_nom", "Anne <b>\"N’Diaye\"</b>")
        .file("piece_bail", "bail.pdf", PDF);
    let reply = service.post(&form).await;
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("<title>Erreur : "), "{}", reply.body);
    assert!(reply.body.contains("href=\"#demandeur_courriel\""));
    assert!(reply.body.contains("value=\"anne@\""));
    assert!(reply.body.contains("Anne &lt;b&gt;&quot;N’Diaye&quot;&lt;/b&gt;"));
    assert!(reply.body.contains("Vos fichiers sont à joindre de nouveau") && reply.body.contains("bail.pdf"));
    let answer = service
        .post(&form.with("demandeur_courriel", "anne@exemple.fr"))
        .await;
    assert_eq!(answer.status, 303);
    service.stop().await;
}

#[tokio::test]
async fn the_answers_can_be_read_again_before_they_are_sent() {
    let service = Service::start(&[]).await;
    let form = Form::tenant(&service.token().await).file("piece_bail", "bail.pdf", PDF);
    let page = service.post(&form.clone().with("relire", "oui")).await;
    assert_eq!(page.status, 200);
    for part in [
        "Vos réponses, avant l’envoi",
        "Anne N’Diaye",
        "href=\"#etape-demandeur\"",
        "bail.pdf",
        "<title>Relecture",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    assert!(service.mails().await.is_empty(), "nothing is stored");
    assert_eq!(
        service.post(&form).await.status,
        303,
        "the same page can then be sent"
    );
    let faulty = form.with("relire", "oui").with("faits", "");
    assert_eq!(service.post(&faulty).await.status, 422);
    service.stop().await;
}

#[tokio::test]
async fn every_error_of_the_summary_leads_to_an_input() {
    let service = Service::start(&[]).await;
    let form = Form::default()
        .with("jeton", &service.token().await)
        .with("motifs", "DG");
    let form = form
        .with("date_remise_cles-jour", "32")
        .file("piece_bail", "bail.pdf", b"MZ");
    let reply = service.post(&form).await;
    let summary = reply
        .body
        .split("id=\"erreurs\"")
        .nth(1)
        .and_then(|rest| rest.split("</ul>").next())
        .expect("a summary");
    let anchors: Vec<&str> = summary
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(
        anchors.len() > 15 && anchors.contains(&"qualite-1") && anchors.contains(&"piece_bail"),
        "{anchors:?}"
    );
    for anchor in anchors {
        assert!(reply.body.contains(&format!(" id=\"{anchor}\"")), "{anchor}");
    }
    service.stop().await;
}

#[tokio::test]
async fn a_repeated_post_is_one_referral_and_a_changed_one_is_told() {
    let service = Service::start(&[]).await;
    let form = Form::tenant(&service.token().await).file("piece_bail", "bail.pdf", PDF);
    let posts = (0..10).map(|_| service.post(&form));
    let replies = futures(posts).await;
    let places: Vec<String> = replies.iter().map(common::Reply::location).collect();
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(
        service.post(&form.clone().with("montant", "651")).await.status,
        409
    );
    assert_eq!(service.mails().await.len(), 2);
    service.stop().await;
}

/// Runs futures together, in order.
async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (one, place) in waiting.iter_mut().zip(&mut done) {
            if place.is_none()
                && let std::task::Poll::Ready(value) = one.as_mut().poll(context)
            {
                *place = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            return std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect());
        }
        std::task::Poll::Pending
    })
    .await
}

#[tokio::test]
async fn suspicion_shows_the_form_again_and_drops_nothing() {
    let service = Service::start(&["--min-fill-time=1s"]).await;
    let form = Form::tenant(&service.token().await);
    let quick = service.post(&form).await;
    assert_eq!(quick.status, 422);
    assert!(quick.body.contains("arrivé très vite") && quick.body.contains("Anne N’Diaye"));
    service.pass(Duration::from_secs(2));
    let trapped = service
        .post(&form.clone().with("site_web", "https://pirate.exemple"))
        .await;
    assert_eq!(trapped.status, 422);
    assert!(trapped.body.contains("réservé aux robots") && trapped.body.contains("Anne N’Diaye"));
    service.pass(Duration::from_secs(20 * 3600));
    assert_eq!(service.post(&form).await.status, 303);
    let late = Form::tenant(&service.token().await);
    service.pass(Duration::from_secs(49 * 3600));
    let old = service.post(&late).await;
    assert_eq!(old.status, 422);
    assert!(old.body.contains("ouverte depuis longtemps") && old.body.contains("Anne N’Diaye"));
    assert_eq!(service.post(&late.with("jeton", "contrefait")).await.status, 422);
    service.stop().await;
}

#[tokio::test]
async fn other_sites_floods_and_masses_are_refused_in_french() {
    let service = Service::start(&["--rate=3/10m", "--max-body=200KB"]).await;
    let form = Form::tenant(&service.token().await);
    let foreign = service
        .post_with(&form, &[("origin", "https://pirate.exemple")])
        .await;
    assert_eq!(foreign.status, 403);
    let huge = service
        .post(&form.clone().file("pieces", "x.pdf", &vec![b'%'; 300_000]))
        .await;
    assert_eq!(huge.status, 413);
    assert!(huge.body.contains("Envoi trop volumineux"));
    assert_eq!(service.post(&form).await.status, 303);
    assert_eq!(service.post(&form).await.status, 303);
    let limited = service.post(&form).await;
    assert_eq!(limited.status, 429);
    assert!(limited.body.contains("recommandée") && limited.header("retry-after").is_some());
    service.stop().await;
}

#[tokio::test]
async fn files_are_judged_by_content_name_and_size() {
    let service = Service::start(&["--file-size=50KB", "--files-max=2"]).await;
    let token = service.token().await;
    let cases: [(&str, &[u8], &str); 5] = [
        ("virus.pdf", b"MZ\x90", "ni un PDF"),
        ("bail.exe", PDF, "ne correspond pas"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic", "photo HEIC"),
        ("vide.pdf", b"", "est vide"),
        (
            "gros.pdf",
            &[b"%PDF-".as_slice(), &[0; 50_001]].concat(),
            "dépasse 50",
        ),
    ];
    for (name, bytes, said) in cases {
        let reply = service
            .post(&Form::tenant(&token).file("piece_bail", name, bytes))
            .await;
        assert_eq!(reply.status, 422, "{name}");
        assert!(reply.body.contains(said), "{name}: {said}");
    }
    let three = (0..3).fold(Form::tenant(&token), |form, _| form.file("pieces", "a.pdf", PDF));
    assert!(service.post(&three).await.body.contains("2 fichiers au plus"));
    let none = service.post(&Form::tenant(&token).file("pieces", "", b"")).await;
    assert_eq!(none.status, 303);
    service.stop().await;
}

#[tokio::test]
async fn programs_get_json() {
    let service = Service::start(&[]).await;
    let json = ("accept", "application/json");
    let faulty = service
        .post_with(
            &Form::tenant("").with("commune", ""),
            &[json, ("idempotency-key", "a")],
        )
        .await;
    assert_eq!(faulty.status, 422);
    let body: serde_json::Value = serde_json::from_str(&faulty.body).expect("JSON");
    assert_eq!(body["erreurs"][0]["champ"], "commune");
    let taken = service
        .post_with(&Form::tenant(""), &[json, ("idempotency-key", "b")])
        .await;
    assert_eq!(taken.status, 202);
    let body: serde_json::Value = serde_json::from_str(&taken.body).expect("JSON");
    assert!(form_api::referral::reference::is_valid(
        body["reference"].as_str().expect("a reference")
    ));
    service.stop().await;
}

#[tokio::test]
async fn every_answer_has_its_headers_and_hidden_files_stay_hidden() {
    let service = Service::start(&[]).await;
    let home = service.get("/").await;
    assert_eq!((home.status, home.body.as_str()), (200, "<h1>Accueil</h1>"));
    for (path, status) in [
        ("/saisine", 200),
        ("/.service/form.json", 404),
        ("/%2eservice/form.json", 404),
        ("/nulle-part/", 404),
        ("/saisine/recu/xxx", 404),
        ("/cdc/accuse/xxx", 404),
    ] {
        let reply = service.get(path).await;
        assert_eq!(reply.status, status, "{path}");
        assert!(
            reply
                .header("content-security-policy")
                .is_some_and(|csp| csp.contains("default-src 'none'")),
            "{path}"
        );
        assert_eq!(
            reply.header("x-content-type-options").as_deref(),
            Some("nosniff"),
            "{path}"
        );
    }
    let admin = service.get("/admin/").await;
    let policy = admin.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("style-src 'self' 'unsafe-inline'") && policy.contains("script-src 'self';"));
    assert_eq!(admin.header("x-robots-tag").as_deref(), Some("noindex, nofollow"));
    assert_eq!(service.get("/").await.header("x-robots-tag"), None);
    assert!(
        service
            .get("/nulle-part/")
            .await
            .body
            .contains("Page introuvable")
    );
    assert_eq!(
        service.send("DELETE", "/saisine", &[], Vec::new()).await.status,
        405
    );
    let coded = service.get("/saisine?motif=DG&demandeur_nom=Anne").await;
    assert!(coded.body.contains("value=\"DG\" checked") && !coded.body.contains("value=\"Anne\""));
    service.stop().await;
}
