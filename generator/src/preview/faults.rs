//! The faults as browsers show them: words, excerpt, cure, and the page that each one concerns.

use super::Shown;
use crate::check::explain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::words::escape;
use crate::report;
use crate::source::Sources;
use std::fmt::Write;

/// A fault, ready to be shown.
#[derive(Debug, Clone)]
pub struct Told {
    /// Whether it stops the build.
    pub is_error: bool,
    /// What it concerns.
    pub on: Concerns,
    /// Its HTML.
    html: String,
}

/// What a fault concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concerns {
    /// The page at this address.
    Page(String),
    /// Every page whose address begins so: those of a questionnaire.
    Below(String),
    /// The whole site.
    Everything,
}

impl Concerns {
    /// Whether the page at this address is concerned. What touches the whole site touches no page in particular.
    #[must_use]
    pub fn page(&self, address: &str) -> bool {
        match self {
            Self::Page(page) => page == address,
            Self::Below(start) => address.starts_with(start.as_str()),
            Self::Everything => false,
        }
    }

    /// The address that shows it best.
    fn address(&self) -> Option<&str> {
        match self {
            Self::Page(address) | Self::Below(address) => Some(address),
            Self::Everything => None,
        }
    }
}

/// Where the text of a file of `content` is shown.
#[must_use]
pub fn shown_at(path: &str) -> Concerns {
    let slug = |folder: &str| path.strip_prefix(folder)?.strip_suffix(".md");
    if path == crate::parse::page::HOME {
        return Concerns::Page("/".to_owned());
    }
    if let Some(page) = slug("content/pages/") {
        let is_error = page.len() == 3 && page.bytes().all(|b| b.is_ascii_digit());
        return Concerns::Page(if is_error {
            format!("/{page}.html")
        } else {
            format!("/{page}/")
        });
    }
    for (folder, start) in [
        ("content/guides/", "/guides/"),
        ("content/glossaire/", "/glossaire/"),
        ("content/courriers/", "/courriers/"),
    ] {
        if let Some(name) = slug(folder) {
            return Concerns::Page(format!("{start}{name}/"));
        }
    }
    if path.starts_with("content/faq/") {
        return Concerns::Page(crate::parse::faq::ADDRESS.to_owned());
    }
    match path
        .strip_prefix("content/diagnostics/")
        .and_then(|rest| rest.split_once('/'))
    {
        Some((tree, _)) => Concerns::Below(format!("/diagnostics/{tree}/")),
        None => Concerns::Everything,
    }
}

/// The faults in the order given.
#[must_use]
pub fn tell(faults: &[Diagnostic], sources: &Sources) -> Vec<Told> {
    faults.iter().map(|fault| one(fault, sources)).collect()
}

fn one(fault: &Diagnostic, sources: &Sources) -> Told {
    let on = match &fault.place {
        Some(place) => shown_at(&place.path),
        None => named_page(&fault.message),
    };
    let is_error = fault.severity == Severity::Error;
    let (class, word) = if is_error {
        ("erreur", "Erreur")
    } else {
        ("avertissement", "Avertissement")
    };
    let mut html = format!(
        "<div class=\"apercu-faute {class}\">\n<p><strong>{word} :</strong> {}</p>\n",
        escape(&fault.message)
    );
    if let Some(place) = &fault.place {
        let _ = writeln!(html, "{}", excerpt(place, sources));
    }
    if let Some(hint) = &fault.hint {
        let cure = escape(hint).replace('\n', "<br>");
        let _ = writeln!(html, "<p><strong>Que faire :</strong> {cure}</p>");
    }
    if let Some(reference) = explain::reference(fault.rule) {
        let _ = writeln!(html, "<p class=\"apercu-lieu\">{}</p>", escape(reference));
    }
    let page = on
        .address()
        .map(|address| format!("<a href=\"{0}\">Voir la page</a> · ", escape(address)));
    let _ = write!(
        html,
        "<p class=\"apercu-lieu\">{}<a href=\"/_apercu/regles/{1}\">Comprendre la règle « {1} »</a></p>\n</div>\n",
        page.unwrap_or_default(),
        fault.rule
    );
    Told { is_error, on, html }
}

/// A fault on a finished page begins with « Page « guides/bail/index.html » ».
fn named_page(message: &str) -> Concerns {
    let path = message
        .strip_prefix("Page « ")
        .and_then(|rest| rest.split(" »").next());
    path.map_or(Concerns::Everything, |path| {
        Concerns::Page(format!("/{}", path.strip_suffix("index.html").unwrap_or(path)))
    })
}

/// File, line, and the line itself with the faulty words marked.
fn excerpt(place: &crate::source::Span, sources: &Sources) -> String {
    let Some(source) = sources.text(&place.path) else {
        return format!("<p class=\"apercu-lieu\">{}</p>", escape(&place.path));
    };
    let (line, _) = report::position(&source.text, place.start);
    let marked = report::first_line(source, place);
    let text: &str = &source.text;
    let start = text[..marked.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[marked.end..]
        .find('\n')
        .map_or(text.len(), |at| marked.end + at);
    let mark = match &text[marked.clone()] {
        "" => String::new(),
        words => format!("<mark>{}</mark>", escape(words)),
    };
    format!(
        "<p class=\"apercu-lieu\">{}, ligne {line}</p>\n<pre>{}{mark}{}</pre>",
        escape(&place.path),
        escape(&text[start..marked.start]),
        escape(&text[marked.end..end])
    )
}

/// The faults on top of the page at this address: its own first, then the others. Nothing when there is none.
#[must_use]
pub fn overlay(shown: &Shown, address: &str) -> String {
    let Shown {
        faults,
        refused,
        stale,
        ..
    } = shown;
    let (refused, stale) = (*refused, *stale);
    if faults.is_empty() {
        return String::new();
    }
    let (here, elsewhere): (Vec<&Told>, Vec<&Told>) = faults.iter().partition(|fault| fault.on.page(address));
    let class = if refused { " refuse" } else { "" };
    // A fault of this page or one that holds the site back is open; the rest waits for a click.
    let open = if refused || !here.is_empty() { " open" } else { "" };
    let mut html = format!(
        "<details class=\"apercu apercu-fautes{class}\"{open}>\n<summary>{}</summary>\n<div class=\"apercu-liste\" tabindex=\"0\" role=\"region\" aria-label=\"Fautes\">\n",
        summary(here.len(), faults, refused, stale)
    );
    for fault in &here {
        html.push_str(&fault.html);
    }
    if !here.is_empty() && !elsewhere.is_empty() {
        html.push_str("<p><strong>Ailleurs sur le site</strong></p>\n");
    }
    for fault in elsewhere.iter().take(MOST_ELSEWHERE) {
        html.push_str(&fault.html);
    }
    if elsewhere.len() > MOST_ELSEWHERE {
        let rest = elsewhere.len() - MOST_ELSEWHERE;
        let _ = writeln!(
            html,
            "<p>Et {rest} de plus : lancez « generator check » pour tout lire.</p>"
        );
    }
    html.push_str("</div>\n</details>\n");
    html
}

/// Faults of other pages that one page lists.
const MOST_ELSEWHERE: usize = 30;

fn summary(here: usize, faults: &[Told], refused: bool, stale: bool) -> String {
    let errors = faults.iter().filter(|fault| fault.is_error).count();
    let warnings = faults.len() - errors;
    let count = |number: usize, word: &str| match number {
        0 => String::new(),
        1 => format!("1 {word}"),
        number => format!("{number} {word}s"),
    };
    let all: Vec<String> = [count(errors, "erreur"), count(warnings, "avertissement")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let place = if here == 0 {
        ", aucune faute sur cette page".to_owned()
    } else if here == faults.len() {
        " sur cette page".to_owned()
    } else {
        format!(", dont {here} sur cette page")
    };
    let state = if stale {
        "Ce que vous voyez est la dernière version sans erreur."
    } else if refused {
        "La page est à jour, mais le site ne peut pas être publié ainsi."
    } else {
        "La page est à jour."
    };
    format!("{}{place}. {state}", all.join(" et "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_text_knows_its_page() {
        for (path, address) in [
            ("content/guides/bail.md", "/guides/bail/"),
            ("content/pages/accueil.md", "/"),
            ("content/pages/404.md", "/404.html"),
            ("content/pages/mentions-legales.md", "/mentions-legales/"),
            ("content/faq/a.md", "/questions-frequentes/"),
            ("content/courriers/l.md", "/courriers/l/"),
            (
                "content/diagnostics/charges/questions/profil.md",
                "/diagnostics/charges/q/2/",
            ),
        ] {
            assert!(shown_at(path).page(address), "{path}");
        }
        assert_eq!(shown_at("content/site.yaml"), Concerns::Everything);
        assert_eq!(
            named_page("Page « guides/bail/index.html » : rien."),
            Concerns::Page("/guides/bail/".to_owned())
        );
    }

    #[test]
    fn the_faults_of_the_page_come_first_with_their_words_marked() {
        let mut sources = Sources::default();
        sources.insert("content/guides/a.md", "un\ndeux <b> mots\n");
        sources.insert("content/guides/b.md", "un\n");
        let at = |path: &str, range| sources.text(path).expect("a source").span(range);
        let faults = tell(
            &[
                Diagnostic::warning("lien-mort", at("content/guides/b.md", 0..2), "Ailleurs."),
                Diagnostic::error("html-brut", at("content/guides/a.md", 8..11), "Ici.").hint("Ôtez-le."),
            ],
            &sources,
        );
        let shown = |faults: &[Told], refused| Shown {
            faults: faults.to_vec(),
            refused,
            ..Shown::default()
        };
        let html = overlay(&shown(&faults, true), "/guides/a/");
        assert!(
            html.contains("<pre>deux <mark>&lt;b&gt;</mark> mots</pre>"),
            "{html}"
        );
        assert!(html.contains("content/guides/a.md, ligne 2"), "{html}");
        assert!(html.find("Ici.") < html.find("Ailleurs."), "{html}");
        assert!(
            html.contains("1 erreur et 1 avertissement, dont 1 sur cette page."),
            "{html}"
        );
        let other = overlay(&shown(&faults[..1], false), "/guides/a/");
        assert!(
            !other.contains(" open>") && other.contains("aucune faute sur cette page"),
            "{other}"
        );
        assert_eq!(overlay(&Shown::default(), "/"), "");
    }
}
