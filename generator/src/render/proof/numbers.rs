//! Counts as French readers write them.

/// Digits in groups of three, with no-break spaces: « 13 165 ».
#[must_use]
pub fn grouped(count: u128) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: « aucune situation » is the caller's, « 1 situation », « 13 165 situations ».
#[must_use]
pub fn plural(count: u128, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", grouped(count), if count > 1 { many } else { one })
}

/// Numbers of scenarios, told shortly: « scénario 3 », « scénarios 1 à 4, 7 et 9 », « aucun scénario ».
#[must_use]
pub fn scenarios(indexes: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in indexes.iter().map(|index| index + 1) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let mut parts: Vec<String> = Vec::new();
    for (first, last) in runs {
        match last - first {
            0 => parts.push(first.to_string()),
            1 => parts.extend([first.to_string(), last.to_string()]),
            _ => parts.push(format!("{first}\u{a0}à\u{a0}{last}")),
        }
    }
    match (indexes.len(), list(&parts, "et")) {
        (0, _) => "aucun scénario".to_owned(),
        (1, list) => format!("scénario\u{a0}{list}"),
        (_, list) => format!("scénarios\u{a0}{list}"),
    }
}

/// « a », « a ou b », « a, b ou c ».
#[must_use]
pub fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_french() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(plural(0, "page", "pages"), "0\u{a0}page");
        assert_eq!(plural(2, "page", "pages"), "2\u{a0}pages");
    }

    #[test]
    fn runs_of_scenarios_are_short() {
        assert_eq!(scenarios(&[]), "aucun scénario");
        assert_eq!(scenarios(&[2]), "scénario\u{a0}3");
        assert_eq!(
            scenarios(&[0, 1, 2, 3, 6, 8, 9]),
            "scénarios\u{a0}1\u{a0}à\u{a0}4, 7, 9 et 10"
        );
    }
}
