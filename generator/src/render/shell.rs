//! What the form service needs of the site: its frame around an empty page, components, commissions.

use super::Renderer;
use super::frame::PageSpec;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Output;
use crate::theme::Theme;
use crate::typography;
use std::collections::BTreeMap;

/// Folder that the service reads and that is never served.
pub const FOLDER: &str = ".service";
const TITLE: &str = "@@TITRE@@";
const CURRENT: &str = "@@FIL@@";
/// What the pages of the service are for.
const DESCRIPTION: &str = "Formulaires de Médiation Logement : préparer une saisine de la commission départementale de conciliation, compléter un dossier, nous écrire.";

/// Renders the shell: the service replaces `@@TITRE@@`, `@@FIL@@` and `@@CONTENU@@`.
pub fn render(renderer: &Renderer, faults: &mut Diagnostics) -> Option<String> {
    let start = "/saisir-la-cdc/".to_owned();
    let spec = PageSpec {
        heading: CURRENT.to_owned(),
        title: Some(TITLE.to_owned()),
        description: DESCRIPTION.to_owned(),
        path: "/saisine".to_owned(),
        parents: vec![("Saisir la CDC".to_owned(), start.clone())],
        indexable: false,
        scripts: renderer.assets.service_scripts.clone(),
        notice: String::new(),
    };
    let mut frame = renderer.frames.page(spec, renderer.words());
    TITLE.clone_into(&mut frame.page.title);
    for link in &mut frame.site.menu {
        link.current = link.href == start;
    }
    match renderer
        .templates
        .page("service/shell.html", &frame, "simple", &())
    {
        Ok(html) => Some(html),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// Copies the templates of the components, so that the service renders fields as the site does.
pub fn components(theme: &Theme, output: &mut Output) {
    for template in &theme.templates {
        let Some(name) = template
            .name
            .strip_prefix("components/")
            .and_then(|name| name.strip_suffix("/template.html"))
        else {
            continue;
        };
        let path = format!("{FOLDER}/templates/{name}.html");
        // Component names are folder names: each is there once.
        let _ = output.insert(
            path,
            typography::template::spaced(&template.source.text).as_bytes(),
        );
    }
}

/// Writes the former addresses as JSON, `{"/ancien/": "/guides/nouveau/"}`: the server redirects them.
pub fn redirects(renderer: &Renderer, output: &mut Output) {
    let former = renderer.site.aliases();
    let all: BTreeMap<&str, String> = former.map(|(alias, to)| (alias.value.as_str(), to)).collect();
    let json = serde_json::to_string_pretty(&all).unwrap_or_default();
    // One file, written here alone.
    let _ = output.insert(format!("{FOLDER}/redirects.json"), json.as_bytes());
}

/// Writes the commissions as JSON.
pub fn commissions(renderer: &Renderer, output: &mut Output, faults: &mut Diagnostics) {
    let all = renderer.site.commissions.iter();
    let shown: Vec<_> = all
        .map(|one| super::commune::filled(one, renderer.words()))
        .collect();
    match serde_json::to_vec_pretty(&shown) {
        Ok(mut json) => {
            json.push(b'\n');
            let _ = output.insert(format!("{FOLDER}/commissions.json"), json);
        }
        Err(error) => faults.push(Diagnostic::error_nowhere("service", error.to_string())),
    }
}
