//! Compressed copies of text files, for servers that send them as they are.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;

/// Files smaller than this travel in one packet anyway.
const WORTH_IT: usize = 1_024;
const TEXTS: [&str; 8] = [".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".ics"];
/// Style sheets and scripts are kept for ever by browsers: the smallest they can be.
const ASSET_QUALITY: i32 = 11;
/// Pages are many and change often: a tenth of the time for a few bytes more.
const PAGE_QUALITY: i32 = 9;

/// The two copies of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Copy<'a> {
    /// The file they are copies of.
    pub path: &'a str,
    /// For `.br`.
    pub brotli: Vec<u8>,
    /// For `.gz`.
    pub gzip: Vec<u8>,
}

/// Whether a file gets copies: a public text that is not tiny. Hidden files are never served.
#[must_use]
pub fn is_worth_it(path: &str, bytes: &[u8]) -> bool {
    bytes.len() >= WORTH_IT && !path.starts_with('.') && TEXTS.iter().any(|end| path.ends_with(end))
}

/// Compresses on every core; the result is in the order given, however many cores there are.
#[must_use]
pub fn all<'a>(files: &[(&'a str, &'a Arc<[u8]>)]) -> Vec<Copy<'a>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = files.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || {
                    chunk
                        .iter()
                        .map(|(path, bytes)| one(path, bytes))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let done = workers.into_iter().map(|worker| match worker.join() {
            Ok(copies) => copies,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    })
}

fn one<'a>(path: &'a str, bytes: &[u8]) -> Copy<'a> {
    Copy {
        path,
        brotli: brotli(
            bytes,
            if path.ends_with(".html") {
                PAGE_QUALITY
            } else {
                ASSET_QUALITY
            },
        ),
        gzip: gzip(bytes),
    }
}

fn brotli(bytes: &[u8], quality: i32) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut out, &params);
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // No name and no date in the header: the same bytes give the same file.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_public_texts_are_worth_it() {
        let long = vec![b'x'; WORTH_IT];
        assert!(is_worth_it("a/index.html", &long));
        for path in ["a.woff2", ".service/form.json", "a.png"] {
            assert!(!is_worth_it(path, &long), "{path}");
        }
        assert!(!is_worth_it("a.html", &long[1..]));
    }

    #[test]
    fn copies_open_to_the_same_bytes_in_the_same_order() {
        let bytes: Vec<Arc<[u8]>> = (0..5_u8).map(|n| Arc::from(vec![n; 3_000])).collect();
        let names = ["a.css", "b.html", "c.js", "d.html", "e.xml"];
        let files: Vec<_> = names.into_iter().zip(&bytes).collect();
        let copies = all(&files);
        assert_eq!(copies.iter().map(|copy| copy.path).collect::<Vec<_>>(), names);
        for (copy, bytes) in copies.iter().zip(&bytes) {
            let mut back = Vec::new();
            brotli::BrotliDecompress(&mut &copy.brotli[..], &mut back).expect("valid brotli");
            assert_eq!(back, **bytes);
            let mut decoder = flate2::write::GzDecoder::new(Vec::new());
            decoder.write_all(&copy.gzip).expect("valid gzip");
            assert_eq!(decoder.finish().expect("whole gzip"), **bytes);
        }
    }
}
