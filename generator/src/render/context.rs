//! What templates are given: one struct per layout, and the frame that every page shares.

use crate::parse::places::Commission;
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

/// `layouts/glossary.html`: the terms from A to Z.
#[derive(Debug, Clone, Serialize)]
pub struct TermsContext {
    /// Sentence under the heading.
    pub lead: String,
    /// The twenty-six letters, some without terms.
    pub letters: Vec<Letter>,
}

/// A letter of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// « A ».
    pub letter: String,
    /// Its anchor.
    pub anchor: String,
    /// Its terms; may be empty.
    pub terms: Vec<Card>,
}

/// `layouts/term.html`: one term.
#[derive(Debug, Clone, Serialize)]
pub struct TermContext {
    /// What it means, in one sentence.
    pub definition: String,
    /// Its other spellings.
    pub variants: Vec<String>,
    /// Legal meaning and example, HTML.
    pub body: String,
    /// What it stands on.
    pub sources: Vec<SourceLine>,
    /// Pages that use it.
    pub uses: Vec<Link>,
    /// Related terms.
    pub related: Vec<Card>,
    /// Day of the last review.
    pub reviewed: Day,
}

/// `layouts/faq.html`: the frequent questions.
#[derive(Debug, Clone, Serialize)]
pub struct FaqContext {
    /// Sentence under the heading.
    pub lead: String,
    /// Themes, each with its questions.
    pub themes: Vec<FaqTheme>,
}

/// A theme of the frequent questions.
#[derive(Debug, Clone, Serialize)]
pub struct FaqTheme {
    /// Heading, level 2.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
    /// Its questions, as links.
    pub questions: Vec<Link>,
    /// Questions (headings of level 3) and answers, HTML.
    pub body: String,
    /// Day of the last review.
    pub reviewed: Day,
}

/// `layouts/communes.html`: the finder.
#[derive(Debug, Clone, Serialize)]
pub struct CommunesContext {
    /// Sentence under the heading.
    pub lead: String,
    /// Every commune, in order.
    pub communes: Vec<CommuneLine>,
    /// Official directory of the commissions of other départements, or empty.
    pub directory: String,
}

/// A commune in the finder.
#[derive(Debug, Clone, Serialize)]
pub struct CommuneLine {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its postal codes.
    pub postal_codes: Vec<String>,
    /// Names that people still use.
    pub other_names: Vec<String>,
}

/// `layouts/commune.html`: one commune.
#[derive(Debug, Clone, Serialize)]
pub struct CommuneContext {
    /// Its name.
    pub name: String,
    /// « à Bobigny », « au Bourget ».
    pub at: String,
    /// The same at the start of a sentence.
    pub capital_at: String,
    /// « 93200, 93210 ».
    pub postal_codes: String,
    /// Name of its établissement public territorial, or empty.
    pub group: String,
    /// A sentence on the commune, or empty.
    pub note: String,
    /// Its commission.
    pub commission: Option<Commission>,
    /// First day of leases under rent control.
    pub controlled_since: Option<Day>,
    /// Whether rents are controlled, and what is to be checked.
    pub rent: Vec<String>,
    /// What holds in every commune.
    pub everywhere: Vec<String>,
    /// Name of its court, or empty.
    pub court: String,
    /// The competent judge.
    pub judge: Vec<String>,
    /// How sure the court is.
    pub court_note: Vec<String>,
    /// Places near by.
    pub places: Vec<NearPlaceLine>,
    /// Human help.
    pub help: Vec<Card>,
}

/// A place that helps.
#[derive(Debug, Clone, Serialize)]
pub struct NearPlaceLine {
    /// Its name.
    pub name: String,
    /// Its postal address, or empty.
    pub address: String,
    /// Its telephone, or empty.
    pub telephone: String,
    /// How far it can be trusted, or empty.
    pub note: String,
}

/// `layouts/search.html`: the search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchContext {
    /// Help written by the authors, HTML.
    pub body: String,
    /// Frequent motives.
    pub suggestions: Vec<Card>,
    /// Folder of the index.
    pub index: String,
    /// Address of the synonyms.
    pub synonyms: String,
    /// Every public page, from A to Z.
    pub pages: Vec<Link>,
}

/// `layouts/guides.html`: the list of guides, whole or filtered.
#[derive(Debug, Clone, Serialize)]
pub struct GuidesContext {
    /// Sentence under the heading.
    pub lead: String,
    /// « 4 guides pour le locataire ».
    pub count: String,
    /// Filters by side.
    pub sides: Vec<FilterLink>,
    /// Filters by subject.
    pub themes: Vec<FilterLink>,
    /// The guides kept.
    pub guides: Vec<GuideLine>,
}

/// A filter: the page that keeps what it names.
#[derive(Debug, Clone, Serialize)]
pub struct FilterLink {
    /// Its words.
    pub label: String,
    /// Its page; empty when no guide would be left.
    pub href: String,
    /// How many guides it leaves.
    pub count: usize,
    /// Whether it is this page.
    pub current: bool,
}

/// A guide in the list.
#[derive(Debug, Clone, Serialize)]
pub struct GuideLine {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its description.
    pub text: String,
    /// Sides and subjects.
    pub tags: Vec<String>,
    /// Minutes of reading.
    pub minutes: u32,
    /// Day of the last review.
    pub reviewed: Day,
}

/// `layouts/footprint.html`: what pages weigh.
#[derive(Debug, Clone, Serialize)]
pub struct FootprintContext {
    /// Words of the authors, HTML.
    pub body: String,
    /// A page of each kind.
    pub lines: Vec<WeightLine>,
    /// Weight of the fonts, downloaded once.
    pub fonts: String,
    /// How many there are.
    pub font_count: usize,
    /// Day of the measure: that of the build.
    pub day: Day,
    /// Day of the last review of the words.
    pub reviewed: Day,
}

/// A page and its weight.
#[derive(Debug, Clone, Serialize)]
pub struct WeightLine {
    /// What page it is.
    pub label: String,
    /// Its address.
    pub href: String,
    /// « 31,2 Ko » on the wire.
    pub compressed: String,
    /// « 140,0 Ko » once decompressed.
    pub raw: String,
    /// Files asked for, fonts apart.
    pub requests: usize,
}
