//! What sending the form is worth, told alike everywhere: home, guides, communes, outcomes, form, confirmation, mails.
//! The commission's mode is the only thing that changes between these sites.

use std::time::Duration;

use tests::browser::plain;
use tests::html::page_text;
use tests::mailbox::Mailbox;
use tests::referral::{ANSWERS, OpenForm, REQUESTER, accepted, client};
use tests::service::{COMMISSION, MailFolder};
use tests::{TestService, TestSite};

const WAIT: Duration = Duration::from_secs(30);

/// Words that promise a referral by letter, and words that promise one by this site: never both.
const BY_LETTER: [&str; 6] = [
    "ne remplace pas la lettre recommandée",
    "ce courriel n'est pas une saisine",
    "le formulaire de ce site prépare votre dossier",
    "la saisine est la lettre recommandée que vous imprimez",
    "envoyer et préparer ma lettre",
    "tant que cette lettre n'est pas envoyée",
];
const HERE: [&str; 6] = [
    "le formulaire suffit pour saisir la commission",
    "vous n'avez pas de lettre recommandée à envoyer",
    "avec le formulaire de ce site",
    "cet envoi saisit la commission",
    "envoyer ma saisine",
    "votre saisine est enregistrée",
];
const ELSEWHERE: [&str; 2] = [
    "son propre service en ligne",
    "sur son service, et non sur ce site",
];

/// The real site with the commission in this mode.
fn site(mode: &str) -> TestSite {
    let site = TestSite::copy();
    let path = site.root().join("content/lieux/cdc.yaml");
    let text = std::fs::read_to_string(path).expect("the commissions");
    let service = "\n  teleservice: https://teleservice.exemple.fr/cdc";
    let more = if mode == "redirection" { service } else { "" };
    let changed = text.replace("\n  mode: preparation", &format!("\n  mode: {mode}{more}"));
    assert!(
        mode == "preparation" || changed != text,
        "the mode is not where it was"
    );
    site.write("content/lieux/cdc.yaml", &changed);
    let run = site.generate("build", &[]);
    assert_eq!(run.status, 0, "{mode}: {}", run.said());
    site
}

/// No page of the site says what is true in another mode only.
fn no_page_says(site: &TestSite, mode: &str, never: &[&str]) {
    let wrong: Vec<String> = site
        .pages()
        .iter()
        .flat_map(|page| {
            let said = plain(&page_text(&page.text)).to_lowercase();
            let found = never.iter().filter(|words| said.contains(**words));
            let told = found.map(|words| format!("{mode}: {} dit « {words} »", page.address));
            told.collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn page(site: &TestSite, address: &str) -> String {
    plain(&page_text(&site.built(&format!("{}index.html", &address[1..]))))
}

fn says(mode: &str, what: &str, text: &str, words: &[&str]) {
    let text = plain(text).to_lowercase();
    for words in words {
        let words = words.to_lowercase();
        assert!(
            text.contains(&words),
            "{mode}, {what}: « {words} » manque dans :\n{text}"
        );
    }
}

/// Addresses where the site promises something, with the words of this mode.
fn promises(site: &TestSite, mode: &str, pages: [(&str, &[&str]); 5]) {
    for (address, words) in pages {
        says(mode, address, &page(site, address), words);
    }
}

const PAGES: [&str; 5] = [
    "/saisir-la-cdc/",
    "/guides/comment-saisir-la-cdc/",
    "/guides/la-cdc/",
    "/communes/montreuil/",
    "/diagnostics/depot-de-garantie/resultat/saisir-la-cdc/",
];

/// What is said at each of [`PAGES`].
fn pages<'a>(words: [&'a [&'a str]; 5]) -> [(&'static str, &'a [&'a str]); 5] {
    let mut words = words.into_iter();
    PAGES.map(|address| (address, words.next().unwrap_or_default()))
}

/// The form, its confirmation, the mails to both sides, and the word after the commission acknowledged.
struct Sent {
    form: String,
    confirmation: String,
    mail: String,
    subject: String,
    receipt: String,
    notice: String,
}

fn send(site: &TestSite) -> Sent {
    let dist = site.dist().display().to_string();
    let service = TestService::with(&[("ML_SITE_DIR", &dist)]);
    let get = |address: &str| {
        let answer = client().get(service.page(address)).send().expect("an answer");
        answer.text().expect("text")
    };
    let form = page_text(&get("/saisine"));
    let place = accepted(OpenForm::read(&service).post(ANSWERS, &[]));
    let confirmation = page_text(&get(&place));
    let folder = MailFolder(service.mailbox());
    let mail = folder.first_to(COMMISSION, WAIT);
    let receipt = folder.first_to(REQUESTER, WAIT).text;
    let at = mail
        .text
        .find("/cdc/accuse/")
        .expect("the link of the commission");
    let link: String = mail.text[at..]
        .chars()
        .take_while(|c| !c.is_whitespace())
        .collect();
    let _ = OpenForm::at(&service, &link).post(&[], &[]);
    let notice = tests::process::eventually(WAIT, "the word that the commission acknowledged", || {
        let all = folder.to(REQUESTER);
        all.into_iter()
            .find(|mail| mail.text.contains("a accusé réception"))
    });
    Sent {
        form,
        confirmation,
        subject: mail.subject.clone(),
        mail: mail.text.clone(),
        receipt,
        notice: notice.text,
    }
}

#[test]
fn preparation_prepares_and_the_letter_is_the_referral() {
    let mode = "preparation";
    let site = site(mode);
    no_page_says(&site, mode, &[&HERE[..], &ELSEWHERE[..]].concat());
    let words: [&[&str]; 5] = [
        &[
            "ne remplace pas la lettre recommandée",
            "Préparer mon dossier pour la commission",
        ],
        &["Envoyez ensuite la lettre recommandée"],
        &["nous n'avons pas trouvé de saisine en ligne"],
        &["le formulaire prépare votre dossier et cette lettre"],
        &["Préparer ma saisine", "La saisine est la lettre recommandée"],
    ];
    promises(&site, mode, pages(words));
    let sent = send(&site);
    says(
        mode,
        "form",
        &sent.form,
        &[
            "Préparer une saisine",
            "ne suffit pas à saisir",
            "Envoyer et préparer ma lettre",
        ],
    );
    says(
        mode,
        "confirmation",
        &sent.confirmation,
        &[
            "Votre dossier est enregistré",
            "Il vous reste à envoyer la lettre",
        ],
    );
    says(
        mode,
        "mail",
        &sent.mail,
        &["DOSSIER ML93-", "n'est pas une saisine"],
    );
    says(mode, "subject", &sent.subject, &["Dossier ML93-"]);
    says(
        mode,
        "receipt",
        &sent.receipt,
        &["votre dossier est enregistré", "il ne la remplace pas"],
    );
    says(
        mode,
        "notice",
        &sent.notice,
        &["ne vaut pas saisine", "lettre recommandée"],
    );
}

/// A mode where sending the form is the referral: no letter is asked for, nowhere.
fn sending_is_the_referral(mode: &str, words: [&[&str]; 5], confirmed: &str) {
    let site = site(mode);
    no_page_says(&site, mode, &[&BY_LETTER[..], &ELSEWHERE[..]].concat());
    promises(&site, mode, pages(words));
    let sent = send(&site);
    says(
        mode,
        "form",
        &sent.form,
        &["Saisir la commission", "Envoyer ma saisine"],
    );
    says(
        mode,
        "confirmation",
        &sent.confirmation,
        &["Votre saisine est enregistrée", confirmed],
    );
    says(
        mode,
        "mail",
        &sent.mail,
        &["SAISINE ML93-", "Avis dans les deux mois de la saisine"],
    );
    says(mode, "subject", &sent.subject, &["Saisine ML93-"]);
    says(
        mode,
        "receipt",
        &sent.receipt,
        &["votre saisine est enregistrée", confirmed],
    );
    for text in [
        &sent.form,
        &sent.confirmation,
        &sent.mail,
        &sent.receipt,
        &sent.notice,
    ] {
        let said = plain(text).to_lowercase();
        for words in BY_LETTER.iter().chain(&[
            "n'est pas une saisine",
            "ne vaut pas saisine",
            "il ne la remplace pas",
        ]) {
            assert!(!said.contains(words), "{mode}: « {words} » dans :\n{said}");
        }
    }
}

#[test]
fn electronique_makes_the_sending_the_referral() {
    let words: [&[&str]; 5] = [
        &[
            "accepte d'être saisie par ce formulaire",
            "Vous n'avez pas de lettre recommandée",
        ],
        &["la première voie est ouverte"],
        &["avec le formulaire de ce site"],
        &["avec le formulaire de ce site"],
        &["cet envoi saisit la commission"],
    ];
    sending_is_the_referral("electronique", words, "par voie électronique");
}

#[test]
fn arrete_makes_the_sending_the_referral() {
    let words: [&[&str]; 5] = [
        &[
            "celui que prévoit un arrêté du préfet",
            "Vous n'avez pas de lettre recommandée",
        ],
        &["la seconde voie est ouverte"],
        &["avec le formulaire de ce site"],
        &["avec le formulaire de ce site"],
        &["cet envoi saisit la commission"],
    ];
    sending_is_the_referral("arrete", words, "dans la forme prévue par l'arrêté du préfet");
}

#[test]
fn redirection_leads_to_the_commission_s_own_service_and_takes_nothing() {
    let mode = "redirection";
    let site = site(mode);
    no_page_says(&site, mode, &[&BY_LETTER[..], &HERE[..]].concat());
    let words: [&[&str]; 5] = [
        &[
            "sur son service, et non sur ce site",
            "Aller au service en ligne de la commission",
        ],
        &["a son propre service en ligne"],
        &["son propre service en ligne"],
        &["son propre service en ligne"],
        &["son propre service en ligne"],
    ];
    promises(&site, mode, pages(words));
    let prefilled = site
        .pages()
        .into_iter()
        .filter(|page| page.text.contains("/saisine?motif="));
    let prefilled: Vec<String> = prefilled.map(|page| page.address).collect();
    assert!(
        prefilled.is_empty(),
        "no answer is carried to a form that is not there: {prefilled:?}"
    );
    let dist = site.dist().display().to_string();
    let service = TestService::with(&[("ML_SITE_DIR", &dist)]);
    let answer = client().get(service.page("/saisine")).send().expect("an answer");
    let page = answer.text().expect("text");
    assert!(
        page.contains("teleservice.exemple.fr") && !page.contains("name=\"jeton\""),
        "{page}"
    );
    let posted = client()
        .post(service.page("/saisine"))
        .body("qualite=locataire")
        .send();
    assert_eq!(posted.expect("an answer").status(), 403);
}
