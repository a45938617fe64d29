//! The gallery of components, in the preview alone: every example of every component on a page of its own, so that
//! no identifier or landmark meets another's.

use super::templates::Templates;
use super::words::escape;
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use crate::source::{Source, Sources};
use crate::theme::Theme;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use tera::Value;

/// Folder of the gallery.
pub const FOLDER: &str = "_apercu/composants";
/// Components that are zones of a page, and stand beside its content.
const ZONES: [&str; 6] = [
    "header",
    "footer",
    "skip-links",
    "display-modal",
    "notice",
    "breadcrumb",
];

/// One entry of `examples.yaml`.
#[derive(Debug, Deserialize)]
struct Example {
    nom: String,
    #[serde(default)]
    arguments: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    contenu: String,
}

/// Adds the gallery to the files of a preview.
pub fn add(sources: &Sources, theme: &Theme, assets: &Assets, output: &mut Output) -> Diagnostics {
    let (templates, mut faults) = Templates::new(theme, assets);
    let mut list = String::new();
    for source in sources.under("theme/components/") {
        let Some(name) = source
            .path
            .strip_prefix("theme/components/")
            .and_then(|path| path.strip_suffix("/examples.yaml"))
        else {
            continue;
        };
        let _ = write!(list, "<h2>{}</h2>\n<ul>\n", escape(name));
        for (rank, example) in examples(source, &mut faults).into_iter().enumerate() {
            let address = format!("{FOLDER}/{name}/{}/", rank + 1);
            match shown(name, &example, &templates, assets) {
                Ok(html) => {
                    let _ = writeln!(
                        list,
                        "<li><a href=\"/{address}\">{} : {}</a></li>",
                        escape(name),
                        escape(&example.nom)
                    );
                    // Names and ranks are unique.
                    let _ = output.insert(format!("{address}index.html"), html.into_bytes());
                }
                Err(fault) => faults.push(fault),
            }
        }
        list.push_str("</ul>\n");
    }
    let html = page(
        "Tous les composants",
        &format!(
            "<main id=\"contenu\" class=\"fr-container ml-main ml-sitemap\">\n<h1>Tous les composants</h1>\n{list}</main>"
        ),
        assets,
    );
    let _ = output.insert(format!("{FOLDER}/index.html"), html.into_bytes());
    faults
}

fn examples(source: &Source, faults: &mut Diagnostics) -> Vec<Example> {
    serde_yaml::from_str(&source.text).unwrap_or_else(|error| {
        let message = format!("Ces exemples ne se lisent pas : {error}");
        faults.push(
            Diagnostic::warning("gabarit", source.span(0..0), message)
                .hint("Chaque exemple a un nom, des arguments, et parfois un contenu."),
        );
        Vec::new()
    })
}

fn shown(
    name: &str,
    example: &Example,
    templates: &Templates,
    assets: &Assets,
) -> Result<String, Diagnostic> {
    let args = example
        .arguments
        .iter()
        .map(|(key, value)| (key.as_str(), Value::from_serializable(value)));
    let html = templates.component(&name.replace('-', "_"), args.collect(), &example.contenu)?;
    let title = format!("{name} : {}", example.nom);
    let heading = format!("<h1>{}</h1>\n{}", escape(&title), headings_above(&html));
    let targets = targets(&html);
    let body = if ZONES.contains(&name) {
        format!(
            "{html}\n<main id=\"contenu\" class=\"fr-container ml-main\" tabindex=\"-1\">\n{heading}{targets}</main>"
        )
    } else {
        format!(
            "<main id=\"contenu\" class=\"fr-container ml-main\" tabindex=\"-1\">\n{heading}<div>\n{html}\n</div>\n{targets}</main>"
        )
    };
    Ok(page(&title, &body, assets))
}

/// The headings that a page would have between its title and the example's own.
fn headings_above(html: &str) -> String {
    let level = (2..=6)
        .find(|level| html.contains(&format!("<h{level}")))
        .unwrap_or(2);
    (2..level)
        .map(|level| format!("<h{level}>Partie de niveau {level}</h{level}>\n"))
        .collect()
}

/// Places for the links of an example that lead elsewhere in a page.
fn targets(html: &str) -> String {
    let mut wanted: Vec<&str> = html
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| *id != "contenu" && !html.contains(&format!("id=\"{id}\"")))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let place = |id: &str| format!("<p id=\"{id}\" tabindex=\"-1\">Place de « {id} ».</p>\n");
    wanted.into_iter().map(place).collect()
}

fn page(title: &str, body: &str, assets: &Assets) -> String {
    let title = escape(title);
    let mut head = format!("<script src=\"{}\"></script>\n", assets.scheme_script);
    for style in &assets.styles {
        let _ = writeln!(head, "<link rel=\"stylesheet\" href=\"{style}\">");
    }
    for script in &assets.scripts {
        let _ = writeln!(head, "<script type=\"module\" src=\"{script}\"></script>");
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\" data-fr-scheme=\"system\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} – Composants</title>\n\
         {head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_its_headings_and_the_places_that_it_leads_to() {
        assert_eq!(headings_above("<h3>"), "<h2>Partie de niveau 2</h2>\n");
        assert_eq!(headings_above("<p>"), "");
        let html = "<a href=\"#a\"></a><a href=\"#b\"></a><p id=\"b\"></p><a href=\"#contenu\"></a>";
        assert_eq!(targets(html).matches("<p id=").count(), 1);
    }
}
