//! What the templates of the pages that help to find something are given: glossary, questions, communes, search, lists.

use super::{Card, Day, Link, SourceLine};
use crate::parse::places::Commission;
use serde::Serialize;

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
