//! The motives of guides and of their subjects are those of the referral form.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let Some(form) = &content.site.form else { return };
    let guides = content.site.guides.values().flat_map(|guide| &guide.motives);
    let themes = &content.site.settings.themes;
    for motive in guides.chain(themes.iter().flat_map(|theme| &theme.motives)) {
        let codes = || form.motives.iter().map(|known| known.code.as_str());
        if codes().any(|code| code == motive.value) {
            continue;
        }
        let hint = nearest(&motive.value, codes()).map_or_else(
            || "Les codes sont dans « content/saisine/motifs.yaml ».".to_owned(),
            |near| format!("Vouliez-vous dire « {near} » ?"),
        );
        let message = format!("« {} » n'est pas un motif de saisine.", motive.value);
        faults.push(Diagnostic::error("motif", motive.span.clone(), message).hint(hint));
    }
}
