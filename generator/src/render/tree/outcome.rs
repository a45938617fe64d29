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
use decision_tree::expr::Expr;
use decision_tree::model::{Outcome, Part, Unit, Value};
use decision_tree::source::{OutcomeSource, Piece};
use decision_tree::{Answers, Context, Date, Raw, Tree, Voice, report};
use serde::Serialize;
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
        let compiled = self
            .tree
            .outcomes
            .iter()
            .find(|known| known.id == source.id.value);
        let example = self.example(&source.id.value);
        let address = self.paths.outcome(&source.id.value, self.voice);
        let distinct = self.distinct_title(source, title);
        // Other questionnaires conclude in the same words: a list of pages must tell one from another.
        let named = format!(
            "{} – {}",
            distinct.as_deref().unwrap_or(title),
            self.files.start.title.value
        );
        let terms = self.renderer.glossary.page(&fill.fill(&named), &address, None);
        let context = OutcomeContext {
            data: self.paths.data.clone(),
            slug: self.files.slug.to_string(),
            base: self.files.address(),
            title: fill.fill(&self.files.start.title.value),
            id: source.id.value.clone(),
            voice: self.voice.id().to_owned(),
            summary: self.marked_summary(words, compiled),
            certainty: certainty(source),
            body: markdown::html(
                &words.body,
                1,
                &OutcomeHost::new(self, compiled, words, &terms),
                faults,
            ),
            example: example
                .as_ref()
                .map(|(words, _)| fill.fill(words))
                .unwrap_or_default(),
            figures: self.figures(source, example.as_ref().map(|(_, figures)| figures)),
            deadlines: self.deadlines(source, compiled),
            pieces: self.pieces(source, compiled),
            letters: self.letters(source, compiled),
            referral: source
                .referral
                .as_ref()
                .map(|referral| referral.motive.value.clone())
                .unwrap_or_default(),
            referral_condition: inline(
                compiled
                    .and_then(|outcome| outcome.referral.as_ref())
                    .and_then(|referral| referral.condition.as_ref()),
            ),
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
            title: distinct,
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

    fn pieces_of<'w>(&self, words: &'w OutcomeWords) -> &'w [Piece] {
        let variant = match self.voice {
            Voice::Locataire => None,
            Voice::Bailleur => words.summaries[1].as_ref(),
            Voice::Aidant => words.summaries[2].as_ref(),
        };
        variant
            .or(words.summaries[0].as_ref())
            .map_or(&[][..], Vec::as_slice)
    }

    /// The verdict of this voice; a figure that depends on the answers shows its name.
    pub(super) fn summary(&self, words: &OutcomeWords) -> String {
        let text: String = self
            .pieces_of(words)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Value(name) => self.blank(&name.value),
                Piece::If { .. } | Piece::Voice { .. } => String::new(),
            })
            .collect();
        self.renderer.words().fill(&text)
    }

    /// The same in HTML, its values marked for the script.
    fn marked_summary(&self, words: &OutcomeWords, outcome: Option<&Outcome>) -> String {
        let body = outcome.map(|outcome| &outcome.summary);
        let mut values = body
            .map(|body| values_of(body, self.voice))
            .unwrap_or_default()
            .into_iter();
        self.pieces_of(words)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => escape(&self.renderer.words().fill(text)),
                Piece::Value(name) => self.value(values.next(), &name.value),
                Piece::If { .. } | Piece::Voice { .. } => String::new(),
            })
            .collect()
    }

    /// A value marked for the script, and what stands there without it.
    pub(super) fn value(&self, value: Option<&Value>, name: &str) -> String {
        format!(
            "<span data-v=\"{}\">{}</span>",
            escape(&inline(value)),
            escape(&self.blank(name))
        )
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
        let figures = named.iter().filter_map(|name| {
            self.tree
                .figures
                .iter()
                .enumerate()
                .find(|(_, figure)| figure.name == *name)
        });
        figures
            .map(|(index, figure)| FigureRow {
                value: inline(Some(&Value::Expr(figure.unit, Expr::Figure(index)))),
                name: figure.name.clone(),
                label: fill.fill(&words::capital(&figure.name)),
                formula: fill.fill(figure.formula.as_deref().unwrap_or("D'après vos réponses")),
                example: example
                    .and_then(|values| values.get(&figure.name))
                    .map_or("–".to_owned(), |text| fill.fill(text)),
            })
            .collect()
    }

    fn deadlines(&self, source: &OutcomeSource, outcome: Option<&Outcome>) -> Vec<Item> {
        let compiled = outcome.map_or(&[][..], |outcome| &outcome.deadlines);
        let lines = source.deadlines.iter().zip(compiled);
        lines
            .filter_map(|(line, deadline)| {
                let item = self.item(&line.title, line.condition.as_ref(), deadline.condition.as_ref())?;
                let value = inline(Some(&Value::Expr(Unit::Date, deadline.on.clone())));
                Some(Item { value, ..item })
            })
            .collect()
    }

    fn pieces(&self, source: &OutcomeSource, outcome: Option<&Outcome>) -> Vec<Item> {
        let compiled = outcome.map_or(&[][..], |outcome| &outcome.documents);
        let lines = source.documents.iter().zip(compiled);
        lines
            .filter_map(|(line, document)| {
                self.item(&line.text, line.condition.as_ref(), document.condition.as_ref())
            })
            .collect()
    }

    /// A line kept in this voice, with the case in which it holds.
    fn item(&self, text: &Raw, condition: Option<&Raw>, compiled: Option<&Expr>) -> Option<Item> {
        if condition.is_some_and(|si| words::is_other_voice(&si.value, self.voice)) {
            return None;
        }
        let fill = self.renderer.words();
        let case = condition.filter(|si| !words::is_this_voice(&si.value, self.voice));
        Some(Item {
            key: text.value.clone(),
            condition: inline(compiled),
            value: String::new(),
            text: fill.fill(&words::capital(&text.value)),
            case: case
                .map(|si| fill.fill(&words::condition(&si.value, &self.files.source, self.voice)))
                .unwrap_or_default(),
        })
    }

    fn letters(&self, source: &OutcomeSource, outcome: Option<&Outcome>) -> Vec<LetterLink> {
        let fill = self.renderer.words();
        let compiled = outcome.map_or(&[][..], |outcome| &outcome.letters);
        let lines = source.letters.iter().zip(compiled);
        lines
            .filter_map(|(line, (_, guard))| {
                let (slug, condition) = line.value.split_once(" si ").unwrap_or((&line.value, ""));
                let letter = self.renderer.site.letters.get(slug.trim())?;
                (!words::is_other_voice(condition.trim(), self.voice)).then(|| LetterLink {
                    condition: inline(guard.as_ref()),
                    href: letter.address(),
                    title: fill.fill(&letter.title.value),
                    text: fill.fill(&letter.description.value),
                })
            })
            .collect()
    }
}

/// An expression or a value as the script reads it in the page; nothing when there is none.
pub(super) fn inline<T: Serialize>(expr: Option<&T>) -> String {
    // Neither holds anything that JSON cannot write.
    expr.and_then(|expr| serde_json::to_string(expr).ok())
        .unwrap_or_default()
}

/// The values of a summary that a voice reads, in order.
fn values_of(body: &decision_tree::model::Body, voice: Voice) -> Vec<&Value> {
    let own = |part: &&Part| matches!(part, Part::Voice(of, _) if *of == voice);
    let parts = match body.parts.iter().find(own) {
        Some(Part::Voice(_, inner)) => inner,
        _ => &body.parts,
    };
    let number = |part: &Part| match part {
        Part::Value(number) => body.values.get(*number),
        _ => None,
    };
    parts.iter().filter_map(number).collect()
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
            text: "C’est la règle\u{202f}; les faits ou les preuves peuvent changer la conclusion.",
        },
        _ => Certainty {
            kind: "warning",
            label: "À vérifier",
            text: "Faites vérifier ce point par un juriste de l’ADIL, gratuitement.",
        },
    }
}
