//! Bodies cut, doubled and spoilt at random bytes: each has an answer that was announced, and what is not confirmed
//! is not kept. A few hundred in a usual run; `make fuzz` gives `FUZZ_SECONDS`.

mod common;

use common::{Form, Service};
use std::ops::Range;
use std::time::{Duration, Instant};

/// Inputs of a usual run.
const USUAL: u32 = 300;
/// What a reader of multipart looks for.
const WORDS: [&[u8]; 14] = [
    b"--LIMITE\r\n",
    b"--LIMITE--\r\n",
    b"--LIMITE",
    b"\r\n\r\n",
    b"\r\n",
    b"\n",
    b"\0",
    b"Content-Disposition: form-data; name=\"faits\"",
    b"; filename=\"bail.pdf\"",
    b"; filename*=UTF-8''%E2%80%AE.pdf",
    b"Content-Type: text/plain; charset=utf-16\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"name=\"\"",
    b"\xff\xfe",
];

/// Numbers that look random and are the same for the same seed (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % most.max(1)
    }

    fn range(&mut self, len: usize) -> Range<usize> {
        let start = self.below(len);
        start..(start + 1 + self.below(60)).min(len)
    }

    fn spoil(&mut self, body: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let range = self.range(body.len());
            match self.below(6) {
                0 => drop(body.drain(range)),
                1 => body.truncate(range.start),
                2 => body.extend_from_within(range),
                3 => {
                    let word = WORDS[self.below(WORDS.len())];
                    drop(body.splice(range.start..range.start, word.iter().copied()));
                }
                4 => {
                    let part = body[range.clone()].repeat(1 + self.below(200));
                    drop(body.splice(range.start..range.start, part));
                }
                _ => {
                    let bit = self.below(8);
                    body.get_mut(range.start)
                        .into_iter()
                        .for_each(|byte| *byte ^= 1 << bit);
                }
            }
        }
    }
}

#[tokio::test]
async fn spoilt_bodies_have_an_announced_answer_and_only_confirmed_ones_are_kept() {
    let seconds = std::env::var("FUZZ_SECONDS").map(|text| text.parse().expect("seconds"));
    let seed = std::env::var("FUZZ_SEED").map_or(0x2545_f491_4f6c_dd1d, |text| text.parse().expect("a seed"));
    let (began, mut numbers) = (Instant::now(), Numbers(seed));
    let service = Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await;
    let boundary = [("content-type", "multipart/form-data; boundary=LIMITE")];
    let (mut inputs, mut confirmed) = (0, 0);
    let more = |inputs: u32| match seconds {
        Ok(seconds) => began.elapsed() < Duration::from_secs(seconds),
        Err(_) => inputs < USUAL,
    };
    while more(inputs) {
        let form = Form::tenant(&service.token().await).with("demande", &format!("Demande n° {inputs}."));
        let form = form.file("piece_bail", "bail.pdf", b"%PDF-1.7 un bail");
        let mut body = form.encode();
        numbers.spoil(&mut body);
        let shown = || String::from_utf8_lossy(&body).into_owned();
        let reply = service.send("POST", "/saisine", &boundary, body.clone()).await;
        // 200 is the form again, when the bytes came to ask for it.
        assert!(
            [200, 303, 413, 422].contains(&reply.status),
            "{}: {}",
            reply.status,
            shown()
        );
        confirmed += usize::from(reply.status == 303);
        inputs += 1;
    }
    let kept = service.outbox.ledger(None).await.expect("a ledger");
    let kept = kept.iter().filter(|line| line.event == "recue").count();
    assert_eq!(kept, confirmed, "seed {seed}");
    assert!(confirmed > 0 && inputs > 100, "{confirmed} of {inputs} confirmed");
    println!("{inputs} bodies from seed {seed}: {confirmed} confirmed, the others refused in words");
    service.stop().await;
}
