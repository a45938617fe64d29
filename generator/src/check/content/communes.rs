//! The two files of communes tell of the same communes.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let facts = &content.site.territory.communes;
    let Some(form) = content.site.form.as_ref().filter(|_| !facts.is_empty()) else {
        return;
    };
    for commune in form
        .communes
        .iter()
        .filter(|commune| !facts.contains_key(&commune.insee))
    {
        let message = format!(
            "« content/lieux/communes.yaml » ne dit rien de {} ({}).",
            commune.name, commune.insee
        );
        faults.push(Diagnostic::error_nowhere("communes", message).hint(format!(
            "Ajoutez « - insee: \"{}\" » et son territoire.",
            commune.insee
        )));
    }
    for (insee, known) in facts {
        if form.commune(insee).is_none() {
            let message = format!("Aucune commune du formulaire n'a le code « {insee} ».");
            faults.push(
                Diagnostic::error("communes", known.group.span.clone(), message)
                    .hint("Comparez avec « content/saisine/communes.yaml »."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;
    use crate::source::Sources;
    use jiff::civil::Date;

    #[test]
    fn a_commune_that_one_file_forgets_is_told() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/saisine");
        let mut sources = Sources::default();
        for file in std::fs::read_dir(root).expect("the form").flatten() {
            let text = std::fs::read_to_string(file.path()).expect("a file of the form");
            let name = file.file_name().into_string().expect("a name");
            sources.insert(&format!("content/saisine/{name}"), &text);
        }
        sources.insert(
            parse::territory::COMMUNES,
            "territoires: [{id: a, nom: A}]\ncommunes:\n  - {insee: \"93001\", territoire: a}\n  - {insee: \"75056\", territoire: a}\n",
        );
        let (site, _, _) = parse::parse(&sources, Date::constant(2026, 11, 23));
        let faults = crate::check::content(&site).sorted();
        let told = faults.iter().filter(|fault| fault.rule == "communes").count();
        // 38 communes without facts, and Paris.
        assert_eq!(told, 39);
    }
}
