//! The site as its authors mean it: values that keep their places, by slug, in a fixed order.

use crate::audit::Audit;
use crate::body::Body;
use crate::parse::contacts::Contacts;
use crate::parse::faq::Theme;
use crate::parse::fields::Located;
use crate::parse::glossary::Term;
use crate::parse::law::Law;
use crate::parse::letter::Letter;
use crate::parse::places::Commission;
use crate::parse::publication::Shown;
use crate::parse::synonyms::Synonym;
use crate::parse::territory::Territory;
use crate::parse::tree::TreeFiles;
use jiff::civil::Date;
use referral_form::Definition;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Name of a page in its address and of its file: small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The slug, when `text` is one: `depot-de-garantie`, `404`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let plain = !text.is_empty() && text.chars().all(allowed);
        (plain && !text.starts_with('-') && !text.ends_with('-')).then(|| Self(text.into()))
    }

    /// Its letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything that the authors wrote, read at a date.
#[derive(Debug, Clone)]
pub struct Site {
    /// The build's today: dated figures and reviews are read at this day.
    pub today: Date,
    /// `content/site.yaml`.
    pub settings: Settings,
    /// `content/guides/*.md`, drafts excluded.
    pub guides: BTreeMap<Slug, Guide>,
    /// `content/pages/*.md`, home page excluded.
    pub pages: BTreeMap<Slug, Page>,
    /// `content/pages/accueil.md`.
    pub home: Option<Home>,
    /// `content/droit`: articles and dated figures.
    pub law: Law,
    /// `content/lieux/cdc.yaml`.
    pub commissions: Vec<Commission>,
    /// `content/courriers/*.md`.
    pub letters: BTreeMap<Slug, Letter>,
    /// `content/diagnostics/*/`, as written; the trees stage compiles them.
    pub trees: BTreeMap<Slug, TreeFiles>,
    /// `content/saisine`: the referral form.
    pub form: Option<Definition>,
    /// `content/glossaire/*.md`, drafts excluded.
    pub terms: BTreeMap<Slug, Term>,
    /// `content/faq/*.md`, in the order of the page.
    pub faq: Vec<Theme>,
    /// `content/lieux/communes.yaml`.
    pub territory: Territory,
    /// `content/recherche/synonymes.yaml`.
    pub synonyms: Vec<Synonym>,
    /// Words that have a plainer one.
    pub plain_words: Vec<crate::parse::plain_words::PlainWord>,
    /// `content/accessibilite`: what each criterion of accessibility owes its state to.
    pub audit: Option<Audit>,
}

impl Site {
    /// What sending the form is worth before the commission of the service's département: `preparation`,
    /// `electronique`, `arrete` or `redirection` (`content/lieux/cdc.yaml`).
    #[must_use]
    pub fn referral_mode(&self) -> &str {
        let ours = |commission: &&Commission| commission.departement == self.settings.contacts.department;
        let commission = self.commissions.iter().find(ours);
        commission.map_or("preparation", |commission| commission.mode.as_str())
    }

    /// Whether a passage `:::saisine{mode=…}` is shown: `formulaire` is every mode but the redirection, `en-ligne` those
    /// where sending the form is the referral.
    #[must_use]
    pub fn referral_is(&self, wanted: &str) -> bool {
        let mode = self.referral_mode();
        match wanted {
            "formulaire" => mode != "redirection",
            "en-ligne" => matches!(mode, "electronique" | "arrete"),
            _ => mode == wanted,
        }
    }

    /// The former addresses of pages, each with the address that it leads to now.
    pub fn aliases(&self) -> impl Iterator<Item = (&Located<String>, String)> {
        let guides = self.guides.values().map(|text| (&text.aliases, text.address()));
        let pages = self.pages.values().map(|text| (&text.aliases, text.address()));
        let letters = self.letters.values().map(|text| (&text.aliases, text.address()));
        let trees = self
            .trees
            .values()
            .map(|tree| (&tree.start.aliases, tree.address()));
        let all = guides.chain(pages).chain(letters).chain(trees);
        all.flat_map(|(aliases, to)| aliases.iter().map(move |alias| (alias, to.clone())))
    }
}

/// Settings of the whole site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the service.
    pub title: Located<String>,
    /// Its promise in one sentence.
    pub promise: Located<String>,
    /// Scheme and host, without a final `/`.
    pub base_url: Located<String>,
    /// Whether the State's « bloc marque » is shown.
    pub brand: Brand,
    /// Lines of the « bloc marque ».
    pub brand_lines: Vec<String>,
    /// Whether the service says that it is young.
    pub beta: bool,
    /// How to reach the commission and the ADIL.
    pub contacts: Contacts,
    /// `https:` or `mailto:` address of `security.txt`.
    pub security_contact: Option<Located<String>>,
    /// Subjects of the guides.
    pub themes: Vec<GuideTheme>,
    /// Main navigation.
    pub menu: Vec<MenuLink>,
    /// Quick links of the header, three at most.
    pub shortcuts: Vec<MenuLink>,
    /// Sentence of the footer.
    pub footer_text: String,
    /// Official sites of the footer.
    pub footer_official: Vec<MenuLink>,
    /// Bottom links of the footer.
    pub footer_links: Vec<MenuLink>,
}

/// A subject that guides are listed under.
#[derive(Debug, Clone)]
pub struct GuideTheme {
    /// Its name in addresses.
    pub id: Located<String>,
    /// Its title.
    pub title: Located<String>,
    /// Motives of the referral that it holds.
    pub motives: Vec<Located<String>>,
}

/// Who signs the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brand {
    /// The State: bloc marque and Marianne.
    State,
    /// Nobody: no bloc marque, system font.
    Neutral,
}

/// A link of a menu.
#[derive(Debug, Clone)]
pub struct MenuLink {
    /// Its words.
    pub title: Located<String>,
    /// `/path/` on the site or an absolute address.
    pub address: Located<String>,
}

/// Who a guide speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// The tenant.
    Tenant,
    /// The landlord.
    Landlord,
}

/// Who looks after a text, and when it was and will be read again.
#[derive(Debug, Clone)]
pub struct Review {
    /// Role or team that answers for the text.
    pub owner: Located<String>,
    /// Day of the last review.
    pub reviewed: Located<Date>,
    /// Day of the next one.
    pub next: Located<Date>,
}

/// A source that a text stands on.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its title.
    pub title: Located<String>,
    /// Its address, when it was checked.
    pub address: Option<Located<String>>,
    /// Day it was read.
    pub read: Located<Date>,
    /// Article or paragraph.
    pub article: Option<Located<String>>,
}

/// A guide: one question of a tenant or a landlord, answered.
#[derive(Debug, Clone)]
pub struct Guide {
    /// Name in the address.
    pub slug: Slug,
    /// Path of the file.
    pub path: Arc<str>,
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines and cards, 160 characters at most.
    pub description: Located<String>,
    /// The answer in one sentence.
    pub answer: Located<String>,
    /// Whom it speaks to.
    pub audience: Vec<Audience>,
    /// Codes of the motives of the referral (`DG`, `CHG`…) that it is about.
    pub motives: Vec<Located<String>>,
    /// Whether the terms of the glossary become links.
    pub glossary: bool,
    /// Who answers for it, and until when.
    pub review: Review,
    /// What it stands on.
    pub sources: Vec<Reference>,
    /// Internal addresses of the next steps.
    pub next_steps: Vec<Located<String>>,
    /// Slugs of related guides.
    pub related: Vec<Located<String>>,
    /// Former addresses, which the server redirects.
    pub aliases: Vec<Located<String>>,
    /// Whether readers see it today.
    pub shown: Shown,
    /// Words of the text: each list of guides says how long it takes to read.
    pub words: usize,
    /// The text.
    pub body: Body,
}

impl Guide {
    /// Its address on the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/guides/{}/", self.slug)
    }
}

/// A page that is not a guide: legal notices, error pages, the start of the referral.
#[derive(Debug, Clone)]
pub struct Page {
    /// Name in the address.
    pub slug: Slug,
    /// Path of the file.
    pub path: Arc<str>,
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines, 160 characters at most.
    pub description: Located<String>,
    /// Who answers for it, and until when.
    pub review: Review,
    /// Whether search engines may index it.
    pub indexable: bool,
    /// Former addresses, which the server redirects.
    pub aliases: Vec<Located<String>>,
    /// Whether readers see it today.
    pub shown: Shown,
    /// What must be found before the site goes online, as its author tells it. Nothing is shown of it.
    pub to_complete: Vec<Located<String>>,
    /// The text.
    pub body: Body,
}

impl Page {
    /// Whether the page stands for an HTTP error (`404`, `500`, `503`).
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.slug.as_str().bytes().all(|b| b.is_ascii_digit())
    }

    /// Its address on the site: `/mentions-legales/`, `/404.html`.
    #[must_use]
    pub fn address(&self) -> String {
        if self.is_error() {
            format!("/{}.html", self.slug)
        } else {
            format!("/{}/", self.slug)
        }
    }
}

/// The home page.
#[derive(Debug, Clone)]
pub struct Home {
    /// Path of the file.
    pub path: Arc<str>,
    /// Title, the page's `h1`.
    pub title: Located<String>,
    /// For search engines, 160 characters at most.
    pub description: Located<String>,
    /// The promise, for both sides.
    pub lead: Located<String>,
    /// The two equal entries.
    pub entries: Vec<LinkCard>,
    /// Frequent motives.
    pub motives: Vec<LinkCard>,
    /// Urgent exits.
    pub urgent: Vec<LinkCard>,
    /// What the commission is, point by point.
    pub commission: Vec<Located<String>>,
    /// Human help.
    pub help: Vec<LinkCard>,
    /// Proofs: free, neutral, no account.
    pub assurances: Vec<Located<String>>,
    /// Free text under the rest.
    pub body: Body,
}

/// A link with a sentence.
#[derive(Debug, Clone)]
pub struct LinkCard {
    /// Its title, which is the link.
    pub title: Located<String>,
    /// `/path/` on the site or an absolute address.
    pub address: Located<String>,
    /// One sentence, or empty.
    pub text: String,
}
