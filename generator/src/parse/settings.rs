//! `content/site.yaml`: the name of the service, its menus, its footer.

use super::contacts;
use super::fields::{Fields, Located};
use super::yaml::{self, Kind, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::site::{Brand, GuideTheme, MenuLink, Settings, Slug};
use crate::source::{Source, Sources};

/// Path of the settings.
pub const SETTINGS: &str = "content/site.yaml";

/// Reads the settings. A missing file is reported and read as an empty one.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Settings {
    let empty = Source::new(SETTINGS, "");
    let source = sources.text(SETTINGS).unwrap_or_else(|| {
        faults.push(
            Diagnostic::error_nowhere(
                "fichier-manquant",
                format!("Le fichier « {SETTINGS} » n'existe pas."),
            )
            .hint("Créez-le : il donne le titre, l'adresse et les menus du site."),
        );
        &empty
    });
    let node = yaml::parse(source, 0..source.text.len()).unwrap_or_else(|fault| {
        faults.push(fault);
        Node {
            kind: Kind::Null,
            span: source.span(0..0),
        }
    });
    settings(&node, sources.text(SETTINGS).is_some(), faults)
}

fn settings(node: &Node, told: bool, faults: &mut Diagnostics) -> Settings {
    let mut ignored = Diagnostics::default();
    // A file that is missing or is no YAML was reported once: its keys are not reported one by one.
    let silent = !told || matches!(node.kind, Kind::Null);
    let mut fields = Fields::new(node, if silent { &mut ignored } else { faults });
    let base_url = base_url(&mut fields);
    let title = fields.required("titre");
    let promise = fields.required("promesse");
    let brand = match fields.one_of("marque", &["etat", "neutre"]) {
        Some("etat") => Brand::State,
        _ => Brand::Neutral,
    };
    let brand_lines = values(fields.texts("bloc_marque"));
    let beta = fields.flag("beta", false);
    let security_contact = security_contact(&mut fields);
    let themes = fields.list("themes");
    let menu = fields.list("menu");
    let shortcuts = fields.list("raccourcis");
    let footer = fields.node("pied");
    let (contacts, place) = (fields.node("coordonnees"), fields.span());
    fields.finish();
    let faults = if silent { &mut ignored } else { faults };
    let (footer_text, footer_official, footer_links) =
        footer.map_or_else(Default::default, |node| foot(node, faults));
    Settings {
        title,
        promise,
        base_url,
        brand,
        brand_lines,
        beta,
        contacts: contacts::parse(contacts, &place, faults),
        security_contact,
        themes: themes.iter().map(|node| theme(node, faults)).collect(),
        menu: links(menu, faults),
        shortcuts: links(shortcuts, faults),
        footer_text,
        footer_official,
        footer_links,
    }
}

fn security_contact(fields: &mut Fields) -> Option<Located<String>> {
    let contact = fields.text("contact_securite")?;
    if !["https://", "mailto:"]
        .iter()
        .any(|start| contact.value.starts_with(start))
    {
        let message = format!(
            "« {} » n'est pas une adresse que « security.txt » accepte.",
            contact.value
        );
        fields.faults().push(
            Diagnostic::error("cle-valeur", contact.span.clone(), message)
                .hint("Écrivez « https://… » ou « mailto:nom@exemple.fr »."),
        );
    }
    Some(contact)
}

fn theme(node: &Node, faults: &mut Diagnostics) -> GuideTheme {
    let mut fields = Fields::new(node, faults);
    let theme = GuideTheme {
        id: fields.required("id"),
        title: fields.required("titre"),
        motives: fields.texts("motifs"),
    };
    fields.finish();
    if Slug::new(&theme.id.value).is_none() {
        let message = format!("« {} » ne peut pas servir d'adresse.", theme.id.value);
        faults.push(
            Diagnostic::error("slug", theme.id.span.clone(), message)
                .hint("Écrivez-le en minuscules sans accent, avec des traits d'union : « etat-des-lieux »."),
        );
    }
    theme
}

/// Scheme and host of the site, without a final `/`. Feeds, the map and canonical addresses are made of it.
fn base_url(fields: &mut Fields) -> Located<String> {
    let written = fields.required("adresse");
    let value = written.value.trim_end_matches('/').to_owned();
    let host = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    if !value.is_empty() && host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', ' '])) {
        let message = format!("« {} » n'est pas l'adresse d'un site.", written.value);
        fields.faults().push(
            Diagnostic::error("cle-valeur", written.span.clone(), message)
                .hint("Écrivez « https:// » et le nom du site, sans rien après : https://exemple.fr."),
        );
    }
    Located {
        value,
        span: written.span,
    }
}

fn foot(node: &Node, faults: &mut Diagnostics) -> (String, Vec<MenuLink>, Vec<MenuLink>) {
    let mut fields = Fields::new(node, faults);
    let text = fields.required("texte").value;
    let official = fields.list("officiels");
    let bottom = fields.list("liens");
    fields.finish();
    (text, links(official, faults), links(bottom, faults))
}

fn links(nodes: &[Node], faults: &mut Diagnostics) -> Vec<MenuLink> {
    nodes.iter().map(|node| link(node, faults)).collect()
}

fn link(node: &Node, faults: &mut Diagnostics) -> MenuLink {
    let mut fields = Fields::new(node, faults);
    let link = MenuLink {
        title: fields.required("titre"),
        address: fields.required("adresse"),
    };
    fields.finish();
    link
}

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_menus_and_reports_unknown_keys_together() {
        let mut sources = Sources::default();
        sources.insert(
            SETTINGS,
            "titre: T\npromesse: P\nadresse: https://exemple.fr/\nmarque: etat\nmenu:\n  - {titre: A, adress: /a/}\npied: {texte: x, lien: []}\n",
        );
        let mut faults = Diagnostics::default();
        let settings = parse(&sources, &mut faults);
        assert_eq!(settings.base_url.value, "https://exemple.fr");
        assert_eq!(settings.brand, Brand::State);
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        // « adress » is told once: the key that it stands for is not missing too.
        assert_eq!(rules, ["cle-inconnue", "cle-inconnue"]);
    }

    #[test]
    fn a_missing_file_is_one_fault() {
        let mut faults = Diagnostics::default();
        parse(&Sources::default(), &mut faults);
        assert_eq!(faults.sorted().len(), 1);
    }
}
