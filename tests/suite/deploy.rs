//! What `deploy/` promises, tried with the programs it is written for.

use std::path::Path;

use tempfile::TempDir;

use tests::mailbox::Mailbox;
use tests::referral::{self, ANSWERS};
use tests::service::{COMMISSION, MailFolder};
use tests::web_server::{Answer, Ports};
use tests::{TestService, TestSite, WebServer};

/// Headers that a file from the web server must have as the service itself gives them.
const SAME: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "cache-control",
];

#[test]
fn nginx_as_it_is_written() {
    let ports = Ports::free();
    let site = Site::with_a_former_address();
    let mut service = behind(&site, ports, &[]);
    let server = WebServer::nginx(&service, site.dist(), ports);
    holds(&server, &service, &site, ports);
    // What an authority asks for, to renew the certificate, is answered here: it is no page to be redirected.
    let proof = server.ask_in_clear("/.well-known/acme-challenge/essai");
    assert_eq!(proof.status, 404);
    let token = confirmed(&server, &service, ports);
    away(&server, &mut service);
    let log = server.access_log();
    assert!(
        log.contains("/saisine/recu/- 200"),
        "the door, without its key:\n{log}"
    );
    for never in [token.as_str(), "127.0.0.1", "?"] {
        assert!(!log.contains(never), "« {never} » is in the log:\n{log}");
    }
}

#[test]
fn caddy_as_it_is_written() {
    let ports = Ports::free();
    let site = Site::with_a_former_address();
    let mut service = behind(&site, ports, &[]);
    let server = WebServer::caddy(&service, site.dist(), ports);
    holds(&server, &service, &site, ports);
    confirmed(&server, &service, ports);
    away(&server, &mut service);
}

#[test]
fn behind_either_server_a_client_cannot_choose_its_address() {
    let site = Site::with_a_former_address();
    let starts: [fn(&TestService, &Path, Ports) -> WebServer; 2] = [WebServer::nginx, WebServer::caddy];
    for start in starts {
        let ports = Ports::free();
        let service = behind(&site, ports, &[("ML_RATE", "3/10m")]);
        let server = start(&service, site.dist(), ports);
        let codes: Vec<u16> = (0..5)
            .map(|n| {
                let forged = format!("X-Forwarded-For: 198.51.100.{n}");
                server
                    .ask(
                        "/saisine",
                        &["--header", &forged, "--form-string", "qualite=locataire"],
                    )
                    .status
            })
            .collect();
        assert_eq!(codes, [422, 422, 422, 429, 429]);
    }
}

/// The built site with a former address, as a content that has moved a guide would have.
pub(crate) struct Site(TempDir);

/// The former address, and where it leads.
pub(crate) const MOVED: (&str, &str) = ("/guides/ancien-nom/", "/guides/depot-de-garantie/");

impl Site {
    pub(crate) fn with_a_former_address() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        tests::folder::copy(&TestSite::real().dist(), site.dist(), &[]);
        let text = serde_json::json!({ MOVED.0: MOVED.1 }).to_string();
        std::fs::write(site.dist().join(".service/redirects.json"), text).unwrap();
        site
    }

    pub(crate) fn dist(&self) -> &Path {
        self.0.path()
    }
}

fn behind(site: &Site, ports: Ports, more: &[(&str, &str)]) -> TestService {
    let (origin, dist) = (ports.origin(), site.dist().display().to_string());
    let usual = [
        ("ML_TRUSTED_HOPS", "1"),
        ("ML_PUBLIC_ORIGIN", origin.as_str()),
        ("ML_SITE_DIR", dist.as_str()),
    ];
    TestService::with(&usual.iter().chain(more).copied().collect::<Vec<_>>())
}

/// Everything that a reader gets, and nothing else.
fn holds(server: &WebServer, service: &TestService, site: &Site, ports: Ports) {
    let dist = site.dist();
    let home = server.ask("/", &[]);
    assert_eq!(home.status, 200);
    assert_eq!(
        home.body,
        std::fs::read(dist.join("index.html")).unwrap(),
        "as it was built"
    );
    for (asked, ending) in [("br", "br"), ("gzip", "gz"), ("gzip, br", "br")] {
        let packed = server.ask("/", &["--header", &format!("Accept-Encoding: {asked}")]);
        let kept = std::fs::read(dist.join(format!("index.html.{ending}"))).unwrap();
        assert_eq!(packed.body, kept, "{asked}: packed once, when it was built");
        assert_eq!(
            packed.header("content-encoding"),
            Some(if ending == "gz" { "gzip" } else { "br" })
        );
        assert!(
            packed
                .header("vary")
                .is_some_and(|vary| vary.eq_ignore_ascii_case("accept-encoding"))
        );
    }
    let home_page = String::from_utf8_lossy(&home.body).into_owned();
    let sheet = home_page
        .split('"')
        .find(|part| part.starts_with("/assets/") && part.ends_with(".css"));
    let addresses = [
        "/",
        sheet.expect("a style sheet"),
        "/recherche/",
        "/saisine",
        "/n-existe-pas/",
        "/.service/form.json",
    ];
    for address in addresses {
        let answer = server.ask(address, &[]);
        let direct = referral::client().get(service.page(address)).send().unwrap();
        assert_eq!(answer.status, direct.status().as_u16(), "{address}");
        for name in SAME {
            let expected = direct.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(answer.header(name), expected, "{address}: {name}");
        }
        closed(address, &answer);
    }
    for hidden in [
        "/.service/form.json",
        "/%2eservice/form.json",
        "/guides/../.service/form.json",
    ] {
        assert_eq!(server.ask(hidden, &[]).status, 404, "{hidden}");
    }
    assert!(matches!(
        server.ask("/", &["--request", "DELETE"]).status,
        403 | 405
    ));
    moved(server);
    let clear = server.ask_in_clear("/guides/?x=1");
    assert!(matches!(clear.status, 301 | 308), "{}", clear.status);
    let to = clear.header("location").unwrap_or_default();
    let secure = to.starts_with("https://localhost") && to.ends_with("/guides/?x=1");
    assert!(secure, "to {to}, for {}", ports.origin());
}

/// The service is gone: the form says so by a page of the site, and nobody's address is written down.
fn away(server: &WebServer, service: &mut TestService) {
    service.kill();
    let answer = server.ask("/saisine/recu/jeton-secret", &[]);
    assert_eq!(answer.status, 503);
    let page = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(page.contains("<main"), "{page}");
    assert!(answer.header("retry-after").is_some());
    closed("503", &answer);
    assert_eq!(server.ask("/", &[]).status, 200, "the guides stay");
    let said = server.said();
    assert!(
        !said.contains("jeton-secret") && !said.contains("remote_ip\":\"127"),
        "{said}"
    );
    service.restart();
}

/// The checklist that public observatories of sites read, rule by rule.
fn closed(address: &str, answer: &Answer) {
    let header = |name: &str| answer.header(name).unwrap_or_default().to_owned();
    let policy = header("content-security-policy");
    let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
    for needed in [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(rules.contains(&needed), "{address}: {needed} in {policy}");
    }
    for never in ["'unsafe-inline'", "'unsafe-eval'", "http:", "*"] {
        assert!(!policy.contains(never), "{address}: {never} in {policy}");
    }
    let age = header("strict-transport-security");
    let age = age
        .split(['=', ';'])
        .nth(1)
        .and_then(|seconds| seconds.parse::<u64>().ok());
    assert!(age >= Some(63_072_000), "{address}: HSTS of {age:?} seconds");
    assert_eq!(header("x-content-type-options"), "nosniff", "{address}");
    assert_eq!(header("referrer-policy"), "no-referrer", "{address}");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{address}");
    for never in ["set-cookie", "access-control-allow-origin", "x-powered-by", "via"] {
        assert_eq!(answer.header(never), None, "{address}: {never}");
    }
    let server = header("server");
    assert!(
        !server.contains(|c: char| c.is_ascii_digit()),
        "{address}: {server}"
    );
}

fn moved(server: &WebServer) {
    let (from, to) = MOVED;
    for from in [from, from.trim_end_matches('/')] {
        let answer = server.ask(&format!("{from}?x=1"), &[]);
        assert_eq!(answer.status, 308, "{from}");
        assert_eq!(
            answer.header("location"),
            Some(format!("{to}?x=1").as_str()),
            "{from}"
        );
    }
}

/// A referral through the web server, down to the mailbox; gives the token of its confirmation.
fn confirmed(server: &WebServer, service: &TestService, ports: Ports) -> String {
    let page = server.ask("/saisine", &[]);
    let page = scraper::Html::parse_document(&String::from_utf8_lossy(&page.body));
    let hidden = tests::html::select(&page, "main form[method=post] input[type=hidden]");
    let hidden = hidden
        .iter()
        .filter_map(|field| Some((field.attr("name")?, field.attr("value").unwrap_or_default())));
    let mut arguments = vec!["--header".to_owned(), format!("Origin: {}", ports.origin())];
    for (name, value) in hidden.chain(ANSWERS.iter().copied()) {
        arguments.extend(["--form-string".to_owned(), format!("{name}={value}")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = server.ask("/saisine", &arguments);
    assert_eq!(answer.status, 303, "{}", String::from_utf8_lossy(&answer.body));
    let place = answer.header("location").expect("a confirmation").to_owned();
    assert_eq!(server.ask(&place, &[]).status, 200, "{place}");
    service.wait_delivered();
    assert_eq!(MailFolder(service.mailbox()).to(COMMISSION).len(), 1);
    let foreign = server.ask(
        "/saisine",
        &[
            "--header",
            "Origin: https://ailleurs.test",
            "--form-string",
            "a=b",
        ],
    );
    assert_eq!(foreign.status, 403, "another site");
    place.rsplit('/').next().expect("a token").to_owned()
}
