//! The forms of the first version of the site (Eleventy): they still build, and the new form is proposed.

/// An old form and what it means today.
#[derive(Debug)]
pub(super) struct Old {
    /// As it was written after `:::`.
    pub(super) name: &'static str,
    /// Today's directive, without accents.
    pub(super) directive: &'static str,
    /// The key and the value that the old name implied.
    pub(super) argument: Option<(&'static str, &'static str)>,
    /// The new opening line, to show to the author.
    pub(super) new: &'static str,
    /// Whether the words after the name are dropped (the old form put a picture there).
    pub(super) drops_title: bool,
}

const fn old(
    name: &'static str,
    directive: &'static str,
    argument: Option<(&'static str, &'static str)>,
    new: &'static str,
) -> Old {
    Old {
        name,
        directive,
        argument,
        new,
        drops_title: false,
    }
}

const OLD: &[Old] = &[
    old(
        "info",
        "alerte",
        Some(("type", "info")),
        ":::alerte{type=info} Titre",
    ),
    old(
        "warning",
        "alerte",
        Some(("type", "attention")),
        ":::alerte{type=attention} Titre",
    ),
    old(
        "error",
        "alerte",
        Some(("type", "erreur")),
        ":::alerte{type=erreur} Titre",
    ),
    old(
        "success",
        "alerte",
        Some(("type", "succes")),
        ":::alerte{type=succès} Titre",
    ),
    old("callout", "encart", None, ":::encart Titre"),
    old("highlight", "exergue", None, ":::exergue"),
    Old {
        drops_title: true,
        ..old("quote", "citation", None, ":::citation{auteur=\"Nom\"}")
    },
    old("accordionsgroup", "accordeons", None, ":::accordéons"),
];

/// The accordion that opened with `???` and its title.
pub(super) const QUESTION_MARKS: Old = old("", "accordeon", None, ":::accordéon Titre");

/// The old form of this name.
pub(super) fn find(name: &str) -> Option<&'static Old> {
    OLD.iter().find(|old| old.name == name)
}
