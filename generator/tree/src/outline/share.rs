//! What each outcome takes, and what earlier outcomes take from it.

use super::Outline;
use crate::diagram::TRUE;
use crate::flow::Flow;
use crate::plan::Plan;

/// Counts the situations of each outcome. What hides an outcome is left out when watching it is beyond the budget.
pub(super) fn count(plan: &Plan, flow: &Flow, outline: &mut Outline) {
    for (index, share) in outline.outcomes.iter_mut().enumerate() {
        for end in flow.ends.iter().filter(|end| end.outcomes >> index & 1 == 1) {
            let count = if end.outcomes.count_ones() == 1 {
                &mut share.situations
            } else {
                &mut share.open
            };
            *count = count.saturating_add(end.paths);
        }
        let Ok(watched) = plan.explore(&[plan.outcome_conditions[index]], None) else {
            continue;
        };
        for earlier in 0..index {
            let taken = watched.ends.iter();
            let taken = taken.filter(|end| end.guards[0] == TRUE && end.outcomes == 1 << earlier);
            let count = taken.fold(0_u128, |sum, end| sum.saturating_add(end.paths));
            share.hidden_by.extend((count > 0).then_some((earlier, count)));
        }
    }
}
