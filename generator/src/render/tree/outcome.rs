//! The page of an outcome, one for each voice: readable as it is, and marked for the script that fills it.

use super::context::{Certainty, FigureRow, Item, LetterLink, OutcomeContext};
use super::host::OutcomeHost;
use super::{Paths, words};
use crate::diagnostic::Diagnostics;
use crate::parse::tree::{OutcomeWords, TreeFiles};
use crate::render::frame::PageSpec;
use crate::render::markdown;
use crate::render::words::escape;
use crate::render::{Renderer, cards};
use decision_tree::source::{OutcomeSource, Piece};
use decision_tree::{Answers, Context, Date, Raw, Tree, Voice, report};
use std::collections::BTreeMap;

/// Everything that the pages of one tree share.
pub(super) struct Page<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) files: &'a TreeFiles,
    pub(super) tree: &'a Tree,
    pub(super) paths: &'a Paths,
    pub(super) voice: Voice,
}

impl Page<'_> {
    /// Renders one outcome.
    pub(super) fn outcome(&self, source: &OutcomeSource, faults: &mut Diagnostics) -> Option<String> {
        let words = self.files.outcomes.get(&source.id.value)?;
        let fill = self.renderer.words();
        let title = words::voiced(&source.title, self.voice);
        let summary = self.summary(words);
        let example = self.example(&source.id.value);
        let address = self.paths.outcome(&source.id.value, self.voice);
        let terms = self.renderer.glossary.page(&fill.fill(title), &address, None);
        let context = OutcomeContext {
            data: self.paths.data.clone(),
            slug: self.files.slug.to_string(),
            base: self.files.address(),
            title: fill.fill(&self.files.start.title.value),
            id: source.id.value.clone(),
            voice: self.voice.id().to_owned(),
            summary: escape(&summary),
            certainty: certainty(source),
            body: markdown::html(&words.body, 1, &OutcomeHost::new(self, words, &terms), faults),
            example: example
                .as_ref()
                .map(|(words, _)| fill.fill(words))
                .unwrap_or_default(),
            figures: self.figures(source, example.as_ref().map(|(_, figures)| figures)),
            deadlines: self.deadlines(source),
            pieces: self.pieces(source),
            letters: self.letters(source),
            referral: source
                .referral
                .as_ref()
                .map(|referral| referral.motive.value.clone())
                .unwrap_or_default(),
            next_steps: words
                .next_steps
                .iter()
                .map(|step| cards::of_address(self.renderer.site, &step.value, fill))
                .collect(),
            contact: words
                .contact
                .as_ref()
                .map(|text| fill.fill(&text.value))
                .unwrap_or_default(),
            articles: super::articles(&words.legal_basis, fill),
            reviewed: self.files.start.review.reviewed.value.into(),
        };
        let spec = PageSpec {
            heading: title.to_owned(),
            title: self.distinct_title(source, title),
            description: words
                .description
                .as_ref()
                .map_or(summary, |text| text.value.clone()),
            path: address,
            parents: self.paths.parents.clone(),
            indexable: true,
            scripts: self.paths.outcome_script.clone(),
            ..PageSpec::default()
        };
        self.renderer
            .page("tree-outcome.html", spec, "tree", &context, faults)
    }

    /// Words of the `<title>` when the first voice has a page of the same heading (RGAA 8.6).
    fn distinct_title(&self, source: &OutcomeSource, title: &str) -> Option<String> {
        let first = self.paths.first_voice;
        let same = self.voice != first && words::voiced(&source.title, first) == title;
        same.then(|| format!("{title} ({})", self.voice.id()))
    }

    /// The verdict of this voice; a figure that depends on the answers shows its name.
    pub(super) fn summary(&self, words: &OutcomeWords) -> String {
        let variant = match self.voice {
            Voice::Locataire => None,
            Voice::Bailleur => words.summaries[1].as_ref(),
            Voice::Aidant => words.summaries[2].as_ref(),
        };
        let pieces = variant
            .or(words.summaries[0].as_ref())
            .map_or(&[][..], Vec::as_slice);
        let text: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Value(name) => self.blank(&name.value),
                Piece::If { .. } | Piece::Voice { .. } => String::new(),
            })
            .collect();
        self.renderer.words().fill(&text)
    }

    /// What stands for a value that depends on the answers.
    pub(super) fn blank(&self, name: &str) -> String {
        let fill = self.renderer.words();
        if crate::slot::parameter(name).is_some() {
            return fill.slot(name);
        }
        let asked = self.tree.questions.iter().any(|question| question.id == name);
        fill.fill(&if asked {
            "[votre réponse]".to_owned()
        } else {
            format!("[{name}]")
        })
    }

    /// A worked example: the first scenario that ends here in this voice, its name and its figures.
    fn example(&self, outcome: &str) -> Option<(String, BTreeMap<String, String>)> {
        let reads = |voice: bool| {
            self.files.source.scenarios.iter().find_map(|scenario| {
                let context = Context {
                    today: Date::from_iso(&scenario.on.value)?,
                };
                let pairs = scenario
                    .answers
                    .iter()
                    .map(|line| (line.name.value.as_str(), line.value.value.as_str()));
                let (answers, _) = Answers::read(self.tree, pairs, &context);
                let fits = scenario.outcome.value.trim() == outcome;
                let told = (fits && (!voice || answers.voice(self.tree) == self.voice))
                    .then(|| report(self.tree, &answers, &context))?;
                let figures = told
                    .figures
                    .into_iter()
                    .filter_map(|line| Some((line.name, line.text?)));
                let name = format!("Exemple : {}, le {}", scenario.name.value, context.today.french());
                Some((name, figures.collect()))
            })
        };
        reads(true).or_else(|| reads(false))
    }

    /// The figures that the outcome names, in reading order.
    fn figures(&self, source: &OutcomeSource, example: Option<&BTreeMap<String, String>>) -> Vec<FigureRow> {
        let mut named: Vec<&str> = Vec::new();
        values(&source.summary, &mut named);
        values(&source.body, &mut named);
        named.extend(source.deadlines.iter().map(|deadline| deadline.on.value.as_str()));
        let mut seen: Vec<&str> = Vec::new();
        named.retain(|name| {
            !seen.contains(name) && {
                seen.push(name);
                true
            }
        });
        let fill = self.renderer.words();
        let figures = named
            .iter()
            .filter_map(|name| self.tree.figures.iter().find(|figure| figure.name == *name));
        figures
            .map(|figure| FigureRow {
                name: figure.name.clone(),
                label: fill.fill(&words::capital(&figure.name)),
                formula: fill.fill(figure.formula.as_deref().unwrap_or("D'après vos réponses")),
                example: example
                    .and_then(|values| values.get(&figure.name))
                    .map_or("–".to_owned(), |text| fill.fill(text)),
            })
            .collect()
    }

    fn deadlines(&self, source: &OutcomeSource) -> Vec<Item> {
        source
            .deadlines
            .iter()
            .filter_map(|line| self.item(&line.title, line.condition.as_ref()))
            .collect()
    }

    fn pieces(&self, source: &OutcomeSource) -> Vec<Item> {
        source
            .documents
            .iter()
            .filter_map(|line| self.item(&line.text, line.condition.as_ref()))
            .collect()
    }

    /// A line kept in this voice, with the case in which it holds.
    fn item(&self, text: &Raw, condition: Option<&Raw>) -> Option<Item> {
        if condition.is_some_and(|si| words::is_other_voice(&si.value, self.voice)) {
            return None;
        }
        let fill = self.renderer.words();
        let case = condition.filter(|si| !words::is_this_voice(&si.value, self.voice));
        Some(Item {
            key: text.value.clone(),
            text: fill.fill(&words::capital(&text.value)),
            case: case
                .map(|si| fill.fill(&words::condition(&si.value, &self.files.source, self.voice)))
                .unwrap_or_default(),
        })
    }

    fn letters(&self, source: &OutcomeSource) -> Vec<LetterLink> {
        let fill = self.renderer.words();
        source
            .letters
            .iter()
            .filter_map(|line| {
                let (slug, condition) = line.value.split_once(" si ").unwrap_or((&line.value, ""));
                let letter = self.renderer.site.letters.get(slug.trim())?;
                (!words::is_other_voice(condition.trim(), self.voice)).then(|| LetterLink {
                    slug: letter.slug.to_string(),
                    href: letter.address(),
                    title: fill.fill(&letter.title.value),
                    text: fill.fill(&letter.description.value),
                })
            })
            .collect()
    }
}

fn values<'p>(pieces: &'p [Piece], found: &mut Vec<&'p str>) {
    for piece in pieces {
        match piece {
            Piece::Value(name) => found.push(&name.value),
            Piece::If { body, .. } | Piece::Voice { body, .. } => values(body, found),
            Piece::Text(_) => {}
        }
    }
}

fn certainty(source: &OutcomeSource) -> Certainty {
    match source.certainty.as_ref().map(|text| text.value.as_str()) {
        Some("certain") => Certainty {
            kind: "success",
            label: "Certain",
            text: "La loi le dit clairement.",
        },
        Some("probable") => Certainty {
            kind: "info",
            label: "Probable",
            text: "C'est la règle ; les faits ou les preuves peuvent changer la conclusion.",
        },
        _ => Certainty {
            kind: "warning",
            label: "À vérifier",
            text: "Faites vérifier ce point par un juriste de l'ADIL, gratuitement.",
        },
    }
}
