//! How long it takes to check and compile trees of thirty questions: `cargo run --release -q -p decision-tree
//! --example timing`.

#[path = "../tests/support/fixture.rs"]
#[allow(dead_code, unreachable_pub)]
mod fixture;

use decision_tree::{Date, compile, source};
use std::time::Instant;

fn main() -> Result<(), &'static str> {
    let today = Date::from_iso("2026-11-23").ok_or("a day")?;
    let trees = [
        (
            "30 questions oui/non lues ensemble à la fin",
            fixture::explosive(30, false),
        ),
        ("le dépôt de garantie d’essai", fixture::deposit()),
        ("40 questions par paires, refusées", fixture::explosive(40, true)),
    ];
    for (name, tree) in trees {
        let mut times: Vec<_> = (0..5).map(|_| once(&tree, today)).collect();
        times.sort();
        println!("{name} : {:.1} ms (médiane de 5)", times[2].as_secs_f64() * 1e3);
    }
    Ok(())
}

fn once(tree: &source::TreeSource, today: Date) -> std::time::Duration {
    let start = Instant::now();
    std::hint::black_box(compile(tree, today));
    start.elapsed()
}
