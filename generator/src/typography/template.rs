//! No-break spaces in the words of a template, once when it is read: nothing is left to do page by page.

use super::around;

/// Elements whose text is no French prose, or is copied as it stands.
const RAW: [&str; 5] = ["code", "pre", "script", "style", "textarea"];

/// The template with no-break spaces around the double marks of its own words; what Tera computes, tags and their
/// attributes are left alone. Each space is replaced by one character: lines and columns stay.
#[must_use]
pub fn spaced(source: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(source.len() + 64), source);
    while !rest.is_empty() {
        let (words, after) = rest.split_at(next(rest));
        out.extend(set(words));
        let (apart, after) = after.split_at(aside(after));
        out.push_str(apart);
        rest = after;
    }
    out
}

/// Where words end: the next tag or mark of Tera.
fn next(text: &str) -> usize {
    let marks = ["<", "{{", "{%", "{#"].iter().filter_map(|mark| text.find(mark));
    marks.min().unwrap_or(text.len())
}

/// Length of what stands at the start and is no words: a mark of Tera, a tag, or a whole raw element.
fn aside(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    match text.get(..2) {
        Some("{{") => until("}}"),
        Some("{%") => until("%}"),
        Some("{#") => until("#}"),
        _ => match RAW.iter().find(|name| opens(text, name)) {
            Some(name) => until(&format!("</{name}>")),
            None => tag(text),
        },
    }
}

fn opens(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with([' ', '>', '\n']))
}

/// Length of a tag: its end is the first `>` outside quotes and marks of Tera, which may compare.
fn tag(text: &str) -> usize {
    let (mut quote, mut at) = (None, 0);
    while let Some(c) = text[at..].chars().next() {
        let mark = text[at..].starts_with("{{") || text[at..].starts_with("{%");
        if mark {
            at += aside(&text[at..]);
            continue;
        }
        at += c.len_utf8();
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => (),
        }
    }
    at
}

/// Words with their spaces set.
fn set(words: &str) -> impl Iterator<Item = char> {
    let mut before = None;
    words.char_indices().map(move |(at, c)| {
        let next = words[at + c.len_utf8()..].chars().next();
        let set = Some(c).filter(|c| *c == ' ').and_then(|_| around(before, next));
        before = Some(c);
        set.unwrap_or(c)
    })
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn words_get_their_spaces() {
        for (typed, set) in [
            ("<p>Et maintenant ?</p>", "<p>Et maintenant\u{202f}?</p>"),
            (
                "<b>{{ mot }}</b> : « {{ x }} » ; oui",
                "<b>{{ mot }}</b>\u{a0}: «\u{a0}{{ x }}\u{a0}»\u{202f}; oui",
            ),
            (
                "{% if a > 2 %}Attention : {% endif %}",
                "{% if a > 2 %}Attention\u{a0}: {% endif %}",
            ),
            (
                "<p{% if a > b %} class=\"x\"{% endif %}>Ceci :</p>",
                "<p{% if a > b %} class=\"x\"{% endif %}>Ceci\u{a0}:</p>",
            ),
        ] {
            assert_eq!(spaced(typed), set);
            assert_eq!(spaced(set), set, "a second pass");
        }
    }

    #[test]
    fn the_rest_stays() {
        for same in [
            "{{ a ? b }}{# quoi ? #}{% set x = \"a : b\" %}",
            "<a title=\"a > b ? c : d\">10:30</a>",
            "<textarea>a : b</textarea><code>x ? y : z</code><script>a ? b : c</script>",
            "<premier>",
            "fin {{",
        ] {
            assert_eq!(spaced(same), same);
        }
    }
}
