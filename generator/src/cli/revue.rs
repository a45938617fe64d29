//! `generator revue`: the texts to read again.

use super::{Common, say};
use crate::{load, parse, review};
use clap::{Args, ValueEnum};
use jiff::ToSpan;
use std::process::ExitCode;

/// Options of `revue`.
#[derive(Debug, Args)]
pub struct Revue {
    #[command(flatten)]
    common: Common,
    /// Textes à relire dans ce nombre de jours, en plus des textes en retard ; tous si absent.
    #[arg(long, value_name = "JOURS", help_heading = "Options")]
    dans: Option<i32>,
    /// Forme de la liste : table, csv (tableur) ou ics (agenda).
    #[arg(
        long,
        value_name = "FORME",
        value_enum,
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Options"
    )]
    sortie: Shape,
}

/// How the list is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shape {
    Table,
    Csv,
    Ics,
}

/// Prints the list, the most overdue first.
pub fn run(command: &Revue) -> ExitCode {
    let sources = match load::load(&command.common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let today = command.common.today();
    let (site, _, _) = parse::parse(&sources, today);
    let mut due = review::due(&site);
    if let Some(days) = command.dans {
        let until = today.saturating_add(days.days());
        due.retain(|text| text.next <= until);
    }
    say(match command.sortie {
        Shape::Table => review::table(&due, today),
        Shape::Csv => review::csv(&due, today),
        Shape::Ics => review::ics(&due, today, &site.settings.base_url.value),
    }
    .trim_end());
    ExitCode::SUCCESS
}
