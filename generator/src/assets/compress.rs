//! Compressed copies of text files, for servers that send them as they are.

use rayon::prelude::*;
use std::sync::Arc;

/// Files smaller than this travel in one packet anyway.
const WORTH_IT: usize = 1_024;
const TEXTS: [&str; 8] = [".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".ics"];
/// Style sheets and scripts are kept for ever by browsers: the smallest they can be.
pub const ASSET_QUALITY: u8 = 11;
/// Pages are many and change often: a fortieth of the time for a twelfth of the bytes more. Measured on guides of
/// 16 kB: 9 takes 16 ms for 4,309 bytes, 6 takes 0.8 ms for 4,320, 11 takes 37 ms for 3,981.
pub const PAGE_QUALITY: u8 = 6;

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
    files.par_iter().map(|(path, bytes)| one(path, bytes)).collect()
}

fn one<'a>(path: &'a str, bytes: &[u8]) -> Copy<'a> {
    Copy {
        path,
        brotli: ::compress::brotli(
            bytes,
            if path.ends_with(".html") {
                PAGE_QUALITY
            } else {
                ASSET_QUALITY
            },
        ),
        gzip: ::compress::gzip(bytes),
    }
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
    fn copies_keep_the_order_given() {
        let bytes: Vec<Arc<[u8]>> = (0..5_u8).map(|n| Arc::from(vec![n; 3_000])).collect();
        let names = ["a.css", "b.html", "c.js", "d.html", "e.xml"];
        let files: Vec<_> = names.into_iter().zip(&bytes).collect();
        let copies = all(&files);
        assert_eq!(copies.iter().map(|copy| copy.path).collect::<Vec<_>>(), names);
        for (copy, bytes) in copies.iter().zip(&bytes) {
            assert_eq!(copy.gzip, ::compress::gzip(bytes));
        }
    }
}
