//! The one style sheet: the design system's parts that the theme lists, then the site's own.

use super::css::{self, Rule};
use super::{DSFR, Store, missing};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::source::Source;
use crate::theme::Theme;
use std::collections::BTreeSet;

/// Builds and publishes the sheet; gives back its address, or nothing when the theme lists none.
pub(super) fn bundle(theme: &Theme, store: &mut Store, faults: &mut Diagnostics) -> Option<String> {
    let mut sheet = String::new();
    let mut print = String::new();
    for name in theme.components.iter().chain(&theme.brand.components) {
        match component(&name.value, store) {
            Some((main, after)) => {
                add(&main, theme, store, &mut sheet, faults);
                if let Some(after) = after {
                    add(&after, theme, store, &mut print, faults);
                }
            }
            None => faults.push(unknown(name, store)),
        }
    }
    if theme.icons {
        icons(store, &mut sheet, faults);
    }
    sheet.push_str(&print);
    for path in &theme.styles {
        match store.sources.text(&format!("theme/{}", path.value)) {
            Some(source) => add(source, theme, store, &mut sheet, faults),
            None => {
                let known = store.sources.under("theme/styles/");
                faults.push(missing(
                    path,
                    known.map(|source| source.path.trim_start_matches("theme/")),
                ));
            }
        }
    }
    let sources = store.sources;
    for source in sources
        .under("theme/components/")
        .filter(|source| source.path.ends_with(".css"))
    {
        add(source, theme, store, &mut sheet, faults);
    }
    if sheet.is_empty() {
        return None;
    }
    sheet.push('\n');
    let address = super::fingerprint::address("site.css", sheet.as_bytes());
    store.insert(&address, sheet.into_bytes());
    Some(address)
}

/// The sheet of a component and its print sheet.
fn component(name: &str, store: &Store) -> Option<(Source, Option<Source>)> {
    let folders = [
        format!("{DSFR}{name}/{name}"),
        format!("{DSFR}component/{name}/{name}"),
    ];
    folders.iter().find_map(|base| {
        let text = |suffix: &str| store.sources.text(&format!("{base}{suffix}")).cloned();
        let main = text(".main.css").or_else(|| text(".css"))?;
        Some((main, text(".print.css")))
    })
}

fn unknown(name: &Located<String>, store: &Store) -> Diagnostic {
    let folder = format!("{DSFR}component/");
    let known: BTreeSet<&str> = store
        .sources
        .under(&folder)
        .filter_map(|source| source.path.trim_start_matches(folder.as_str()).split('/').next())
        .collect();
    missing(name, known)
}

/// Adds a sheet, its addresses rewritten to published copies of the files that it names.
fn add(source: &Source, theme: &Theme, store: &mut Store, sheet: &mut String, faults: &mut Diagnostics) {
    let tight = css::tighten(&source.text);
    for rule in css::rules(&tight) {
        add_rule(&rule, source, theme, store, sheet, faults);
    }
}

fn add_rule(
    rule: &Rule,
    source: &Source,
    theme: &Theme,
    store: &mut Store,
    sheet: &mut String,
    faults: &mut Diagnostics,
) {
    if rule.prelude.starts_with("@charset") || rule.text.ends_with("{}") {
        return;
    }
    let mut text = rule.text.to_owned();
    if rule.prelude == "@font-face" && source.path.starts_with(DSFR) {
        let Some(kept) = font_face(rule, theme) else {
            return;
        };
        text = kept;
    }
    let rewritten = css::rewrite(&text, |address| {
        let path = css::resolve(&source.path, address);
        let published = store.publish(&path);
        if published.is_none() {
            faults.push(
                Diagnostic::error(
                    "fichier-manquant",
                    place(source, address),
                    format!("Le fichier « {address} » n'existe pas."),
                )
                .hint(format!("On l'attend dans « {path} ».")),
            );
        }
        // The sheet and its files stand in the same folder.
        published.map(|address| address.trim_start_matches("/assets/").to_owned())
    });
    sheet.push_str(&rewritten);
}

/// Where an address stands in the sheet of its author.
fn place(source: &Source, address: &str) -> crate::source::Span {
    let start = source.text.find(address).unwrap_or(0);
    source.span(start..start + address.len())
}

/// A font is kept when the brand lists it, and only in its modern format.
fn font_face(rule: &Rule, theme: &Theme) -> Option<String> {
    let font = theme
        .brand
        .fonts
        .iter()
        .find(|font| rule.text.contains(&format!("/{}.woff2", font.value)))?;
    let start = rule.text.find("src:")?;
    let end = rule.text[start..].find([';', '}'])? + start;
    let source = format!("src: url(\"../fonts/{}.woff2\") format(\"woff2\")", font.value);
    Some(format!("{}{source}{}", &rule.text[..start], &rule.text[end..]))
}

/// The rules of the icon classes that templates, scripts or texts write.
fn icons(store: &mut Store, sheet: &mut String, faults: &mut Diagnostics) {
    let used = used_icons(store);
    let folder = format!("{DSFR}utility/icons/");
    let sources = store.sources;
    let sheets = sources
        .under(&folder)
        .filter(|source| source.path.ends_with(".main.css"));
    // The folder itself also holds one sheet of all icons.
    for source in sheets.filter(|source| source.path.trim_start_matches(folder.as_str()).contains('/')) {
        let tight = css::tighten(&source.text);
        for rule in css::rules(&tight) {
            let class = rule
                .prelude
                .trim_start_matches('.')
                .split([':', ','])
                .next()
                .unwrap_or_default();
            if used.contains(class) {
                add_rule(&rule, source, &Theme::default(), store, sheet, faults);
            }
        }
    }
}

fn used_icons(store: &Store) -> BTreeSet<String> {
    let folders = ["theme/layouts/", "theme/components/", "theme/scripts/"];
    let mut used = BTreeSet::new();
    for source in folders.iter().flat_map(|folder| store.sources.under(folder)) {
        for (at, _) in source.text.match_indices("fr-icon-") {
            let rest = &source.text[at..];
            let len = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(rest.len());
            used.insert(rest[..len].to_owned());
        }
    }
    used
}
