//! The directives of guides and pages, rendered by the components of the theme.

use super::context::Day;
use super::markdown::{Host, Place};
use super::templates::Templates;
use super::words::Words;
use crate::body::Directive;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::collections::BTreeMap;
use tera::Value;

/// Renders the bodies of guides and pages.
pub struct GuideHost<'a> {
    /// Figures and typography.
    pub words: Words<'a>,
    /// Components.
    pub templates: &'a Templates,
    /// Published addresses of images.
    pub images: &'a BTreeMap<String, String>,
}

impl Host for GuideHost<'_> {
    fn slot(&self, words: &str) -> String {
        super::words::escape(&self.words.slot(words))
    }

    fn directive(&self, directive: &Directive, place: Place, body: &str) -> Result<String, Diagnostic> {
        let title = self.words.fill(&directive.title.value);
        let arg = |key| directive.arg(key).map_or("", |text| text.value.as_str());
        let mut args = vec![
            ("level", Value::from(u64::from(place.level))),
            ("id", Value::from(place.id.as_str())),
        ];
        let component = match directive.name {
            "accordeon" => "accordion",
            "alerte" => {
                args.push(("kind", Value::from(kind(arg("type")))));
                "alert"
            }
            "encart" => "callout",
            "exergue" => "highlight",
            "a-retenir" => "key_points",
            "loi" => {
                args.extend(self.law(arg("article")));
                "legal_basis"
            }
            "cas" => {
                args.push(("side", Value::from(arg("profil"))));
                "case"
            }
            "tableau" => {
                args.push(("caption", Value::from(self.words.fill(arg("legende")))));
                "table"
            }
            "bouton" => return self.button(arg("adresse"), &title, body),
            name => return Err(unknown(name, &place.span)),
        };
        if !title.is_empty() && !says_the_side(directive) {
            args.push(("title", Value::from(title)));
        }
        self.templates.component(component, args, body)
    }

    fn image(&self, address: &str) -> String {
        self.images
            .get(address)
            .cloned()
            .unwrap_or_else(|| address.to_owned())
    }
}

impl GuideHost<'_> {
    fn law(&self, id: &str) -> Vec<(&'static str, Value)> {
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

    fn button(&self, address: &str, label: &str, body: &str) -> Result<String, Diagnostic> {
        let args = vec![("label", Value::from(label)), ("href", Value::from(address))];
        let button = self.templates.component("button", args, "")?;
        Ok(format!("<p>{}</p>\n{body}", button.trim()))
    }
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
    let message = format!("La directive « {name} » ne se rend pas dans une page.");
    Diagnostic::error("directive-inconnue", span.clone(), message).hint("Retirez-la de ce texte.")
}
