//! The keys of guides, pages, terms, frequent questions and letters.

use super::{ALIASES, DESCRIPTION, Key, Kind, LEGAL_BASIS, NEXT_REVIEW, OWNER, REVIEWED, Shape, TITLE, key};

const SOURCE: &[Key] = &[
    key(
        "titre",
        "Titre",
        Shape::Text,
        "Le nom du texte ou de la page, tel qu'on le cite.",
    )
    .required(),
    key("adresse", "Adresse", Shape::Text, "Commence par https://."),
    key(
        "article",
        "Article",
        Shape::Text,
        "Le numéro de l'article, par exemple 22.",
    ),
    key(
        "lu_le",
        "Lu le",
        Shape::Day,
        "Le jour où vous avez lu cette source.",
    )
    .required(),
];
const SOURCES: Key = key(
    "sources",
    "Sources",
    Shape::List(SOURCE),
    "Les textes sur lesquels la page s'appuie.",
);
const DRAFT: Key = key(
    "brouillon",
    "Brouillon",
    Shape::Flag,
    "Un brouillon ne se voit que dans l'aperçu.",
);
const FROM: Key = key(
    "publier_le",
    "Publier le",
    Shape::Day,
    "Les lecteurs voient la page à partir de ce jour.",
);
const UNTIL: Key = key(
    "retirer_le",
    "Retirer le",
    Shape::Day,
    "Les lecteurs ne voient plus la page à partir de ce jour.",
);

pub(super) const GUIDE: Kind = Kind {
    name: "guide",
    label: "Guide",
    files: "content/guides/*.md",
    is_list: false,
    keys: &[
        TITLE,
        DESCRIPTION,
        key(
            "reponse",
            "Réponse",
            Shape::Long,
            "La réponse en une phrase, affichée en haut du guide.",
        )
        .required(),
        key(
            "public",
            "Public",
            Shape::Choices(&["locataire", "bailleur"]),
            "À qui ce guide s'adresse : l'un, l'autre ou les deux.",
        ),
        key(
            "motif",
            "Motifs",
            Shape::Texts,
            "Codes de content/saisine/motifs.yaml, par exemple DG. Ils rangent le guide dans le sommaire.",
        ),
        OWNER,
        REVIEWED,
        NEXT_REVIEW,
        SOURCES,
        key(
            "suites",
            "Et ensuite",
            Shape::Texts,
            "Adresses des pages à lire après, par exemple /diagnostics/depot-de-garantie/.",
        ),
        key(
            "voir_aussi",
            "Voir aussi",
            Shape::Texts,
            "Noms d'autres guides, par exemple la-cdc.",
        ),
        key(
            "lier_glossaire",
            "Lier les mots du glossaire",
            Shape::Flag,
            "« non » pour que les mots du glossaire ne deviennent pas des liens.",
        ),
        ALIASES,
        DRAFT,
        FROM,
        UNTIL,
    ],
};

pub(super) const PAGE: Kind = Kind {
    name: "page",
    label: "Page",
    files: "content/pages/*.md",
    is_list: false,
    keys: &[
        TITLE,
        DESCRIPTION,
        OWNER,
        REVIEWED,
        NEXT_REVIEW,
        key(
            "indexable",
            "Dans les moteurs de recherche",
            Shape::Flag,
            "« non » pour que les moteurs de recherche ignorent cette page.",
        ),
        ALIASES,
        DRAFT,
        FROM,
        UNTIL,
        key(
            "a_completer",
            "À compléter",
            Shape::Texts,
            "Ce qu'il reste à trouver avant la mise en ligne. Rien n'en est affiché.",
        ),
    ],
};

const CARD: &[Key] = &[
    TITLE,
    key(
        "adresse",
        "Adresse",
        Shape::Text,
        "Adresse de la page : /guides/charges/.",
    )
    .required(),
    key(
        "texte",
        "Texte",
        Shape::Long,
        "Une phrase qui dit ce que l'on y trouve.",
    ),
];

pub(super) const HOME: Kind = Kind {
    name: "accueil",
    label: "Page d'accueil",
    files: "content/pages/accueil.md",
    is_list: false,
    keys: &[
        TITLE,
        DESCRIPTION,
        key(
            "accroche",
            "Accroche",
            Shape::Long,
            "La promesse du site, sous le titre.",
        )
        .required(),
        key(
            "entrees",
            "Entrées",
            Shape::List(CARD),
            "Les deux ou trois portes principales.",
        ),
        key(
            "motifs",
            "Différends",
            Shape::List(CARD),
            "Les différends les plus fréquents.",
        ),
        key(
            "urgences",
            "Urgences",
            Shape::List(CARD),
            "Vers qui se tourner sans attendre.",
        ),
        key(
            "commission",
            "La commission",
            Shape::Texts,
            "Ce qu'est la commission, une phrase par ligne.",
        ),
        key(
            "aide",
            "Aide humaine",
            Shape::List(CARD),
            "Les personnes à qui parler.",
        ),
        key(
            "garanties",
            "Garanties",
            Shape::Texts,
            "Ce que le site garantit, une phrase par ligne.",
        ),
        key("responsable", "Responsable", Shape::Text, OWNER.hint),
        key("revue_le", "Relu le", Shape::Day, REVIEWED.hint),
        key(
            "prochaine_revue",
            "À relire avant le",
            Shape::Day,
            NEXT_REVIEW.hint,
        ),
    ],
};

pub(super) const TERM: Kind = Kind {
    name: "terme",
    label: "Mot du glossaire",
    files: "content/glossaire/*.md",
    is_list: false,
    keys: &[
        key(
            "terme",
            "Terme",
            Shape::Text,
            "Comme dans une phrase : sans majuscule, sauf un sigle.",
        )
        .required(),
        key(
            "variantes",
            "Autres écritures",
            Shape::Texts,
            "Pluriel, sigle ou forme longue. Pas de faux synonyme.",
        ),
        key(
            "definition",
            "Définition",
            Shape::Long,
            "Une phrase, 160 caractères au plus.",
        )
        .required(),
        key(
            "lier",
            "Lier dans les pages",
            Shape::Flag,
            "« non » pour un mot trop courant, comme « avis ».",
        ),
        OWNER,
        REVIEWED,
        NEXT_REVIEW,
        SOURCES,
        key(
            "voir_aussi",
            "Voir aussi",
            Shape::Texts,
            "Noms d'autres mots du glossaire.",
        ),
        DRAFT,
    ],
};

pub(super) const FAQ: Kind = Kind {
    name: "questions-frequentes",
    label: "Thème de questions fréquentes",
    files: "content/faq/*.md",
    is_list: false,
    keys: &[
        TITLE,
        key(
            "ordre",
            "Place dans la page",
            Shape::Number,
            "Les petits numéros viennent en premier.",
        ),
        OWNER,
        REVIEWED,
        NEXT_REVIEW,
    ],
};

const FIELD: &[Key] = &[
    key(
        "id",
        "Nom du champ",
        Shape::Text,
        "En minuscules, avec des traits d'union. Le texte l'emploie entre doubles accolades.",
    )
    .required(),
    key(
        "libelle",
        "Libellé",
        Shape::Text,
        "Ce que la personne lit au-dessus du champ.",
    )
    .required(),
    key(
        "type",
        "Type",
        Shape::Choice(&["texte", "adresse", "date", "montant"]),
        "",
    ),
    key("aide", "Aide", Shape::Long, "Sous le libellé."),
    key("exemple", "Exemple", Shape::Text, "Un exemple de réponse."),
    key(
        "autocomplete",
        "Remplissage automatique",
        Shape::Text,
        "Pour les données de la personne elle-même seulement : name, street-address…",
    ),
    key(
        "requis",
        "Obligatoire",
        Shape::Flag,
        "« non » si la lettre garde un sens sans ce champ.",
    ),
];

pub(super) const LETTER: Kind = Kind {
    name: "courrier",
    label: "Courrier",
    files: "content/courriers/*.md",
    is_list: false,
    keys: &[
        TITLE,
        DESCRIPTION,
        key(
            "arbre",
            "Questionnaires",
            Shape::Texts,
            "Questionnaires dont une issue propose ce courrier, par exemple charges.",
        ),
        LEGAL_BASIS,
        key(
            "envoi",
            "Envoi",
            Shape::Texts,
            "Comment l'envoyer : un conseil par ligne.",
        ),
        key("champs", "Champs à remplir", Shape::List(FIELD), ""),
        OWNER,
        REVIEWED,
        NEXT_REVIEW,
        ALIASES,
    ],
};
