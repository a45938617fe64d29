//! Links to other sites: where they are written, what is known of each and since when, what is to be said.
//!
//! Never a part of the build: a page must not fail because another site is down for an hour.

use crate::check::Content;
use crate::check::addresses::Addresses;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::dates;
use crate::site::Site;
use crate::source::Span;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What another site answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An HTTP status, and where redirections led when they led elsewhere.
    Status(u16, Option<String>),
    /// No answer, and why, in French.
    None(String),
}

/// An answer and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Day of the question.
    pub on: Date,
    /// The answer.
    pub answer: Answer,
}

/// What is known of each address.
pub type Cache = BTreeMap<String, Seen>;

/// Every address of another site, without its fragment, with the places where it is written.
#[must_use]
pub fn external(site: &Site) -> BTreeMap<String, Vec<Span>> {
    let content = Content {
        site,
        addresses: Addresses::of(site),
    };
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut add = |address: &str, span: &Span| {
        if ["https://", "http://"]
            .iter()
            .any(|start| address.starts_with(start))
        {
            let address = address.split('#').next().unwrap_or(address);
            found.entry(address.to_owned()).or_default().push(span.clone());
        }
    };
    for body in content.every_body() {
        body.links().for_each(|(address, span)| add(address, span));
    }
    for (_, address) in content.addresses_in_keys() {
        add(&address.value, &address.span);
    }
    for article in site.law.articles.values() {
        article
            .href
            .iter()
            .for_each(|address| add(address, &article.span));
    }
    for places in found.values_mut() {
        places.sort();
        places.dedup();
    }
    found
}

/// The addresses to ask again: unknown, known for `age` days or more, or without a good answer.
#[must_use]
pub fn due<'a>(links: &'a BTreeMap<String, Vec<Span>>, cache: &Cache, today: Date, age: i32) -> Vec<&'a str> {
    let is_fresh = |address: &String| {
        cache
            .get(address)
            .is_some_and(|seen| seen.answer.is_good() && seen.on.saturating_add(age.days()) > today)
    };
    links
        .keys()
        .filter(|address| !is_fresh(address))
        .map(String::as_str)
        .collect()
}

impl Answer {
    fn is_good(&self) -> bool {
        matches!(self, Self::Status(200..=299, _))
    }
}

/// What is wrong, at each place where the address is written.
#[must_use]
pub fn faults(links: &BTreeMap<String, Vec<Span>>, cache: &Cache) -> Diagnostics {
    let mut faults = Diagnostics::default();
    for (address, places) in links {
        let Some(seen) = cache.get(address) else { continue };
        let Some((message, hint)) = words(address, seen) else {
            continue;
        };
        for place in places {
            faults
                .push(Diagnostic::warning("lien-externe", place.clone(), message.clone()).hint(hint.clone()));
        }
    }
    faults
}

fn words(address: &str, seen: &Seen) -> Option<(String, String)> {
    let on = dates::words(seen.on);
    let look = "Ouvrez cette adresse dans un navigateur.";
    Some(match &seen.answer {
        Answer::Status(200..=299, None) => return None,
        Answer::Status(200..=299, Some(new)) => (
            format!("« {address} » mène maintenant à une autre adresse."),
            format!("Écrivez la nouvelle, si c'est bien la page voulue : {new}"),
        ),
        Answer::Status(404 | 410, _) => (
            format!("La page « {address} » n'existe plus (le {on})."),
            "Cherchez sa nouvelle adresse sur ce site, ou retirez le lien.".to_owned(),
        ),
        Answer::Status(status, _) => (
            format!("« {address} » a répondu par une erreur ({status}, le {on})."),
            format!(
                "{look} Si elle s'affiche, ce site refuse les vérifications automatiques : gardez le lien."
            ),
        ),
        Answer::None(reason) => (
            format!("« {address} » n'a pas répondu : {reason} (le {on})."),
            format!("{look} Si elle ne s'affiche pas non plus, cherchez la nouvelle, ou retirez le lien."),
        ),
    })
}

/// The cache as it is kept on disk.
#[must_use]
pub fn write(cache: &Cache) -> String {
    let entries = cache.iter().map(|(address, seen)| {
        let value = match &seen.answer {
            Answer::Status(status, new) => json!({ "le": seen.on.to_string(), "etat": status, "vers": new }),
            Answer::None(reason) => json!({ "le": seen.on.to_string(), "raison": reason }),
        };
        (address.clone(), value)
    });
    format!("{:#}\n", Value::Object(Map::from_iter(entries)))
}

/// Reads it back; what cannot be read is asked again.
#[must_use]
pub fn read(text: &str) -> Cache {
    let entries = serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let seen = |value: &Value| {
        let on = dates::parse(value["le"].as_str()?)?;
        let answer = match value["etat"].as_u64() {
            Some(status) => {
                let new = value["vers"].as_str().map(ToOwned::to_owned);
                Answer::Status(u16::try_from(status).ok()?, new)
            }
            None => Answer::None(value["raison"].as_str()?.to_owned()),
        };
        Some(Seen { on, answer })
    };
    entries
        .iter()
        .filter_map(|(address, value)| Some((address.clone(), seen(value)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::source::Sources;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn links() -> BTreeMap<String, Vec<Span>> {
        let mut sources = Sources::default();
        sources.insert(
            "content/guides/a.md",
            "---\ntitre: A\ndescription: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\nsources: [{titre: S, adresse: \"https://a.fr/x\", lu_le: 2026-01-01}]\n---\n[un](https://a.fr/x#y) [deux](/guides/a/) [trois](https://b.fr/)\n",
        );
        external(&parse::parse(&sources, TODAY).0)
    }

    fn seen(on: Date, answer: Answer) -> Seen {
        Seen { on, answer }
    }

    #[test]
    fn an_address_is_known_with_all_its_places() {
        let links = links();
        assert_eq!(
            links.keys().collect::<Vec<_>>(),
            ["https://a.fr/x", "https://b.fr/"]
        );
        assert_eq!(links["https://a.fr/x"].len(), 2);
    }

    #[test]
    fn only_what_is_old_or_bad_is_asked_again_and_told() {
        let links = links();
        let mut cache = Cache::new();
        assert_eq!(due(&links, &cache, TODAY, 7).len(), 2);
        cache.insert(
            "https://a.fr/x".to_owned(),
            seen(TODAY, Answer::Status(200, None)),
        );
        cache.insert("https://b.fr/".to_owned(), seen(TODAY, Answer::Status(404, None)));
        assert_eq!(due(&links, &cache, TODAY, 7), ["https://b.fr/"]);
        assert_eq!(due(&links, &cache, Date::constant(2026, 12, 2), 7).len(), 2);
        let told = faults(&links, &cache).sorted();
        assert_eq!(told.len(), 1);
        assert!(
            told[0].message.contains("n'existe plus (le 25 novembre 2026)"),
            "{told:?}"
        );
        let moved = Answer::Status(200, Some("https://c.fr/".to_owned()));
        cache.insert("https://a.fr/x".to_owned(), seen(TODAY, moved));
        assert_eq!(faults(&links, &cache).sorted().len(), 3);
        assert_eq!(read(&write(&cache)), cache);
        assert_eq!(read("faux"), Cache::new());
    }
}
