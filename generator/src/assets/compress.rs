//! Compressed copies beside text files, for servers that send them as they are.

use crate::Effort;
use crate::output::Output;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;

/// Files smaller than this travel in one packet anyway.
const WORTH_IT: usize = 1_024;
const TEXTS: [&str; 8] = [".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".ics"];

/// Adds `.br` and `.gz` copies of the text files that shrink. Hidden files are left alone: nobody serves them.
#[must_use]
pub fn add_copies(output: Output, effort: Effort) -> Output {
    if effort == Effort::None {
        return output;
    }
    let files: Vec<_> = output
        .files()
        .filter(|(path, bytes)| worth_it(path, bytes))
        .map(|(path, bytes)| (path.to_owned(), bytes.clone()))
        .collect();
    let mut output = output;
    for (path, br, gz) in compress_all(&files) {
        let _ = output.insert(format!("{path}.br"), br);
        let _ = output.insert(format!("{path}.gz"), gz);
    }
    output
}

fn worth_it(path: &str, bytes: &[u8]) -> bool {
    bytes.len() >= WORTH_IT && !path.starts_with('.') && TEXTS.iter().any(|end| path.ends_with(end))
}

type Copies = (String, Vec<u8>, Vec<u8>);

/// Compresses on every core; the order of the result does not depend on how many there are.
fn compress_all(files: &[(String, Arc<[u8]>)]) -> Vec<Copies> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = files.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || {
                    chunk
                        .iter()
                        .map(|(path, bytes)| copies(path, bytes))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_default())
            .collect()
    })
}

fn copies(path: &str, bytes: &[u8]) -> Copies {
    (path.to_owned(), brotli(bytes), gzip(bytes))
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
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
    fn adds_copies_of_long_public_texts_only() {
        let mut output = Output::default();
        for path in ["a.html", "b.woff2", ".service/c.json"] {
            output.insert(path, vec![b'x'; 2_000]).expect("a free path");
        }
        output.insert("short.html", b"x".as_slice()).expect("a free path");
        let output = add_copies(output, Effort::Best);
        let names: Vec<_> = output.files().map(|(path, _)| path).collect();
        assert_eq!(
            names,
            [
                ".service/c.json",
                "a.html",
                "a.html.br",
                "a.html.gz",
                "b.woff2",
                "short.html"
            ]
        );
        let gz = output.get("a.html.gz").expect("a copy");
        let mut back = Vec::new();
        let mut decoder = flate2::write::GzDecoder::new(&mut back);
        decoder
            .write_all(gz)
            .and_then(|()| decoder.try_finish())
            .expect("valid gzip");
        drop(decoder);
        assert_eq!(back, vec![b'x'; 2_000]);
    }
}
