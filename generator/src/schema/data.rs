//! The keys of the other files: commissions, synonyms, settings.

use super::{Key, Kind, Shape, TITLE, key};

pub(super) const COMMISSIONS: Kind = Kind {
    name: "commissions",
    label: "Commissions de conciliation",
    files: "content/lieux/cdc.yaml",
    is_list: true,
    keys: &[
        key(
            "departement",
            "Département",
            Shape::Text,
            "Son code entre guillemets : \"93\".",
        )
        .required(),
        key("nom", "Nom", Shape::Text, "").required(),
        key(
            "service",
            "Service",
            Shape::Text,
            "Le service qui tient le secrétariat.",
        )
        .required(),
        key(
            "mode",
            "Mode de saisine",
            Shape::Choice(&["preparation", "electronique", "arrete", "redirection"]),
            "« preparation » : le site prépare le dossier, la personne l'envoie.",
        ),
        key(
            "adresse_postale",
            "Adresse postale",
            Shape::Texts,
            "Une ligne d'adresse par ligne.",
        ),
        key("telephone", "Téléphone", Shape::Text, ""),
        key("telephone_note", "Précision sur le téléphone", Shape::Text, ""),
        key(
            "annuaire",
            "Page de l'annuaire",
            Shape::Text,
            "Commence par https://.",
        ),
        key(
            "teleservice",
            "Service en ligne",
            Shape::Text,
            "Commence par https://.",
        ),
        key("a_verifier", "À vérifier", Shape::Texts, "Ce qui n'est pas sûr."),
    ],
};

pub(super) const SYNONYMS: Kind = Kind {
    name: "synonymes",
    label: "Mots de la recherche",
    files: "content/recherche/synonymes.yaml",
    is_list: true,
    keys: &[
        key(
            "mots",
            "Mots tapés",
            Shape::Texts,
            "Ce que les gens tapent, sans majuscule.",
        )
        .required(),
        key(
            "cherche",
            "Cherche aussi",
            Shape::Text,
            "Ce que le site cherche alors en plus.",
        )
        .required(),
    ],
};

pub(super) const PLAIN_WORDS: Kind = Kind {
    name: "mots-simples",
    label: "Mots simples",
    files: "content/redaction/mots-simples.yaml",
    is_list: true,
    keys: &[
        key(
            "mots",
            "Mots à éviter",
            Shape::Texts,
            "Le mot et ses formes, sans majuscule.",
        )
        .required(),
        key(
            "simple",
            "Mots simples",
            Shape::Text,
            "Ce que l'on peut écrire à la place.",
        )
        .required(),
    ],
};

const LINK: &[Key] = &[
    TITLE,
    key("adresse", "Adresse", Shape::Text, "/guides/ ou https://…").required(),
];
const THEME: &[Key] = &[
    key(
        "id",
        "Identifiant",
        Shape::Text,
        "En minuscules, avec des traits d'union.",
    )
    .required(),
    TITLE,
    key(
        "motifs",
        "Motifs",
        Shape::Texts,
        "Codes de content/saisine/motifs.yaml.",
    ),
];
const CONTACTS: &[Key] = &[
    key(
        "departement",
        "Département",
        Shape::Text,
        "Son numéro, entre guillemets.",
    ),
    key(
        "cdc_adresse",
        "Adresse de la commission",
        Shape::Texts,
        "Une ligne d'enveloppe par ligne.",
    ),
    key(
        "cdc_courriel",
        "Adresse électronique de la commission",
        Shape::Text,
        "",
    ),
    key(
        "adil_adresse",
        "Adresse de l'ADIL",
        Shape::Texts,
        "Une ligne d'enveloppe par ligne.",
    ),
    key("adil_telephone", "Téléphone de l'ADIL", Shape::Text, ""),
];
const FOOTER: &[Key] = &[
    key("texte", "Texte", Shape::Long, "").required(),
    key("officiels", "Sites officiels", Shape::List(LINK), ""),
    key("liens", "Liens du bas", Shape::List(LINK), ""),
];

pub(super) const SITE: Kind = Kind {
    name: "site",
    label: "Réglages du site",
    files: "content/site.yaml",
    is_list: false,
    keys: &[
        TITLE,
        key("promesse", "Promesse", Shape::Text, "Sous le titre du site.").required(),
        key(
            "adresse",
            "Adresse du site",
            Shape::Text,
            "https:// et le nom du site, sans rien après.",
        )
        .required(),
        key(
            "marque",
            "Marque",
            Shape::Choice(&["etat", "neutre"]),
            "« etat » : réservé aux sites en .gouv.fr.",
        ),
        key(
            "bloc_marque",
            "Bloc marque",
            Shape::Texts,
            "Une ligne du bloc marque par ligne.",
        ),
        key("beta", "Version d'essai", Shape::Flag, ""),
        key(
            "contact_securite",
            "Contact pour la sécurité",
            Shape::Text,
            "https://… ou mailto:…",
        ),
        key(
            "coordonnees",
            "Coordonnées des services",
            Shape::Map(CONTACTS),
            "Ce que seuls les services peuvent dire ; vide tant qu'ils ne l'ont pas dit.",
        ),
        key("themes", "Sujets des guides", Shape::List(THEME), ""),
        key("menu", "Menu", Shape::List(LINK), ""),
        key("raccourcis", "Raccourcis", Shape::List(LINK), "En haut à droite."),
        key("pied", "Pied de page", Shape::Map(FOOTER), ""),
    ],
};
