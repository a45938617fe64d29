//! The table of faults is true: each number once, each named test there.

use tests::programs;

#[test]
fn each_fault_has_its_line_and_its_test() {
    let table = std::fs::read_to_string(programs::repository().join("docs/faults.md")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| F"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[1].to_owned()).collect();
    let expected: Vec<String> = (1..=72).map(|n| format!("F{n:02}")).collect();
    assert_eq!(numbers, expected);
    for row in &rows {
        holds(row[1], row[3]);
    }
}

/// Each pair of words in quotes is a file and a test in it; there is one at least.
fn holds(number: &str, tests: &str) {
    let quoted: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
    assert!(
        !quoted.is_empty() && quoted.len().is_multiple_of(2),
        "{number}: {tests}"
    );
    for pair in quoted.chunks(2) {
        let (file, name) = (pair[0], pair[1]);
        let path = match file.split_once('/') {
            Some(("suite", _)) => format!("tests/{file}"),
            Some(("src", _)) => format!("form-api/{file}"),
            _ => format!("form-api/tests/{file}"),
        };
        let text = std::fs::read_to_string(programs::repository().join(&path)).expect(&path);
        assert!(
            text.contains(&format!("fn {name}(")),
            "{number}: {path} has no test {name}"
        );
    }
}
