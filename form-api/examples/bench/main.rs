//! Measures a running service from outside: durable submissions per second and their latency, beside what the disk
//! gives to a plain loop of write and fsync in the same minute; then memory at rest and under big files.
//!
//! `make bench-service` runs it on the built site: `bench measure PROGRAM SITE SECONDS`, seconds of each measure.
//! `make soak` runs the other half: `bench soak PROGRAM SITE SECONDS RATE`.

mod disk;
mod load;
mod relay;
mod service;
mod soak;

use load::{Load, Shape};
use service::Service;
use std::path::Path;
use std::time::Duration;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Bytes of the small submission's story and of the big one's file.
const SMALL: usize = 10_000;
const BIG: usize = 5_000_000;
/// Times that big files are sent, to see whether memory grows.
const ROUNDS: usize = 50;

fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = std::env::temp_dir().join(format!("bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let done = match words.as_slice() {
        ["measure", program, site, time] => {
            seconds(time).and_then(|time| measure(program, site, &folder, time))
        }
        ["soak", program, site, time, rate] => {
            seconds(time).and_then(|time| soak::run(program, site, &folder, time, rate.parse()?))
        }
        _ => Err("bench measure PROGRAM SITE SECONDS | bench soak PROGRAM SITE SECONDS RATE".into()),
    };
    std::fs::remove_dir_all(&folder)?;
    done
}

fn seconds(text: &str) -> Result<Duration, Fault> {
    Ok(Duration::from_secs(text.parse()?))
}

fn measure(program: &str, site: &str, folder: &Path, time: Duration) -> Result<(), Fault> {
    println!("{}", machine()?);
    for sending in [false, true] {
        let name = if sending { "sending" } else { "alone" };
        println!(
            "\n## Taking in, {}",
            if sending {
                "while mails are written"
            } else {
                "mails waiting"
            }
        );
        let place = folder.join(name);
        std::fs::create_dir_all(&place)?;
        let service = Service::start(program, site, &place, sending)?;
        println!("memory at rest: {}", service.memory()?);
        for (shape, clients) in [
            (Shape::Small, 1),
            (Shape::Small, 16),
            (Shape::Small, 64),
            (Shape::Big, 1),
            (Shape::Big, 4),
        ] {
            let limit = disk::synced(&place, shape.bytes(), time / 4)?;
            let done = Load { shape, clients, time }.run(&service.address)?;
            println!(
                "{done}; plain write and fsync: {limit:.0}/s; ratio {:.1}",
                done.rate() / limit
            );
        }
        println!("memory after: {}", service.memory()?);
    }
    println!("\n## Memory under big files");
    let place = folder.join("files");
    std::fs::create_dir_all(&place)?;
    let service = Service::start(program, site, &place, true)?;
    println!("at rest: {}", service.memory()?);
    for round in 1..=ROUNDS {
        load::files(&service.address, 4, 202)?;
        load::files(&service.address, 10, 422)?;
        if round == 1 || round % 10 == 0 {
            println!(
                "after {round} times 20 MB taken and 50 MB refused: {}",
                service.memory()?
            );
        }
    }
    service.settle()?;
    println!("once all mails are written: {}", service.memory()?);
    Ok(())
}

/// What this is run on.
fn machine() -> Result<String, Fault> {
    let first = |text: String, key: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap_or_default();
        line.split_once(':')
            .map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    Ok(format!(
        "{cores} cores of {}, {} of memory, kernel {}, load before {}",
        first(std::fs::read_to_string("/proc/cpuinfo")?, "model name"),
        first(std::fs::read_to_string("/proc/meminfo")?, "MemTotal"),
        std::fs::read_to_string("/proc/sys/kernel/osrelease")?.trim(),
        std::fs::read_to_string("/proc/loadavg")?.trim(),
    ))
}
