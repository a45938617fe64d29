//! What each kind of file of `content` holds, as data: keys, shapes, labels and hints. The JSON Schema for editors
//! that know YAML and the settings of the content manager are both made of it; a test holds it to the parser.

mod data;
pub mod json;
mod law;
mod texts;
mod trees;

/// What a key may hold.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One line.
    Text,
    /// Several lines.
    Long,
    /// `oui` or `non`.
    Flag,
    /// A day, `AAAA-MM-JJ`.
    Day,
    /// A whole number.
    Number,
    /// One of these values.
    Choice(&'static [&'static str]),
    /// One of these values, or several.
    Choices(&'static [&'static str]),
    /// One text or several.
    Texts,
    /// A mapping of these keys.
    Map(&'static [Key]),
    /// A list of mappings of these keys.
    List(&'static [Key]),
    /// Lines « nom: valeur », as a mapping or as a list.
    Pairs,
    /// A list whose items are a text or a mapping of these keys.
    TextsOr(&'static [Key]),
    /// A list of « identifiant: libellé », where a mapping of these keys may stand for the label.
    Named(&'static [Key]),
}

/// A key of a file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Name, as authors write it.
    pub name: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// What to write, in one or two sentences; empty when the label says it.
    pub hint: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether the build refuses a file without it.
    pub required: bool,
}

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Name of its schema: `guide`.
    pub name: &'static str,
    /// Name of one, for people: « Guide ».
    pub label: &'static str,
    /// Which files: a path of `content` where `*` stands for one name.
    pub files: &'static str,
    /// Its keys, in the order in which people fill them.
    pub keys: &'static [Key],
    /// Whether the file is one list of such mappings, and not one mapping.
    pub is_list: bool,
}

impl Kind {
    /// Whether the keys are the front matter of a Markdown file.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        self.files.ends_with(".md")
    }

    /// Whether this kind of file stands at this path. The kinds are asked in order: the first one wins.
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        let mut wanted = self.files.split('/');
        let mut found = path.split('/');
        loop {
            match (wanted.next(), found.next()) {
                (None, None) => return true,
                (Some(wanted), Some(found)) if fits(wanted, found) => {}
                _ => return false,
            }
        }
    }
}

fn fits(wanted: &str, name: &str) -> bool {
    match wanted.split_once('*') {
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
        None => wanted == name,
    }
}

/// A key that the build can do without.
pub(crate) const fn key(name: &'static str, label: &'static str, shape: Shape, hint: &'static str) -> Key {
    Key {
        name,
        label,
        hint,
        shape,
        required: false,
    }
}

impl Key {
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}

pub(crate) const OWNER: Key = key(
    "responsable",
    "Responsable",
    Shape::Text,
    "Rôle ou équipe qui répond de ce texte, jamais une adresse personnelle.",
)
.required();
pub(crate) const REVIEWED: Key = key(
    "revue_le",
    "Relu le",
    Shape::Day,
    "Le jour où quelqu'un a vraiment relu ce texte et ses sources.",
)
.required();
pub(crate) const NEXT_REVIEW: Key = key(
    "prochaine_revue",
    "À relire avant le",
    Shape::Day,
    "Passé ce jour, le site signale que le texte n'a pas été relu.",
)
.required();
pub(crate) const TITLE: Key = key("titre", "Titre", Shape::Text, "").required();
pub(crate) const DESCRIPTION: Key = key(
    "description",
    "Description",
    Shape::Long,
    "En 160 caractères au plus, ce que la page apporte. Les moteurs de recherche l'affichent.",
)
.required();
pub(crate) const ALIASES: Key = key(
    "alias",
    "Anciennes adresses",
    Shape::Texts,
    "Adresses que cette page avait avant, par exemple /guides/ancien-nom/ : le serveur envoie vers la page.",
);
pub(crate) const LEGAL_BASIS: Key = key(
    "base_legale",
    "Articles de loi",
    Shape::Texts,
    "Identifiants du registre content/droit/articles.yaml, par exemple loi-89-462-22.",
);

/// Every kind of file, the most precise path first.
pub const KINDS: &[Kind] = &[
    texts::GUIDE,
    texts::HOME,
    texts::PAGE,
    texts::TERM,
    texts::FAQ,
    texts::LETTER,
    trees::LOGIC,
    trees::QUESTION,
    trees::OUTCOME,
    trees::SCENARIOS,
    law::ARTICLES,
    law::PARAMETERS,
    data::COMMISSIONS,
    data::SYNONYMS,
    data::PLAIN_WORDS,
    data::SITE,
];

/// The kind of the file at this path.
#[must_use]
pub fn kind_at(path: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.is_at(path))
}

#[cfg(test)]
mod tests;
