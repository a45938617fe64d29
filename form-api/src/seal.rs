//! Authenticated encryption of what is stored, and keyed hashes. One key ring; the first key is the current one.
//!
//! Protects copies of the database, not a compromised machine: the service must be able to decrypt.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use std::fmt;
use std::io::Write;
use std::path::Path;

/// Bytes of a key.
const KEY_LEN: usize = 32;

/// The keys of the service.
pub struct KeyRing {
    keys: Vec<Key>,
    random: SystemRandom,
}

struct Key {
    id: String,
    aead: LessSafeKey,
    mac: hmac::Key,
}

/// A sealed value and the key that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Identifier of the key.
    pub key_id: String,
    /// Nonce, then ciphertext and tag.
    pub bytes: Vec<u8>,
}

/// Why a value cannot be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// The key with this identifier is not in the ring.
    UnknownKey(String),
    /// The bytes were changed, or belong elsewhere.
    Damaged,
    /// The machine gives no randomness.
    NoRandom,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(id) => write!(f, "la clé « {id} » manque dans ML_KEYS"),
            Self::Damaged => f.write_str("une donnée chiffrée est abîmée ou déplacée"),
            Self::NoRandom => f.write_str("le système ne donne pas d'aléa"),
        }
    }
}

impl fmt::Debug for KeyRing {
    /// Names of the keys, never the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|key| &key.id))
            .finish()
    }
}

impl KeyRing {
    /// Reads `id:base64,id:base64`; each key is 32 bytes.
    ///
    /// # Errors
    /// What is wrong, in French, without the key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut keys: Vec<Key> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (id, secret) = part.split_once(':').ok_or("une clé s'écrit « nom:base64 »")?;
            let bytes = STANDARD
                .decode(secret.trim())
                .map_err(|_| format!("la clé « {id} » n'est pas en base64"))?;
            let key =
                Key::new(id, &bytes).ok_or_else(|| format!("la clé « {id} » doit faire {KEY_LEN} octets"))?;
            if keys.iter().any(|known| known.id == key.id) {
                return Err(format!("la clé « {id} » est donnée deux fois"));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err("aucune clé".to_owned());
        }
        Ok(Self {
            keys,
            random: SystemRandom::new(),
        })
    }

    /// Reads the keys of a file, or creates it with one new key, readable by its owner alone.
    ///
    /// # Errors
    /// What is wrong, in French.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        match std::fs::read_to_string(path) {
            Ok(text) => return Self::parse(text.trim()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{shown} : {error}")),
        }
        let mut secret = [0; KEY_LEN];
        SystemRandom::new()
            .fill(&mut secret)
            .map_err(|_| SealError::NoRandom.to_string())?;
        let text = format!("k1:{}\n", STANDARD.encode(secret));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| format!("{shown} : {error}"))?;
        Self::parse(text.trim())
    }

    /// Identifiers of the keys.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    /// Random bytes.
    ///
    /// # Errors
    /// When the machine gives none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], SealError> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
        Ok(bytes)
    }

    /// Seals a value for one place (`attachment:<id>:3`): it opens nowhere else.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Sealed, SealError> {
        let key = &self.keys[0];
        let nonce: [u8; NONCE_LEN] = self.random()?;
        let mut body = plain.to_vec();
        key.aead
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut body,
            )
            .map_err(|_| SealError::Damaged)?;
        let mut bytes = nonce.to_vec();
        bytes.append(&mut body);
        Ok(Sealed {
            key_id: key.id.clone(),
            bytes,
        })
    }

    /// Opens a value sealed for this place.
    ///
    /// # Errors
    /// When the key is unknown or the value damaged.
    pub fn open(&self, key_id: &str, place: &str, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        let key = self.key(key_id)?;
        let (nonce, body) = bytes.split_at_checked(NONCE_LEN).ok_or(SealError::Damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Damaged)?;
        let mut body = body.to_vec();
        let plain = key
            .aead
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| SealError::Damaged)?;
        let len = plain.len();
        body.truncate(len);
        Ok(body)
    }

    /// Keyed hash for a purpose, with the current key.
    #[must_use]
    pub fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        self.keys[0].mac(purpose, data)
    }

    /// Whether `tag` begins the keyed hash of `data` with any key of the ring (compared in constant time).
    #[must_use]
    pub fn verify(&self, purpose: &str, data: &[u8], tag: &[u8]) -> bool {
        tag.len() >= 16
            && self
                .keys
                .iter()
                .any(|key| same(&key.mac(purpose, data)[..tag.len().min(32)], tag))
    }

    /// A token for one purpose and one row, always the same: a repeated post gets the same address again.
    ///
    /// # Errors
    /// When the key is not in the ring.
    pub fn token(&self, key_id: &str, purpose: &str, id: &str) -> Result<String, SealError> {
        Ok(URL_SAFE_NO_PAD.encode(&self.key(key_id)?.mac(purpose, id.as_bytes())[..16]))
    }

    fn key(&self, id: &str) -> Result<&Key, SealError> {
        self.keys
            .iter()
            .find(|key| key.id == id)
            .ok_or_else(|| SealError::UnknownKey(id.to_owned()))
    }
}

impl Key {
    fn new(id: &str, bytes: &[u8]) -> Option<Self> {
        if bytes.len() != KEY_LEN || id.is_empty() {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            aead: LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, bytes).ok()?),
            // Another key for hashes, so that no key serves two ends.
            mac: hmac::Key::new(
                hmac::HMAC_SHA256,
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), b"mac").as_ref(),
            ),
        })
    }

    fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(data);
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// SHA-256.
#[must_use]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
    out
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(text: &str) -> KeyRing {
        KeyRing::parse(text).expect("a key ring")
    }

    const OLD: &str = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    #[test]
    fn opens_only_in_its_place_and_whole() {
        let ring = ring(OLD);
        let sealed = ring.seal("a:1", b"bail").expect("sealed");
        assert_eq!(ring.open("old", "a:1", &sealed.bytes), Ok(b"bail".to_vec()));
        assert_eq!(ring.open("old", "a:2", &sealed.bytes), Err(SealError::Damaged));
        let mut changed = sealed.bytes.clone();
        changed[14] ^= 1;
        assert_eq!(ring.open("old", "a:1", &changed), Err(SealError::Damaged));
        assert_eq!(ring.open("old", "a:1", b"short"), Err(SealError::Damaged));
        assert_ne!(ring.seal("a:1", b"bail").expect("sealed").bytes, sealed.bytes);
    }

    #[test]
    fn a_new_first_key_still_opens_what_the_old_one_sealed() {
        let sealed = ring(OLD).seal("a", b"x").expect("sealed");
        let both = ring(&format!("{NEW},{OLD}"));
        assert_eq!(both.open(&sealed.key_id, "a", &sealed.bytes), Ok(b"x".to_vec()));
        assert_eq!(both.seal("a", b"x").expect("sealed").key_id, "new");
        assert!(matches!(
            ring(NEW).open("old", "a", &sealed.bytes),
            Err(SealError::UnknownKey(_))
        ));
    }

    #[test]
    fn says_what_is_wrong_without_the_secret() {
        for (text, part) in [
            ("", "aucune"),
            ("a", "nom:base64"),
            ("a:!!", "base64"),
            ("a:AAAA", "32 octets"),
        ] {
            let fault = KeyRing::parse(text).expect_err("a fault");
            assert!(fault.contains(part), "{fault}");
        }
        assert_eq!(format!("{:?}", ring(OLD)), "[\"old\"]");
    }

    #[test]
    fn a_file_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys");
        let sealed = KeyRing::from_file(&path)
            .expect("made")
            .seal("a", b"x")
            .expect("sealed");
        let again = KeyRing::from_file(&path).expect("read");
        assert_eq!(again.open(&sealed.key_id, "a", &sealed.bytes), Ok(b"x".to_vec()));
    }
}
