//! Stories told as people tell them, and the clicks of each from the home page to the door that fits.

use std::path::Path;

use serde::Deserialize;

use crate::html::{select, text};
use crate::{TestSite, browser::plain};
use scraper::Html;

/// One story of the folder `stories`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name, unlike any other.
    pub recit: String,
    /// `locataire` or `bailleur`.
    pub qui: String,
    /// What the person tells.
    pub histoire: String,
    /// The door that fits, and why, with the article.
    pub porte: String,
    /// Address of that door on the site, perhaps with a fragment.
    pub arrivee: String,
    /// Words that the door must say, whatever their case.
    pub dit: Vec<String>,
    /// The links followed from `/`, without script: the words of each, or how they begin, then « … ».
    pub clics: Vec<String>,
    /// The same walk with scripts: links, choices, dates (`il y a 89 jours`), sums, communes.
    #[serde(default)]
    pub avec_script: Vec<String>,
    /// Words that the door must say with scripts, once it knows the answers.
    #[serde(default)]
    pub dit_avec_script: Vec<String>,
}

impl Story {
    /// All the stories, file after file.
    ///
    /// # Panics
    /// When a file cannot be read as stories.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .expect("the folder of the stories")
            .map(|entry| entry.expect("a file").path())
            .collect();
        files.sort();
        let read = |file: &std::path::PathBuf| -> Vec<Self> {
            let text = std::fs::read_to_string(file).expect("UTF-8");
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        };
        files.iter().flat_map(read).collect()
    }

    /// Follows the clicks through the built pages, links of the main content alone, and gives the address reached.
    ///
    /// # Errors
    /// Says at which page the words of a click lead nowhere, or to two places.
    pub fn walk(&self, site: &TestSite) -> Result<String, String> {
        self.clics.iter().try_fold("/".to_owned(), |at, words| {
            follow(&page(site, &at), words).map_err(|what| format!("{} : à {at}, {what}", self.recit))
        })
    }
}

/// The HTML of an address of the site.
#[must_use]
pub fn page(site: &TestSite, address: &str) -> String {
    let path = address.split('#').next().unwrap_or(address);
    site.built(&format!("{}index.html", path.trim_start_matches('/')))
}

/// Where the link with these words leads.
fn follow(html: &str, words: &str) -> Result<String, String> {
    let document = Html::parse_document(html);
    let links: Vec<(String, String)> = select(&document, "main a[href]")
        .iter()
        .map(|link| {
            let target = link.value().attr("href").unwrap_or_default();
            (plain(&text(link)), target.to_owned())
        })
        .collect();
    let words = plain(words);
    let fits = |said: &str| match words.strip_suffix('…') {
        Some(start) => said.starts_with(start),
        None => said == words,
    };
    let mut targets: Vec<&str> = links
        .iter()
        .filter(|(said, _)| fits(said))
        .map(|(_, target)| target.as_str())
        .collect();
    targets.dedup();
    match targets[..] {
        [target] => Ok(target.to_owned()),
        [] => Err(format!("aucun lien ne dit « {words} » ; il y a : {links:?}")),
        _ => Err(format!("« {words} » mène à plusieurs endroits : {targets:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::follow;

    #[test]
    fn words_lead_to_one_place_or_are_told() {
        let page = "<main><a href=/a/>Oui</a> <a href=/b/>Oui, mais tard</a> <a href=/c/>Non</a> <a href=/d/>Non</a></main>";
        assert_eq!(follow(page, "Oui").as_deref(), Ok("/a/"));
        assert_eq!(follow(page, "Oui, mais…").as_deref(), Ok("/b/"));
        assert!(follow(page, "Peut-être").is_err_and(|what| what.contains("aucun lien")));
        assert!(follow(page, "Non").is_err_and(|what| what.contains("plusieurs")));
    }
}
