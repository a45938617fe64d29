//! What an author wrote, as raw texts with their places: the input of [`compile`](crate::compile).
//!
//! The caller reads the files and fills these structures; this crate parses the expressions, checks
//! the types and proves the rules. The Markdown stays with the caller: only the expressions and the
//! placeholders found in it come here, as [`Piece`]s.

/// A place: a file (index into a list of paths kept by the caller) and a range of bytes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Index of the file in the caller's list.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// A place from its file and its range of bytes.
    #[must_use]
    pub const fn new(file: u32, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }
}

/// A value and the place where the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raw<T = String> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Raw<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl Raw<String> {
    /// The place of a range of bytes of the value. When the value is not written as it stands in the
    /// file (a YAML block folded on several lines), the place of the whole value.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Span {
        let width = (self.span.end.saturating_sub(self.span.start)) as usize;
        if width != self.value.len() || end > width || start > end {
            return self.span;
        }
        let at = |offset: usize| self.span.start + u32::try_from(offset).unwrap_or(0);
        Span::new(self.span.file, at(start), at(end))
    }
}

impl From<&str> for Raw<String> {
    /// A value without a place, for tests and for trees built in code.
    fn from(value: &str) -> Self {
        Self::new(value.to_owned(), Span::default())
    }
}

/// A text that may change with the voice: `question`, `question_bailleur`, `question_aidant`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoicedSource {
    /// The text of the tenant, and of every voice that has no text of its own.
    pub base: Raw,
    /// Texts of other voices: (`bailleur` or `aidant`, text).
    pub variants: Vec<(Raw, Raw)>,
}

impl From<&str> for VoicedSource {
    fn from(value: &str) -> Self {
        Self {
            base: value.into(),
            variants: Vec::new(),
        }
    }
}

/// A name and what it stands for: a line of `faits`, `calculs`, `formules`, `erreurs`, `definitions`…
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedSource {
    /// The key. In `calculs` it ends with the unit in parentheses: `majoration (€)`.
    pub name: Raw,
    /// The value.
    pub value: Raw,
}

/// A whole tree: `arbre.md`, its questions, outcomes, letters, scenarios, and the registries it reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeSource {
    /// Name of the folder.
    pub slug: String,
    /// Place for what has no better one: the front matter of `arbre.md`.
    pub span: Span,
    /// `titre`.
    pub title: Raw,
    /// `pour`: `locataire`, `bailleur`, `aidant`.
    pub voices: Vec<Raw>,
    /// `duree`.
    pub duration: Option<Raw>,
    /// `preparer`.
    pub prepare: Vec<Raw>,
    /// `revu_le`, an ISO date: the law was read again on that day.
    pub reviewed_on: Option<Raw>,
    /// `relire_avant`, an ISO date: past it the build warns, 30 days later it fails.
    pub review_before: Option<Raw>,
    /// `questions`, in order, one line each: `cles si bail != mobilite`.
    pub order: Vec<Raw>,
    /// `arreter_si`.
    pub stop: Option<Raw>,
    /// `faits`.
    pub facts: Vec<NamedSource>,
    /// `calculs`: the name with its unit in parentheses, and the expression.
    pub figures: Vec<NamedSource>,
    /// `formules`: the name of a figure, and the same said to the reader.
    pub formulas: Vec<NamedSource>,
    /// `issues` of `arbre.md`, in order: id and condition. The last condition may be `sinon`, with
    /// the acknowledged count of situations: `sinon (12)` or `sinon (12 situations)`.
    pub outcome_order: Vec<NamedSource>,
    /// One for each file of `questions/`.
    pub questions: Vec<QuestionSource>,
    /// One for each file of `issues/`.
    pub outcomes: Vec<OutcomeSource>,
    /// The letters that the outcomes name (all letters of the site may be given).
    pub letters: Vec<LetterSource>,
    /// `scenarios.yaml`.
    pub scenarios: Vec<ScenarioSource>,
    /// `content/droit/parametres.yaml`.
    pub parameters: Vec<ParameterSource>,
    /// `content/droit/articles.yaml`.
    pub articles: Vec<ArticleSource>,
}

/// One question: a file of `questions/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionSource {
    /// Name of the file without `.md`; the place may be the whole front matter.
    pub id: Raw,
    /// `type`: `choix`, `cases`, `date`, `montant`, `nombre`, `commune`, `texte`.
    pub kind: Raw,
    /// `question` and its variants.
    pub text: VoicedSource,
    /// `aide` and its variants.
    pub help: Option<VoicedSource>,
    /// `ou_trouver`.
    pub where_to_find: Option<Raw>,
    /// `choix`, in order (types `choix` and `cases`).
    pub choices: Vec<ChoiceSource>,
    /// `ne_sais_pas`: present when one may answer « Je ne sais pas »; the value is the advice.
    pub dont_know: Option<Raw>,
    /// `min`: a constant, a date, `aujourd'hui`, or an expression of constants.
    pub min: Option<Raw>,
    /// `max`, same as `min`.
    pub max: Option<Raw>,
    /// `unite` of a `nombre`: « m² », « personnes ».
    pub unit: Option<Raw>,
    /// `tranches`: the bound (`jusqu'à 1 mois`, `moins de 500 €`, `avant 2014-03-27`,
    /// `à partir du param(fin)`, `au-delà`) as
    /// the name and the label as the value, in order.
    pub brackets: Vec<NamedSource>,
    /// `erreurs`: `vide`, `format`, `futur`, `min`, `max`.
    pub errors: Vec<NamedSource>,
    /// `definitions`: the word and its meaning.
    pub definitions: Vec<NamedSource>,
}

/// One choice of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceSource {
    /// Its id: lower-case letters, digits and hyphens, beginning with a letter. `aucune` is the
    /// compulsory exclusive choice of `cases`.
    pub id: Raw,
    /// What the reader sees.
    pub label: VoicedSource,
    /// A hint below the label.
    pub help: Option<Raw>,
}

/// A part of the body of an outcome or of a letter, in reading order.
///
/// Conditions and placeholders are numbered apart, from 0, in reading order (a condition before what
/// it holds): [`Body::conditions`](crate::model::Body) and [`Body::values`](crate::model::Body) keep
/// these numbers, so the caller can mark its HTML with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words. For an outcome they serve only to check the `mots` of scenarios (the caller may give
    /// the raw Markdown); for a letter they are the letter.
    Text(String),
    /// `{{ expression }}`: a name of question, figure, letter field, `param(…)`, or any expression.
    Value(Raw),
    /// `:::si condition` … `:::`.
    If {
        /// The condition.
        condition: Raw,
        /// What it holds.
        body: Vec<Piece>,
    },
    /// A part for some voices only: `:::cas{profil=bailleur}` … `:::`.
    Voice {
        /// `locataire`, `bailleur` or `aidant`.
        voice: Raw,
        /// What it holds.
        body: Vec<Piece>,
    },
}

/// A text kept only if a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemSource {
    /// The text.
    pub text: Raw,
    /// `si`.
    pub condition: Option<Raw>,
}

/// A deadline of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeadlineSource {
    /// What must be done or will happen.
    pub title: Raw,
    /// The day, an expression of type date: `plus_mois(date limite, 1)`.
    pub on: Raw,
    /// `si`.
    pub condition: Option<Raw>,
}

/// `saisine_cdc` of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReferralSource {
    /// Code of the motive: `DG`, `EDL-S`, …
    pub motive: Raw,
    /// What is prefilled: id of a field of the referral form, and an expression.
    pub fields: Vec<NamedSource>,
    /// `si`.
    pub condition: Option<Raw>,
}

/// One outcome: a file of `issues/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutcomeSource {
    /// Name of the file without `.md`.
    pub id: Raw,
    /// `titre` and its variants.
    pub title: VoicedSource,
    /// `resume` and its variants, cut into pieces (it may hold `{{ figures }}`).
    pub summary: Vec<Piece>,
    /// `certitude`: `certain`, `probable`, `à vérifier`.
    pub certainty: Option<Raw>,
    /// `base_legale`: ids of the registry of articles.
    pub legal_basis: Vec<Raw>,
    /// `lettres`, one line each: the slug, with an optional condition: `mise-en-demeure si en retard`.
    pub letters: Vec<Raw>,
    /// `echeances`.
    pub deadlines: Vec<DeadlineSource>,
    /// `saisine_cdc`.
    pub referral: Option<ReferralSource>,
    /// `pieces`: the documents to gather.
    pub documents: Vec<ItemSource>,
    /// `suites`: other next steps (addresses).
    pub next_steps: Vec<Raw>,
    /// `contact`: a human to talk to.
    pub contact: Option<Raw>,
    /// The body.
    pub body: Vec<Piece>,
}

/// A field of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterFieldSource {
    /// Its id. When it is the id of a question of the tree, the answer fills it.
    pub id: Raw,
    /// `type`: `texte`, `adresse`, `date`, `montant`.
    pub kind: Raw,
    /// `libelle`.
    pub label: Raw,
    /// `requis`.
    pub required: bool,
}

/// A letter: `content/courriers/<slug>.md`. It may serve several trees: the source of each tree holds it with
/// the blocks of that tree alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterSource {
    /// Name of the file without `.md`.
    pub slug: Raw,
    /// `titre`.
    pub title: Raw,
    /// `champs`.
    pub fields: Vec<LetterFieldSource>,
    /// The letter.
    pub body: Vec<Piece>,
}

/// A case of `scenarios.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScenarioSource {
    /// Its name.
    pub name: Raw,
    /// `le`, an ISO date: today in the scenario.
    pub on: Raw,
    /// Answers: id of the question and value (`nsp` for « je ne sais pas », ids with commas for
    /// `cases`, `2026-08-10`, `650` or `650,00`).
    pub answers: Vec<NamedSource>,
    /// The expected outcome; several ids with commas when the answers leave several open.
    pub outcome: Raw,
    /// Expected figures: name and value as the reader sees it (`195,00 €`, `10 septembre 2026`,
    /// `3 mois`) or in short (`195`, `2026-09-10`, `3`).
    pub figures: Vec<NamedSource>,
    /// `mots`: words that must appear on the page of the outcome (facts, documents and deadlines
    /// included) or in one of its letters.
    pub words: Vec<Raw>,
    /// `sans_mots`: words that must appear in neither.
    pub absent: Vec<Raw>,
}

/// A value of a parameter between two days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatedValueSource {
    /// `depuis`, an ISO date, included.
    pub from: Raw,
    /// `jusqu_a`, an ISO date, included.
    pub until: Option<Raw>,
    /// `valeur`: `10`, `0,5`, `5 000`.
    pub value: Raw,
}

/// A parameter of the law: `content/droit/parametres.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParameterSource {
    /// Its id.
    pub id: Raw,
    /// `unite`: `date`, `mois`, `jours`, `annees`, `€`, `%`, `pour-mille`, `nombre`, or `indice` (two decimals).
    pub unit: Raw,
    /// Its values.
    pub values: Vec<DatedValueSource>,
}

/// An article of the registry: `content/droit/articles.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleSource {
    /// Its id: `loi-89-462-22`.
    pub id: Raw,
    /// `verifie_le`, an ISO date.
    pub checked_on: Option<Raw>,
    /// `modifie_le`, an ISO date: the article changed on that day, or ceases to hold.
    pub changed_on: Option<Raw>,
}
