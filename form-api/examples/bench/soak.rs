//! A steady load for a long time, through a relay that fails half of the time: nothing lost, memory flat, queue drained,
//! while what was delivered a minute ago is forgotten.

use crate::load::{Line, Shape, numbered};
use crate::service::Service;
use crate::{Fault, relay};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Clients that share the rate.
const CLIENTS: u32 = 8;
/// Longest time that the queue may take to empty after the last post.
const DRAIN: Duration = Duration::from_secs(600);
/// Most growth of the memory between the first and the last third of the time, in kilobytes.
const GROWTH: u64 = 10_000;
/// Most bytes of the write-ahead log.
const LOG: u64 = 64_000_000;

pub(crate) fn run(program: &str, site: &str, folder: &Path, time: Duration, rate: u32) -> Result<(), Fault> {
    let (address, taken) = relay::start()?;
    let service = Service::start_through(program, site, folder, address)?;
    println!(
        "{rate}/s for {} s; at rest: {}",
        time.as_secs(),
        service.memory()?
    );
    let (references, began) = (Mutex::new(BTreeSet::new()), Instant::now());
    let (mut memory, mut longest) = (Vec::new(), 0);
    std::thread::scope(|scope| -> Result<(), Fault> {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|n| {
                let (service, references) = (&service, &references);
                scope.spawn(move || client(&service.address, n, began, time, rate, references))
            })
            .collect();
        let step = (time / 30).max(Duration::from_secs(1));
        for n in 1.. {
            std::thread::sleep((began + step * n).saturating_duration_since(Instant::now()));
            if began.elapsed() >= time {
                break;
            }
            memory.push(service.resident()?);
            longest = longest.max(Service::log(folder));
            if n % 3 == 0 {
                println!(
                    "{:>5} s: {}, {}",
                    began.elapsed().as_secs(),
                    service.memory()?,
                    service.disk(folder)?
                );
            }
        }
        clients
            .into_iter()
            .try_for_each(|one| one.join().map_err(|_| "a client died")?)
    })?;
    let references = references.into_inner().map_err(|_| "a client died")?;
    let ended = Instant::now();
    while !service.operate("list")?.trim().is_empty() {
        if ended.elapsed() > DRAIN {
            return Err("the queue is not empty".into());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    let taken = taken.lock().map_err(|_| "the relay died")?;
    let lost: Vec<&String> = references
        .iter()
        .filter(|reference| {
            !taken
                .keys()
                .any(|id| id.starts_with(&format!("<{reference}.cdc.")))
        })
        .collect();
    let doubles: u32 = taken.values().map(|times| times - 1).sum();
    let third = memory.len() / 3;
    let mean = |part: &[u64]| part.iter().sum::<u64>() / part.len().max(1) as u64;
    let (first, last) = (mean(&memory[..third]), mean(&memory[memory.len() - third..]));
    println!(
        "{} confirmed, {} lost, {} mails taken, {doubles} taken twice (same Message-ID); queue empty {} s after the \
         last post; memory {first} kB in the first third, {last} kB in the last; {}",
        references.len(),
        lost.len(),
        taken.len(),
        ended.elapsed().as_secs(),
        service.disk(folder)?
    );
    if lost.is_empty() && last < first + GROWTH && longest < LOG {
        Ok(())
    } else {
        Err(format!("lost: {lost:?}; memory: {memory:?}; log: {longest} bytes").into())
    }
}

/// Posts at its share of the rate, and keeps each reference that it was given.
fn client(
    address: &str,
    n: u32,
    began: Instant,
    time: Duration,
    rate: u32,
    references: &Mutex<BTreeSet<String>>,
) -> Result<(), Fault> {
    let (mut line, body) = (Line::open(address)?, Shape::Small.body());
    let pace = Duration::from_secs(1) * CLIENTS / rate;
    for turn in 0.. {
        let at = began + pace * turn + pace * n / CLIENTS;
        if at > began + time {
            break;
        }
        std::thread::sleep(at.saturating_duration_since(Instant::now()));
        let (status, answer) = line.post(&numbered(&body, n, turn))?;
        if status != 202 {
            return Err(format!("status {status}: {answer}").into());
        }
        let reference = answer
            .split("\"reference\":\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let reference = reference.ok_or("no reference")?.to_owned();
        if !references.lock().map_err(|_| "a client died")?.insert(reference) {
            return Err("one reference twice".into());
        }
    }
    Ok(())
}
