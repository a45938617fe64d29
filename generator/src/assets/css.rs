//! Just enough CSS: cutting a sheet into its top-level rules, tightening it, and rewriting `url(…)`.

/// A top-level rule: what stands before the braces, and the whole text.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule<'a> {
    /// Selector or at-rule, without its braces.
    pub prelude: &'a str,
    /// The rule whole, from its first character to its last brace or semicolon.
    pub text: &'a str,
}

/// Drops comments and the spaces that carry no meaning. Strings and `url(…)` stay as they are.
#[must_use]
pub fn tighten(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let len = if rest.starts_with("/*") {
            // A comment parts two words as a space does.
            soften(&mut out);
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if matches!(c, '"' | '\'') || rest.starts_with("url(") {
            let len = opaque(rest);
            out.push_str(&rest[..len]);
            len
        } else if c.is_whitespace() {
            soften(&mut out);
            c.len_utf8()
        } else {
            if matches!(c, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            c.len_utf8()
        };
        rest = &rest[len..];
    }
    out
}

/// Writes one space unless the last mark makes it useless.
fn soften(out: &mut String) {
    if !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ' ']) {
        out.push(' ');
    }
}

/// Length of the string or of the `url(…)` that opens `text`.
fn opaque(text: &str) -> usize {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        return string(text, quote);
    }
    let inside = text[4..].trim_start();
    let skipped = text.len() - inside.len();
    match inside.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => {
            let end = skipped + string(inside, quote);
            text[end..].find(')').map_or(text.len(), |at| end + at + 1)
        }
        None => text.find(')').map_or(text.len(), |end| end + 1),
    }
}

fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The top-level rules of a tightened sheet, in order.
#[must_use]
pub fn rules(css: &str) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    let (mut start, mut at, mut depth, mut brace) = (0, 0, 0_usize, None);
    while at < css.len() {
        let rest = &css[at..];
        let Some(c) = rest.chars().next() else { break };
        if matches!(c, '"' | '\'') || rest.starts_with("url(") {
            at += opaque(rest);
            continue;
        }
        at += c.len_utf8();
        match c {
            '{' => {
                brace = brace.or(Some(at - 1));
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            let text = css[start..at].trim();
            let prelude = css[start..brace.unwrap_or(at)].trim();
            rules.push(Rule { prelude, text });
            (start, brace) = (at, None);
        }
    }
    rules
}

/// Rewrites each `url(…)` through `map`; `None` leaves it. `data:` addresses are never asked about.
pub fn rewrite(css: &str, mut map: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let len = opaque(&rest[start..]);
        let call = &rest[start..start + len];
        let address = call[4..].trim_end_matches(')').trim().trim_matches(['"', '\'']);
        out.push_str(&rest[..start]);
        let mapped = if address.starts_with("data:") || address.starts_with('#') {
            None
        } else {
            map(address)
        };
        match mapped {
            Some(mapped) => out.push_str(&format!("url(\"{mapped}\")")),
            None => out.push_str(call),
        }
        rest = &rest[start + len..];
    }
    out.push_str(rest);
    out
}

/// The path of `address` seen from the folder of `from`: `a/b/c.css` and `../d.svg` give `a/d.svg`.
#[must_use]
pub fn resolve(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split(['?', '#']).next().unwrap_or_default().split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tightens_without_touching_strings() {
        let css = "/* a */\n.a :hover ,\n.b { content: \" ; /* x */ \" ; d: url( \"data:a,{;}\" ) ; }\n";
        assert_eq!(
            tighten(css),
            ".a :hover,.b{content: \" ; /* x */ \";d: url( \"data:a,{;}\" )}"
        );
        assert_eq!(tighten("a/**/b"), "a b");
        assert_eq!(tighten("a { b: \"\\\"}\" }"), "a{b: \"\\\"}\"}");
    }

    #[test]
    fn cuts_top_level_rules() {
        let css = tighten("@charset \"UTF-8\";\n@media (a) { .b { c: d } .e { f: g } }\n.h { i: '}' }");
        let preludes: Vec<_> = rules(&css).into_iter().map(|rule| rule.prelude).collect();
        assert_eq!(preludes, ["@charset \"UTF-8\";", "@media (a)", ".h"]);
    }

    #[test]
    fn rewrites_addresses_relative_to_their_sheet() {
        let css = "a{b:url('../x/y.svg?z#t') url(data:image/x) url(k.png)}";
        let out = rewrite(css, |address| Some(resolve("p/q/r.css", address)));
        assert_eq!(
            out,
            "a{b:url(\"p/x/y.svg\") url(data:image/x) url(\"p/q/k.png\")}"
        );
    }
}
