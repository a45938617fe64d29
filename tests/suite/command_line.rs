//! The generator at the command line: each case of `tests/cli`, what it says and what it leaves alone.

use tests::case::Case;
use tests::html::page_text;
use tests::site::TODAY;
use tests::{TestSite, folder};

#[test]
fn every_case_says_what_it_should_and_leaves_dist_alone() {
    let built = TestSite::real().dist();
    let mut failures = Vec::new();
    for case in Case::all() {
        let copy = TestSite::copy();
        folder::copy(&built, &copy.dist(), &[]);
        case.lay_over(&copy);
        let before = folder::snapshot(&copy.dist());
        let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
        let run = copy.generate(arguments[0], &arguments[1..]);
        let said = run.said();
        if run.status != case.status {
            failures.push(format!(
                "{}: exit status {} in place of {}\n{said}",
                case.name, run.status, case.status
            ));
            continue;
        }
        for block in case.says.iter().filter(|block| !said.contains(block.as_str())) {
            failures.push(format!("{}: does not say\n{block}\nbut\n{said}", case.name));
        }
        for block in case
            .never_says
            .iter()
            .filter(|block| said.contains(block.as_str()))
        {
            failures.push(format!("{}: says {block}\n{said}", case.name));
        }
        let written = folder::written(&before, &folder::snapshot(&copy.dist()));
        if case.status != 0 && !written.is_empty() {
            failures.push(format!("{}: dist was touched: {written:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn a_site_that_knows_its_services_says_how_to_reach_them() {
    let site = TestSite::copy();
    let path = site.root().join("content/site.yaml");
    let settings = std::fs::read_to_string(path).expect("the settings");
    let told = settings
        .replace(
            "cdc_adresse: []",
            "cdc_adresse: [Secrétariat d'essai, 93000 Bobigny]",
        )
        .replace("cdc_courriel: \"\"", "cdc_courriel: essai@exemple.fr")
        .replace("adil_adresse: []", "adil_adresse: [Rue d'essai]")
        .replace("adil_telephone: \"\"", "adil_telephone: 01 00 00 00 00");
    site.write("content/site.yaml", &told);
    let run = site.generate("build", &["--production"]);
    assert!(!run.said().contains("erreur[coordonnee]"), "{}", run.said());
    let run = site.generate("build", &[]);
    assert_eq!(run.status, 0, "{}", run.said());
    let help = page_text(&site.built("aide-humaine/index.html"));
    for words in [
        "01 00 00 00 00",
        "Rue d’essai",
        "Secrétariat d’essai, 93000 Bobigny",
    ] {
        assert!(help.contains(words), "« {words} » is not told:\n{help}");
    }
    // The form service and the pages of communes read the commission from one place.
    let commissions = site.built(".service/commissions.json");
    assert!(commissions.contains("Secrétariat d'essai"), "{commissions}");
}

#[test]
fn diagnostics_are_also_data() {
    let site = TestSite::copy();
    site.write(
        "content/guides/essai.md",
        "---\ntitre: Essai\ntitr: Essai\n---\n\nTexte.\n",
    );
    let run = site.generate("check", &["--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("`--format json` gives JSON");
    let diagnostics = said["diagnostics"].as_array().expect("a list of diagnostics");
    let here = |fault: &&serde_json::Value| fault["path"] == "content/guides/essai.md" && fault["line"] == 3;
    let fault = diagnostics
        .iter()
        .find(here)
        .unwrap_or_else(|| panic!("nothing on line 3: {said:#}"));
    for key in ["rule", "severity", "message"] {
        assert!(
            fault[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key} of {fault:#}"
        );
    }
}

#[test]
fn wrong_usage_is_not_a_fault_of_the_author() {
    let run = TestSite::real().run(&["batir"]);
    assert_eq!(run.status, 2, "{}", run.said());
}

#[test]
fn a_folder_without_a_site_is_refused_by_name() {
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_str().unwrap();
    let output = std::process::Command::new(tests::programs::program("generator"))
        .args(["build", "--date", TODAY, "--root", path])
        .current_dir(empty.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(path), "the message names the folder: {said}");
    assert!(folder::files(empty.path()).is_empty(), "nothing was written");
}

#[test]
fn every_rule_is_explained() {
    let explain = |rule: &[&str]| {
        let output = std::process::Command::new(tests::programs::program("generator"))
            .arg("explain")
            .args(rule)
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (_, list) = explain(&[]);
    let rules: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(rules.len() > 20, "{list}");
    for rule in &rules {
        let (found, text) = explain(&[rule]);
        assert!(found, "{rule} is listed but not explained");
        assert!(text.len() > 80, "{rule} is hardly explained:\n{text}");
    }
    for case in Case::all() {
        for said in case.says.iter().filter_map(|block| block.strip_prefix("erreur[")) {
            let rule = said.split(']').next().unwrap_or_default();
            assert!(
                rules.contains(&rule),
                "{}: the rule {rule} is not listed",
                case.name
            );
        }
    }
}

#[test]
fn a_starting_file_is_complete_and_says_what_is_left_to_write() {
    let site = TestSite::copy();
    for kind in ["guide", "diagnostic", "courrier", "terme"] {
        let title = format!("Un essai d'« {kind} »");
        let run = site.generate("new", &[kind, &title]);
        assert_eq!(run.status, 0, "{}", run.said());
        let again = site.generate("new", &[kind, &title]);
        assert_eq!(again.status, 1, "a second one must not replace the first");
    }
    for path in ["guides/un-essai-d-guide.md", "glossaire/un-essai-d-terme.md"] {
        let path = format!("content/{path}");
        let text = std::fs::read_to_string(site.root().join(&path)).expect("the file is written");
        site.write(&path, &text.replace("brouillon: oui", "brouillon: non"));
    }
    let run = site.generate("check", &["--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let diagnostics = said["diagnostics"].as_array().expect("a list");
    let new: Vec<_> = diagnostics
        .iter()
        .filter(|fault| {
            fault["path"]
                .as_str()
                .is_some_and(|path| path.contains("un-essai-d"))
        })
        .collect();
    // Nobody leads to a guide that was just started: that is told too.
    let expected =
        |fault: &&serde_json::Value| fault["rule"] == "a-ecrire" || fault["rule"] == "page-orpheline";
    assert!(new.iter().all(expected), "{new:#?}");
    for folder in ["guides", "diagnostics", "courriers", "glossaire"] {
        let told = |fault: &&&serde_json::Value| {
            let path = fault["path"].as_str().unwrap_or_default();
            path.starts_with(&format!("content/{folder}/"))
        };
        assert!(
            new.iter().any(|fault| told(&fault)),
            "nothing left to write in {folder}"
        );
    }
}

/// Runs the generator with a terminal of its own for all that it says.
fn on_a_terminal(site: &TestSite, arguments: &str, variables: &[(&str, &str)]) -> String {
    let program = tests::programs::program("generator");
    let line = format!(
        "{} {arguments} --date {TODAY} --root {}",
        program.display(),
        site.root().display()
    );
    let output = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .env_remove("NO_COLOR")
        .envs(variables.iter().copied())
        .stdin(std::process::Stdio::null())
        .output()
        .expect("`script` gives a terminal");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn colours_and_progress_are_for_terminals() {
    let site = TestSite::copy();
    site.write(
        "content/guides/essai.md",
        "---\ntitre: Essai\ntitr: Essai\n---\n\nTexte.\n",
    );
    let colour = "\u{1b}[1m";
    let said = on_a_terminal(&site, "check", &[]);
    assert!(said.contains("cle-inconnue") && said.contains(colour), "{said}");
    assert!(said.contains("Vérification du site : 1 s…"), "{said}");
    let plain = on_a_terminal(&site, "check", &[("NO_COLOR", "1")]);
    assert!(
        plain.contains("cle-inconnue") && !plain.contains(colour),
        "{plain}"
    );
    let piped = site.generate("check", &[]);
    assert!(piped.said().contains("cle-inconnue"), "{}", piped.said());
    assert!(!piped.said().contains('\u{1b}') && !piped.said().contains("Vérification du site"));
}

#[test]
fn plain_language_is_advice_and_never_a_fault() {
    let site = TestSite::small();
    let long = "Il convient de savoir que cette phrase, que personne ne relira sans peine, compte bien plus de vingt mots et fatigue donc toute personne pressée.";
    site.write(
        "content/redaction/mots-simples.yaml",
        "- mots: [il convient de]\n  simple: dites qui fait quoi\n",
    );
    site.write(
        "content/guides/essai.md",
        &format!("---\ntitre: Essai\ndescription: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-09-01\n---\n\n{long}\n"),
    );
    let run = site.generate("clarte", &["content/guides/"]);
    assert_eq!(run.status, 0, "{}", run.said());
    for words in [
        "ligne 11, 25 mots",
        "au lieu de « il convient de », écrivez : dites qui fait quoi",
    ] {
        assert!(run.said().contains(words), "{words} in\n{}", run.said());
    }
    assert!(!site.generate("check", &[]).said().contains("20 mots"));
}
