//! The keys of the registry of the law.

use super::{Key, Kind, Shape, TITLE, key};
use crate::parse::law::Unit;

const ID: Key = key(
    "id",
    "Identifiant",
    Shape::Text,
    "En minuscules, avec des traits d'union. Les textes l'emploient : ne le changez plus.",
)
.required();

pub(super) const ARTICLES: Kind = Kind {
    name: "articles",
    label: "Articles de loi",
    files: "content/droit/articles.yaml",
    is_list: true,
    keys: &[
        ID,
        key("titre", "Titre", Shape::Text, "Tel qu'on le cite.").required(),
        key(
            "texte_court",
            "Texte court",
            Shape::Long,
            "La règle, en une ou deux phrases simples.",
        )
        .required(),
        key("adresse", "Adresse", Shape::Text, "Commence par https://."),
        key(
            "verifie_le",
            "Vérifié le",
            Shape::Day,
            "Le jour où quelqu'un a lu l'article.",
        ),
        key(
            "modifie_le",
            "Modifié le",
            Shape::Day,
            "Le jour de la dernière version de l'article.",
        ),
        key(
            "confiance",
            "Confiance",
            Shape::Choice(&["vu", "su"]),
            "« vu » : l'article a été lu. « su » : la règle est connue, l'article reste à lire.",
        ),
    ],
};

const VALUE: &[Key] = &[
    key("depuis", "Depuis le", Shape::Day, "").required(),
    key(
        "jusqu_a",
        "Jusqu'au",
        Shape::Day,
        "Le dernier jour où cette valeur compte.",
    ),
    key("valeur", "Valeur", Shape::Text, "Le nombre seul, ou un jour.").required(),
    key("source", "Source", Shape::Text, "D'où vient cette valeur."),
];

pub(super) const PARAMETERS: Kind = Kind {
    name: "parametres",
    label: "Chiffres de la loi",
    files: "content/droit/parametres.yaml",
    is_list: true,
    keys: &[
        ID,
        TITLE,
        key("unite", "Unité", Shape::Choice(&Unit::NAMES), "").required(),
        key(
            "valeurs",
            "Valeurs",
            Shape::List(VALUE),
            "Une valeur par période.",
        )
        .required(),
    ],
};
