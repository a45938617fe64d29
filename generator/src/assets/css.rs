//! Style sheets, read and written by `lightningcss`: what no page uses goes, addresses change, spaces go.

use super::used::Used;
use lightningcss::media_query::{MediaList, MediaQuery};
use lightningcss::properties::Property;
use lightningcss::properties::custom::CustomPropertyName;
use lightningcss::rules::CssRule;
use lightningcss::rules::font_face::{FontFaceProperty, Source as FontSource};
use lightningcss::selector::{Component, Selector};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::traits::ToCss;
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};
use std::collections::BTreeSet;
use std::convert::Infallible;

/// What is kept of a sheet, and where its addresses lead.
pub struct Keep<'a> {
    /// Names that pages, templates and scripts write.
    pub used: &'a Used,
    /// Whether a font of this address is published; a font kept keeps its WOFF2 file alone.
    pub font: &'a dyn Fn(&str) -> bool,
    /// The address to write in the place of another; `None` leaves it.
    pub address: &'a mut dyn FnMut(&str) -> Option<String>,
}

/// A fault of syntax: the line and the column, from 1, and what the reader says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in English, as the reader says it.
    pub message: String,
}

/// Reads a sheet, keeps what is used, and writes it without a useless space.
///
/// # Errors
/// The first fault of syntax. Sheets of somebody else are read with `forgiving`: a browser skips what it does not know.
pub fn keep(text: &str, forgiving: bool, keep: &mut Keep) -> Result<String, Fault> {
    let mut sheet = read(text, forgiving)?;
    let Ok(()) = sheet.visit(keep);
    written(sheet)
}

fn read(text: &str, forgiving: bool) -> Result<StyleSheet<'_>, Fault> {
    let options = ParserOptions {
        error_recovery: forgiving,
        ..ParserOptions::default()
    };
    StyleSheet::parse(text, options).map_err(|error| fault(&error))
}

/// Drops the custom properties that nothing reads, until none is left. `used`: those that scripts read.
///
/// # Errors
/// A fault of syntax.
pub fn drop_unread(text: &str, used: &Used) -> Result<String, Fault> {
    let mut text = text.to_owned();
    loop {
        let mut unread = Unread {
            read: read_properties(&text),
            used,
            dropped: false,
        };
        let mut sheet = read(&text, true)?;
        let Ok(()) = sheet.visit(&mut unread);
        let dropped = unread.dropped;
        let next = written(sheet)?;
        if !dropped {
            return Ok(next);
        }
        text = next;
    }
}

fn written(mut sheet: StyleSheet) -> Result<String, Fault> {
    let no_place = |message: String| Fault {
        line: 1,
        column: 1,
        message,
    };
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| no_place(error.kind.to_string()))?;
    let options = PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    };
    let printed = sheet
        .to_css(options)
        .map_err(|error| no_place(error.kind.to_string()))?;
    Ok(printed.code)
}

fn fault<T: std::fmt::Display>(error: &lightningcss::error::Error<T>) -> Fault {
    let (line, column) = error
        .loc
        .as_ref()
        .map_or((1, 1), |loc| (loc.line as usize + 1, loc.column as usize));
    Fault {
        line,
        column,
        message: error.kind.to_string(),
    }
}

impl<'i> Visitor<'i> for Keep<'_> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(RULES | URLS)
    }

    fn visit_rule(&mut self, rule: &mut CssRule<'i>) -> Result<(), Infallible> {
        match rule {
            CssRule::Style(style) => {
                style.selectors.0.retain(|selector| is_used(selector, self.used));
                if style.selectors.0.is_empty() {
                    *rule = CssRule::Ignored;
                    return Ok(());
                }
            }
            CssRule::Media(media) => {
                // No browser of today has this query of Internet Explorer; the system writes all of it twice.
                let queries = &mut media.query.media_queries;
                queries.retain(|query| !printed(query).contains("-ms-high-contrast"));
                if queries.is_empty() {
                    *rule = CssRule::Ignored;
                    return Ok(());
                }
            }
            CssRule::FontFace(face) => {
                let mut kept = true;
                for property in &mut face.properties {
                    let FontFaceProperty::Source(sources) = property else {
                        continue;
                    };
                    sources.retain(|source| matches!(source, FontSource::Url(file) if file.url.url.ends_with(".woff2") && (self.font)(&file.url.url)));
                    kept = !sources.is_empty();
                }
                if !kept {
                    *rule = CssRule::Ignored;
                    return Ok(());
                }
            }
            _ => {}
        }
        rule.visit_children(self)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Infallible> {
        if !url.url.starts_with('#')
            && let Some(address) = (self.address)(&url.url)
        {
            url.url = address.into();
        }
        Ok(())
    }
}

fn printed(query: &MediaQuery) -> String {
    query.to_css_string(PrinterOptions::default()).unwrap_or_default()
}

/// What is for paper alone, apart from the rest: a browser paints the screen without waiting for it.
///
/// # Errors
/// A fault of syntax.
pub fn apart_for_print(text: &str) -> Result<(String, String), Fault> {
    let part = |paper: bool| {
        let mut sheet = read(text, true)?;
        let rules = &mut sheet.rules.0;
        rules.retain(|rule| matches!(rule, CssRule::Media(media) if is_print(&media.query)) == paper);
        written(sheet)
    };
    Ok((part(false)?, part(true)?))
}

fn is_print(query: &MediaList) -> bool {
    query.media_queries.iter().all(|query| printed(query) == "print")
}

/// A selector is of use when each class that it asks for may be written; `:not` asks for nothing.
fn is_used(selector: &Selector, used: &Used) -> bool {
    selector.iter_raw_match_order().all(|part| match part {
        Component::Class(class) => used.class(&class.0),
        Component::Is(branches) | Component::Where(branches) | Component::Any(_, branches) => {
            branches.iter().any(|branch| is_used(branch, used))
        }
        _ => true,
    })
}

struct Unread<'a> {
    read: BTreeSet<String>,
    used: &'a Used,
    dropped: bool,
}

impl<'i> Visitor<'i> for Unread<'_> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(RULES)
    }

    fn visit_rule(&mut self, rule: &mut CssRule<'i>) -> Result<(), Infallible> {
        if let CssRule::Style(style) = rule {
            let before = style.declarations.declarations.len();
            style.declarations.declarations.retain(|property| match property {
                Property::Custom(custom) => match &custom.name {
                    CustomPropertyName::Custom(name) => {
                        self.read.contains(&*name.0) || self.used.property(&name.0)
                    }
                    CustomPropertyName::Unknown(_) => true,
                },
                _ => true,
            });
            self.dropped |= style.declarations.declarations.len() < before;
        }
        rule.visit_children(self)
    }
}

/// The custom properties that a sheet reads, by `var(--name)`.
fn read_properties(css: &str) -> BTreeSet<String> {
    let calls = css.split("var(").skip(1);
    let names = calls.map(|rest| {
        rest.trim_start()
            .split([',', ')', ' '])
            .next()
            .unwrap_or_default()
    });
    names
        .filter(|name| name.starts_with("--"))
        .map(ToOwned::to_owned)
        .collect()
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

    fn kept(css: &str, words: &str) -> String {
        let used = Used::of([words]);
        let mut address = |address: &str| Some(resolve("p/q/r.css", address));
        let mut kept = Keep {
            used: &used,
            font: &|file| file.contains("M."),
            address: &mut address,
        };
        keep(css, false, &mut kept).expect("a sheet")
    }

    #[test]
    fn rules_that_no_page_can_use_go() {
        let css = ".fr-a .fr-b{top:0}.fr-a,.fr-c{left:0}@media print{.fr-c{top:1px}.fr-a:not(.fr-c){top:2px}}:is(.fr-b,.fr-c){top:3px}.ml-x{top:4px}";
        assert_eq!(
            kept(css, "class=\"fr-a\""),
            ".fr-a{left:0}@media print{.fr-a:not(.fr-c){top:2px}}.ml-x{top:4px}"
        );
        assert!(
            kept(".fr-alert--info{top:0}", "fr-alert--{{ kind }}").contains("info"),
            "the end of a class is computed"
        );
    }

    #[test]
    fn what_is_for_paper_alone_stands_apart() {
        let css = "a{top:0}@media print{a{top:1px}}@media print,(width>9px){a{top:2px}}b{top:3px}";
        let (screen, print) = apart_for_print(css).expect("a sheet");
        assert_eq!(screen, "a{top:0}@media print,(width>9px){a{top:2px}}b{top:3px}");
        assert_eq!(print, "@media print{a{top:1px}}");
    }

    #[test]
    fn queries_of_dead_browsers_go() {
        let css = "@media (-ms-high-contrast:active){a{top:0}}@media (-ms-high-contrast:active),(forced-colors:active){a{top:1px}}";
        assert_eq!(kept(css, ""), "@media (forced-colors:active){a{top:1px}}");
    }

    #[test]
    fn fonts_and_addresses_are_those_that_are_published() {
        let css = "@font-face{font-family:M;src:url(../M.woff2) format('woff2'),url(../M.woff)}@font-face{font-family:N;src:url(N.woff2)}a{background:url('../x/y.svg?z#t'),url(data:image/x)}";
        let kept = kept(css, "");
        assert!(
            kept.contains("p/M.woff2") && !kept.contains("M.woff)") && !kept.contains("N.woff"),
            "{kept}"
        );
        assert!(
            kept.contains("p/x/y.svg") && kept.contains("data:image/x"),
            "{kept}"
        );
    }

    #[test]
    fn custom_properties_that_nothing_reads_go_with_those_that_only_they_read() {
        let css = ":root{--a:1px;--b:var(--c);--c:2px;--d:3px}p{top:var(--a)}";
        assert_eq!(
            drop_unread(css, &Used::of(["getPropertyValue('--d')"])).expect("a sheet"),
            ":root{--a:1px;--d:3px}p{top:var(--a)}"
        );
    }

    #[test]
    fn a_fault_has_its_place() {
        let used = Used::of([""]);
        let mut address = |_: &str| None;
        let mut kept = Keep {
            used: &used,
            font: &|_| true,
            address: &mut address,
        };
        assert_eq!(
            keep("a{}\n.b{{}\n", false, &mut kept).expect_err("a fault").line,
            2
        );
    }
}
