//! The directives of guides and pages, rendered by the components of the theme.

use super::cards;
use super::context::Day;
use super::glossary::link::Linker;
use super::markdown::{Host, Place};
use super::templates::Templates;
use super::words::Words;
use crate::assets::Assets;
use crate::body::Directive;
use crate::diagnostic::Diagnostic;
use crate::parse::directive::names;
use crate::site::Site;
use crate::source::Span;
use serde::Serialize;
use tera::Value;

type Args = Vec<(&'static str, Value)>;

/// Renders the bodies of guides and pages.
pub struct GuideHost<'a> {
    /// The site: titles of its pages, its law.
    pub site: &'a Site,
    /// Figures and typography.
    pub words: Words<'a>,
    /// Components.
    pub templates: &'a Templates,
    /// Published images and files.
    pub assets: &'a Assets,
    /// Links the terms of the glossary, if the page wants it.
    pub terms: Option<&'a Linker<'a>>,
}

impl<'a> GuideHost<'a> {
    /// The same host, linking the terms of the glossary.
    #[must_use]
    pub fn with_terms(self, terms: &'a Linker<'a>) -> Self {
        Self {
            terms: Some(terms),
            ..self
        }
    }
}

impl Host for GuideHost<'_> {
    fn slot(&self, words: &str) -> String {
        super::words::escape(&self.words.slot(words))
    }

    fn directive(&self, directive: &Directive, place: Place, body: &str) -> Result<String, Diagnostic> {
        let title = self.words.fill(&directive.title.value);
        let mut args = vec![
            ("level", Value::from(u64::from(place.level))),
            ("id", Value::from(place.id.as_str())),
        ];
        let component = match directive.name {
            "accordeon" => "accordion",
            "accordeons" => "accordion_group",
            "encart" => "callout",
            "exergue" => "highlight",
            "a-retenir" => "key_points",
            "onglets" => "tabs",
            "onglet" => "tab",
            "etapes" => "steps",
            "bouton" => return self.button(address(directive), &title, body),
            "etiquette" => return self.tag(address(directive), &title, body),
            "telechargement" => return self.download(directive, &title, body),
            "saisine" => {
                let wanted = directive.arg("mode").map_or("", |mode| mode.value.as_str());
                let holds = self.site.referral_is(wanted);
                return Ok(if holds { body.to_owned() } else { String::new() });
            }
            name => {
                let (component, more) = self.keyed(directive).ok_or_else(|| unknown(name, &place.span))?;
                args.extend(more);
                component
            }
        };
        if !title.is_empty() && !says_the_side(directive) {
            args.retain(|(name, _)| *name != "title");
            args.push(("title", Value::from(title)));
        }
        self.templates.component(component, args, body)
    }

    fn text(&self, words: &str) -> String {
        match self.terms {
            Some(terms) => terms.html(words),
            None => super::words::escape(words),
        }
    }

    fn image(&self, address: &str) -> String {
        let published = self.assets.addresses.get(address);
        published.cloned().unwrap_or_else(|| address.to_owned())
    }
}

impl GuideHost<'_> {
    /// The directives that say more than a title: their component and what their keys give it.
    fn keyed(&self, directive: &Directive) -> Option<(&'static str, Args)> {
        let arg = |key| directive.arg(key).map_or("", |text| text.value.as_str());
        let filled = |key| Value::from(self.words.fill(arg(key)));
        Some(match directive.name {
            "alerte" => ("alert", vec![("kind", Value::from(kind(arg("type"))))]),
            "loi" => ("legal_basis", self.law(arg("article"))),
            "cas" => {
                let args = vec![
                    ("side", Value::from(arg("profil"))),
                    ("lease", Value::from(arg("bail"))),
                ];
                ("case", args)
            }
            "tableau" => ("table", vec![("caption", filled("legende"))]),
            "citation" => (
                "quote",
                vec![("author", filled("auteur")), ("source", filled("source"))],
            ),
            "chiffre-cle" => {
                let label = self.words.fill(&directive.title.value);
                (
                    "key_figure",
                    vec![("value", filled("valeur")), ("label", Value::from(label))],
                )
            }
            "calcul" => ("calculation", self.figures(arg("parametre"))),
            "carte" | "lettre" | "arbre" => ("card", self.card(arg("adresse"))),
            "tuile" => ("tile", self.card(arg("adresse"))),
            _ => return None,
        })
    }

    fn law(&self, id: &str) -> Args {
        let Some(article) = self.words.law.articles.get(id) else {
            return vec![("reference", Value::from(id))];
        };
        let checked = article.checked.filter(|_| article.seen);
        let mut args = vec![
            ("reference", Value::from(self.words.fill(&article.title))),
            ("text", Value::from(self.words.fill(&article.summary))),
            ("href", Value::from(article.href.as_deref().unwrap_or_default())),
        ];
        args.extend(checked.map(|day| ("checked", Value::from_serializable(&Day::from(day)))));
        args
    }

    /// Title, sentence and kind of a page of the site; what the author wrote as a title wins.
    fn card(&self, address: &str) -> Args {
        let card = cards::of_address(self.site, address, self.words);
        vec![
            ("title", Value::from(card.title)),
            ("href", Value::from(card.href)),
            ("text", Value::from(card.text)),
            ("tag", Value::from(card.tag)),
        ]
    }

    /// The dated figures of a calculation, parted by commas. Unknown ones are told by the checks.
    fn figures(&self, ids: &str) -> Args {
        let lines = names(ids).filter_map(|id| {
            let parameter = self.words.law.parameters.get(id)?;
            let held = parameter.held(self.words.today)?;
            Some(Figure {
                name: self.words.fill(&parameter.title),
                value: parameter.words_at(self.words.today)?,
                source: self.words.fill(&held.source),
            })
        });
        let lines: Vec<Figure> = lines.collect();
        vec![("values", Value::from_serializable(&lines))]
    }

    fn button(&self, address: &str, label: &str, body: &str) -> Result<String, Diagnostic> {
        let args = vec![("label", Value::from(label)), ("href", Value::from(address))];
        let button = self.templates.component("button", args, "")?;
        Ok(format!("<p>{}</p>\n{body}", button.trim()))
    }

    fn tag(&self, address: &str, label: &str, body: &str) -> Result<String, Diagnostic> {
        let args = vec![("label", Value::from(label)), ("href", Value::from(address))];
        let tag = self.templates.component("tag", args, "")?;
        Ok(format!("<p>{}</p>\n{body}", tag.trim()))
    }

    /// A file of `content/fichiers`: its link says its format, its weight and its language (RGAA 13.3, 6.1).
    fn download(&self, directive: &Directive, label: &str, body: &str) -> Result<String, Diagnostic> {
        let address = address(directive);
        let (Some(href), Some(size)) = (self.assets.addresses.get(address), self.assets.sizes.get(address))
        else {
            let place = directive
                .arg("adresse")
                .map_or(&directive.name_span, |arg| &arg.span);
            let message = format!("Le fichier « {address} » n'existe pas.");
            return Err(Diagnostic::error("fichier-manquant", place.clone(), message)
                .hint("Mettez-le dans content/fichiers, et écrivez son adresse ainsi : /fichiers/nom.pdf."));
        };
        let format = address.rsplit('.').next().unwrap_or_default().to_uppercase();
        let language = directive.arg("langue").map_or("", |text| text.value.as_str());
        let told = if language.is_empty() {
            String::new()
        } else {
            format!(" – {language}")
        };
        let args = vec![
            ("label", Value::from(label)),
            ("href", Value::from(href.as_str())),
            (
                "detail",
                Value::from(format!("{format} – {}{told}", weight(*size))),
            ),
            ("lang", Value::from(language)),
        ];
        let link = self.templates.component("download", args, "")?;
        Ok(format!("{}\n{body}", link.trim()))
    }
}

/// A figure of the law in a calculation.
#[derive(Debug, Serialize)]
struct Figure {
    name: String,
    value: String,
    source: String,
}

/// « 12,4 ko », « 1,3 Mo »: thousands of bytes, one decimal.
fn weight(bytes: usize) -> String {
    let (tenths, unit) = if bytes < 1_000_000 {
        (bytes.div_ceil(100), "ko")
    } else {
        (bytes.div_ceil(100_000), "Mo")
    };
    format!("{},{}\u{a0}{unit}", tenths / 10, tenths % 10)
}

fn address(directive: &Directive) -> &str {
    directive.arg("adresse").map_or("", |text| text.value.as_str())
}

fn kind(author: &str) -> &'static str {
    match author {
        "attention" => "warning",
        "succes" => "success",
        "erreur" => "error",
        _ => "info",
    }
}

/// The component of a case already says « Vous êtes locataire ».
fn says_the_side(directive: &Directive) -> bool {
    directive.name == "cas" && directive.title.value.to_lowercase().starts_with("vous êtes ")
}

fn unknown(name: &str, span: &Span) -> Diagnostic {
    let message = format!("L'encadré « {name} » ne se montre pas dans une page.");
    Diagnostic::error("directive-inconnue", span.clone(), message).hint("Retirez-la de ce texte.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_rounded_up_and_read_in_french() {
        assert_eq!(weight(1), "0,1\u{a0}ko");
        assert_eq!(weight(12_340), "12,4\u{a0}ko");
        assert_eq!(weight(1_250_000), "1,3\u{a0}Mo");
    }
}
