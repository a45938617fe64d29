//! What the service reads of the built site: the frame of its pages, the form, the commissions, the templates.

use crate::seal::hex;
use decision_tree::Tree;
use referral_form::{Definition, definition, names};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use tera::{Context, Tera};

/// The service's part of the built site.
pub struct Site {
    shell: String,
    /// The form.
    pub definition: Definition,
    /// Trees by slug, to walk a diagnosis again.
    pub trees: BTreeMap<String, Tree>,
    commissions: Vec<Commission>,
    templates: Tera,
    redirects: Arc<BTreeMap<String, String>>,
}

/// A commission, as its authors describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// Département.
    pub departement: String,
    /// Name.
    pub nom: String,
    /// Service that holds its secretariat.
    pub service: String,
    /// `preparation`, `electronique`, `arrete` or `redirection`.
    pub mode: String,
    /// Lines of its postal address; empty when nobody has confirmed it.
    #[serde(default)]
    pub adresse_postale: Vec<String>,
    /// Telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// What is to be known of that number.
    #[serde(default)]
    pub telephone_note: Option<String>,
    /// Official directory.
    #[serde(default)]
    pub annuaire: Option<String>,
    /// Its own online service, where mode `redirection` sends people.
    #[serde(default)]
    pub teleservice: Option<String>,
}

/// Our own templates: mails, and the small pages without a form.
const OWN: [(&str, &str); 16] = [
    (
        "own/commission.html",
        include_str!("../templates/commission.html"),
    ),
    ("own/commission.txt", include_str!("../templates/commission.txt")),
    ("own/receipt.html", include_str!("../templates/receipt.html")),
    ("own/receipt.txt", include_str!("../templates/receipt.txt")),
    ("own/notice.html", include_str!("../templates/notice.html")),
    ("own/notice.txt", include_str!("../templates/notice.txt")),
    (
        "own/complement.html",
        include_str!("../templates/complement.html"),
    ),
    ("own/complement.txt", include_str!("../templates/complement.txt")),
    ("own/files.html", include_str!("../templates/files.html")),
    ("own/files.txt", include_str!("../templates/files.txt")),
    ("own/withheld.html", include_str!("../templates/withheld.html")),
    ("own/withheld.txt", include_str!("../templates/withheld.txt")),
    ("own/head.html", include_str!("../templates/head.html")),
    (
        "own/acknowledge.html",
        include_str!("../templates/acknowledge.html"),
    ),
    ("own/mail.css", include_str!("../templates/mail.css")),
    ("own/problem.html", include_str!("../templates/problem.html")),
];

impl Site {
    /// Reads `.service` below the folder of the site.
    ///
    /// # Errors
    /// What is missing or wrong, in French, with what to do.
    pub fn load(dist: &Path) -> Result<Self, String> {
        let folder = dist.join(".service");
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|error| {
                format!(
                    "{} : {error}. Construisez d'abord le site (generator build).",
                    path.display()
                )
            })
        };
        let shell = read("shell.html")?;
        for mark in ["@@TITRE@@", "@@CONTENU@@"] {
            if !shell.contains(mark) {
                return Err(format!(
                    "{} : il manque « {mark} ».",
                    folder.join("shell.html").display()
                ));
            }
        }
        let form = read("form.json")?;
        let definition: Definition = serde_json::from_str(&form)
            .map_err(|error| format!("{} : {error}", folder.join("form.json").display()))?;
        if definition.version != definition::VERSION {
            return Err(
                "form.json est d'une autre version : construisez le site avec le même logiciel.".to_owned(),
            );
        }
        let commissions = serde_json::from_str(&read("commissions.json")?)
            .map_err(|error| format!("{} : {error}", folder.join("commissions.json").display()))?;
        let redirects: BTreeMap<String, String> = serde_json::from_str(&read("redirects.json")?)
            .map_err(|error| format!("{} : {error}", folder.join("redirects.json").display()))?;
        let redirects = redirects
            .into_iter()
            .map(|(from, to)| (from.trim_end_matches('/').to_owned(), to));
        Ok(Self {
            redirects: Arc::new(redirects.collect()),
            shell,
            definition,
            trees: trees(&folder.join("trees"))?,
            commissions,
            templates: templates(&folder.join("templates"))?,
        })
    }

    /// Former addresses without their final `/`, and where each leads now.
    #[must_use]
    pub fn redirects(&self) -> Arc<BTreeMap<String, String>> {
        Arc::clone(&self.redirects)
    }

    /// The commission of a département.
    #[must_use]
    pub fn commission(&self, departement: &str) -> Option<&Commission> {
        self.commissions
            .iter()
            .find(|commission| commission.departement == departement)
    }

    /// Départements of the municipalities that the form offers and that none of these mailboxes serves: people would
    /// fill in the form for nothing.
    #[must_use]
    pub fn unserved<T>(&self, routes: &BTreeMap<String, T>) -> Vec<String> {
        let field = self.definition.field(names::COMMUNE);
        let offered = field.into_iter().flat_map(|field| &field.options);
        let departements: BTreeSet<&str> = offered
            .map(|option| departement_of(&option.id))
            .filter(|departement| self.commission(departement).is_some())
            .collect();
        let unserved = departements
            .into_iter()
            .filter(|departement| !routes.contains_key(*departement));
        unserved.map(str::to_owned).collect()
    }

    /// Renders a template with one value under one name.
    ///
    /// # Errors
    /// What the template engine says, without the value.
    pub fn render(
        &self,
        template: &str,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<String, String> {
        let mut context = Context::new();
        context.insert(name, value);
        self.templates
            .render(template, &context)
            .map_err(|error| format!("{template} : {error}"))
    }

    /// Renders a component of the theme with one argument.
    ///
    /// # Errors
    /// What the template engine says, without the value.
    pub fn component(
        &self,
        component: &str,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<String, String> {
        let mut context = Context::new();
        context.insert(name, value);
        let rendered = self.templates.render_component(component, &context, None, true);
        rendered.map_err(|error| format!("{component} : {error}"))
    }

    /// A whole page: title of the browser, label of the breadcrumb, main content.
    #[must_use]
    pub fn page(&self, title: &str, label: &str, content: &str) -> String {
        // The content goes in last: what a person typed must not be taken for a mark.
        let frame = self
            .shell
            .replace("@@TITRE@@", &escape(title))
            .replace("@@FIL@@", &escape(label));
        match frame.split_once("@@CONTENU@@") {
            Some((before, after)) => [before, content, after].concat(),
            None => frame,
        }
    }

    /// A short name for this version of the texts, for logs.
    #[must_use]
    pub fn version(&self) -> String {
        hex(&crate::seal::sha256(self.shell.as_bytes())[..4])
    }
}

/// Département of a municipality: the first digits of its INSEE code.
#[must_use]
pub fn departement_of(insee: &str) -> &str {
    let len = if insee.starts_with("97") || insee.starts_with("98") {
        3
    } else {
        2
    };
    insee.get(..len).unwrap_or(insee)
}

/// The trees; none when the site has none.
fn trees(folder: &Path) -> Result<BTreeMap<String, Tree>, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(BTreeMap::new());
    };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    json.map(|path| {
        let fault = |error: &dyn std::fmt::Display| format!("{} : {error}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| fault(&error))?;
        let tree: Tree = serde_json::from_str(&text).map_err(|error| fault(&error))?;
        Ok((tree.slug.clone(), tree))
    })
    .collect()
}

fn templates(folder: &Path) -> Result<Tera, String> {
    let mut all: Vec<(String, String)> = OWN
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let entries = std::fs::read_dir(folder).map_err(|error| {
        format!(
            "{} : {error}. Construisez d'abord le site (generator build).",
            folder.display()
        )
    })?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| name.ends_with(".html"))
        else {
            continue;
        };
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{} : {error}", path.display()))?;
        all.push((name.to_owned(), text));
    }
    all.sort();
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_templates(all)
        .map_err(|error| format!("{} : {error}", folder.display()))?;
    Ok(tera)
}

/// Text made safe for HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
