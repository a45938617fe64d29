//! The files with scripts: added one after the other, refused before they are sent, reduced on the device, and kept
//! when the service finds a fault.

use std::time::Duration;

use tests::process::eventually;
use tests::service::{COMMISSION, MailFolder};
use tests::{Browser, TestService, mailbox::Mailbox};

use super::{TENANT, answer, at_step, clean};
use crate::journey_form;

/// Gives a file to an input as a file dialog would. Kinds: `photo` is a JPEG of noise, heavy, as a camera makes them.
const GIVE: &str = "const [id, name, kind] = arguments;
    const give = blob => { const bag = new DataTransfer(); bag.items.add(new File([blob], name, {type: blob.type}));
        const input = document.getElementById(id); input.files = bag.files;
        input.dispatchEvent(new Event('change', {bubbles: true})); };
    if (kind !== 'photo') { give(new Blob([kind], {type: 'application/pdf'})); return; }
    const canvas = Object.assign(document.createElement('canvas'), {width: 3000, height: 2000});
    const context = canvas.getContext('2d');
    const noise = context.createImageData(3000, 2000);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = Math.random() * 256;
    context.putImageData(noise, 0, 0);
    return new Promise(done => canvas.toBlob(blob => { give(blob); done(blob.size); }, 'image/jpeg', 0.6));";

fn give(browser: &Browser, id: &str, name: &str, kind: &str) {
    let _ = browser.run(GIVE, vec![id.into(), name.into(), kind.into()]);
}

fn listed(browser: &Browser) -> Vec<String> {
    browser.texts("[data-liste] li")
}

#[test]
fn photos_are_added_reduced_and_kept_through_an_error() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    browser.open(&service.page("/saisine"));
    for (n, answers) in (1..).zip(&TENANT[..5]) {
        at_step(&browser, n);
        answer(&browser, answers);
        journey_form::next(&browser);
    }
    at_step(&browser, 6);
    give(&browser, "piece_bail", "page 1.pdf", "%PDF-1.4 un");
    give(&browser, "piece_bail", "page 2.pdf", "%PDF-1.4 deux");
    assert_eq!(
        listed(&browser).len(),
        2,
        "the second choice adds to the first: {:?}",
        listed(&browser)
    );
    give(&browser, "pieces-autres", "IMG_1.HEIC", "x");
    browser.press("Étape suivante");
    assert!(
        browser.texts("#erreurs").join("").contains("photo HEIC"),
        "{:?}",
        browser.texts("#erreurs")
    );
    clean(&browser, "a refused file");
    browser.follow_in("#pieces-autres ~ [data-liste] button", "Retirer");
    give(&browser, "pieces-autres", "IMG_2.jpg", "photo");
    let heavy = listed(&browser).join("\n");
    assert!(heavy.contains("Mo"), "{heavy}");
    browser.follow_in("#pieces-autres ~ [data-liste] button", "Réduire cette photo");
    eventually(Duration::from_secs(30), "the reduced photo", || {
        listed(&browser).join("").contains("photo réduite").then_some(())
    });
    clean(&browser, "a reduced photo");
    browser.tick("absente_echanges", "oui");
    browser.fill_named("raison_echanges", "perdus");
    journey_form::next(&browser);
    answer(&browser, TENANT[6]);
    journey_form::next(&browser);
    let recap = browser.main_text();
    assert!(
        recap.contains("page 1.pdf") && recap.contains("page 2.pdf") && recap.contains("perdus"),
        "{recap}"
    );
    // Something only the service sees: the page of this form is too old for it.
    let _ = browser.run(
        "document.querySelector('[name=jeton]').value = 'ancien'",
        Vec::new(),
    );
    browser.press("Envoyer et préparer");
    browser.wait_for("[data-avis]");
    assert!(
        browser
            .texts("[data-avis]")
            .join("")
            .contains("Vos réponses sont gardées")
    );
    assert!(
        browser.main_text().contains("page 2.pdf"),
        "the files are still there"
    );
    browser.press("Envoyer et préparer");
    browser.arrive("the confirmation", |address| address.contains("/saisine/recu/"));
    service.wait_delivered();
    let mail = MailFolder(service.mailbox()).first_to(COMMISSION, Duration::from_secs(20));
    assert_eq!(mail.attachment("-01-bail.pdf").bytes, b"%PDF-1.4 un");
    assert_eq!(mail.attachment("-02-bail.pdf").bytes, b"%PDF-1.4 deux");
    let photo = &mail.attachment("-03-document.jpg").bytes;
    assert!(
        photo.starts_with(&[0xff, 0xd8, 0xff]) && photo.len() < 3_000_000,
        "{}",
        photo.len()
    );
    assert!(
        !photo.windows(4).any(|part| part == b"Exif"),
        "a reduced photo has no metadata"
    );
}
