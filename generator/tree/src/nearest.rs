//! The nearest known name to a misspelt one, for messages.

/// The candidate nearest to `name` when at most a third of its letters differ (one at least).
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: String = name.chars().take(60).collect();
    let allowed = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// « vouliez-vous écrire « x » ? », or the list of what is known when it is short.
pub(crate) fn suggestion<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(near) = nearest(name, candidates.clone()) {
        return Some(format!("Vouliez-vous écrire « {near} » ?"));
    }
    let known: Vec<String> = candidates
        .into_iter()
        .take(13)
        .map(|c| format!("« {c} »"))
        .collect();
    (!known.is_empty() && known.len() <= 12).then(|| format!("Écrivez l’un de : {}.", known.join(", ")))
}

/// Levenshtein distance without regard to case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_the_near_name_else_the_short_list() {
        let names = ["conforme", "degradations", "absent"];
        assert_eq!(nearest("conform", names), Some("conforme"));
        assert_eq!(nearest("tout autre chose", names), None);
        assert_eq!(
            suggestion("zz", names).unwrap_or_default(),
            "Écrivez l’un de : « conforme », « degradations », « absent »."
        );
    }
}
