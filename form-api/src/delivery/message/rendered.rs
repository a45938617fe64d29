//! A mail as text around files that stay in the store: they join it chunk by chunk when it is written.

use super::base64::Lines;
use crate::content::{Content, CopyFault, Reading, Writer};

/// A rendered mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Bytes before the first file; the whole mail when it has none.
    pub head: Vec<u8>,
    /// Number of each file, and the bytes between it and the next one.
    pub files: Vec<(u32, Vec<u8>)>,
}

impl Rendered {
    /// A mail without files of the store, around `marks`: each mark stands where the file with its number goes.
    ///
    /// # Errors
    /// When a mark is not there, or twice.
    pub(super) fn cut(mail: Vec<u8>, marks: &[(u32, String)]) -> Result<Self, String> {
        let mut places = Vec::with_capacity(marks.len());
        let mut from = 0;
        for (n, mark) in marks {
            let at = find(&mail[from..], mark.as_bytes()).ok_or("pièce sans place dans le courriel")?;
            places.push((*n, from + at, from + at + mark.len()));
            from += at + mark.len();
        }
        let Some((_, first, _)) = places.first().copied() else {
            return Ok(Self {
                head: mail,
                files: Vec::new(),
            });
        };
        let ends = places.iter().skip(1).map(|(_, start, _)| *start);
        let ends = ends.chain([mail.len()]);
        let files = places
            .iter()
            .zip(ends)
            .map(|((n, _, after), end)| (*n, mail[*after..end].to_vec()));
        Ok(Self {
            head: mail[..first].to_vec(),
            files: files.collect(),
        })
    }

    /// Writes it, with each file read by `open`.
    ///
    /// # Errors
    /// When a file cannot be read, or the disk is full.
    pub async fn write<'a>(
        &self,
        writer: &mut Writer<'_>,
        open: impl Fn(Content) -> Reading<'a>,
    ) -> Result<(), CopyFault> {
        writer.write(&self.head)?;
        for (n, after) in &self.files {
            let mut file = open(Content::File(*n));
            let mut lines = Lines::default();
            while let Some(bytes) = file.next().await? {
                writer.write(lines.add(&bytes).as_bytes())?;
            }
            writer.write(lines.end().as_bytes())?;
            writer.write(after)?;
        }
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::Rendered;

    #[test]
    fn a_mail_is_cut_at_its_marks_in_order() {
        let marks = [(1, "[un]".to_owned()), (3, "[trois]".to_owned())];
        let cut = Rendered::cut(b"tete[un]milieu[trois]fin".to_vec(), &marks).expect("cut");
        assert_eq!(cut.head, b"tete");
        assert_eq!(cut.files, [(1, b"milieu".to_vec()), (3, b"fin".to_vec())]);
        let whole = Rendered::cut(b"tout".to_vec(), &[]).expect("whole");
        assert_eq!(
            (whole.head.as_slice(), whole.files.len()),
            (b"tout".as_slice(), 0)
        );
        assert!(Rendered::cut(b"tete[trois][un]".to_vec(), &marks).is_err());
    }
}
