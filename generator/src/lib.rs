//! The static site generator: five stages, of which only the first and the last touch the disk.
// Tests set folders up; the walls of `clippy.toml` are for the code.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod assets;
pub mod audit;
pub mod body;
pub mod check;
pub mod cli;
pub mod cms;
pub mod diagnostic;
mod fetch;
pub mod legal_register;
pub mod links;
pub mod load;
pub mod nearest;
pub mod output;
pub mod parse;
pub mod plain;
pub mod preview;
pub mod render;
pub mod report;
pub mod review;
pub mod scaffold;
pub mod schema;
pub mod site;
pub mod slot;
pub mod source;
pub mod stamp;
pub mod theme;
pub mod typography;
pub mod write;

use diagnostic::Diagnostics;
use jiff::civil::Date;
use output::Output;
use source::Sources;

/// What a build is given beside the sources.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions {
    /// The day of the build. Nothing below the command line reads a clock.
    pub today: Date,
    /// Whether drafts, texts to come and withdrawn texts are built too: in the preview only.
    pub unpublished: bool,
    /// Whether the site is to be put online: the State's mark is then for its own domain,
    /// and no coordinate is missing.
    pub production: bool,
}

impl BuildOptions {
    fn reading(self) -> parse::publication::Reading {
        parse::publication::Reading {
            today: self.today,
            unpublished: self.unpublished,
        }
    }
}

/// What a build keeps for the next one of the same program, so that what did not change is not done again.
#[derive(Default)]
pub struct Memory {
    trees: parse::tree::Memory,
    pages: check::html::Memory,
}

/// What a build read: enough to render a page again by itself.
pub struct Read {
    /// The site as written.
    pub site: site::Site,
    /// The published files.
    pub assets: assets::Assets,
    /// The compiled templates.
    pub templates: std::sync::Arc<render::templates::Templates>,
}

/// What a build gives back: the files, and the faults of the authors.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// The files of the site. Complete only when no diagnostic is an error.
    pub output: Output,
    /// What is wrong in the sources.
    pub diagnostics: Diagnostics,
    /// The texts and the day until which each is reviewed, the most overdue first.
    pub due: Vec<review::Due>,
    /// Whether every page is there, be it faulty: no error came before the checks.
    pub whole: bool,
}

/// Builds the whole site from its sources: the same sources and options give the same bytes.
#[must_use]
pub fn build(sources: &Sources, options: &BuildOptions) -> Build {
    let (mut built, _) = build_again(sources, options, &mut Memory::default());
    render::search::index(&mut built.output, &mut built.diagnostics);
    built
}

/// Builds the site but for its search index, and gives back what was read. With the memory of an earlier build the
/// result is the same, sooner.
#[must_use]
pub fn build_again(sources: &Sources, options: &BuildOptions, memory: &mut Memory) -> (Build, Read) {
    let (site, theme, mut diagnostics) = parse::parse_again(sources, options.reading(), &mut memory.trees);
    let mut checked = check::content(&site);
    if options.production {
        checked.extend(check::brand::check(&site.settings));
        checked.extend(check::unfinished::check(&site));
        checked.extend(check::contacts::check(&site.settings));
    }
    let (assets, files, faults) = assets::publish(&theme, sources);
    diagnostics.extend(faults);
    let (templates, faults) = render::templates::Templates::new(&theme, &assets);
    diagnostics.extend(faults);
    let templates = std::sync::Arc::new(templates);
    let renderer = render::Renderer::new(&site, &assets, templates.clone());
    let (mut output, faults) = render::render(&renderer, &theme, &files, &diagnostics);
    diagnostics.extend(faults);
    for (path, bytes) in files.files() {
        render::put_file(&mut output, path, bytes.clone(), &mut diagnostics);
    }
    let whole = !diagnostics.has_errors();
    diagnostics.extend(checked);
    // Pages that hang together are checked; after an error some are missing and others point at them.
    if !diagnostics.has_errors() {
        diagnostics.extend(check::html::check_again(&output, &mut memory.pages));
    }
    if options.unpublished {
        diagnostics.extend(render::gallery::add(sources, &theme, &assets, &mut output));
    }
    check::cascade::quiet(&mut diagnostics);
    let built = Build {
        output,
        diagnostics,
        due: review::due(&site),
        whole,
    };
    let read = Read {
        site,
        assets,
        templates,
    };
    (built, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATES: &str = "responsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n";

    /// A whole small site: one guide, one legal page, a theme of four layouts.
    fn site() -> Sources {
        let mut sources = Sources::default();
        sources.insert(
            "content/site.yaml",
            "titre: Site\npromesse: P\nadresse: https://exemple.fr\nmenu: [{titre: Guides, adresse: /guides/}]\n",
        );
        sources.insert(
            "content/pages/accueil.md",
            "---\ntitre: Accueil\ndescription: D\naccroche: A\n---\n[Le bail](/guides/bail/)\n",
        );
        sources.insert(
            "content/pages/404.md",
            &format!("---\ntitre: Absente\ndescription: D\n{DATES}---\nRien.\n"),
        );
        sources.insert(
            "content/guides/bail.md",
            &format!("---\ntitre: Le bail\ndescription: D\nreponse: R\npublic: locataire\n{DATES}---\n## L'essentiel\n\nVoir [l'essentiel](#l-essentiel) !\n"),
        );
        sources.insert(
            "theme/theme.yaml",
            "styles: [styles/a.css]\nscripts: {pages: [scripts/a.js]}\n",
        );
        sources.insert("theme/styles/a.css", ".a { color: red }\n");
        sources.insert("theme/scripts/a.js", "1;\n");
        sources.insert(
            "theme/layouts/base.html",
            "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>{{ page.title }}</title><link href=\"{{ site.styles[0] }}\"></head><body><a href=\"#contenu\">Contenu</a><header role=\"banner\"><nav id=\"navigation\" aria-label=\"Menu\"></nav></header><main id=\"contenu\" tabindex=\"-1\"><h1>{{ page.heading }}</h1>{% block content %}{% endblock content %}</main><footer role=\"contentinfo\"><a href=\"/plan-du-site/\">Plan</a></footer></body></html>",
        );
        for (layout, value) in [
            ("guide", "guide.body"),
            ("page", "simple.body"),
            ("error", "simple.body"),
            ("home", "home.body"),
        ] {
            sources.insert(
                &format!("theme/layouts/{layout}.html"),
                &format!("{{% extends \"base.html\" %}}{{% block content %}}{{{{ {value} | safe }}}}{{% endblock content %}}"),
            );
        }
        for layout in ["index", "guides"] {
            sources.insert(
                &format!("theme/layouts/{layout}.html"),
                "{% extends \"base.html\" %}",
            );
        }
        let listed = [
            "/",
            "/guides/",
            "/guides/bail/",
            "/diagnostics/",
            "/courriers/",
            "/guides/locataire/",
            "/guides/locataire/sujet/demarches/",
            "/guides/sujet/demarches/",
        ];
        let listed = listed
            .map(|address| format!("<a href=\"{address}\">{address}</a>"))
            .concat();
        sources.insert(
            "theme/layouts/sitemap.html",
            &format!("{{% extends \"base.html\" %}}{{% block content %}}{listed}{{% endblock content %}}"),
        );
        sources
    }

    fn built(sources: &Sources, today: Date) -> Build {
        build(
            sources,
            &BuildOptions {
                today,
                unpublished: false,
                production: false,
            },
        )
    }

    const TODAY: Date = Date::constant(2026, 11, 23);

    /// Faults about the referral form are left out: this site has none.
    fn rules(build: Build) -> Vec<&'static str> {
        let faults = build.diagnostics.sorted().into_iter();
        faults
            .map(|fault| fault.rule)
            .filter(|rule| !rule.starts_with("saisine"))
            .collect()
    }

    #[test]
    fn the_same_sources_and_day_give_the_same_bytes() {
        let bytes = |build: Build| -> Vec<(String, Vec<u8>)> {
            build
                .output
                .files()
                .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
                .collect()
        };
        let first = bytes(built(&site(), TODAY));
        assert_eq!(first, bytes(built(&site(), TODAY)));
        let names: Vec<_> = first.iter().map(|(path, _)| path.as_str()).collect();
        for name in [
            "index.html",
            "404.html",
            "guides/bail/index.html",
            "guides/index.html",
            ".service/shell.html",
        ] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
        let guide = first.iter().find(|(path, _)| path == "guides/bail/index.html");
        let guide = String::from_utf8(guide.expect("a guide").1.clone()).expect("UTF-8");
        assert!(
            guide.contains("<title>Le bail – Guides – Site</title>"),
            "{guide}"
        );
        assert!(guide.contains("l’essentiel</a>\u{202f}!"), "{guide}");
    }

    #[test]
    fn a_sound_site_has_no_fault_and_its_shell_has_the_three_marks() {
        let build = built(&site(), TODAY);
        let shell = build.output.get(".service/shell.html").expect("a shell").to_vec();
        let shell = String::from_utf8(shell).expect("UTF-8");
        assert_eq!(rules(build), [""; 0]);
        for mark in ["<title>@@TITRE@@</title>", "<h1>@@FIL@@</h1>", "@@CONTENU@@"] {
            assert_eq!(shell.matches(mark).count(), 1, "{mark} in {shell}");
        }
    }

    #[test]
    fn faults_of_every_stage_come_together() {
        let mut sources = site();
        sources.insert(
            "content/guides/faux.md",
            "---\ntitre: F\nauteur: X\n---\n[a](/b/) <br>\n",
        );
        sources.insert("theme/styles/a.css", "a { b: url(c.png) }\n");
        let rules = rules(built(&sources, TODAY));
        for rule in [
            "cle-inconnue",
            "cle-manquante",
            "html-brut",
            "lien-mort",
            "fichier-manquant",
        ] {
            assert!(rules.contains(&rule), "{rule} in {rules:?}");
        }
    }

    #[test]
    fn a_fault_of_the_theme_is_told_with_its_place() {
        let mut sources = site();
        sources.insert(
            "theme/layouts/guide.html",
            "{% extends \"base.html\" %}{% block content %}{{ guide.corps }}{% endblock content %}",
        );
        let build = built(&sources, TODAY);
        let fault = build
            .diagnostics
            .iter()
            .find(|fault| fault.rule == "gabarit")
            .cloned();
        let place = fault.and_then(|fault| fault.place).expect("a place");
        assert_eq!(&*place.path, "theme/layouts/guide.html");
    }
}
