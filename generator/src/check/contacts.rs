//! What a site to be put online must know: how to reach the commission and the ADIL.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::contacts::ASKED;
use crate::site::Settings;

/// Refuses to publish while a coordinate is empty, and names each one. A preview says how to find it instead.
#[must_use]
pub fn check(settings: &Settings) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let contacts = &settings.contacts;
    for contact in contacts.list.iter().filter(|contact| contact.lines.is_empty()) {
        let Some(asked) = ASKED.iter().find(|asked| asked.key == contact.key) else {
            continue;
        };
        let message = format!("« coordonnees: {} » est vide : {}.", asked.key, asked.name);
        let hint = format!(
            "Demandez ce renseignement {}, puis écrivez « {}: … » dans content/site.yaml. N'inventez rien.",
            asked.source, asked.key
        );
        faults.push(Diagnostic::error("coordonnee", contact.span.clone(), message).hint(hint));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::settings;
    use crate::source::Sources;

    fn told(block: &str) -> Vec<(String, u32)> {
        let mut sources = Sources::default();
        let text = format!("titre: T\npromesse: P\nadresse: https://a.fr\n{block}");
        sources.insert(settings::SETTINGS, &text);
        let faults = check(&settings::parse(&sources, &mut Diagnostics::default())).sorted();
        let line = |start: usize| u32::try_from(text[..start].matches('\n').count() + 1).expect("a line");
        faults
            .into_iter()
            .map(|fault| {
                let start = fault.place.expect("a place").start;
                (fault.message, line(start))
            })
            .collect()
    }

    #[test]
    fn each_empty_coordinate_is_named_at_its_line() {
        let block = "coordonnees:\n  cdc_adresse: [1 rue A, 93000 Bobigny]\n  cdc_courriel:\n  adil_adresse: \"\"\n  adil_telephone: 01\n";
        let told = told(block);
        let lines: Vec<u32> = told.iter().map(|(_, line)| *line).collect();
        assert_eq!(lines, [6, 7], "{told:?}");
        assert!(told[0].0.contains("cdc_courriel") && told[1].0.contains("adil_adresse"));
    }

    #[test]
    fn without_the_block_all_are_empty_and_once_filled_none_is_told() {
        assert_eq!(told("").len(), ASKED.len());
        let full = "coordonnees: {cdc_adresse: A, cdc_courriel: B, adil_adresse: C, adil_telephone: D}\n";
        assert_eq!(told(full), []);
    }
}
