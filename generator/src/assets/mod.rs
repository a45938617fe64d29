//! Style sheets, fonts, icons and scripts: bundled, fingerprinted, listed by the address that serves them.

pub mod compress;
pub mod css;
pub mod design;
pub mod fingerprint;
pub mod scripts;
pub mod used;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::output::Output;
use crate::parse::fields::Located;
use crate::render::context::Favicons;
use crate::source::Sources;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the design system stands once installed.
pub const DSFR: &str = "theme/node_modules/@gouvfr/dsfr/dist/";
const FILES: [(&str, &str); 3] = [
    ("theme/images/", "images/"),
    ("content/images/", "/images/"),
    ("content/fichiers/", "/fichiers/"),
];

/// The published files, and the addresses that pages need.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// Address by path below `theme/` (`scripts/tree/reader.js`, `images/favicon.svg`), or by address as
    /// authors write it (`/images/plan.png`).
    pub addresses: Arc<BTreeMap<String, String>>,
    /// Weight in bytes of the files of `content`, by address as authors write it.
    pub sizes: Arc<BTreeMap<String, usize>>,
    /// Style sheets of every page, in order.
    pub styles: Vec<String>,
    /// Style sheet of every page for paper alone; empty without one.
    pub print_style: String,
    /// Module scripts of every page.
    pub scripts: Vec<String>,
    /// Module scripts of the pages that the form service fills.
    pub service_scripts: Vec<String>,
    /// The script that runs before the first paint; empty without one.
    pub scheme_script: String,
    /// Fonts to preload.
    pub fonts: Vec<String>,
    /// Icons of the site.
    pub favicons: Favicons,
}

/// A store of published files: the same file is published once.
pub(crate) struct Store<'a> {
    sources: &'a Sources,
    output: Output,
    addresses: BTreeMap<String, String>,
}

impl Store<'_> {
    /// The bytes of a source file, text or not.
    fn bytes(&self, path: &str) -> Option<Arc<[u8]>> {
        let text = self
            .sources
            .text(path)
            .map(|source| Arc::from(source.text.as_bytes()));
        text.or_else(|| self.sources.bytes.get(path).cloned())
    }

    /// Publishes a source file under a fingerprinted name; gives back its address.
    fn publish(&mut self, path: &str) -> Option<String> {
        if let Some(address) = self.addresses.get(path) {
            return Some(address.clone());
        }
        let bytes = self.bytes(path)?;
        let address = fingerprint::address(path, &bytes);
        self.insert(&address, bytes);
        self.addresses.insert(path.to_owned(), address.clone());
        Some(address)
    }

    /// Writes bytes at an address. Equal names have equal bytes: the second is dropped.
    fn insert(&mut self, address: &str, bytes: impl Into<Arc<[u8]>>) {
        let path = address.trim_start_matches('/');
        if self.output.get(path).is_none() {
            // The path was just seen to be free.
            let _ = self.output.insert(path, bytes);
        }
    }
}

/// Publishes everything that the theme lists.
#[must_use]
pub fn publish(theme: &Theme, sources: &Sources) -> (Assets, Output, Diagnostics) {
    let mut faults = Diagnostics::default();
    let mut store = Store {
        sources,
        output: Output::default(),
        addresses: BTreeMap::new(),
    };
    let mut named = publish_scripts(&mut store, &mut faults);
    let mut sizes = BTreeMap::new();
    for (folder, prefix) in FILES {
        for path in paths(sources, folder) {
            let size = store.bytes(&path).map_or(0, |bytes| bytes.len());
            if let Some(address) = store.publish(&path) {
                let written = path.replacen(folder, prefix, 1);
                sizes.insert(written.clone(), size);
                named.insert(written, address);
            }
        }
    }
    let sheets = design::bundle(theme, &mut store, &mut faults);
    let fonts = theme.brand.preload.iter();
    let fonts = fonts
        .filter_map(|font| font_address(font, &mut store, &mut faults))
        .collect();
    let mut icon = |wanted: &Option<Located<String>>| icon_address(wanted.as_ref(), &mut store, &mut faults);
    let favicons = Favicons {
        svg: icon(&theme.brand.svg),
        ico: icon(&theme.brand.ico),
        apple: icon(&theme.brand.apple),
    };
    let mut script = |path: &Located<String>| listed(path, &named, &mut faults);
    let assets = Assets {
        styles: sheets.screen.into_iter().collect(),
        print_style: sheets.print.unwrap_or_default(),
        scripts: theme.page_scripts.iter().filter_map(&mut script).collect(),
        service_scripts: theme.service_scripts.iter().filter_map(&mut script).collect(),
        scheme_script: theme.scheme_script.as_ref().and_then(script).unwrap_or_default(),
        fonts,
        favicons,
        addresses: Arc::new(named),
        sizes: Arc::new(sizes),
    };
    (assets, store.output, faults)
}

fn paths(sources: &Sources, folder: &str) -> Vec<String> {
    let texts = sources.texts.keys();
    let all = texts.chain(sources.bytes.keys());
    all.filter(|path| path.starts_with(folder))
        .map(ToString::to_string)
        .collect()
}

/// Publishes the scripts; gives back their addresses by path below `theme/`.
fn publish_scripts(store: &mut Store, faults: &mut Diagnostics) -> BTreeMap<String, String> {
    let (hash, scripts) = scripts::chosen(store.sources, faults);
    let mut named = BTreeMap::new();
    for script in scripts {
        let address = format!("/assets/s-{hash}/{}", script.name);
        store.insert(&address, script.text.as_bytes());
        named.insert(format!("scripts/{}", script.name), address);
    }
    named
}

fn listed(
    path: &Located<String>,
    named: &BTreeMap<String, String>,
    faults: &mut Diagnostics,
) -> Option<String> {
    let found = named.get(&path.value).cloned();
    if found.is_none() {
        faults.push(missing(path, named.keys().map(String::as_str)));
    }
    found
}

fn missing<'a>(path: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let hint = nearest(&path.value, known).map_or_else(
        || "Vérifiez le nom, ou créez le fichier.".to_owned(),
        |known| format!("Vouliez-vous dire « {known} » ?"),
    );
    let message = format!("Le fichier « {} » n'existe pas.", path.value);
    Diagnostic::error("fichier-manquant", path.span.clone(), message).hint(hint)
}

fn font_address(font: &Located<String>, store: &mut Store, faults: &mut Diagnostics) -> Option<String> {
    let address = store.publish(&format!("{DSFR}fonts/{}.woff2", font.value));
    if address.is_none() {
        faults.push(missing(font, []));
    }
    address
}

fn icon_address(wanted: Option<&Located<String>>, store: &mut Store, faults: &mut Diagnostics) -> String {
    let Some(wanted) = wanted else {
        return String::new();
    };
    let folder = if wanted.value.starts_with("images/") {
        "theme/"
    } else {
        DSFR
    };
    let address = store.publish(&format!("{folder}{}", wanted.value));
    if address.is_none() {
        faults.push(missing(wanted, []));
    }
    address.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::theme;
    use crate::site::Brand;

    fn sources() -> Sources {
        let mut sources = Sources::default();
        sources.insert(
            theme::THEME,
            "dsfr: {composants: [core, alerte], marques: {etat: {polices: [M], precharge: [M]}}}\nstyles: [styles/a.css]\nscripts: {pages: [scripts/b/c.js, scripts/b/d.js]}\n",
        );
        sources.insert(&format!("{DSFR}core/core.main.css"), "@charset \"UTF-8\";\n@font-face { src: url(\"../fonts/M.woff2\") format(\"woff2\"), url(\"../fonts/M.woff\") format(\"woff\"); }\n@font-face { src: url(\"../fonts/N.woff2\") }\n/* x */ .a > .b , c { d : url(../icons/x.svg) ; }\n");
        sources.insert(&format!("{DSFR}component/alert/alert.main.css"), "");
        sources
            .bytes
            .insert(format!("{DSFR}fonts/M.woff2").into(), [1, 2].as_slice().into());
        sources
            .bytes
            .insert(format!("{DSFR}icons/x.svg").into(), b"<svg/>".as_slice().into());
        sources.insert("theme/styles/a.css", ".z { color: red }\n");
        sources.insert("theme/scripts/b/c.js", "import './e.js'\n");
        sources.insert("theme/scripts/b/e.js", "1\n");
        sources
    }

    #[test]
    fn bundles_only_what_is_referenced() {
        let sources = sources();
        let theme = theme::parse(&sources, Brand::State, &mut Diagnostics::default());
        let (assets, output, faults) = publish(&theme, &sources);
        let sheet = assets.styles[0].trim_start_matches('/');
        let css = String::from_utf8(output.get(sheet).expect("a sheet").to_vec()).expect("UTF-8");
        assert!(
            !css.contains("charset") && !css.contains("N.woff2") && !css.contains("woff\")"),
            "{css}"
        );
        assert!(css.ends_with(".z{color:red}\n"), "{css}");
        let names: Vec<_> = output.files().map(|(path, _)| path.to_owned()).collect();
        assert_eq!(names.iter().filter(|name| name.ends_with(".woff2")).count(), 1);
        assert!(
            css.contains(&format!(
                "url({})",
                assets.fonts[0].trim_start_matches("/assets/")
            )),
            "{css}"
        );
        assert!(names.iter().any(|name| name.ends_with("/b/e.js")), "{names:?}");
        assert_eq!(assets.scripts.len(), 1);
        let faults = faults.sorted();
        let hints: Vec<_> = faults.iter().filter_map(|fault| fault.hint.as_deref()).collect();
        assert_eq!(
            hints,
            [
                "Vouliez-vous dire « alert » ?",
                "Vouliez-vous dire « scripts/b/c.js » ?"
            ]
        );
    }

    #[test]
    fn a_changed_script_changes_the_address_of_all() {
        let theme = Theme::default();
        let before = publish(&theme, &sources()).0;
        let mut changed = sources();
        changed.insert("theme/scripts/b/e.js", "2\n");
        let after = publish(&theme, &changed).0;
        assert_ne!(
            before.addresses["scripts/b/c.js"],
            after.addresses["scripts/b/c.js"]
        );
    }
}
