//! The kit itself: a tool that sees nothing would let every other test pass.

use std::time::Duration;

use tests::mailbox::Mailbox;
use tests::{Browser, Postfix, Scheme, Screen, SmtpSink, TestSite, axe, folder, programs, validator};

/// A page with a known fault of each kind that our tools must see.
const FAULTY: &str = "<!doctype html><html lang=fr><title>Essai</title>
<meta name=viewport content='width=device-width'><main><h1>L’essai</h1>
<p style='color:#999;background:#fff'>Pâle</p><p style='width:900px'>Large</p>
<label for=a>Nom</label><input id=a><p id=script></p>
<script>document.getElementById('script').textContent = matchMedia('(prefers-color-scheme: dark)').matches</script>
<img src=absente.png></main></html>";

fn faulty_page() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("essai.html");
    std::fs::write(&file, FAULTY).unwrap();
    (folder, file)
}

#[test]
fn browser_and_axe_see_faults() {
    let (_folder, file) = faulty_page();
    let browser = Browser::with(Screen::Phone, Scheme::Dark, true);
    browser.open(&format!("file://{}", file.display()));
    assert_eq!(
        browser.texts("#script"),
        ["true"],
        "scripts run and the colours asked for are dark"
    );
    assert_eq!(browser.heading(), "L'essai");
    browser.fill("Nom", "Camille");
    assert_eq!(browser.value("Nom"), "Camille");
    assert!(
        browser.faults().iter().any(|fault| fault.contains("absente.png")),
        "the missing picture is noted"
    );
    assert!(
        browser
            .requests()
            .iter()
            .any(|request| request.ends_with("absente.png"))
    );
    let faults = axe::faults(&browser).join("\n");
    for rule in ["image-alt", "color-contrast"] {
        assert!(faults.contains(rule), "axe-core does not see {rule}: {faults}");
    }
}

#[test]
fn browser_without_scripts_runs_none() {
    let (_folder, file) = faulty_page();
    let browser = Browser::without_scripts();
    browser.open(&format!("file://{}", file.display()));
    assert_eq!(browser.texts("#script"), [""], "no script ran");
}

#[test]
fn html_checker_sees_faults() {
    let (_folder, file) = faulty_page();
    let errors = validator::errors(&[file]).join("\n");
    assert!(
        errors.contains("alt"),
        "the checker does not see the missing alternative: {errors}"
    );
}

#[test]
fn snapshot_sees_bytes_and_writing() {
    let (folder, file) = faulty_page();
    let before = folder::snapshot(folder.path());
    assert!(folder::written(&before, &folder::snapshot(folder.path())).is_empty());
    std::thread::sleep(Duration::from_millis(20));
    std::fs::write(&file, FAULTY).unwrap();
    let after = folder::snapshot(folder.path());
    assert!(
        folder::different_bytes(&before, &after).is_empty(),
        "the same bytes"
    );
    assert_eq!(folder::written(&before, &after).len(), 1, "but written again");
}

#[test]
fn postfix_stops_and_starts_again() {
    let mut postfix = Postfix::start();
    assert!(postfix.mails().is_empty());
    postfix.stop();
    postfix.resume();
    assert!(postfix.log().contains("daemon started"));
}

#[test]
fn sink_listens_only_when_told() {
    let mut sink = SmtpSink::stopped();
    let port: u16 = sink.url().rsplit(':').next().unwrap().parse().unwrap();
    let listens = || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
    assert!(!listens());
    sink.resume();
    assert!(listens());
    sink.stop();
    std::thread::sleep(Duration::from_millis(100));
    assert!(!listens());
}

#[test]
fn repository_is_where_the_kit_thinks() {
    assert!(programs::repository().join("content/site.yaml").is_file());
    assert!(TestSite::copy().root().join("content/site.yaml").is_file());
}
