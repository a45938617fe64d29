//! Directives: the lines `:::name{key=value} Title` and `:::` around a piece of Markdown.
//!
//! Before the one and only parse, each such line is masked by a processing instruction `<?…?>` of the same
//! length: CommonMark gives it back as one HTML event at the same place, and notes and references keep
//! working across directives.

use super::fields::Located;
use crate::body::Directive;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{Source, Span};
use std::ops::Range;

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

/// A masked line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes from the first `:` to the end of the words, in the text given to [`mask`].
    pub range: Range<usize>,
    /// Whether it closes (a bare `:::`).
    pub closes: bool,
}

/// Masks the directive lines of `text`, outside fenced code. Lengths do not change.
#[must_use]
pub fn mask(text: &str) -> (String, Vec<Line>) {
    let mut masked = String::with_capacity(text.len());
    let mut lines = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let words = content.trim_end();
        let first = offset + (line.len() - content.len());
        toggle_fence(&mut fence, words);
        if fence.is_none() && words.starts_with(":::") {
            let range = first..first + words.len();
            masked.push_str(&line[..line.len() - content.len()]);
            masked.push_str(&hidden(words.len()));
            masked.push_str(&content[words.len()..]);
            lines.push(Line {
                range,
                closes: words.chars().all(|c| c == ':'),
            });
        } else {
            masked.push_str(line);
        }
        offset += line.len();
    }
    (masked, lines)
}

/// A processing instruction of `len` bytes (at least 3).
fn hidden(len: usize) -> String {
    match len {
        0..=3 => "<?>".to_owned(),
        _ => format!("<?{}?>", "x".repeat(len - 4)),
    }
}

fn toggle_fence(fence: &mut Option<(char, usize)>, line: &str) {
    let Some(mark) = line.chars().next().filter(|c| matches!(c, '`' | '~')) else {
        return;
    };
    let count = line.chars().take_while(|c| *c == mark).count();
    match *fence {
        None if count >= 3 && !(mark == '`' && line[count..].contains('`')) => *fence = Some((mark, count)),
        Some((open, len)) if open == mark && count >= len && line[count..].trim().is_empty() => *fence = None,
        _ => {}
    }
}

/// Reads an opening line. Faults are reported; an unknown name gives nothing back.
pub fn read(
    source: &Source,
    range: Range<usize>,
    known: &[&'static [Spec]],
    faults: &mut Diagnostics,
) -> Option<Directive> {
    let text = &source.text[range.clone()];
    let colons = text.len() - text.trim_start_matches(':').len();
    let start = range.start + colons + leading_spaces(&text[colons..]);
    let rest = &source.text[start..range.end];
    let name_len = rest
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(rest.len());
    let name_span = source.span(start..start + name_len);
    let spec = find(&rest[..name_len], &name_span, known, faults)?;
    let (args, title_start) = arguments(source, start + name_len..range.end, spec, faults);
    let title = &source.text[title_start..range.end];
    let title_start = title_start + leading_spaces(title);
    let title = Located {
        value: title.trim().to_owned(),
        span: source.span(title_start..range.end),
    };
    check_title(spec, &title, &source.span(range), faults);
    Some(Directive {
        name: spec.name,
        name_span,
        args,
        title,
    })
}

fn leading_spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn find(
    name: &str,
    span: &Span,
    known: &[&'static [Spec]],
    faults: &mut Diagnostics,
) -> Option<&'static Spec> {
    let specs = || known.iter().flat_map(|list| list.iter());
    let plain = without_accents(name);
    if let Some(spec) = specs().find(|spec| spec.name == plain) {
        return Some(spec);
    }
    let hint = nearest(&plain, specs().map(|spec| spec.name))
        .and_then(|near| specs().find(|spec| spec.name == near))
        .map_or_else(
            || {
                let names: Vec<_> = specs().map(|spec| spec.shown).collect();
                format!("Directives possibles : {}.", names.join(", "))
            },
            |spec| format!("Vouliez-vous dire « :::{} » ?", spec.shown),
        );
    let message = format!("La directive « {name} » n'existe pas ici.");
    faults.push(Diagnostic::error("directive-inconnue", span.clone(), message).hint(hint));
    None
}

fn check_title(spec: &Spec, title: &Located<String>, line: &Span, faults: &mut Diagnostics) {
    let shown = spec.shown;
    match (spec.title, title.value.is_empty()) {
        (Title::Required, true) => faults.push(
            Diagnostic::error(
                "directive-titre",
                line.clone(),
                format!("La directive « {shown} » attend des mots sur la même ligne."),
            )
            .hint(format!("Écrivez : « :::{shown} Vos mots ».")),
        ),
        (Title::Absent, false) => faults.push(
            Diagnostic::error(
                "directive-titre",
                title.span.clone(),
                format!("La directive « {shown} » n'a pas de titre."),
            )
            .hint("Passez à la ligne avant d'écrire ce texte."),
        ),
        _ => {}
    }
}

type Args = Vec<(&'static str, Located<String>)>;

/// Reads `{key=value key="two words"}` when it is there; gives back where the title starts.
fn arguments(source: &Source, range: Range<usize>, spec: &Spec, faults: &mut Diagnostics) -> (Args, usize) {
    let mut args = Args::new();
    let text = &source.text[range.clone()];
    if !text.starts_with('{') {
        missing(spec, &args, &source.span(range.start..range.start), faults);
        return (args, range.start);
    }
    let mut cursor = Cursor { text, at: 1 };
    let before = faults.iter().count();
    loop {
        cursor.skip(|c| c.is_whitespace() || c == ',');
        let from = cursor.at;
        if cursor.eat('}') {
            break;
        }
        let name = cursor.take(|c| !c.is_whitespace() && !matches!(c, '=' | '}'));
        let key_span = source.span(range.start + from..range.start + cursor.at);
        if name.is_empty() || !cursor.eat('=') {
            faults.push(
                Diagnostic::error(
                    "directive-cle",
                    source.span(range.start + from..range.end),
                    "On attend ici « clé=valeur » ou « } ».",
                )
                .hint("Écrivez par exemple : {type=attention} ou {légende=\"Deux mots\"}."),
            );
            return (args, range.end);
        }
        let quoted = cursor.eat('"');
        let from = cursor.at;
        let value = cursor.take(|c| {
            if quoted {
                c != '"'
            } else {
                !c.is_whitespace() && c != '}'
            }
        });
        let value = Located {
            value: value.to_owned(),
            span: source.span(range.start + from..range.start + cursor.at),
        };
        if quoted && !cursor.eat('"') {
            faults.push(
                Diagnostic::error(
                    "directive-cle",
                    value.span,
                    "Ce texte entre guillemets n'est pas fermé.",
                )
                .hint("Ajoutez un guillemet droit (\") à la fin de la valeur."),
            );
            return (args, range.end);
        }
        args.extend(argument(name, key_span, value, spec, faults));
    }
    // A misspelt key is told once, not also as a missing one.
    if faults.iter().count() == before {
        missing(
            spec,
            &args,
            &source.span(range.start..range.start + cursor.at),
            faults,
        );
    }
    (args, range.start + cursor.at)
}

fn argument(
    name: &str,
    key_span: Span,
    mut value: Located<String>,
    spec: &Spec,
    faults: &mut Diagnostics,
) -> Option<(&'static str, Located<String>)> {
    let plain = without_accents(name);
    let Some(key) = spec.keys.iter().find(|key| key.name == plain) else {
        let hint = nearest(&plain, spec.keys.iter().map(|key| key.name)).map_or_else(
            || match spec.keys {
                [] => "Retirez les accolades : cette directive n'a pas de clé.".to_owned(),
                keys => format!("Clés possibles : {}.", names(keys)),
            },
            |known| format!("Vouliez-vous dire « {known} » ?"),
        );
        let message = format!("« {name} » n'est pas une clé de la directive « {} ».", spec.shown);
        faults.push(Diagnostic::error("directive-cle", key_span, message).hint(hint));
        return None;
    };
    if !key.values.is_empty() {
        let plain = without_accents(&value.value);
        if !key.values.contains(&plain.as_str()) {
            let hint = nearest(&plain, key.values.iter().copied()).map_or_else(
                || format!("Valeurs possibles : {}.", key.values.join(", ")),
                |known| {
                    format!(
                        "Vouliez-vous dire « {known} » ? Valeurs possibles : {}.",
                        key.values.join(", ")
                    )
                },
            );
            let message = format!("« {} » n'est pas une valeur de « {name} ».", value.value);
            faults.push(Diagnostic::error("directive-valeur", value.span, message).hint(hint));
            return None;
        }
        value.value = plain;
    }
    Some((key.name, value))
}

fn missing(spec: &Spec, args: &Args, place: &Span, faults: &mut Diagnostics) {
    for key in spec.keys.iter().filter(|key| key.required) {
        if args.iter().all(|(name, _)| *name != key.name) {
            let message = format!("La directive « {} » attend la clé « {} ».", spec.shown, key.name);
            let value = key.values.first().copied().unwrap_or("…");
            faults.push(
                Diagnostic::error("directive-cle", place.clone(), message).hint(format!(
                    "Écrivez : « :::{}{{{}={value}}} ».",
                    spec.shown, key.name
                )),
            );
        }
    }
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let len = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn skip(&mut self, keep: impl Fn(char) -> bool) {
        self.take(keep);
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(line: &str) -> (Option<Directive>, Vec<Diagnostic>) {
        let source = Source::new("x.md", line);
        let mut faults = Diagnostics::default();
        let found = read(&source, 0..line.len(), &[GUIDE], &mut faults);
        (found, faults.sorted())
    }

    #[test]
    fn masks_lines_and_keeps_lengths() {
        let text = "a\n:::encart É\n```\n:::non\n```\n  :::\n";
        let (masked, lines) = mask(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked, "a\n<?xxxxxxxx?>\n```\n:::non\n```\n  <?>\n");
        assert_eq!(lines.len(), 2);
        assert!(!lines[0].closes && lines[1].closes);
    }

    #[test]
    fn reads_names_keys_and_titles() {
        let (found, faults) = directive(":::tableau{légende=\"Deux mots\"}");
        assert_eq!(faults, []);
        assert_eq!(
            found.expect("known").arg("legende").expect("caption").value,
            "Deux mots"
        );
        let (found, faults) = directive("::: Alerte{type=succès} Bon à savoir");
        assert_eq!(faults, []);
        let found = found.expect("known");
        assert_eq!(
            (found.name, found.title.value.as_str()),
            ("alerte", "Bon à savoir")
        );
        assert_eq!(found.arg("type").expect("type").value, "succes");
    }

    #[test]
    fn every_fault_has_a_cure() {
        for (line, rule, hint) in [
            (
                ":::encar",
                "directive-inconnue",
                "Vouliez-vous dire « :::encart » ?",
            ),
            (
                ":::alerte{typ=info}",
                "directive-cle",
                "Vouliez-vous dire « type » ?",
            ),
            (
                ":::alerte{type=atention}",
                "directive-valeur",
                "Vouliez-vous dire « attention » ?",
            ),
            (":::tableau{legende=\"x}", "directive-cle", "guillemet droit"),
            (":::tableau", "directive-cle", ":::tableau{legende=…}"),
            (":::exergue Titre", "directive-titre", "Passez à la ligne"),
            (":::bouton{adresse=/}", "directive-titre", "Vos mots"),
            (":::encart{a=b} x", "directive-cle", "Retirez les accolades"),
        ] {
            let faults = directive(line).1;
            let found = faults.iter().find(|fault| fault.rule == rule);
            let text = found.and_then(|fault| fault.hint.clone()).unwrap_or_default();
            assert!(text.contains(hint), "{line}: {faults:?}");
        }
    }
}
