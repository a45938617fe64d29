//! What templates are given: one struct per layout, and the frame that every page shares.

mod finding;

pub use finding::*;
use serde::Serialize;

/// Handed to every layout beside its own struct: `{{ site.title }}`, `{{ page.title }}`.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The same on every page.
    pub site: SiteFrame,
    /// This page.
    pub page: PageFrame,
}

/// What is the same on every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteFrame {
    /// Name of the service: « Médiation Logement ».
    pub title: String,
    /// Its promise in one sentence, shown under the name.
    pub tagline: String,
    /// `etat` (bloc marque, Marianne) or `neutre` (no bloc marque, system font).
    pub brand: String,
    /// Lines of the bloc marque: « République », « Française ».
    pub brand_lines: Vec<String>,
    /// What sending the referral form is worth: see [`crate::site::Site::referral_mode`].
    pub referral: String,
    /// Whether the « Bêta » badge stands beside the name.
    pub beta: bool,
    /// Scheme and host, without a final `/`.
    pub base_url: String,
    /// Main navigation.
    pub menu: Vec<Link>,
    /// At most three quick links of the header.
    pub shortcuts: Vec<Link>,
    /// Sentence of the footer.
    pub footer_text: String,
    /// Compulsory official links of the footer (other sites, new window).
    pub footer_official: Vec<Link>,
    /// Bottom links: plan du site, accessibilité : …, mentions légales, …
    pub footer_links: Vec<Link>,
    /// Style sheets, in order, fingerprinted.
    pub styles: Vec<String>,
    /// Style sheet for paper alone; empty without one.
    pub print_style: String,
    /// Module scripts of every page, fingerprinted.
    pub scripts: Vec<String>,
    /// The short classic script that sets the colour scheme before the first paint.
    pub scheme_script: String,
    /// Fonts worth preloading (WOFF2), fingerprinted.
    pub fonts: Vec<String>,
    /// `favicon.svg`, `favicon.ico`, `apple-touch-icon.png`: addresses; empty when the brand is neutral.
    pub favicons: Favicons,
}

/// Addresses of the icons of the site; empty texts when there are none.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Favicons {
    /// SVG icon.
    pub svg: String,
    /// ICO icon.
    pub ico: String,
    /// Touch icon, PNG.
    pub apple: String,
}

/// What is proper to one page.
#[derive(Debug, Clone, Serialize)]
pub struct PageFrame {
    /// Whole `<title>`: « page – section – site » (RGAA 8.6).
    pub title: String,
    /// The only `h1`; empty when the layout writes its own.
    pub heading: String,
    /// Meta description, 160 characters at most.
    pub description: String,
    /// Address on the site: `/guides/depot-de-garantie/`.
    pub path: String,
    /// Absolute canonical address.
    pub canonical: String,
    /// Breadcrumb from the home page to the parent; the current page is `heading`. Empty on the home page.
    pub breadcrumb: Vec<Link>,
    /// Whether search engines may index it.
    pub indexable: bool,
    /// Module scripts of this page alone, fingerprinted.
    pub scripts: Vec<String>,
    /// Why readers do not see this page; empty when they do, and always out of the preview.
    pub notice: String,
}

/// A link of a menu.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Its address: `/path/` or an absolute one.
    pub href: String,
    /// Whether it is the current page or section (only in menus).
    pub current: bool,
}

/// `layouts/guide.html`.
#[derive(Debug, Clone, Serialize)]
pub struct GuideContext {
    /// « Pour le locataire », « Pour le bailleur » or both.
    pub audience: Vec<String>,
    /// The answer in one sentence.
    pub answer: String,
    /// The body, HTML made by the generator: `{{ guide.body | safe }}`.
    pub body: String,
    /// Headings of level 2, for the summary.
    pub summary: Vec<Link>,
    /// Minutes of reading, at least 1.
    pub minutes: u32,
    /// Day of the last review.
    pub reviewed: Day,
    /// Day of the next review.
    pub next_review: Day,
    /// Sources of the page.
    pub sources: Vec<SourceLine>,
    /// Next steps: tree, letter, referral, other guides.
    pub next_steps: Vec<Card>,
    /// Related guides.
    pub related: Vec<Card>,
}

/// A day, for `<time>`.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// `2026-11-23`.
    pub iso: String,
    /// « 23 novembre 2026 », « 1er mars 2026 ».
    pub words: String,
}

/// One source of a guide.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLine {
    /// Title, with its article if any.
    pub title: String,
    /// Address; empty when the source has none that we have checked.
    pub href: String,
    /// Day it was read.
    pub read: Day,
}

/// A link with a sentence: cards and tiles.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Title, which is the link.
    pub title: String,
    /// Address.
    pub href: String,
    /// One sentence.
    pub text: String,
    /// Small label above (« Diagnostic », « Courrier »), or empty.
    pub tag: String,
}

/// `layouts/page.html`: legal pages and the like; also 404, 500 and 503.
#[derive(Debug, Clone, Serialize)]
pub struct SimplePageContext {
    /// The body, HTML.
    pub body: String,
    /// Day of the last review.
    pub reviewed: Option<Day>,
}

/// `layouts/home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeContext {
    /// The promise, for both sides.
    pub lead: String,
    /// The two equal entries: tenant, landlord.
    pub entries: Vec<Card>,
    /// Frequent motives.
    pub motives: Vec<Card>,
    /// « Urgent ? » exits.
    pub urgent: Vec<Card>,
    /// What the commission is, in three points.
    pub commission: Vec<String>,
    /// Human help.
    pub help: Vec<Card>,
    /// Proofs: free, neutral, no account.
    pub assurances: Vec<String>,
    /// Body of `content/pages/accueil.md`, HTML, under the rest. May be empty.
    pub body: String,
}

/// `layouts/index.html`: the list of guides, of diagnostics or of letters.
#[derive(Debug, Clone, Serialize)]
pub struct IndexContext {
    /// Sentence under the heading.
    pub lead: String,
    /// Groups with a heading each.
    pub groups: Vec<CardGroup>,
}

/// Cards under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct CardGroup {
    /// Heading, level 2.
    pub title: String,
    /// Cards.
    pub cards: Vec<Card>,
}

/// `layouts/sitemap.html`: the « plan du site ».
#[derive(Debug, Clone, Serialize)]
pub struct SitemapContext {
    /// Groups of links, in the order of the menu.
    pub groups: Vec<LinkGroup>,
}

/// Links under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct LinkGroup {
    /// Heading, level 2.
    pub title: String,
    /// Links.
    pub links: Vec<Link>,
}
