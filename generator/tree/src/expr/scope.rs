//! The names that an expression may use.

use crate::model::{Choice, Kind, Parameter, Unit};

/// What a name stands for: an index in the list of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Name {
    Question(usize),
    Fact(usize),
    Figure(usize),
    Field(usize),
    Today,
}

/// What the type checker needs of a question.
#[derive(Debug, Clone)]
pub(crate) struct KnownQuestion {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) choices: Vec<Choice>,
}

/// Declared names and what they stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// Names with single spaces and straight apostrophes, longest first.
    names: Vec<(String, Name)>,
    pub(crate) questions: Vec<KnownQuestion>,
    /// Units of the figures.
    pub(crate) figures: Vec<Unit>,
    pub(crate) parameters: Vec<Parameter>,
}

impl Scope {
    /// Adds a name. Returns false when it is already taken.
    pub(crate) fn declare(&mut self, name: &str, stands_for: Name) -> bool {
        let name = normal(name);
        if self.names.iter().any(|(known, _)| *known == name) {
            return false;
        }
        let at = self.names.partition_point(|(known, _)| known.len() >= name.len());
        self.names.insert(at, (name, stands_for));
        true
    }

    /// The names, longest first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// What a whole text stands for.
    pub(crate) fn find(&self, name: &str) -> Option<Name> {
        let name = normal(name);
        self.names
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, found)| *found)
    }

    /// The name of a thing, as declared.
    pub(crate) fn text_of(&self, of: Name) -> Option<&str> {
        self.names
            .iter()
            .find(|(_, found)| *found == of)
            .map(|(name, _)| name.as_str())
    }

    /// The longest declared name that starts at `at`, and where it ends.
    pub(crate) fn longest(&self, text: &str, at: usize) -> Option<(Name, usize)> {
        self.names
            .iter()
            .find_map(|(name, found)| Some((*found, matches_at(name, text, at)?)))
    }
}

/// A name with single spaces and straight apostrophes.
pub(crate) fn normal(name: &str) -> String {
    name.replace('’', "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where `name` ends when it stands at `at`, as whole words.
fn matches_at(name: &str, text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for expected in name.chars() {
        let rest = text.get(end..)?;
        if expected == ' ' {
            let blank = rest.len() - rest.trim_start().len();
            if blank == 0 {
                return None;
            }
            end += blank;
            continue;
        }
        let found = rest.chars().next()?;
        let same = found == expected || expected == '\'' && found == '’';
        if !same {
            return None;
        }
        end += found.len_utf8();
    }
    let mut after = text[end..].chars();
    let goes_on = match after.next() {
        Some('-' | '\'' | '’' | '_') => after.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!goes_on).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_name_wins() {
        let mut scope = Scope::default();
        assert!(scope.declare("date", Name::Question(0)));
        assert!(scope.declare("date limite", Name::Figure(0)));
        assert!(scope.declare("delai d'un mois", Name::Fact(0)));
        assert!(!scope.declare("date  limite", Name::Fact(2)));
        assert_eq!(
            scope.longest("date\n  limite + 1", 0),
            Some((Name::Figure(0), 13))
        );
        assert_eq!(scope.longest("date + 1", 0), Some((Name::Question(0), 4)));
        assert_eq!(scope.longest("date-cles", 0), None);
        assert_eq!(
            scope.longest("delai d’un mois", 0).map(|(name, _)| name),
            Some(Name::Fact(0))
        );
    }
}
