//! Base64 in lines of 76 characters (RFC 2045), of bytes that come piece by piece.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes of a line of 76 characters.
const LINE: usize = 57;

/// Encodes piece by piece; what makes no whole line waits for the next piece.
#[derive(Debug, Default)]
pub(super) struct Lines {
    waiting: Vec<u8>,
    begun: bool,
}

impl Lines {
    /// The lines that these bytes complete.
    pub(super) fn add(&mut self, bytes: &[u8]) -> String {
        self.waiting.extend_from_slice(bytes);
        let whole = self.waiting.len() / LINE * LINE;
        let rest = self.waiting.split_off(whole);
        let now = std::mem::replace(&mut self.waiting, rest);
        self.lines(&now)
    }

    /// The last line, if there is one.
    pub(super) fn end(mut self) -> String {
        let rest = std::mem::take(&mut self.waiting);
        self.lines(&rest)
    }

    fn lines(&mut self, bytes: &[u8]) -> String {
        let mut out = String::with_capacity(bytes.len() / LINE * 78 + 80);
        for line in bytes.chunks(LINE) {
            if self.begun {
                out.push_str("\r\n");
            }
            self.begun = true;
            STANDARD.encode_string(line, &mut out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use lettre::message::Body;
    use lettre::message::header::ContentTransferEncoding;

    #[test]
    fn pieces_give_the_lines_that_the_mail_library_gives_for_the_whole() {
        for len in [0, 1, 56, 57, 58, 114, 115, 10_000] {
            let bytes: Vec<u8> = (0..len).map(|n| u8::try_from(n % 256).expect("a byte")).collect();
            for piece in [1, 50, 57, 4_096] {
                let mut lines = Lines::default();
                let mut text: String = bytes.chunks(piece).map(|piece| lines.add(piece)).collect();
                text.push_str(&lines.end());
                let whole = Body::new_with_encoding(bytes.clone(), ContentTransferEncoding::Base64);
                assert_eq!(text.as_bytes(), whole.expect("base64").as_ref(), "{len}, {piece}");
            }
        }
    }
}
