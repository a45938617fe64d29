//! Values to pages: one kind of page per file, typed contexts, bytes out.

pub mod accessibility;
pub mod cards;
pub mod commune;
pub mod conformance;
pub mod context;
pub mod directive;
pub mod faq;
pub mod feeds;
pub mod footprint;
pub mod form;
pub mod frame;
pub mod gallery;
pub mod glossary;
pub mod guide;
pub mod guides;
pub mod home;
pub mod index;
pub mod letter;
pub mod markdown;
pub mod page;
pub mod part;
pub mod proof;
pub mod search;
pub mod shell;
pub mod sitemap;
pub mod templates;
pub mod tree;
pub mod words;

use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::output::Output;
use crate::site::Site;
use crate::theme::Theme;
use directive::GuideHost;
use frame::{Frames, PageSpec};
use glossary::link::Glossary;
use serde::Serialize;
use std::sync::Arc;
use templates::Templates;
use words::Words;

/// What every page is rendered with.
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    /// Published files of the theme.
    pub assets: &'a Assets,
    /// Compiled templates.
    pub templates: Arc<Templates>,
    /// Frames of pages.
    pub frames: Frames,
    /// Terms to link, and where they are used.
    pub glossary: Glossary,
}

impl<'a> Renderer<'a> {
    /// Renders a site with compiled templates.
    #[must_use]
    pub fn new(site: &'a Site, assets: &'a Assets, templates: Arc<Templates>) -> Self {
        let words = Words {
            law: &site.law,
            contacts: &site.settings.contacts,
            today: site.today,
        };
        Self {
            site,
            assets,
            templates,
            frames: Frames::new(site, assets, words),
            glossary: Glossary::new(site),
        }
    }

    /// Figures and typography.
    #[must_use]
    pub fn words(&self) -> Words<'a> {
        Words {
            law: &self.site.law,
            contacts: &self.site.settings.contacts,
            today: self.site.today,
        }
    }

    /// The host of the bodies of guides and pages.
    #[must_use]
    pub fn host(&self) -> GuideHost<'_> {
        GuideHost {
            site: self.site,
            words: self.words(),
            templates: &self.templates,
            assets: self.assets,
            terms: None,
        }
    }

    /// The published address of a script of the theme (`scripts/tree/reader.js`), for [`PageSpec::scripts`].
    #[must_use]
    pub fn script(&self, path: &str) -> Option<String> {
        self.assets.addresses.get(path).cloned()
    }

    /// Renders a page with a layout; a fault of the theme is reported and gives no page.
    pub fn page<T: Serialize>(
        &self,
        layout: &str,
        spec: PageSpec,
        name: &'static str,
        value: &T,
        faults: &mut Diagnostics,
    ) -> Option<String> {
        let frame = self.frames.page(spec, self.words());
        self.templates
            .page(layout, &frame, name, value)
            .map_err(|fault| faults.push(fault))
            .ok()
    }
}

/// Renders every page of the site and the files of the form service. A theme that is faulty renders nothing: its
/// faults are among those `told`.
#[must_use]
pub fn render(
    renderer: &Renderer,
    theme: &Theme,
    files: &Output,
    told: &Diagnostics,
) -> (Output, Diagnostics) {
    let mut output = Output::default();
    let mut faults = Diagnostics::default();
    if told
        .iter()
        .any(|fault| fault.rule == templates::RULE && fault.severity == Severity::Error)
    {
        return (output, faults);
    }
    part::render_all(renderer, &mut output, &mut faults);
    footprint::render(renderer, files, &mut output, &mut faults);
    service(renderer, theme, &mut output, &mut faults);
    (output, faults)
}

fn service(renderer: &Renderer, theme: &Theme, output: &mut Output, faults: &mut Diagnostics) {
    let html = shell::render(renderer, faults);
    put(output, "/.service/shell.html", html, faults);
    shell::components(theme, output);
    shell::commissions(renderer, output, faults);
    shell::redirects(renderer, output);
    if let Some(form) = &renderer.site.form
        && let Err(reason) = form::export(form, output)
    {
        faults.push(Diagnostic::error_nowhere("service", reason));
    }
}

/// Puts a page at its address: `/a/` is the file `a/index.html`.
pub fn put(output: &mut Output, address: &str, html: Option<String>, faults: &mut Diagnostics) {
    let Some(html) = html else { return };
    let path = address.trim_start_matches('/');
    let path = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    put_file(output, &path, html.into_bytes(), faults);
}

/// Puts bytes at a path; a path that is taken is reported.
pub fn put_file(
    output: &mut Output,
    path: &str,
    bytes: impl Into<std::sync::Arc<[u8]>>,
    faults: &mut Diagnostics,
) {
    if let Err(path) = output.insert(path, bytes) {
        faults.push(
            Diagnostic::error_nowhere(
                "adresse-prise",
                format!("Deux pages veulent la même adresse : « {path} »."),
            )
            .hint("Renommez l'un des deux fichiers."),
        );
    }
}
