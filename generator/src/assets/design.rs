//! The style sheet: the design system's parts that the theme lists, then the site's own, without what no page uses.
//! What is for paper alone stands in a second one, which no screen waits for.

use super::css::{self, Keep};
use super::used::Used;
use super::{DSFR, Store, missing};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fields::Located;
use crate::source::Source;
use crate::theme::Theme;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// Icons up to this size stand inside the sheet: each would cost a request of about as many bytes. In bytes.
const INSIDE: usize = 2_000;

/// Addresses of the published sheets; those that hold nothing are not there.
#[derive(Default)]
pub(super) struct Sheets {
    pub(super) screen: Option<String>,
    pub(super) print: Option<String>,
}

/// Builds and publishes the sheets.
pub(super) fn bundle(theme: &Theme, store: &mut Store, faults: &mut Diagnostics) -> Sheets {
    let used = Used::by(store.sources);
    let mut sheet = String::new();
    for source in chosen(theme, store, faults) {
        sheet.push_str(&kept(&source, theme, &used, store, faults));
    }
    let sheet = css::drop_unread(&sheet, &used).unwrap_or(sheet);
    let (screen, print) = css::apart_for_print(&sheet).unwrap_or((sheet, String::new()));
    Sheets {
        screen: publish(screen, "site.css", store),
        print: publish(print, "papier.css", store),
    }
}

fn publish(mut sheet: String, name: &str, store: &mut Store) -> Option<String> {
    if sheet.is_empty() {
        return None;
    }
    sheet.push('\n');
    let address = super::fingerprint::address(name, sheet.as_bytes());
    store.insert(&address, sheet.into_bytes());
    Some(address)
}

/// The sheets to put together, in order: the system's, its icons, its print sheets, ours, those of components.
fn chosen(theme: &Theme, store: &Store, faults: &mut Diagnostics) -> Vec<Source> {
    let mut sheets = Vec::new();
    let mut print = Vec::new();
    for name in theme.components.iter().chain(&theme.brand.components) {
        match component(&name.value, store) {
            Some((main, after)) => {
                sheets.push(main);
                print.extend(after);
            }
            None => faults.push(unknown(name, store)),
        }
    }
    if theme.icons {
        let folder = format!("{DSFR}utility/icons/");
        let all = store.sources.under(&folder);
        // The folder itself also holds one sheet of all icons.
        let families = all.filter(|source| source.path.trim_start_matches(folder.as_str()).contains('/'));
        sheets.extend(
            families
                .filter(|source| source.path.ends_with(".main.css"))
                .cloned(),
        );
    }
    sheets.append(&mut print);
    for path in &theme.styles {
        match store.sources.text(&format!("theme/{}", path.value)) {
            Some(source) => sheets.push(source.clone()),
            None => {
                let known = store.sources.under("theme/styles/");
                faults.push(missing(
                    path,
                    known.map(|source| source.path.trim_start_matches("theme/")),
                ));
            }
        }
    }
    let components = store.sources.under("theme/components/");
    sheets.extend(components.filter(|source| source.path.ends_with(".css")).cloned());
    sheets
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

/// What is kept of a sheet, its addresses rewritten to published copies of the files that it names.
fn kept(source: &Source, theme: &Theme, used: &Used, store: &mut Store, faults: &mut Diagnostics) -> String {
    let ours = !source.path.starts_with(DSFR);
    let mut absent = Vec::new();
    let mut address = |address: &str| {
        if let Some(data) = address.strip_prefix("data:") {
            return outside(data, store);
        }
        let path = css::resolve(&source.path, address);
        let published = inside(&path, store).or_else(|| {
            let published = store.publish(&path);
            // The sheet and its files stand in the same folder.
            published.map(|address| address.trim_start_matches("/assets/").to_owned())
        });
        if published.is_none() {
            absent.push((address.to_owned(), path));
        }
        published
    };
    let is_listed = |file: &str| {
        let name = file
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".woff2");
        ours || theme.brand.fonts.iter().any(|font| font.value == name)
    };
    let mut keep = Keep {
        used,
        font: &is_listed,
        address: &mut address,
    };
    let kept = css::keep(&source.text, !ours, &mut keep).unwrap_or_else(|fault| {
        faults.push(faulty(source, &fault));
        String::new()
    });
    for (address, path) in absent {
        let message = format!("Le fichier « {address} » n'existe pas.");
        faults.push(
            Diagnostic::error("fichier-manquant", place(source, &address), message)
                .hint(format!("On l'attend dans « {path} ».")),
        );
    }
    kept
}

/// A small drawing as an address that holds it.
fn inside(path: &str, store: &Store) -> Option<String> {
    let source = store.sources.text(path).filter(|_| path.ends_with(".svg"));
    let text = match source {
        Some(source) => source.text.to_string(),
        None => String::from_utf8(store.bytes(path).filter(|_| path.ends_with(".svg"))?.to_vec()).ok()?,
    };
    if text.len() > INSIDE {
        return None;
    }
    let mut address = "data:image/svg+xml,".to_owned();
    for c in text.trim().chars() {
        match c {
            '%' | '#' | '<' | '>' | '{' | '}' | '&' => address.push_str(&format!("%{:02X}", u32::from(c))),
            '"' => address.push('\''),
            '\n' | '\r' | '\t' => address.push(' '),
            c => address.push(c),
        }
    }
    Some(address)
}

/// A drawing that stands inside a sheet and would hold up its first paint, published as a file: its address from the
/// sheet. `data`: what follows `data:`.
fn outside(data: &str, store: &mut Store) -> Option<String> {
    let (_, text) = data
        .split_once(',')
        .filter(|(kind, _)| kind.starts_with("image/svg+xml"))?;
    let drawing = percent_decode_str(text).decode_utf8().ok()?;
    if drawing.len() <= INSIDE {
        return None;
    }
    let address = super::fingerprint::address("dessin.svg", drawing.as_bytes());
    store.insert(&address, drawing.as_bytes());
    Some(address.trim_start_matches("/assets/").to_owned())
}

/// The fault of a sheet at its line.
fn faulty(source: &Source, fault: &css::Fault) -> Diagnostic {
    let lines = source.text.split_inclusive('\n').take(fault.line - 1);
    let start: usize = lines.map(str::len).sum();
    let len = source.text[start..].lines().next().unwrap_or_default().len();
    let message = format!("Cette feuille de style est fautive : {}", fault.message);
    Diagnostic::error("feuille-fautive", source.span(start..start + len), message)
        .hint("Corrigez la règle CSS : accolade, point-virgule ou nom de propriété.")
}

/// Where an address stands in the sheet of its author.
fn place(source: &Source, address: &str) -> crate::source::Span {
    let start = source.text.find(address).unwrap_or(0);
    source.span(start..start + address.len())
}
