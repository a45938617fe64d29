//! `coordonnees` in `content/site.yaml`: what only the services can tell, one setting each, empty until they do.

use super::fields::Fields;
use super::yaml::{Kind, Node};
use crate::diagnostic::Diagnostics;
use crate::source::Span;

/// A setting: its key, what it is, whom to ask for it, and what pages say while it is empty.
pub struct Asked {
    /// The key in the settings and in `{{ coordonnee(…) }}`.
    pub key: &'static str,
    /// What it is, in a sentence.
    pub name: &'static str,
    /// Who can tell it.
    pub source: &'static str,
    /// How readers find it meanwhile.
    pub meanwhile: &'static str,
}

/// Where official coordinates are found.
const DIRECTORY: &str = "à chercher dans l'annuaire officiel, sur lannuaire.service-public.fr";

/// The settings, in the order in which faults name them.
pub const ASKED: [Asked; 4] = [
    Asked {
        key: "cdc_adresse",
        name: "l'adresse postale du secrétariat de la commission, où envoyer la lettre recommandée",
        source: "à la DRIHL",
        meanwhile: DIRECTORY,
    },
    Asked {
        key: "cdc_courriel",
        name: "l'adresse électronique du secrétariat de la commission",
        source: "à la DRIHL",
        meanwhile: DIRECTORY,
    },
    Asked {
        key: "adil_adresse",
        name: "l'adresse de l'ADIL du département",
        source: "à l'ADIL (anil.org)",
        meanwhile: "à chercher sur anil.org",
    },
    Asked {
        key: "adil_telephone",
        name: "le téléphone de l'ADIL du département",
        source: "à l'ADIL (anil.org)",
        meanwhile: "à chercher sur anil.org",
    },
];

/// What the settings say of one of them.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The key.
    pub key: &'static str,
    /// Its lines; none while nobody has told it.
    pub lines: Vec<String>,
    /// Where it is written, or where it should be.
    pub span: Span,
}

/// The coordinates of the département that the service covers.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    /// Code of the département.
    pub department: String,
    /// One for each setting, once the block is written.
    pub list: Vec<Contact>,
}

impl Contacts {
    /// What readers see for a key: the coordinate in one line, or how to find it. Nothing for an unknown key.
    #[must_use]
    pub fn words(&self, key: &str) -> Option<String> {
        let asked = ASKED.iter().find(|asked| asked.key == key)?;
        let told = self.lines(key);
        Some(if told.is_empty() {
            asked.meanwhile.to_owned()
        } else {
            told.join(", ")
        })
    }

    /// The lines of a coordinate; none while it is empty.
    #[must_use]
    pub fn lines(&self, key: &str) -> &[String] {
        let contact = self.list.iter().find(|contact| contact.key == key);
        contact.map_or(&[], |contact| &contact.lines)
    }
}

/// Reads the block. Without it every coordinate is empty, at the place given.
pub(super) fn parse(node: Option<&Node>, place: &Span, faults: &mut Diagnostics) -> Contacts {
    let absent = Node {
        kind: Kind::Null,
        span: place.clone(),
    };
    let mut fields = Fields::new(node.unwrap_or(&absent), faults);
    let department = fields.text("departement").map(|text| text.value);
    let read = |fields: &mut Fields, asked: &Asked| Contact {
        key: asked.key,
        span: fields.place(asked.key),
        lines: fields
            .texts(asked.key)
            .into_iter()
            .map(|line| line.value.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
    };
    let list = ASKED.iter().map(|asked| read(&mut fields, asked)).collect();
    fields.finish();
    Contacts {
        department: department.unwrap_or_default(),
        list,
    }
}
