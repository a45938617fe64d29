//! A private file without a name, gone with the process, that holds sealed chunks until the store has them.

use super::{CHUNK, SpoolError, chunk_place};
use crate::seal::{KeyRing, Sealed, hex};
use ring::digest::{Context, SHA256};
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Sealed chunks put aside.
#[derive(Debug)]
pub struct Spool {
    file: File,
    /// Where each chunk ends.
    ends: Vec<u64>,
    key_id: String,
    size: u64,
    sha256: String,
}

impl Spool {
    /// How many chunks there are: at least one.
    #[must_use]
    pub fn chunks(&self) -> usize {
        self.ends.len()
    }

    /// Chunk `k`, from 0, as it is to be stored.
    ///
    /// # Errors
    /// When the disk does not give it back.
    pub fn chunk(&self, k: usize) -> std::io::Result<Sealed> {
        let end = self.ends.get(k).copied().unwrap_or(0);
        let start = k
            .checked_sub(1)
            .and_then(|before| self.ends.get(before).copied())
            .unwrap_or(0);
        let len = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
        let mut bytes = vec![0; len];
        self.file.read_exact_at(&mut bytes, start)?;
        Ok(Sealed {
            key_id: self.key_id.clone(),
            bytes,
        })
    }

    /// Bytes before sealing.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of the bytes before sealing, hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// Seals what it is given, chunk by chunk.
pub struct Writer<'a> {
    ring: &'a KeyRing,
    place: String,
    file: File,
    waiting: Vec<u8>,
    ends: Vec<u64>,
    key_id: String,
    size: u64,
    digest: Context,
}

impl<'a> Writer<'a> {
    /// Begins a file without a name in this folder.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(ring: &'a KeyRing, place: String, folder: &Path) -> Result<Self, SpoolError> {
        Ok(Self {
            ring,
            place,
            file: tempfile::tempfile_in(folder)?,
            waiting: Vec::new(),
            ends: Vec::new(),
            key_id: String::new(),
            size: 0,
            digest: Context::new(&SHA256),
        })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        let mut rest = bytes;
        // A full chunk waits for one more byte: only then is it known not to be the last.
        while self.waiting.len() + rest.len() > CHUNK {
            let (now, later) = rest.split_at(CHUNK - self.waiting.len());
            self.waiting.extend_from_slice(now);
            self.put(false)?;
            rest = later;
        }
        self.waiting.extend_from_slice(rest);
        Ok(())
    }

    /// Seals the last chunk.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(mut self) -> Result<Spool, SpoolError> {
        self.put(true)?;
        Ok(Spool {
            file: self.file,
            ends: self.ends,
            key_id: self.key_id,
            size: self.size,
            sha256: hex(self.digest.finish().as_ref()),
        })
    }

    fn put(&mut self, last: bool) -> Result<(), SpoolError> {
        let place = chunk_place(&self.place, self.ends.len(), last);
        let sealed = self.ring.seal(&place, &self.waiting)?;
        self.waiting.clear();
        self.file.write_all(&sealed.bytes)?;
        let start = self.ends.last().copied().unwrap_or(0);
        self.ends.push(start + sealed.bytes.len() as u64);
        self.key_id = sealed.key_id;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Writer, chunk_place};
    use crate::seal::{KeyRing, SealError, hex, sha256};

    #[test]
    fn bytes_of_any_length_come_back_the_same_in_their_order_alone() {
        let ring = KeyRing::parse("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").expect("a key");
        let folder = tempfile::tempdir().expect("a folder");
        for (len, chunks) in [(0, 1), (1, 1), (CHUNK, 1), (CHUNK + 1, 2), (3 * CHUNK, 3)] {
            let bytes: Vec<u8> = (0..len).map(|n| u8::try_from(n % 251).expect("small")).collect();
            let mut writer = Writer::new(&ring, "a:1".to_owned(), folder.path()).expect("a file");
            for piece in bytes.chunks(9_999) {
                writer.write(piece).expect("written");
            }
            let spool = writer.finish().expect("finished");
            assert_eq!(
                (spool.chunks(), spool.size()),
                (chunks, bytes.len() as u64),
                "{len}"
            );
            assert_eq!(spool.sha256(), hex(&sha256(&bytes)));
            let mut back = Vec::new();
            for k in 0..chunks {
                let sealed = spool.chunk(k).expect("read");
                let place = chunk_place("a:1", k, k + 1 == chunks);
                back.extend(ring.open(&sealed.key_id, &place, &sealed.bytes).expect("opened"));
                // Neither at another place, nor as the last when it is not.
                let moved = chunk_place("a:1", k + 1, k + 1 == chunks);
                let cut = chunk_place("a:1", k, k + 1 != chunks);
                for wrong in [moved, cut] {
                    assert_eq!(ring.open("k", &wrong, &sealed.bytes), Err(SealError::Damaged));
                }
            }
            assert_eq!(back, bytes, "{len}");
        }
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("the folder").count(),
            0,
            "no file has a name"
        );
    }
}
