//! Directives: the lines `:::name{key=value} Title` and `:::` around a piece of Markdown.
//!
//! Before the one and only parse, each such line is masked by a processing instruction `<?…?>` of the same
//! length: CommonMark gives it back as one HTML event at the same place, and notes and references keep
//! working across directives.

mod arguments;
mod mask;
mod read;

pub use mask::{Line, mask};
pub use read::read;

/// What an author may write after `:::`.
#[derive(Debug)]
pub struct Spec {
    /// Name without accents.
    pub name: &'static str,
    /// Name as the documentation writes it.
    pub shown: &'static str,
    /// Allowed keys.
    pub keys: &'static [Key],
    /// Whether words must, may or must not follow.
    pub title: Title,
}

/// A key of a directive.
#[derive(Debug)]
pub struct Key {
    /// Name without accents.
    pub name: &'static str,
    /// Allowed values, without accents; empty when free.
    pub values: &'static [&'static str],
    /// Whether it must be there.
    pub required: bool,
}

/// Whether a directive has a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// It must not.
    Absent,
}

const fn key(name: &'static str, values: &'static [&'static str], required: bool) -> Key {
    Key {
        name,
        values,
        required,
    }
}

const fn spec(name: &'static str, shown: &'static str, keys: &'static [Key], title: Title) -> Spec {
    Spec {
        name,
        shown,
        keys,
        title,
    }
}

/// The directives of guides and pages.
pub const GUIDE: &[Spec] = &[
    spec("accordeon", "accordéon", &[], Title::Required),
    spec(
        "alerte",
        "alerte",
        &[key("type", &["info", "attention", "succes", "erreur"], true)],
        Title::Optional,
    ),
    spec("encart", "encart", &[], Title::Optional),
    spec("exergue", "exergue", &[], Title::Absent),
    spec("a-retenir", "à-retenir", &[], Title::Absent),
    spec("loi", "loi", &[key("article", &[], true)], Title::Absent),
    spec(
        "cas",
        "cas",
        &[key("profil", &["locataire", "bailleur"], true)],
        Title::Optional,
    ),
    spec("tableau", "tableau", &[key("legende", &[], true)], Title::Absent),
    spec("bouton", "bouton", &[key("adresse", &[], true)], Title::Required),
];

/// The directive of letters, and of outcomes beside those of guides: a piece that depends on a fact.
pub const CONDITION: &[Spec] = &[spec("si", "si", &[], Title::Required)];

/// Small letters without French accents or ligatures: « À-retenir » gives `a-retenir`.
#[must_use]
pub fn without_accents(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(|c| -> Vec<char> {
            match c {
                'à' | 'â' | 'ä' => vec!['a'],
                'é' | 'è' | 'ê' | 'ë' => vec!['e'],
                'î' | 'ï' => vec!['i'],
                'ô' | 'ö' => vec!['o'],
                'ù' | 'û' | 'ü' => vec!['u'],
                'ÿ' => vec!['y'],
                'ç' => vec!['c'],
                'œ' => vec!['o', 'e'],
                'æ' => vec!['a', 'e'],
                other => vec![other],
            }
        })
        .collect()
}
