//! What the service answers on its addresses, over plain HTTP.

use reqwest::header::{ACCEPT_ENCODING, ORIGIN};
use tests::mailbox::Mailbox;
use tests::referral::{self, ANSWERS, OpenForm, PDF};
use tests::service::COMMISSION;
use tests::service::MailFolder;
use tests::{TestService, TestSite};

#[test]
fn every_built_page_is_served_with_the_right_status() {
    let service = TestService::with_folder();
    let client = referral::client();
    for page in TestSite::real().pages() {
        let answer = client.get(service.page(&page.address)).send().unwrap();
        let served = answer.status().as_u16();
        assert!(served == 200, "{} is served with {served}", page.address);
        assert_eq!(
            answer.text().unwrap(),
            page.text,
            "{} is served as it was built",
            page.address
        );
    }
}

#[test]
fn unknown_addresses_get_the_page_that_says_so() {
    let service = TestService::with_folder();
    let client = referral::client();
    for address in [
        "/n-existe-pas/",
        "/guides/n-existe-pas/",
        "/saisine/recu/faux",
        "/cdc/accuse/faux",
    ] {
        let answer = client.get(service.page(address)).send().unwrap();
        assert_eq!(answer.status(), 404, "{address}");
        assert!(
            answer.text().unwrap().contains("<main"),
            "{address} answers with a page of the site"
        );
    }
}

#[test]
fn what_the_service_keeps_for_itself_is_not_served() {
    let service = TestService::with_folder();
    let client = referral::client();
    assert!(TestSite::real().dist().join(".service/form.json").is_file());
    let hidden = [
        "/.service/form.json",
        "/%2eservice/form.json",
        "/guides/../.service/form.json",
        "/.service/",
        "/../Cargo.toml",
    ];
    for address in hidden {
        let answer = client.get(service.page(address)).send().unwrap();
        assert_eq!(answer.status(), 404, "{address}");
    }
}

#[test]
fn pages_carry_the_headers_that_close_doors() {
    let service = TestService::with_folder();
    let client = referral::client();
    for address in ["/", "/saisine", "/n-existe-pas/"] {
        let answer = client.get(service.page(address)).send().unwrap();
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{address}: {part} is not in « {policy} »");
        }
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(header("set-cookie"), "", "{address} sets a cookie");
    }
    let form = client.get(service.page("/saisine")).send().unwrap();
    assert_eq!(
        form.headers()["cache-control"],
        "no-store",
        "the form is kept by nobody"
    );
}

#[test]
fn files_are_sent_compressed_to_who_can_read_them() {
    let service = TestService::with_folder();
    let get = |encoding: &str| {
        referral::client()
            .get(service.page("/"))
            .header(ACCEPT_ENCODING, encoding)
            .send()
            .unwrap()
    };
    assert_eq!(get("br, gzip").headers()["content-encoding"], "br");
    assert_eq!(get("gzip").headers()["content-encoding"], "gzip");
    assert!(get("identity").headers().get("content-encoding").is_none());
}

#[test]
fn form_posted_from_another_site_is_refused() {
    let service = TestService::with_folder();
    let answer = referral::client()
        .post(service.page("/saisine"))
        .header(ORIGIN, "https://ailleurs.test")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("qualite=locataire")
        .send()
        .unwrap();
    assert_eq!(answer.status(), 403);
}

#[test]
fn joined_files_arrive_unchanged_and_strange_ones_are_refused() {
    let service = TestService::with_folder();
    let form = OpenForm::read(&service);
    let strange = form.post(
        ANSWERS,
        &[("piece_bail", "bail.pdf", "application/pdf", b"MZ\x90\x00 program")],
    );
    assert_eq!(strange.status(), 422, "a program named bail.pdf");
    let answer = form.post(
        ANSWERS,
        &[("piece_bail", "Mon bail signé.pdf", "application/pdf", PDF)],
    );
    referral::accepted(answer);
    service.wait_delivered();
    let mails = MailFolder(service.mailbox()).to(COMMISSION);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].attachment("-bail.pdf").bytes, PDF);
}

#[test]
fn program_says_every_variable_that_it_reads() {
    let output = std::process::Command::new(tests::programs::program("form-api"))
        .args(["serve", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8_lossy(&output.stdout);
    let variables = [
        "ML_LISTEN",
        "PORT",
        "ML_SITE_DIR",
        "ML_DATABASE_URL",
        "ML_SMTP_URL",
        "ML_MAILBOX",
        "ML_MAIL_FROM",
        "ML_ROUTES",
        "ML_ALERT_TO",
        "ML_PUBLIC_ORIGIN",
        "ML_KEYS",
        "ML_RETRY_SCHEDULE",
        "ML_SMTP_STEP_TIMEOUT",
        "ML_MIN_FILL_TIME",
    ];
    for name in variables {
        assert!(help.contains(name), "--help does not speak of {name}:\n{help}");
    }
}

#[test]
fn wrong_settings_are_all_said_and_no_secret_is() {
    let wrong = [
        ("ML_LISTEN", "nulle-part"),
        ("ML_SMTP_URL", "smtps://moi:tres-secret@"),
        ("ML_RETRY_SCHEDULE", "bientôt"),
    ];
    let output = std::process::Command::new(tests::programs::program("form-api"))
        .arg("check-config")
        .envs(wrong)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!output.status.success(), "{said}");
    for (name, _) in wrong {
        assert!(said.contains(name), "{name} is not said to be wrong:\n{said}");
    }
    assert!(!said.contains("tres-secret"), "a secret is printed:\n{said}");
}
