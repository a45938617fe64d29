//! Many at once, and many days: cases F38 and F40 of `docs/faults.md`, each in short.

mod common;

use common::{Form, Service};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// One after the other: each counts the open files of the process.
static ALONE: Mutex<()> = Mutex::const_new(());

/// Connections at the same time.
const CLIENTS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f38_two_hundred_connections_at_once_are_served_and_each_confirmed_post_is_kept() {
    let _alone = ALONE.lock().await;
    let seconds = std::env::var("LOAD_SECONDS").map_or(3, |text| text.parse().expect("seconds"));
    let service = Arc::new(Service::start(&["--rate=0/1s", "--receipts-a-day=0"]).await);
    let end = Instant::now() + Duration::from_secs(seconds);
    let client = |n: usize| {
        let service = service.clone();
        async move {
            let (mut places, mut refused, mut slowest) = (Vec::new(), 0_u32, Duration::ZERO);
            for turn in 0.. {
                let began = Instant::now();
                let form =
                    Form::tenant(&service.token().await).with("demande", &format!("Demande {n}-{turn}."));
                let answer = service.post(&form).await;
                slowest = slowest.max(began.elapsed());
                match answer.status {
                    303 => places.push(answer.location()),
                    503 => refused += 1,
                    other => panic!("{other}: {}", answer.body),
                }
                if Instant::now() > end {
                    break;
                }
            }
            (places, refused, slowest)
        }
    };
    let tasks: Vec<_> = (0..CLIENTS).map(|n| tokio::spawn(client(n))).collect();
    let (mut places, mut refused, mut slowest) = (BTreeSet::new(), 0, Duration::ZERO);
    for task in tasks {
        let (some, no, time) = task.await.expect("a client");
        for place in some {
            assert!(places.insert(place), "one confirmation for two");
        }
        (refused, slowest) = (refused + no, slowest.max(time));
    }
    println!(
        "{} confirmed, {refused} told to come back, slowest {slowest:?}",
        places.len()
    );
    // A referral takes milliseconds: with patience of ten seconds nobody among two hundred is sent away for long.
    assert!(
        places.len() >= CLIENTS / 2,
        "{} confirmed, {refused} refused",
        places.len()
    );
    let ledger = service.outbox.ledger(None).await.expect("a ledger");
    let kept = ledger.iter().filter(|line| line.event == "recue").count();
    assert_eq!(kept, places.len(), "confirmed is kept, and nothing else is");
}

/// Bytes of the database and of its write-ahead log.
fn sizes(folder: &Path) -> (u64, u64) {
    let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |found| found.len());
    (size("outbox.db"), size("outbox.db-wal"))
}

fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").expect("our files").count()
}

/// Days that pass, and those that a delivered case is kept.
const DAYS: usize = 12;
const KEPT: usize = 3;
/// Most bytes of the write-ahead log.
const LOG: u64 = 64_000_000;

#[tokio::test]
async fn f40_days_of_posts_with_purge_leave_files_and_handles_as_they_were() {
    let _alone = ALONE.lock().await;
    let retention = format!("--retention={KEPT}d");
    let service = Service::start(&[
        &retention,
        "--purge-interval=50ms",
        "--rate=0/1s",
        "--receipts-a-day=99",
    ])
    .await;
    let pdf = [b"%PDF-1.7".as_slice(), &[7; 200_000]].concat();
    let mut seen = Vec::new();
    for day in 0..DAYS {
        for n in 0..8 {
            let form = Form::tenant(&service.token().await)
                .with("demande", &format!("Demande {day}-{n}."))
                .file("piece_bail", "bail.pdf", &pdf);
            assert_eq!(service.post(&form).await.status, 303);
        }
        service.mails().await;
        service.pass(Duration::from_secs(24 * 3600));
        let kept = async || {
            let ledger = service.outbox.ledger(None).await.expect("a ledger");
            let of = |event: &str| ledger.iter().filter(|line| line.event == event).count();
            of("recue") - of("effacee")
        };
        let began = Instant::now();
        while kept().await > 8 * KEPT {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "nothing is purged on day {day}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let (base, log) = sizes(service.folder.path());
        assert!(log < LOG, "the log has {log} bytes on day {day}");
        seen.push((base, open_files()));
    }
    let (middle, last) = (seen[DAYS / 2], seen[DAYS - 1]);
    println!("bytes and open files, day by day: {seen:?}");
    assert!(last.0 <= middle.0 * 11 / 10, "the database grows: {seen:?}");
    assert!(last.1 <= middle.1 + 4, "files stay open: {seen:?}");
    service.stop().await;
}
