//! The keys of the files of a questionnaire.

use super::{ALIASES, DESCRIPTION, Key, Kind, LEGAL_BASIS, OWNER, REVIEWED, Shape, TITLE, key};

pub(super) const LOGIC: Kind = Kind {
    name: "arbre",
    label: "Questionnaire : logique",
    files: "content/diagnostics/*/arbre.md",
    is_list: false,
    keys: &[
        TITLE,
        DESCRIPTION,
        key(
            "pour",
            "Pour",
            Shape::Choices(&["locataire", "bailleur", "aidant"]),
            "Qui peut répondre.",
        ),
        key(
            "duree",
            "Durée",
            Shape::Text,
            "Le temps qu'il faut, par exemple « 5 minutes ».",
        ),
        key(
            "preparer",
            "À préparer",
            Shape::Texts,
            "Ce qu'il vaut mieux avoir sous la main.",
        ),
        OWNER,
        REVIEWED,
        key(
            "relire_avant",
            "À relire avant le",
            Shape::Day,
            "Passé ce jour, le site signale que le questionnaire n'a pas été relu.",
        )
        .required(),
        key(
            "questions",
            "Ordre des questions",
            Shape::Texts,
            "Une question par ligne : son nom, puis « si » et sa condition.",
        )
        .required(),
        key(
            "arreter_si",
            "Arrêter si",
            Shape::Text,
            "Condition qui mène tout de suite aux issues.",
        ),
        key(
            "faits",
            "Faits",
            Shape::Pairs,
            "Un nom et sa condition par ligne.",
        ),
        key(
            "calculs",
            "Calculs",
            Shape::Pairs,
            "Un nom et son calcul par ligne.",
        ),
        key(
            "formules",
            "Formules",
            Shape::Pairs,
            "La formule d'un calcul, en mots.",
        ),
        key(
            "issues",
            "Ordre des issues",
            Shape::Pairs,
            "Un nom d'issue et sa condition par ligne.",
        )
        .required(),
        ALIASES,
    ],
};

const CHOICE: &[Key] = &[
    key("libelle", "Libellé", Shape::Text, "").required(),
    key("libelle_bailleur", "Libellé pour le bailleur", Shape::Text, ""),
    key("libelle_aidant", "Libellé pour l'aidant", Shape::Text, ""),
    key("aide", "Aide", Shape::Long, ""),
];

pub(super) const QUESTION: Kind = Kind {
    name: "question",
    label: "Question",
    files: "content/diagnostics/*/questions/*.md",
    is_list: false,
    keys: &[
        key(
            "type",
            "Type",
            Shape::Choice(&["choix", "cases", "date", "montant", "nombre", "commune", "texte"]),
            "",
        )
        .required(),
        key(
            "question",
            "Question",
            Shape::Text,
            "Une question courte, qui finit par « ? ».",
        )
        .required(),
        key("question_bailleur", "Question pour le bailleur", Shape::Text, ""),
        key("question_aidant", "Question pour l'aidant", Shape::Text, ""),
        key("aide", "Aide", Shape::Long, "Une phrase sous la question."),
        key("aide_bailleur", "Aide pour le bailleur", Shape::Long, ""),
        key("aide_aidant", "Aide pour l'aidant", Shape::Long, ""),
        key(
            "ou_trouver",
            "Où trouver la réponse",
            Shape::Long,
            "Le document et l'endroit où regarder.",
        ),
        key(
            "je_ne_sais_pas",
            "Je ne sais pas",
            Shape::Long,
            "Que faire quand la personne ne sait pas.",
        ),
        key(
            "je_ne_sais_pas_bailleur",
            "Je ne sais pas, pour le bailleur",
            Shape::Long,
            "",
        ),
        key(
            "je_ne_sais_pas_aidant",
            "Je ne sais pas, pour l'aidant",
            Shape::Long,
            "",
        ),
        key(
            "choix",
            "Réponses possibles",
            Shape::Named(CHOICE),
            "« identifiant: libellé », une par ligne.",
        ),
        key(
            "choix_bailleur",
            "Libellés pour le bailleur",
            Shape::Named(&[]),
            "",
        ),
        key("choix_aidant", "Libellés pour l'aidant", Shape::Named(&[]), ""),
        key("min", "Minimum", Shape::Text, ""),
        key("max", "Maximum", Shape::Text, ""),
        key("unite", "Unité", Shape::Text, ""),
        key(
            "tranches",
            "Tranches",
            Shape::Pairs,
            "Les réponses offertes sans JavaScript.",
        ),
        key("erreurs", "Messages d'erreur", Shape::Pairs, ""),
        key(
            "definitions",
            "Définitions",
            Shape::Pairs,
            "Un mot difficile et son sens.",
        ),
    ],
};

const DEADLINE: &[Key] = &[
    TITLE,
    key("le", "Jour", Shape::Text, "Un calcul du questionnaire.").required(),
    key("si", "Si", Shape::Text, "Condition pour montrer cette échéance."),
];
const PIECE: &[Key] = &[
    key("texte", "Pièce", Shape::Text, "").required(),
    key("si", "Si", Shape::Text, "Condition pour demander cette pièce."),
];
const REFERRAL: &[Key] = &[
    key(
        "motif",
        "Motif",
        Shape::Text,
        "Un code de content/saisine/motifs.yaml.",
    )
    .required(),
    key("champs", "Champs remplis d'avance", Shape::Pairs, ""),
    key("si", "Si", Shape::Text, "Condition pour proposer la saisine."),
];

pub(super) const OUTCOME: Kind = Kind {
    name: "issue",
    label: "Issue",
    files: "content/diagnostics/*/issues/*.md",
    is_list: false,
    keys: &[
        TITLE,
        key("titre_bailleur", "Titre pour le bailleur", Shape::Text, ""),
        key("titre_aidant", "Titre pour l'aidant", Shape::Text, ""),
        key(
            "resume",
            "Résumé",
            Shape::Long,
            "La conclusion en une ou deux phrases.",
        )
        .required(),
        key("resume_bailleur", "Résumé pour le bailleur", Shape::Long, ""),
        key("resume_aidant", "Résumé pour l'aidant", Shape::Long, ""),
        key("description", DESCRIPTION.label, Shape::Long, DESCRIPTION.hint),
        key(
            "certitude",
            "Certitude",
            Shape::Choice(&["certain", "probable", "à vérifier"]),
            "« à vérifier » dès que le droit n'est pas sûr.",
        ),
        LEGAL_BASIS,
        key(
            "lettres",
            "Courriers",
            Shape::Texts,
            "Un courrier par ligne, avec « si » et sa condition.",
        ),
        key("echeances", "Échéances", Shape::List(DEADLINE), ""),
        key(
            "saisine_cdc",
            "Saisine de la commission",
            Shape::Map(REFERRAL),
            "",
        ),
        key(
            "pieces",
            "Pièces",
            Shape::TextsOr(PIECE),
            "Un document par ligne.",
        ),
        key(
            "suites",
            "Et ensuite",
            Shape::Texts,
            "Adresses des pages à lire après.",
        ),
        key(
            "contact",
            "Contact",
            Shape::Long,
            "Une personne ou un service à qui parler.",
        ),
    ],
};

pub(super) const SCENARIOS: Kind = Kind {
    name: "scenarios",
    label: "Questionnaire : cas attendus",
    files: "content/diagnostics/*/scenarios.yaml",
    is_list: true,
    keys: &[
        key("nom", "Nom", Shape::Text, "Le cas en quelques mots.").required(),
        key("le", "Jour", Shape::Day, "Le jour où le cas se présente.").required(),
        key("reponses", "Réponses", Shape::Pairs, ""),
        key("issue", "Issue attendue", Shape::Text, "").required(),
        key("calculs", "Calculs attendus", Shape::Pairs, "Calculés à la main."),
        key(
            "mots",
            "Mots attendus",
            Shape::Texts,
            "Des mots qui doivent se lire dans l'issue ou sa lettre.",
        ),
        key(
            "sans_mots",
            "Mots absents",
            Shape::Texts,
            "Des mots qui ne doivent pas s'y lire.",
        ),
    ],
};
