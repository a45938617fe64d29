//! `theme/theme.yaml` and the list of templates.

use super::fields::Fields;
use super::yaml::{self, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::Brand;
use crate::source::{Source, Sources};
use crate::theme::{BrandAssets, Template, Theme};

/// Path of the list of style sheets, fonts and scripts.
pub const THEME: &str = "theme/theme.yaml";
const LAYOUTS: &str = "theme/layouts/";
const COMPONENTS: &str = "theme/components/";

/// Reads the theme for a brand.
pub fn parse(sources: &Sources, brand: Brand, faults: &mut Diagnostics) -> Theme {
    let mut theme = sources
        .text(THEME)
        .and_then(|source| design(source, brand, faults))
        .unwrap_or_default();
    if sources.text(THEME).is_none() {
        faults.push(Diagnostic::error_nowhere(
            "fichier-manquant",
            format!("Le fichier « {THEME} » n'existe pas."),
        ));
    }
    theme.templates = templates(sources);
    theme
}

/// Layouts go by their name in `layouts/`, components by their path in `theme/`.
fn templates(sources: &Sources) -> Vec<Template> {
    let html = |source: &&Source| source.path.ends_with(".html");
    let layouts = sources.under(LAYOUTS).filter(html).map(|source| Template {
        name: source.path.trim_start_matches(LAYOUTS).to_owned(),
        source: source.clone(),
    });
    let components = sources.under(COMPONENTS).filter(html).map(|source| Template {
        name: source.path.trim_start_matches("theme/").to_owned(),
        source: source.clone(),
    });
    layouts.chain(components).collect()
}

fn design(source: &Source, brand: Brand, faults: &mut Diagnostics) -> Option<Theme> {
    let node = yaml::parse(source, 0..source.text.len())
        .map_err(|fault| faults.push(fault))
        .ok()?;
    let mut fields = Fields::new(&node, faults);
    let dsfr = fields.node("dsfr");
    let styles = fields.texts("styles");
    let scripts = fields.node("scripts");
    fields.finish();
    let mut theme = Theme {
        styles,
        ..Theme::default()
    };
    if let Some(node) = dsfr {
        system(node, brand, &mut theme, faults);
    }
    if let Some(node) = scripts {
        let mut fields = Fields::new(node, faults);
        theme.scheme_script = fields.text("amorce");
        theme.page_scripts = fields.texts("pages");
        theme.service_scripts = fields.texts("saisine");
        fields.finish();
    }
    Some(theme)
}

fn system(node: &Node, brand: Brand, theme: &mut Theme, faults: &mut Diagnostics) {
    let mut fields = Fields::new(node, faults);
    theme.components = fields.texts("composants");
    theme.icons = fields.one_of("icones", &["auto", "aucune"]) == Some("auto");
    let brands = fields.node("marques");
    fields.finish();
    let Some(node) = brands else { return };
    let mut fields = Fields::new(node, faults);
    let state = fields.node("etat");
    let neutral = fields.node("neutre");
    fields.finish();
    let chosen = if brand == Brand::State { state } else { neutral };
    for node in [state, neutral].into_iter().flatten() {
        let assets = brand_assets(node, faults);
        if chosen.is_some_and(|chosen| std::ptr::eq(chosen, node)) {
            theme.brand = assets;
        }
    }
}

fn brand_assets(node: &Node, faults: &mut Diagnostics) -> BrandAssets {
    let mut fields = Fields::new(node, faults);
    let mut assets = BrandAssets {
        components: fields.texts("composants"),
        fonts: fields.texts("polices"),
        preload: fields.texts("precharge"),
        ..BrandAssets::default()
    };
    let favicon = fields.node("favicon");
    fields.finish();
    if let Some(node) = favicon {
        let mut fields = Fields::new(node, faults);
        assets.svg = fields.text("svg");
        assets.ico = fields.text("ico");
        assets.apple = fields.text("apple");
        fields.finish();
    }
    assets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_assets_of_the_brand_and_names_templates() {
        let mut sources = Sources::default();
        sources.insert(
            THEME,
            "dsfr:\n  composants: [core]\n  icones: auto\n  marques:\n    etat: {polices: [M]}\n    neutre: {favicon: {svg: images/f.svg}, police: []}\nstyles: [styles/a.css]\nscripts: {amorce: scripts/s.js}\n",
        );
        sources.insert("theme/layouts/base.html", "x");
        sources.insert("theme/components/a/template.html", "y");
        let mut faults = Diagnostics::default();
        let theme = parse(&sources, Brand::State, &mut faults);
        assert_eq!(theme.brand.fonts[0].value, "M");
        assert!(theme.icons);
        let names: Vec<_> = theme
            .templates
            .iter()
            .map(|template| template.name.as_str())
            .collect();
        assert_eq!(names, ["base.html", "components/a/template.html"]);
        assert_eq!(faults.sorted().len(), 1);
        let theme = parse(&sources, Brand::Neutral, &mut Diagnostics::default());
        assert_eq!(theme.brand.svg.expect("an icon").value, "images/f.svg");
    }
}
