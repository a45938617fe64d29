//! Compressed copies of text files, for servers that send them as they are.

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
pub struct Copies {
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

/// Compresses one file.
#[must_use]
pub fn one(path: &str, bytes: &[u8]) -> Copies {
    Copies {
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
    fn what_browsers_keep_is_the_smallest() {
        let text: String = (0..4_000_u32)
            .map(|n| format!(".rule-{} {{ margin: {}px }}\n", n % 613, n % 97))
            .collect();
        let (page, style) = (one("a.html", text.as_bytes()), one("a.css", text.as_bytes()));
        assert_eq!(page.gzip, style.gzip);
        assert!(style.brotli.len() < page.brotli.len());
    }
}
