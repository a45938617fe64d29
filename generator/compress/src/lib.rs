//! Brotli and gzip copies of bytes.
//!
//! Brotli's encoder is generic, so it is compiled in the crate that calls it: here, with `opt-level = 3` in every
//! profile, while the generator itself stays quick to compile.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// A window of 256 kB holds nearly every page, and its tables are quick to set up.
const PAGE_WINDOW: i32 = 18;

/// Compresses with brotli. `quality` goes from 0 (fast) to 11 (small).
#[must_use]
pub fn brotli(bytes: &[u8], quality: u8) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: i32::from(quality.min(11)),
        lgwin: if quality < 10 { PAGE_WINDOW } else { 22 },
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut out, &params);
    out
}

/// Compresses with gzip, as small as it goes. No name and no date in the header: the same bytes give the same file.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_open_to_the_same_bytes() {
        let bytes: Vec<u8> = (0..9_000_u32).flat_map(u32::to_le_bytes).collect();
        for quality in [6, 9, 11, 200] {
            let mut back = Vec::new();
            brotli::BrotliDecompress(&mut &brotli(&bytes, quality)[..], &mut back).expect("valid brotli");
            assert_eq!(back, bytes);
        }
        let mut decoder = flate2::write::GzDecoder::new(Vec::new());
        decoder.write_all(&gzip(&bytes)).expect("valid gzip");
        assert_eq!(decoder.finish().expect("whole gzip"), bytes);
    }
}
