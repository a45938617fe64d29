//! The theme as its designers mean it: templates, style sheets, icons, scripts.

use crate::parse::fields::Located;
use crate::source::Source;

/// What the render and assets stages take of the theme.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Templates with the names that they call each other: `base.html`, `components/alert/template.html`.
    pub templates: Vec<Template>,
    /// Components of the design system whose sheets are bundled, in order.
    pub components: Vec<Located<String>>,
    /// Whether the rules of icons are added for the icon classes that the theme writes.
    pub icons: bool,
    /// What depends on who signs the site.
    pub brand: BrandAssets,
    /// Style sheets of the site, paths below `theme/`.
    pub styles: Vec<Located<String>>,
    /// The short classic script that runs before the first paint, path below `theme/`.
    pub scheme_script: Option<Located<String>>,
    /// Module scripts of every page, paths below `theme/`.
    pub page_scripts: Vec<Located<String>>,
    /// Module scripts of the pages that the form service fills, paths below `theme/`.
    pub service_scripts: Vec<Located<String>>,
}

/// A template and the name it goes by.
#[derive(Debug, Clone)]
pub struct Template {
    /// Name for `extends` and `include`.
    pub name: String,
    /// Its text.
    pub source: Source,
}

/// What one brand adds to the design system.
#[derive(Debug, Clone, Default)]
pub struct BrandAssets {
    /// Components whose sheets are added.
    pub components: Vec<Located<String>>,
    /// Fonts that are kept, without extension.
    pub fonts: Vec<Located<String>>,
    /// Fonts that pages preload.
    pub preload: Vec<Located<String>>,
    /// SVG icon of the site.
    pub svg: Option<Located<String>>,
    /// ICO icon of the site.
    pub ico: Option<Located<String>>,
    /// Touch icon of the site.
    pub apple: Option<Located<String>>,
}
