//! The definition of the referral form, for the form service.

use crate::output::Output;
use referral_form::Definition;

/// Where the service reads it, below the output folder.
pub const PATH: &str = ".service/form.json";

/// Writes the definition as JSON.
///
/// # Errors
/// The reason, when the definition cannot be written or its place is taken.
pub fn export(definition: &Definition, output: &mut Output) -> Result<(), String> {
    let mut json = serde_json::to_vec_pretty(definition).map_err(|error| error.to_string())?;
    json.push(b'\n');
    output.insert(PATH, json)
}

#[cfg(test)]
mod tests {
    use super::{PATH, export};
    use crate::output::Output;
    use referral_form::Definition;

    #[test]
    fn what_is_written_reads_back() {
        let definition = Definition {
            title: "Saisir".to_owned(),
            ..Definition::default()
        };
        let mut output = Output::default();
        export(&definition, &mut output).expect("room for the file");
        let bytes = output.get(PATH).expect("the file");
        assert_eq!(
            serde_json::from_slice::<Definition>(bytes).expect("a definition"),
            definition
        );
    }
}
