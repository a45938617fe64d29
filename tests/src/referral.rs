//! A referral filed as a browser without scripts would: read the form, fill it, post it, follow.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use scraper::Html;

use crate::{TestService, html};

/// Address of the requester in the tests.
pub const REQUESTER: &str = "camille.martin@demandeur.test";

/// Answers of a tenant of Saint-Denis about a deposit, complete and without fault.
pub const ANSWERS: &[(&str, &str)] = &[
    ("qualite", "locataire"),
    ("commune", "93066"),
    ("code_postal", "93200"),
    ("residence_principale", "oui"),
    ("type_bail", "vide"),
    ("parc", "prive"),
    ("motifs", "DG"),
    (
        "faits",
        "31 mai 2026 : remise des clés.\nL’état des lieux est conforme.",
    ),
    ("demande", "La restitution du dépôt de garantie, soit 650 €."),
    ("montant", "650"),
    ("demandeur_nom", "Camille Martin"),
    ("demandeur_adresse", "2 place de l’Essai"),
    ("demandeur_code_postal", "93200"),
    ("demandeur_ville", "Saint-Denis"),
    ("demandeur_courriel", REQUESTER),
    ("adverse_qualite", "bailleur"),
    ("adverse_nom", "Société de l’Exemple"),
    ("adverse_adresse", "1 rue du Modèle, 93100 Montreuil"),
    ("logement_adresse", "3 rue de l’Exemple"),
    ("accord_transmission", "oui"),
    ("accord_exactitude", "oui"),
];

/// A file to join: name of the field, file name, media type, content.
pub type File<'a> = (&'a str, &'a str, &'a str, &'a [u8]);

/// The smallest PDF that a reader opens.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n";

/// A client that follows no redirection by itself, so that a test sees each answer.
///
/// # Panics
/// When no client can be made.
#[must_use]
pub fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(30))
        .build()
        .expect("a plain client can be made")
}

/// The form as it was served, with its hidden fields.
pub struct OpenForm {
    action: String,
    hidden: Vec<(String, String)>,
}

impl OpenForm {
    /// Reads the form of a service.
    ///
    /// # Panics
    /// When it is not served.
    #[must_use]
    pub fn read(service: &TestService) -> Self {
        Self::at(service, "/saisine")
    }

    /// Reads the form of another page.
    ///
    /// # Panics
    /// When it is not served.
    #[must_use]
    pub fn at(service: &TestService, address: &str) -> Self {
        let answer = client()
            .get(service.page(address))
            .send()
            .expect("the service answers");
        assert_eq!(answer.status(), 200, "GET {address}");
        let page = Html::parse_document(&answer.text().expect("a page is text"));
        let forms = html::select(&page, "main form[method=post]");
        let form = forms.first().expect("the page holds a form");
        let hidden = html::select(&page, "main form[method=post] input[type=hidden]");
        let pair = |name: Option<&str>, value: Option<&str>| {
            Some((name?.to_owned(), value.unwrap_or_default().to_owned()))
        };
        Self {
            action: service.page(form.attr("action").unwrap_or("/saisine")),
            hidden: hidden
                .iter()
                .filter_map(|field| pair(field.attr("name"), field.attr("value")))
                .collect(),
        }
    }

    /// The same form without this hidden field, to give it another value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.hidden.retain(|(known, _)| known != name);
        self
    }

    /// Posts [`ANSWERS`], with a demand that no other call has: the same answers would be the same referral.
    ///
    /// # Panics
    /// When the service does not answer.
    #[must_use]
    pub fn post_another(&self, files: &[File]) -> Response {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let demand = format!("La restitution du dépôt de garantie, soit 650 €. Demande n° {number}.");
        let own = |&(name, value)| (name, if name == "demande" { demand.as_str() } else { value });
        self.post(&ANSWERS.iter().map(own).collect::<Vec<_>>(), files)
    }

    /// Posts answers and files; a form can be posted again, as by a double click.
    ///
    /// # Panics
    /// When the service does not answer.
    #[must_use]
    pub fn post(&self, answers: &[(&str, &str)], files: &[File]) -> Response {
        let mut form = Form::new();
        for (name, value) in &self.hidden {
            form = form.text(name.clone(), value.clone());
        }
        for (name, value) in answers {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        for (field, name, kind, bytes) in files {
            let part = Part::bytes(bytes.to_vec()).file_name((*name).to_owned());
            form = form.part((*field).to_owned(), part.mime_str(kind).expect("a media type"));
        }
        client()
            .post(&self.action)
            .multipart(form)
            .send()
            .expect("the service answers")
    }
}

/// Address that an accepted form leads to.
///
/// # Panics
/// When the answer is not a redirection; says what the page said.
pub fn accepted(answer: Response) -> String {
    let status = answer.status();
    let place = answer
        .headers()
        .get("location")
        .and_then(|place| place.to_str().ok())
        .map(str::to_owned);
    if status != 303 {
        let page = Html::parse_document(&answer.text().unwrap_or_default());
        let main: Vec<String> = html::select(&page, "main").iter().map(html::text).collect();
        panic!("the form was not accepted ({status}): {}", main.join("\n"));
    }
    place.expect("a redirection says where to")
}

/// Files a complete referral; gives back its reference, read on the confirmation page.
///
/// # Panics
/// When it is not accepted, or the confirmation shows no reference.
pub fn file(service: &TestService) -> String {
    let place = accepted(OpenForm::read(service).post_another(&[]));
    reference_at(service, &place)
}

/// The reference that a confirmation page shows.
///
/// # Panics
/// When the page shows none.
pub fn reference_at(service: &TestService, place: &str) -> String {
    let answer = client()
        .get(service.page(place))
        .send()
        .expect("the service answers");
    assert_eq!(answer.status(), 200, "the confirmation at {place}");
    let page = answer.text().expect("a page is text");
    reference_in(&page).unwrap_or_else(|| panic!("no reference on the confirmation:\n{page}"))
}

/// The first reference of Seine-Saint-Denis in a text: `ML93-…`.
#[must_use]
pub fn reference_in(text: &str) -> Option<String> {
    let start = text.find("ML93-")?;
    let part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    let reference: String = text[start..].chars().take_while(|c| part(*c)).collect();
    (reference.len() > "ML93-".len()).then(|| reference.trim_end_matches('-').to_owned())
}
