//! The templates of the theme, ready to render; their faults as diagnostics with file and line.

use super::context::Frame;
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::{Source, Span};
use crate::theme::Theme;
use crate::typography;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, Value};

/// The template of the page that the form service fills.
const SHELL: &str = "{% extends \"base.html\" %}{% block content %}@@CONTENU@@{% endblock content %}";

/// The rule that faults of templates bear.
pub const RULE: &str = "gabarit";

const HINT: &str = "Corrigez ce gabarit du thème (langage de gabarits Tera 2).";

/// Compiled templates and their sources.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
}

impl Templates {
    /// Compiles the templates of a theme. A faulty theme gives no template at all, and says why.
    #[must_use]
    pub fn new(theme: &Theme, assets: &Assets) -> (Self, Diagnostics) {
        let mut faults = Diagnostics::default();
        let mut tera = Tera::new();
        let addresses = assets.addresses.clone();
        tera.register_function(
            "asset",
            move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
                let path: String = kwargs.must_get("path")?;
                addresses
                    .get(&path)
                    .cloned()
                    .ok_or_else(|| unknown_asset(&path, &addresses))
            },
        );
        let sources: BTreeMap<_, _> = theme
            .templates
            .iter()
            .map(|template| (template.name.clone(), template.source.clone()))
            .collect();
        let spaced: Vec<_> = sources
            .iter()
            .map(|(name, source)| (name.as_str(), typography::template::spaced(&source.text)))
            .collect();
        let texts = spaced.iter().map(|(name, text)| (*name, text.as_str()));
        let shell = sources
            .contains_key("base.html")
            .then_some(("service/shell.html", SHELL));
        let added = tera.add_raw_templates(texts.chain(shell));
        let templates = Self { tera, sources };
        if let Err(error) = added {
            templates.load_faults(&error, &mut faults);
        }
        (templates, faults)
    }

    /// Renders a layout with the frame and, under `name`, the values of the page.
    ///
    /// # Errors
    /// The fault of the template.
    pub fn page<T: Serialize>(
        &self,
        layout: &str,
        frame: &Frame,
        name: &'static str,
        value: &T,
    ) -> Result<String, Diagnostic> {
        let mut context = Context::from_serialize(frame).map_err(|error| self.fault(&error, layout))?;
        context.insert(name, value);
        self.tera
            .render(layout, &context)
            .map_err(|error| self.fault(&error, layout))
    }

    /// Renders a component around `body` (HTML). Arguments that the component does not declare are left out:
    /// a directive offers all that it knows, the theme takes what it shows.
    ///
    /// # Errors
    /// A missing component, or the fault of its template.
    pub fn component(&self, name: &str, args: Vec<(&str, Value)>, body: &str) -> Result<String, Diagnostic> {
        let Some(info) = self.tera.get_component_definition(name) else {
            let known: Vec<String> = self.tera.get_component_names().map(ToOwned::to_owned).collect();
            let near = nearest(name, known.iter().map(String::as_str));
            let fault =
                Diagnostic::error_nowhere("gabarit", format!("Le thème n'a pas de composant « {name} »."));
            return Err(match near {
                Some(near) => fault.hint(format!("Le plus proche est « {near} ».")),
                None => fault.hint("Créez-le dans theme/components."),
            });
        };
        let mut context = Context::new();
        for (key, value) in args {
            if info.args().iter().any(|arg| arg.name() == key) {
                context.insert_value(key.to_owned(), value);
            }
        }
        let rendered = self.tera.render_component(name, &context, Some(body), true);
        rendered.map_err(|error| self.fault(&error, name))
    }

    /// Whether the theme has a layout of this name.
    #[must_use]
    pub fn has(&self, layout: &str) -> bool {
        self.tera.contains_template(layout)
    }

    /// Unknown names are all told at once, as text: « error: what », then « --> file:line:column ».
    fn load_faults(&self, error: &Error, faults: &mut Diagnostics) {
        let text = error.to_string();
        let mut message = None;
        let before = faults.iter().count();
        for line in text.lines() {
            if let Some(words) = line.strip_prefix("error: ") {
                message = Some(words);
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let Some(place) = self.place(place)
                && let Some(message) = message.take()
            {
                let message = format!("Ce gabarit est fautif : {message}");
                faults.push(Diagnostic::error("gabarit", place, message).hint(HINT));
            }
        }
        if faults.iter().count() == before {
            faults.push(self.fault(error, "base.html"));
        }
    }

    /// The span of `file:line:column`.
    fn place(&self, text: &str) -> Option<Span> {
        let (rest, column) = text.rsplit_once(':')?;
        let (name, line) = rest.rsplit_once(':')?;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        let source = self.sources.get(name)?;
        let start: usize = source
            .text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let words = source.text[start..].lines().next().unwrap_or_default();
        let before: usize = words
            .chars()
            .take(column.saturating_sub(1))
            .map(char::len_utf8)
            .sum();
        Some(source.span(start + before..start + words.len()))
    }

    fn fault(&self, error: &Error, layout: &str) -> Diagnostic {
        let hint = HINT;
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let message = format!("Ce gabarit est fautif : {}", report.message());
                match self.sources.get(report.filename()) {
                    Some(source) => {
                        Diagnostic::error("gabarit", source.span(report.span().range.clone()), message)
                            .hint(hint)
                    }
                    None => Diagnostic::error_nowhere("gabarit", message).hint(hint),
                }
            }
            kind => {
                let message = format!("Le gabarit « {layout} » est fautif : {kind}");
                Diagnostic::error_nowhere("gabarit", message).hint(hint)
            }
        }
    }
}

fn unknown_asset(path: &str, addresses: &BTreeMap<String, String>) -> Error {
    let near = nearest(path, addresses.keys().map(String::as_str));
    let hint = near
        .map(|near| format!(" (le plus proche : « {near} »)"))
        .unwrap_or_default();
    Error::message(format!("le fichier « {path} » n'est pas dans le thème{hint}"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::theme::Template;

    pub(crate) fn theme(templates: &[(&str, &str)]) -> Theme {
        let templates = templates.iter().map(|(name, text)| Template {
            name: (*name).to_owned(),
            source: Source::new(format!("theme/layouts/{name}"), *text),
        });
        Theme {
            templates: templates.collect(),
            ..Theme::default()
        }
    }

    #[test]
    fn a_fault_has_its_file_and_place() {
        let theme = theme(&[("base.html", "<p>{{ x | inconnu }}</p>")]);
        let (_, faults) = Templates::new(&theme, &Assets::default());
        let fault = faults.sorted().remove(0);
        let place = fault.place.expect("a place");
        assert_eq!((&*place.path, place.start), ("theme/layouts/base.html", 10));
    }

    #[test]
    fn components_take_what_they_declare() {
        let theme = theme(&[(
            "c.html",
            "{% component note(title) %}<b>{{ title }}</b>{{ body }}{% endcomponent note %}",
        )]);
        let (templates, faults) = Templates::new(&theme, &Assets::default());
        assert!(!faults.has_errors());
        let args = vec![("title", Value::from("<É>")), ("level", Value::from(3_u64))];
        assert_eq!(
            templates.component("note", args, "<i>x</i>").expect("renders"),
            "<b>&lt;É&gt;</b><i>x</i>"
        );
        let fault = templates.component("notte", Vec::new(), "").expect_err("unknown");
        assert_eq!(fault.hint.as_deref(), Some("Le plus proche est « note »."));
    }
}
