//! Which files go into which mail, so that none is over the limit of the mailbox. Pure.

/// Bytes set apart in the first mail for its text, its HTML, the CSV and the JSON.
const TEXTS: u64 = 300_000;

/// Bytes of a file once encoded: base64 in lines of 76 characters.
fn encoded(size: u64) -> u64 {
    size.div_ceil(57) * 78 + 400
}

/// Part (from 1) of each file, in order. Files stay in order; a file too big by itself has a mail of its own.
#[must_use]
pub fn plan(sizes: &[u64], limit: u64) -> Vec<u32> {
    let (mut part, mut used) = (1, TEXTS);
    let mut empty = true;
    let mut plan = Vec::with_capacity(sizes.len());
    for size in sizes.iter().map(|size| encoded(*size)) {
        if !empty && used + size > limit {
            part += 1;
            used = TEXTS;
        }
        used += size;
        empty = false;
        plan.push(part);
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn splits_only_when_it_must_and_loses_nothing() {
        assert_eq!(plan(&[], 9_500_000), Vec::<u32>::new());
        assert_eq!(plan(&[1_000_000, 5_000_000], 9_500_000), [1, 1]);
        assert_eq!(plan(&[5_000_000, 5_000_000, 1_000], 9_500_000), [1, 2, 2]);
        assert_eq!(plan(&[20_000_000, 1], 9_500_000), [1, 2]);
    }
}
