//! The pages of a question: links for the static reader, and the form that the script puts in their place.

use super::context::{AnswerLink, Choice, Named, QuestionContext};
use super::outcome::Page;
use super::words;
use crate::diagnostic::Diagnostics;
use crate::render::frame::PageSpec;
use decision_tree::Voice;
use decision_tree::source::{QuestionSource, Raw, VoicedSource};

/// What a static page adds to its question.
pub(super) struct Static {
    /// Address.
    pub(super) path: String,
    /// Its number, or 0 when paths of several lengths lead here.
    pub(super) number: usize,
    /// Links, by answer.
    pub(super) links: Vec<AnswerLink>,
    /// Answers that all paths to the page have in common.
    pub(super) so_far: Vec<Named>,
}

impl Page<'_> {
    /// Renders one page of a question.
    pub(super) fn question(
        &self,
        source: &QuestionSource,
        page: Static,
        faults: &mut Diagnostics,
    ) -> Option<String> {
        let fill = self.renderer.words();
        let text = |raw: &Option<Raw>| raw.as_ref().map(|raw| fill.fill(&raw.value)).unwrap_or_default();
        let voiced = |text: &VoicedSource| fill.fill(words::voiced(text, self.voice));
        let question = voiced(&source.text);
        let advice = self.advice(&source.id.value);
        let kind = source.kind.value.clone();
        let context = QuestionContext {
            data: self.paths.data.clone(),
            slug: self.files.slug.to_string(),
            base: self.files.address(),
            title: fill.fill(&self.files.start.title.value),
            id: source.id.value.clone(),
            number: page.number,
            question: question.clone(),
            help: source.help.as_ref().map(voiced).unwrap_or_default(),
            where_to_find: text(&source.where_to_find),
            definitions: source
                .definitions
                .iter()
                .map(|line| Named {
                    name: fill.fill(&line.name.value),
                    text: fill.fill(&line.value.value),
                })
                .collect(),
            unit: if kind == "montant" {
                "€".to_owned()
            } else {
                text(&source.unit)
            },
            options: self.options(source, &advice),
            errors: errors(source)
                .into_iter()
                .map(|(name, text)| Named {
                    name,
                    text: fill.fill(&text),
                })
                .collect(),
            dont_know: advice,
            links: page.links,
            so_far: page.so_far,
            kind,
        };
        let parent = self
            .paths
            .parents
            .last()
            .map(|(label, _)| label.clone())
            .unwrap_or_default();
        let spec = PageSpec {
            heading: question,
            description: format!("Une question du questionnaire « {parent} »."),
            path: page.path,
            parents: self.paths.parents.clone(),
            indexable: false,
            scripts: self.paths.question_script.clone(),
            ..PageSpec::default()
        };
        self.renderer
            .page("tree-question.html", spec, "tree", &context, faults)
    }

    /// The advice to who does not know, in this voice; empty when the question must be answered.
    pub(super) fn advice(&self, id: &str) -> String {
        let advice = self.files.dont_know.get(id);
        advice
            .map(|text| self.renderer.words().fill(words::voiced(text, self.voice)))
            .unwrap_or_default()
    }

    fn options(&self, source: &QuestionSource, advice: &str) -> Vec<Choice> {
        let fill = self.renderer.words();
        let option = |value: &str, label: &str, hint: &str| Choice {
            value: value.to_owned(),
            label: fill.fill(label),
            hint: fill.fill(hint),
        };
        if source.kind.value == "commune" {
            return self.communes();
        }
        let mut options: Vec<_> = source
            .choices
            .iter()
            .map(|choice| {
                let hint = choice.help.as_ref().map_or("", |help| &help.value);
                option(&choice.id.value, words::voiced(&choice.label, self.voice), hint)
            })
            .collect();
        if !advice.is_empty() && source.kind.value == "choix" {
            options.push(option(decision_tree::DONT_KNOW, "Je ne sais pas", advice));
        }
        options
    }

    fn communes(&self) -> Vec<Choice> {
        let form = self.renderer.site.form.iter();
        form.flat_map(|form| &form.communes)
            .map(|commune| Choice {
                value: commune.insee.clone(),
                label: format!("{} ({})", commune.name, commune.postal_codes.join(", ")),
                hint: String::new(),
            })
            .collect()
    }
}

/// The messages of the form: the author's, completed by ours.
fn errors(source: &QuestionSource) -> Vec<(String, String)> {
    let format = match source.kind.value.as_str() {
        "date" => "Écrivez la date avec le jour, le mois et l'année, par exemple 31 5 2026",
        "montant" => "Écrivez le montant en euros, par exemple 650 ou 650,50",
        "nombre" => "Écrivez un nombre entier, par exemple 12",
        "commune" => "Choisissez la commune dans la liste, ou écrivez les cinq chiffres de son code postal",
        _ => "Choisissez une réponse de la liste",
    };
    let ours = [
        ("vide", "Répondez à la question pour continuer"),
        ("format", format),
        ("choix", "Choisissez « Aucune » seule, ou décochez-la"),
        ("futur", "Cette date est dans le futur"),
        ("min", "Cette réponse est trop petite"),
        ("max", "Cette réponse est trop grande"),
    ];
    let written = |name: &str| source.errors.iter().find(|line| line.name.value == name);
    ours.into_iter()
        .map(|(name, words)| {
            (
                name.to_owned(),
                written(name).map_or_else(|| words.to_owned(), |line| line.value.value.clone()),
            )
        })
        .collect()
}

/// Whether the words of a question change with the voice.
pub(super) fn differs(source: &QuestionSource, advice: Option<&VoicedSource>, voice: Voice) -> bool {
    let texts = [Some(&source.text), source.help.as_ref(), advice]
        .into_iter()
        .flatten();
    let labels = source.choices.iter().map(|choice| &choice.label);
    texts
        .chain(labels)
        .any(|text| text.variants.iter().any(|(of, _)| of.value == voice.id()))
}
