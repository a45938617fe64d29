//! Misuse of the command line, told in French.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong with the arguments, and where to look.
#[must_use]
pub(super) fn in_french(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "la commande « {} » n'existe pas",
                context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "il manque la commande : build, check, serve, diagnose, droit, explain, rules, revue, clarte, links, schema, cms ou new"
                .to_owned()
        }
        ErrorKind::UnknownArgument => format!("l'option « {argument} » n'existe pas ici"),
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("l'option « {argument} » attend une valeur"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|reason| format!(" : {reason}"));
            format!(
                "« {value} » ne convient pas à « {argument} »{}",
                reason.unwrap_or_default()
            )
        }
        ErrorKind::ArgumentConflict => format!("l'option « {argument} » est écrite deux fois"),
        _ => error
            .to_string()
            .trim_end()
            .trim_start_matches("error: ")
            .to_owned(),
    };
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|kind| error.get(kind).map(words))
    .filter(|near| !near.is_empty())
    .map(|near| format!(" Vouliez-vous dire « {near} » ?"));
    format!(
        "erreur : {what}.{}\nPour connaître les options : generator --help",
        near.unwrap_or_default()
    )
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::Cli;
    use clap::Parser;

    fn told(args: &[&str]) -> String {
        let args = ["generator"].iter().chain(args);
        super::in_french(&Cli::try_parse_from(args).expect_err("misuse"))
    }

    #[test]
    fn misuse_is_told_in_french() {
        for (args, expected) in [
            (
                &["buil"][..],
                "la commande « buil » n'existe pas. Vouliez-vous dire « build » ?",
            ),
            (&[], "il manque la commande"),
            (
                &["build", "--dat", "x"],
                "l'option « --dat » n'existe pas ici. Vouliez-vous dire « --date » ?",
            ),
            (
                &["build", "--date", "2026-02-30"],
                "écrivez le jour ainsi : 2026-03-01",
            ),
            (&["build", "--date"], "« --date <JOUR> » attend une valeur"),
            (
                &["build", "--format", "xml"],
                "« xml » ne convient pas à « --format <FORME> »",
            ),
        ] {
            let told = told(args);
            assert!(told.contains(expected), "{expected} in {told}");
            assert!(!told.contains("error:"), "{told}");
        }
    }
}
