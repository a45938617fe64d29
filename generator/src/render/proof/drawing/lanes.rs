//! Lanes: vertical lines that do not touch, as few as possible.

/// A lane for each span (top, bottom), from 0: spans that share a lane are apart by more than `gap`.
pub(super) fn assign(spans: &[(i32, i32)], gap: i32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|index| (spans[*index], *index));
    let mut free: Vec<i32> = Vec::new();
    let mut lanes = vec![0; spans.len()];
    for index in order {
        let (top, bottom) = spans[index];
        let lane = free
            .iter()
            .position(|until| until + gap < top)
            .unwrap_or_else(|| {
                free.push(i32::MIN / 2);
                free.len() - 1
            });
        free[lane] = bottom;
        lanes[index] = lane;
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_take_two_lanes() {
        assert_eq!(assign(&[(0, 10), (20, 30), (5, 25)], 4), [0, 0, 1]);
        assert_eq!(assign(&[(0, 10), (12, 30)], 4), [0, 1]);
        assert_eq!(assign(&[], 4), [0_usize; 0]);
    }
}
