//! stages
#![allow(
    clippy::disallowed_methods,
    reason = "a measure writes files and starts programs"
)]
mod corpus;
use generator::*;
use std::path::PathBuf;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let n: usize = a[1].parse().unwrap();
    let folder = PathBuf::from(format!("/dev/shm/bench-{n}"));
    if !folder.exists() {
        corpus::make(
            &folder,
            &std::fs::canonicalize(&a[0]).unwrap(),
            corpus::Shape { guides: n, links: 0 },
        )
        .unwrap();
    }
    let mut t = Instant::now();
    let mut lap = |name: &str| {
        let rss = std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .find(|l| l.starts_with("VmRSS"))
            .unwrap()
            .to_owned();
        let st = std::fs::read_to_string("/proc/self/stat").unwrap();
        let v: Vec<&str> = st.rsplit(')').next().unwrap().split_whitespace().collect();
        let cpu: u64 = v[11].parse::<u64>().unwrap() + v[12].parse::<u64>().unwrap();
        eprintln!(
            "{name:10} {:.3} s cpu total {:.2} {rss}",
            t.elapsed().as_secs_f64(),
            cpu as f64 / 100.
        );
        t = Instant::now();
    };
    let sources = load::load(&folder).unwrap();
    lap("load");
    let today = jiff::civil::Date::constant(2026, 11, 25);
    let (site, theme, mut f) = parse::parse(&sources, today);
    lap("parse");
    f.extend(check::content(&site));
    lap("check");
    let (assets, files, g) = assets::publish(&theme, &sources);
    f.extend(g);
    lap("assets");
    let (templates, g) = render::templates::Templates::new(&theme, &assets);
    f.extend(g);
    lap("templates");
    let renderer = render::Renderer::new(&site, &assets, std::sync::Arc::new(templates));
    let (mut output, g) = render::render(&renderer, &theme, &files, &f);
    f.extend(g);
    lap("render");
    for (path, bytes) in files.files() {
        render::put_file(&mut output, path, bytes.clone(), &mut f);
    }
    f.extend(check::html::check(&output));
    lap("html");
    let total: usize = output.files().map(|(_, b)| b.len()).sum();
    eprintln!(
        "{} files {} MB; {} faults",
        output.files().count(),
        total / 1_000_000,
        f.iter().count()
    );
    for d in f.sorted().iter().take(5) {
        eprintln!("{} {}", d.rule, d.message);
    }
    let out = folder.join("dist");
    let _ = std::fs::remove_dir_all(&out);
    t = Instant::now();
    let w = write::write(&output, &out).unwrap();
    eprintln!("write {:.3}", t.elapsed().as_secs_f64());
    t = Instant::now();
    let w2 = write::write(&output, &out).unwrap();
    eprintln!("rewrite {:.3} {w:?} {w2:?}", t.elapsed().as_secs_f64());
}
