//! What the programs are made of: the rules of `deny.toml`, held without a tool that may be missing.

use std::collections::BTreeSet;

use tests::programs;

fn read(name: &str) -> String {
    std::fs::read_to_string(programs::repository().join(name)).unwrap()
}

/// Strings in quotes of the list `name = [ … ]`, comments left out.
fn list(text: &str, name: &str) -> BTreeSet<String> {
    let (_, rest) = text.split_once(&format!("\n{name} = [\n")).expect(name);
    let (inside, _) = rest.split_once("\n]").expect("its end");
    let value = |line: &str| {
        line.trim()
            .strip_prefix('"')?
            .split('"')
            .next()
            .map(str::to_owned)
    };
    inside.lines().filter_map(value).collect()
}

/// Whether an expression of licences can be fulfilled by these alone.
fn fulfilled(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Old packages write a slash for OR.
    let plain = expression.replace(" / ", " OR ").replace('/', " OR ");
    any(&plain, allowed)
}

fn any(expression: &str, allowed: &BTreeSet<String>) -> bool {
    apart(expression, " OR ")
        .iter()
        .any(|one| apart(one, " AND ").iter().all(|part| single(part, allowed)))
}

fn single(part: &str, allowed: &BTreeSet<String>) -> bool {
    let part = part.trim();
    let inside = part.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.map_or_else(|| allowed.contains(part), |inside| any(inside, allowed))
}

/// Splits at a word outside of parentheses.
fn apart<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && at >= start && text[at..].starts_with(word) => {
                parts.push(&text[start..at]);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[test]
fn expressions_of_licences_are_read() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()]);
    for (text, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND MIT", true),
        ("GPL-3.0/MIT", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
    ] {
        assert_eq!(fulfilled(text, &allowed), expected, "{text}");
    }
}

#[test]
fn every_crate_has_a_licence_and_a_source_that_we_accept() {
    let rules = read("deny.toml");
    let allowed = list(&rules, "allow");
    let output = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform=x86_64-unknown-linux-gnu",
        ])
        .current_dir(programs::repository())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = all["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(
            fulfilled(licence, &allowed),
            "{name}: {licence} is not in deny.toml"
        );
        let source = package["source"].as_str().unwrap_or("ours");
        assert!(
            source == "ours" || source.starts_with("registry+"),
            "{name}: {source}"
        );
    }
    let lock = read("Cargo.lock");
    let refused = rules
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.split('"').next());
    for name in refused {
        assert!(
            !lock.contains(&format!("\nname = \"{name}\"\n")),
            "{name} is in Cargo.lock"
        );
    }
}

#[test]
fn every_crate_of_ours_forbids_unsafe_code() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    for path in tests::folder::files(programs::repository()) {
        let ours = !path
            .components()
            .any(|part| matches!(part.as_os_str().to_str(), Some("target" | "node_modules")));
        if ours
            && path.file_name().is_some_and(|name| name == "Cargo.toml")
            && path.parent() != Some(programs::repository())
        {
            let text = std::fs::read_to_string(&path).unwrap();
            // The entry point that the fuzzer calls is unsafe by its nature: a workspace apart, never shipped.
            if text.contains("\ncargo-fuzz = true\n") {
                continue;
            }
            assert!(
                text.contains("[lints]\nworkspace = true"),
                "{} keeps the lints",
                path.display()
            );
        }
    }
}
