//! The parts of `deploy/` that need no web server: units, container, platform, static host.

use std::process::Command;
use std::time::Duration;

use tests::process::{Process, eventually};
use tests::{TestSite, programs, referral};

use crate::deploy::{MOVED, Site};

#[test]
fn systemd_finds_little_to_say() {
    for (unit, most) in [("mediation", "15"), ("mediation-sauvegarde", "15")] {
        let file = programs::repository().join(format!("deploy/systemd/{unit}.service"));
        let run = Command::new(programs::tool("systemd-analyze"))
            .args([
                "security",
                "--no-pager",
                "--offline=true",
                &format!("--threshold={most}"),
            ])
            .arg(file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(
            run.status.success(),
            "{unit}: {}",
            said.lines().last().unwrap_or_default()
        );
        assert!(said.contains("Overall exposure level"), "{said}");
    }
}

/// What `systemd-analyze verify` says of the units, with a program that exists on this machine.
fn verified(change: impl Fn(&str) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut verify = Command::new(programs::tool("systemd-analyze"));
    verify.args(["verify", "--man=no", "--recursive-errors=no"]);
    for unit in [
        "mediation.service",
        "mediation-sauvegarde.service",
        "mediation-sauvegarde.timer",
    ] {
        let text = programs::repository().join("deploy/systemd").join(unit);
        let text = std::fs::read_to_string(text).unwrap();
        let program = programs::program("form-api").display().to_string();
        let text = change(&text).replace("/usr/local/bin/form-api", &program);
        let place = folder.path().join(unit);
        std::fs::write(&place, text).unwrap();
        verify.arg(place);
    }
    let run = verify.output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    // It also reads the units of the machine; those are not ours.
    let ours = folder.path().display().to_string();
    let about: Vec<&str> = said
        .lines()
        .filter(|line| line.contains(&ours) || line.starts_with("mediation"))
        .collect();
    about.join("\n")
}

#[test]
fn systemd_understands_every_line_of_the_units() {
    assert_eq!(verified(str::to_owned), "");
    for (right, wrong) in [
        ("ProtectSystem=", "ProtectSytem="),
        ("OnCalendar=hourly", "OnCalendar=toujours"),
        ("Type=exec", "Type=exécute"),
    ] {
        let said = verified(|text| text.replace(right, wrong));
        assert!(!said.is_empty(), "{wrong} is told");
    }
}

#[test]
fn units_name_only_what_exists() {
    let help = Command::new(programs::program("form-api"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let files = [
        "systemd/mediation.service",
        "systemd/mediation-sauvegarde.service",
        "systemd/form-api.env",
        "container/Containerfile",
        "container/compose.yaml",
        "scalingo/Procfile",
    ];
    for name in files {
        let text = std::fs::read_to_string(programs::repository().join("deploy").join(name)).unwrap();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for variable in words.filter(|word| word.starts_with("ML_")) {
            assert!(
                help.contains(variable),
                "{name} speaks of {variable}, which form-api does not know"
            );
        }
    }
}

#[test]
fn container_file_is_clean() {
    let file = programs::repository().join("deploy/container/Containerfile");
    let lint = Command::new(programs::tool("node"))
        .arg(programs::node_module("dockerfile-utils/bin/dockerfile-utils"))
        .args(["lint"])
        .arg(&file)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&lint.stdout),
        String::from_utf8_lossy(&lint.stderr)
    );
    assert!(lint.status.success() && !said.contains("Error"), "{said}");
    let text = std::fs::read_to_string(&file).unwrap();
    let last = text.rsplit("\nFROM ").next().expect("a last stage");
    let user = last
        .lines()
        .find_map(|line| line.strip_prefix("USER "))
        .expect("a user");
    assert!(
        user.split(':')
            .all(|id| id.parse::<u32>().is_ok_and(|id| id >= 10_000)),
        "{user} is not root"
    );
    for line in text.lines().filter(|line| line.starts_with("FROM ")) {
        assert!(
            line.contains(':') && !line.contains(":latest"),
            "a named version: {line}"
        );
    }
    // hadolint takes what follows a code for a part of it: the reason stands on a line of its own.
    for line in text
        .lines()
        .filter_map(|line| line.split_once("hadolint ignore="))
    {
        let code = |code: &str| code.len() == 6 && (code.starts_with("DL3") || code.starts_with("DL4"));
        assert!(line.1.split(',').all(code), "{}", line.1);
    }
    for never in ["ML_KEYS=", "ML_SMTP_URL=", "ADD ", "curl "] {
        assert!(!text.contains(never), "{never}");
    }
    let ignored = std::fs::read_to_string(programs::repository().join(".dockerignore")).unwrap();
    for name in ["var", "target", "deploy/container/secrets"] {
        assert!(
            ignored.lines().any(|line| line == name),
            "{name} stays out of the image"
        );
    }
}

#[test]
fn archive_for_a_platform_runs_its_procfile() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("mediation.tar.gz");
    let made = Command::new("sh")
        .arg(programs::repository().join("deploy/scalingo/paquet.sh"))
        .arg(&archive)
        .arg(programs::program("form-api"))
        .arg(TestSite::real().dist())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let unpacked = Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(unpacked.success());
    let app = folder.path().join("mediation");
    let procfile = std::fs::read_to_string(app.join("Procfile")).unwrap();
    let line = procfile
        .lines()
        .find_map(|line| line.strip_prefix("web: "))
        .expect("a web process");
    let port = programs::free_port();
    let run = |store: &str| {
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .current_dir(&app)
            .env("PORT", port.to_string())
            .env_remove("OUTBOX_URL");
        if !store.is_empty() {
            command.env("OUTBOX_URL", store);
        }
        Process::start(&mut command)
    };
    // Its disk is gone at the next start: without a database of its own the service must not run.
    let mut forgetful = run("");
    assert!(!forgetful.wait_end(Duration::from_secs(20)).success());
    assert!(forgetful.said().contains("postgres://"), "{}", forgetful.said());
    let process = run(&format!("sqlite://{}", folder.path().join("outbox.db").display()));
    let page = eventually(Duration::from_secs(30), "the page", || {
        referral::client()
            .get(format!("http://127.0.0.1:{port}/saisine"))
            .send()
            .ok()
    });
    assert_eq!(page.status(), 200, "{}", process.said());
}

#[test]
fn static_host_gets_the_pages_and_where_the_service_is() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::with_a_former_address();
    let out = folder.path().join("site");
    let run = |service: &str| {
        Command::new("sh")
            .arg(programs::repository().join("deploy/statique/preparer.sh"))
            .arg(site.dist())
            .arg(&out)
            .arg(service)
            .output()
            .unwrap()
    };
    assert!(!run("http://service.test").status.success(), "in clear: refused");
    let made = run("https://service.test/");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(out.join("index.html").is_file() && !out.join(".service").exists());
    let redirects = std::fs::read_to_string(out.join("_redirects")).unwrap();
    for line in [
        "/saisine https://service.test/saisine 307",
        "/cdc/* https://service.test/cdc/:splat 307",
    ] {
        assert!(
            redirects.lines().any(|one| one == line),
            "{line} in:\n{redirects}"
        );
    }
    let former = format!("{} {} 308", MOVED.0, MOVED.1);
    assert!(
        redirects.lines().any(|one| one == former),
        "{former} in:\n{redirects}"
    );
    let headers = std::fs::read_to_string(out.join("_headers")).unwrap();
    let policy = |address: &str| {
        let (_, rest) = headers
            .split_once(&format!("\n{address}\n  Content-Security-Policy: "))
            .expect("a policy");
        rest.lines().next().unwrap_or_default().to_owned()
    };
    for address in ["/", "/guides/*", "/saisir-la-cdc/*"] {
        assert!(
            policy(address).contains("form-action 'self' https://service.test;"),
            "{}",
            policy(address)
        );
        assert!(!policy(address).contains("unsafe"));
    }
    assert!(policy("/recherche/*").contains("'wasm-unsafe-eval'"));
}
