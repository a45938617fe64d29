//! Two pages of a section never share a title; the window title also names the section.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::parse::glossary::Term;
use std::collections::BTreeMap;

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    let site = content.site;
    one_section(site.guides.values().map(|guide| &guide.title), faults);
    one_section(site.pages.values().map(|page| &page.title), faults);
    one_section(site.letters.values().map(|letter| &letter.title), faults);
    one_section(site.terms.values().flat_map(Term::spellings), faults);
    one_section(site.trees.values().map(|tree| &tree.start.title), faults);
}

fn one_section<'a>(titles: impl Iterator<Item = &'a Located<String>>, faults: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for title in titles.filter(|title| !title.value.is_empty()) {
        if let Some(first) = seen.insert(title.value.to_lowercase(), &title.span.path) {
            let message = format!(
                "Deux pages ont le titre « {} » : « {first} » et « {} ».",
                title.value, title.span.path
            );
            faults.push(
                Diagnostic::error("titre-double", title.span.clone(), message).hint(
                    "Changez ce titre dans l'un des deux fichiers : dites ce que sa page a de particulier.",
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::content::tests::HEAD;
    use crate::parse;
    use crate::source::Sources;
    use jiff::civil::Date;

    #[test]
    fn the_second_of_two_equal_titles_is_told() {
        let mut sources = Sources::default();
        for (name, title) in [("a", "Le bail"), ("b", "le bail"), ("c", "Autre")] {
            sources.insert(
                &format!("content/guides/{name}.md"),
                &format!("---\ntitre: {title}\n{HEAD}---\n"),
            );
        }
        let (site, _, _) = parse::parse(&sources, Date::constant(2026, 11, 23));
        let mut faults = crate::check::content(&site).sorted();
        faults.retain(|fault| fault.rule == "titre-double");
        assert_eq!(faults.len(), 1);
        assert_eq!(
            &*faults[0].place.clone().expect("a place").path,
            "content/guides/b.md"
        );
    }
}
