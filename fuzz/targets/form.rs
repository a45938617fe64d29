//! The rules of the referral form: answers or faults that each have words, never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use referral_form::value::Day;
use referral_form::{Definition, FileLimits, Posted, PostedFile, recap, validate};
use std::sync::LazyLock;

static DEFINITION: LazyLock<Definition> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../form-api/tests/fixtures/form.json")).expect("the form")
});

const LIMITS: FileLimits = FileLimits {
    count: 10,
    each: 5_000_000,
    total: 20_000_000,
};

fuzz_target!(|text: &str| {
    let (mut posted, mut files) = (Posted::default(), Vec::new());
    // A line is a field, `name=value`, or a file, `@piece=name`, that weighs what its name is long.
    for (name, value) in text.split('\n').filter_map(|line| line.split_once('=')) {
        match name.strip_prefix('@') {
            Some(piece) => files.push(PostedFile {
                piece: (!piece.is_empty()).then(|| piece.to_owned()),
                name: value.to_owned(),
                size: value.len() as u64 * 100_000,
                fault: None,
            }),
            None => posted.push(name, value.replace('\u{1f}', "\r\n")),
        }
    }
    let today = Day {
        year: 2026,
        month: 11,
        day: 25,
    };
    match validate(&DEFINITION, &posted, &files, LIMITS, today) {
        Ok(answers) => assert!(!recap::sections(&DEFINITION, &answers).is_empty()),
        Err(errors) => assert!(errors.iter().all(|error| !error.message.is_empty()), "{errors:?}"),
    }
});
