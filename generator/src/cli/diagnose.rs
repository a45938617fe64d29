//! `generator diagnose <tree> id=value …`: what a tree concludes, and why, as JSON.

use super::{Common, say};
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::nearest::nearest;
use crate::parse::law::{self, Law};
use crate::parse::{letter, tree};
use clap::Args;
use decision_tree::model::{Kind, Question};
use decision_tree::{Answers, Context, Date, Fault, Report, Tree, report};
use serde::Serialize;
use std::process::ExitCode;

/// Options of `diagnose`.
#[derive(Debug, Args)]
pub struct Diagnose {
    #[command(flatten)]
    common: Common,
    /// Nom du questionnaire : celui de son dossier.
    #[arg(value_name = "QUESTIONNAIRE", help_heading = "Arguments")]
    tree: String,
    /// Réponses, chacune sous la forme question=réponse ; « nsp » pour « je ne sais pas ».
    #[arg(value_name = "QUESTION=RÉPONSE", help_heading = "Arguments")]
    answers: Vec<String>,
}

/// What is printed: the report of the engine, and the articles that its outcomes rest on.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    report: Report,
    articles: Vec<Article>,
}

/// An article of the registry.
#[derive(Debug, Serialize)]
struct Article {
    id: String,
    title: String,
    text: String,
}

/// Prints the conclusion, or says in French what cannot be read.
pub fn run(command: &Diagnose) -> ExitCode {
    match diagnose(command) {
        Ok(json) => {
            say(&json);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("erreur : {message}");
            ExitCode::FAILURE
        }
    }
}

fn diagnose(command: &Diagnose) -> Result<String, String> {
    let sources = load::load(&command.common.root).map_err(|error| error.to_string())?;
    let today = command.common.today();
    let mut faults = Diagnostics::default();
    let law = law::parse(&sources, &mut faults);
    let letters = letter::parse(&sources, today, &mut faults);
    let trees = tree::parse(
        &sources,
        &letters,
        today,
        &mut tree::Memory::default(),
        &mut faults,
    );
    let Some(files) = trees.get(command.tree.as_str()) else {
        let names = || trees.keys().map(crate::site::Slug::as_str);
        let hint = suggestion(&command.tree, names());
        return Err(format!(
            "le questionnaire « {} » n'existe pas.{hint}",
            command.tree
        ));
    };
    let Some(tree) = &files.compiled.tree else {
        return Err(format!(
            "le questionnaire « {} » a des fautes : lancez « generator check » pour les lire.",
            command.tree
        ));
    };
    let today = Date::from_iso(&today.to_string()).ok_or("cette date est hors du calendrier.")?;
    let context = Context { today };
    let answers = answers(tree, &command.answers, &context)?;
    let report = report(tree, &answers, &context);
    let told = Told {
        articles: articles(&report, &law),
        report,
    };
    serde_json::to_string_pretty(&told).map_err(|error| error.to_string())
}

/// Reads all answers; every fault is told, one a line.
fn answers(tree: &Tree, given: &[String], context: &Context) -> Result<Answers, String> {
    let mut faults = Vec::new();
    let mut pairs = Vec::new();
    for text in given {
        match text.split_once('=') {
            Some(pair) => pairs.push(pair),
            None => faults.push(format!("« {text} » n'a pas la forme question=réponse.")),
        }
    }
    let (answers, errors) = Answers::read(tree, pairs.iter().copied(), context);
    for error in errors {
        let value = pairs
            .iter()
            .find(|(id, _)| *id == error.question)
            .map_or("", |(_, value)| value);
        faults.push(fault(tree, &error.question, value, error.fault));
    }
    if faults.is_empty() {
        Ok(answers)
    } else {
        Err(faults.join("\nerreur : "))
    }
}

fn fault(tree: &Tree, id: &str, value: &str, fault: Fault) -> String {
    let Some(question) = tree.questions.iter().find(|question| question.id == id) else {
        let known = tree.questions.iter().map(|question| question.id.as_str());
        return format!("la question « {id} » n'existe pas.{}", suggestion(id, known));
    };
    let why = match fault {
        Fault::UnknownQuestion => "elle n'existe pas.".to_owned(),
        Fault::Empty => "la réponse est vide.".to_owned(),
        Fault::Choice => {
            let known = question.choices.iter().map(|choice| choice.id.as_str());
            format!(
                "« {value} » n'est pas une de ses réponses.{}",
                suggestion(value, known)
            )
        }
        Fault::Format => format!("« {value} » ne se lit pas ; écrivez {}.", form(question)),
        Fault::Future => format!("« {value} » est après le jour du diagnostic."),
        Fault::Min => format!("« {value} » est plus petit que le minimum."),
        Fault::Max => format!("« {value} » est plus grand que le maximum."),
    };
    format!("question « {id} » : {why}")
}

fn form(question: &Question) -> &'static str {
    match question.kind {
        Kind::Date => "une date : 2026-08-10",
        Kind::Montant => "un montant : 650 ou 650,50",
        Kind::Nombre => "un nombre entier : 12",
        Kind::Commune => "un code Insee de cinq caractères : 93066",
        Kind::Choix | Kind::Cases | Kind::Texte => "un texte",
    }
}

/// « Vouliez-vous dire … ? », or the list of what is possible.
fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    nearest(name, known.clone()).map_or_else(
        || format!(" Possibles : {}.", known.collect::<Vec<_>>().join(", ")),
        |near| format!(" Vouliez-vous dire « {near} » ?"),
    )
}

fn articles(report: &Report, law: &Law) -> Vec<Article> {
    let mut ids: Vec<&String> = report
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.legal_basis)
        .collect();
    let mut seen = Vec::new();
    ids.retain(|id| {
        !seen.contains(id) && {
            seen.push(*id);
            true
        }
    });
    ids.into_iter()
        .filter_map(|id| law.articles.get(id))
        .map(|article| Article {
            id: article.id.clone(),
            title: article.title.clone(),
            text: article.summary.clone(),
        })
        .collect()
}
