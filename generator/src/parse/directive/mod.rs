//! Directives: the lines `:::name{key=value} Title` and `:::` around a piece of Markdown.
//!
//! Before the one and only parse, each such line is masked by a processing instruction `<?…?>` of the same
//! length: CommonMark gives it back as one HTML event at the same place, and notes and references keep
//! working across directives. The lines `??? Title` and `???` of the first version of the site are read alike.

mod arguments;
mod known;
mod mask;
mod old;
mod read;

pub use known::{CONDITION, GUIDE, Key, Spec, Title};
pub use mask::{Line, mask};
pub use read::read;

/// The identifiers of a key that takes several, parted by commas.
pub fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

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
