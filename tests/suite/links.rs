//! Links to other sites, asked of a server of our own on the loopback: never of anybody else, never in a build.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tests::TestSite;

/// A site that answers `/bon`, has lost `/perdu`, has moved `/ancien` to `/bon`, and refuses to answer `HEAD /tetu`.
struct Elsewhere {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        // Ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if let Some(line) = answer(stream) {
                    noted.lock().expect("no test panics here").push(line);
                }
            }
        });
        Self { port, asked }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("no test panics here"))
    }
}

/// Answers one request and gives its method and path.
fn answer(mut stream: TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream.try_clone().ok()?)
        .lines()
        .map_while(Result::ok);
    let first = lines.next()?;
    lines.find(String::is_empty)?;
    let line = first.rsplit_once(' ')?.0.to_owned();
    let (status, more) = match line.as_str() {
        "HEAD /bon" | "GET /bon" | "GET /tetu" => ("200 OK", ""),
        "HEAD /tetu" => ("405 Method Not Allowed", ""),
        "HEAD /ancien" | "GET /ancien" => ("301 Moved Permanently", "Location: /bon\r\n"),
        _ => ("404 Not Found", ""),
    };
    let head = format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    Some(line)
}

#[test]
fn links_elsewhere_are_checked_apart_and_remembered_with_their_day() {
    let elsewhere = Elsewhere::start();
    let site = TestSite::small();
    let to = |path: &str| format!("http://127.0.0.1:{}/{path}", elsewhere.port);
    let free = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port();
    site.write(
        "content/guides/bail.md",
        &format!(
            "---\ntitre: Le bail\ndescription: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-09-01\n---\n\n[Un]({}#ici), [deux]({}), [trois]({}), [quatre]({}), [cinq](http://127.0.0.1:{free}/)\n",
            to("bon"), to("perdu"), to("ancien"), to("tetu")
        ),
    );
    let _ = site.generate("check", &[]);
    assert_eq!(elsewhere.asked(), [""; 0], "the build asks nobody");

    let run = site.generate("links", &["--pause", "0"]);
    assert_eq!(run.status, 1, "{}", run.said());
    for words in [
        &format!("La page « {} » n'existe plus (le 25 novembre 2026).", to("perdu")),
        &format!("« {} » mène maintenant à une autre adresse.", to("ancien")),
        "n'a pas répondu : la connexion a échoué",
        "content/guides/bail.md:11",
        "5 adresses, dont 5 vérifiées aujourd'hui.",
    ] {
        assert!(run.said().contains(words), "{words} in\n{}", run.said());
    }
    let stubborn = format!("« {} »", to("tetu"));
    assert!(
        !run.said().contains(&stubborn),
        "asked again in full: {}",
        run.said()
    );
    let asked = elsewhere.asked();
    assert!(
        asked.contains(&"HEAD /bon".to_owned()) && asked.contains(&"GET /tetu".to_owned()),
        "{asked:?}"
    );
    let cache = std::fs::read_to_string(site.root().join("var/liens.json")).expect("the answers");
    let cache: Value = serde_json::from_str(&cache).expect("JSON");
    assert_eq!(cache[to("perdu")]["le"], "2026-11-25");
    assert_eq!(cache[to("perdu")]["etat"], 404);

    // What answered well is believed for a week; what did not is asked again.
    let again = site.generate("links", &["--pause", "0"]);
    assert!(
        again.said().contains("5 adresses, dont 2 vérifiées"),
        "{}",
        again.said()
    );
    assert!(elsewhere.asked().iter().all(|line| line.ends_with("/perdu")));
}
