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
    let mut without = 0;
    for row in &rows {
        let quoted: Vec<&str> = row[3].split('`').skip(1).step_by(2).collect();
        let [file, name] = quoted.as_slice() else {
            assert!(
                row[3].starts_with("none"),
                "{}: a test, or « none » and why",
                row[1]
            );
            without += 1;
            continue;
        };
        let path = match file.split_once('/') {
            Some(("suite", _)) => format!("tests/{file}"),
            Some(("src", _)) => format!("form-api/{file}"),
            _ => format!("form-api/tests/{file}"),
        };
        let text = std::fs::read_to_string(programs::repository().join(&path)).expect(&path);
        assert!(
            text.contains(&format!("fn {name}(")),
            "{}: {path} has no test {name}",
            row[1]
        );
    }
    assert!(
        without <= 4,
        "{without} faults without a test: it was 4, and may only fall"
    );
}
