//! The rules of the joined files: how many, how big, which fault each one has.

use crate::definition::Definition;
use crate::names;
use crate::posted::Posted;
use crate::validate::{FieldError, fill};
use serde::Serialize;

/// Limits told to the person before they choose files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FileLimits {
    /// Most files.
    pub count: usize,
    /// Most bytes of one file.
    pub each: u64,
    /// Most bytes of all files.
    pub total: u64,
}

/// A posted file, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedFile {
    /// Identifier of the piece; nothing for a file that belongs to none.
    pub piece: Option<String>,
    /// Name on the person's device.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Code of the fault found in its content or name, if any.
    pub fault: Option<&'static str>,
}

/// All faults of the files.
#[must_use]
pub fn check(
    definition: &Definition,
    posted: &Posted,
    files: &[PostedFile],
    limits: FileLimits,
) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = Vec::new();
    for file in files {
        let too_big = (file.size > limits.each).then_some("fichier_trop_gros");
        if let Some(code) = too_big.or(file.fault) {
            errors.push(error(definition, &anchor(file), code, &file.name, limits));
        }
    }
    if files.len() > limits.count {
        errors.push(error(definition, names::PIECES, "fichiers_nombre", "", limits));
    }
    if files.iter().map(|file| file.size).sum::<u64>() > limits.total {
        errors.push(error(definition, names::PIECES, "fichiers_total", "", limits));
    }
    for piece in &definition.pieces {
        let absent = !posted
            .first(&format!("{}{}", names::ABSENT_PREFIX, piece.id))
            .is_empty();
        let joined = files
            .iter()
            .any(|file| file.piece.as_deref() == Some(piece.id.as_str()));
        if absent && joined {
            let field = format!("{}{}", names::PIECE_PREFIX, piece.id);
            errors.push(error(
                definition,
                &field,
                "fichier_et_absente",
                &piece.label,
                limits,
            ));
        }
    }
    errors
}

fn anchor(file: &PostedFile) -> String {
    file.piece.as_ref().map_or_else(
        || names::PIECES.to_owned(),
        |piece| format!("{}{piece}", names::PIECE_PREFIX),
    )
}

fn error(
    definition: &Definition,
    field: &str,
    code: &'static str,
    file: &str,
    limits: FileLimits,
) -> FieldError {
    let message = fill(
        definition.message(code),
        &[
            ("fichier", file),
            ("nombre", &limits.count.to_string()),
            ("chacun", &megabytes(limits.each)),
            ("total", &megabytes(limits.total)),
        ],
    );
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        message,
    }
}

/// « 5 Mo », « 1,2 Mo », « 340 Ko », with a no-break space.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    const MEGA: u64 = 1_000_000;
    if bytes < MEGA {
        return format!("{}\u{a0}Ko", bytes.div_ceil(1000));
    }
    let tenths = bytes.div_ceil(MEGA / 10);
    if tenths.is_multiple_of(10) {
        format!("{}\u{a0}Mo", tenths / 10)
    } else {
        format!("{},{}\u{a0}Mo", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn sizes_in_words() {
        assert_eq!(megabytes(5_000_000), "5\u{a0}Mo");
        assert_eq!(megabytes(1_234_567), "1,3\u{a0}Mo");
        assert_eq!(megabytes(12_001), "13\u{a0}Ko");
        assert_eq!(megabytes(0), "0\u{a0}Ko");
    }
}
