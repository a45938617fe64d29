//! The directives that authors may write, their keys and their English aliases.

/// What an author may write after `:::`.
#[derive(Debug)]
pub struct Spec {
    /// Name without accents.
    pub name: &'static str,
    /// Name as the documentation writes it.
    pub shown: &'static str,
    /// English names, accepted without a word.
    pub aliases: &'static [&'static str],
    /// Allowed keys.
    pub keys: &'static [Key],
    /// Whether words must, may or must not follow.
    pub title: Title,
    /// Whether one of the keys, whichever, must be there.
    pub one_key: bool,
}

/// A key of a directive.
#[derive(Debug)]
pub struct Key {
    /// Name without accents.
    pub name: &'static str,
    /// English name, accepted without a word; empty without one.
    pub alias: &'static str,
    /// Allowed values, without accents; empty when free.
    pub values: &'static [&'static str],
    /// Whether it must be there.
    pub required: bool,
}

/// Whether a directive has a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// It must not.
    Absent,
}

impl Spec {
    /// Whether an author who wrote `name` (without accents) means this directive.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }
}

impl Key {
    /// Whether an author who wrote `name` (without accents) means this key.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name == name || (!self.alias.is_empty() && self.alias == name)
    }

    const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }
}

/// A key that must be there, with any value.
const fn key(name: &'static str, alias: &'static str) -> Key {
    Key {
        name,
        alias,
        values: &[],
        required: true,
    }
}

const fn spec(
    name: &'static str,
    shown: &'static str,
    aliases: &'static [&'static str],
    keys: &'static [Key],
    title: Title,
) -> Spec {
    Spec {
        name,
        shown,
        aliases,
        keys,
        title,
        one_key: false,
    }
}

const ADDRESS: Key = key("adresse", "href");
/// An address that the directive can do without.
const MAYBE_ADDRESS: Key = ADDRESS.optional();

/// The directives of guides and pages.
pub const GUIDE: &[Spec] = &[
    spec("accordeon", "accordéon", &["accordion"], &[], Title::Required),
    spec("accordeons", "accordéons", &["accordions"], &[], Title::Absent),
    spec(
        "alerte",
        "alerte",
        &["alert"],
        &[key("type", "kind").values(&["info", "attention", "succes", "erreur"])],
        Title::Optional,
    ),
    spec("encart", "encart", &[], &[], Title::Optional),
    spec("exergue", "exergue", &[], &[], Title::Absent),
    spec(
        "citation",
        "citation",
        &[],
        &[key("auteur", "author").optional(), key("source", "").optional()],
        Title::Absent,
    ),
    spec("a-retenir", "à-retenir", &["key-points"], &[], Title::Absent),
    spec("loi", "loi", &["law"], &[key("article", "")], Title::Absent),
    Spec {
        one_key: true,
        ..spec(
            "cas",
            "cas",
            &["case"],
            &[
                key("profil", "side")
                    .values(&["locataire", "bailleur"])
                    .optional(),
                key("bail", "lease").values(&["vide", "meuble"]).optional(),
            ],
            Title::Optional,
        )
    },
    spec(
        "saisine",
        "saisine",
        &["referral"],
        &[key("mode", "").values(&[
            "preparation",
            "electronique",
            "arrete",
            "redirection",
            "formulaire",
            "en-ligne",
        ])],
        Title::Absent,
    ),
    spec(
        "tableau",
        "tableau",
        &["table"],
        &[key("legende", "caption")],
        Title::Absent,
    ),
    spec("bouton", "bouton", &["button"], &[ADDRESS], Title::Required),
    spec(
        "etiquette",
        "étiquette",
        &["tag"],
        &[MAYBE_ADDRESS],
        Title::Required,
    ),
    spec("carte", "carte", &["card"], &[ADDRESS], Title::Optional),
    spec("tuile", "tuile", &["tile"], &[ADDRESS], Title::Optional),
    spec("lettre", "lettre", &["letter"], &[ADDRESS], Title::Optional),
    spec("arbre", "arbre", &["tree"], &[ADDRESS], Title::Optional),
    spec("onglets", "onglets", &["tabs"], &[], Title::Absent),
    spec("onglet", "onglet", &["tab"], &[], Title::Required),
    spec("etapes", "étapes", &["steps"], &[], Title::Absent),
    spec(
        "telechargement",
        "téléchargement",
        &["download"],
        &[ADDRESS, key("langue", "lang").optional()],
        Title::Required,
    ),
    spec(
        "chiffre-cle",
        "chiffre-clé",
        &["key-figure"],
        &[key("valeur", "value")],
        Title::Required,
    ),
    spec(
        "calcul",
        "calcul",
        &["calculation"],
        &[key("parametre", "parameter")],
        Title::Required,
    ),
];

/// The directive of letters, and of outcomes beside those of guides: a piece that depends on a fact.
pub const CONDITION: &[Spec] = &[spec("si", "si", &["if"], &[], Title::Required)];
