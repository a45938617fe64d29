//! One referral as every message and page shows it: words, lists and verdicts, nothing left to decide.

use super::diagnosis::{self, Diagnosis};
use super::dossier::Dossier;
use super::urgency::Urgency;
use super::words;
use crate::clock;
use crate::outbox::Scan;
use crate::site::{Commission, Site};
use jiff::Timestamp;
use referral_form::competence::{self, Status, Verdict};
use referral_form::files::megabytes;
use referral_form::recap::{self, Section};
use referral_form::review::{self, PieceState, State};
use referral_form::value::Day;
use referral_form::{Answers, names};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything known of a referral, in words.
#[derive(Debug, Clone, Serialize)]
pub struct CaseFile {
    /// Reference.
    pub reference: String,
    /// Day and hour of the reception, with the zone.
    pub received: String,
    /// The same, ISO 8601.
    pub received_iso: String,
    /// Day of the reception in Paris, in words.
    pub day: String,
    /// Two months later: when an opinion may come at the earliest delay of the law.
    pub opinion: String,
    /// Mode of the commission on that day.
    pub mode: String,
    /// The commission.
    pub commission: Commission,
    /// Answers by step, for the confirmation.
    pub sections: Vec<Section>,
    /// The same for the commission: an address is one line.
    pub compact: Vec<Section>,
    /// The requester's role in one word: locataire, bailleur…
    pub role: &'static str,
    /// The other party's.
    pub other_role: &'static str,
    /// « 3 sur 11 »: useful pieces that are there, of those that are asked for.
    pub present_of: String,
    /// Labels of the pieces that the requester does not have, with the reason.
    pub impossible: Vec<String>,
    /// Answer of every field in words, empty when not given.
    pub answers: BTreeMap<String, String>,
    /// Verdict on the competence.
    pub verdict: Verdict,
    /// The verdict in a few words.
    pub verdict_title: &'static str,
    /// `yes`, `no`, `unsure`: whether one motive must go before the commission.
    pub compulsory: &'static str,
    /// Why, each reason once; with its motive when motives differ.
    pub compulsory_texts: Vec<String>,
    /// State of every useful piece.
    pub pieces: Vec<PieceState>,
    /// How many are present, missing, said impossible.
    pub counts: [usize; 3],
    /// Labels of the useful pieces that are not there and about which nothing is said.
    pub missing: Vec<String>,
    /// The first of them and how many others, for the summary; empty when none is missing.
    pub missing_brief: String,
    /// Is it urgent?
    pub urgency: Urgency,
    /// What the decree asks for and is not there.
    pub missing_by_law: Vec<String>,
    /// Whether the address of the other party has no postal code: a letter cannot be sent there.
    pub no_postcode: bool,
    /// The diagnosis, walked again on the day of the reception.
    pub diagnosis: Option<Diagnosis>,
    /// Whether a diagnosis was carried of which nothing could be read.
    pub diagnosis_unread: bool,
    /// The joined files.
    pub files: Vec<FileLine>,
    /// Words of the motives.
    pub motives: Vec<String>,
    /// Texts of the author, by name.
    pub texts: BTreeMap<String, String>,
    /// Address where the commission acknowledges; empty for the requester.
    pub ack_url: String,
    /// Day and hour when the commission acknowledged, empty before.
    pub acknowledged: String,
    /// Address where the requester adds something; empty for others.
    pub complement_url: String,
    /// For a complement: the reference that it completes; else empty.
    pub parent: String,
    /// For a complement: what its sender says; may be empty.
    pub message: String,
    /// What the antivirus said of all files: `none` (no file), `pending`, `clean`, `infected` (at least one), `unscanned`.
    pub scan: &'static str,
}

/// A joined file in words.
#[derive(Debug, Clone, Serialize)]
pub struct FileLine {
    /// Number.
    pub n: u32,
    /// Name of the attachment.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Name on the person's device.
    pub original: String,
    /// Kind in words.
    pub kind: &'static str,
    /// Size in words.
    pub size: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What the antivirus said.
    pub scan: Scan,
    /// The same in words.
    pub scan_words: &'static str,
}

impl CaseFile {
    /// Gathers a case.
    #[must_use]
    pub fn new(
        site: &Site,
        commission: &Commission,
        dossier: &Dossier,
        reference: &str,
        received: Timestamp,
    ) -> Self {
        let definition = &site.definition;
        let answers = &dossier.answers;
        let day = clock::paris_day(received);
        let joined: Vec<&str> = dossier.files.iter().map(|file| file.piece.as_str()).collect();
        let pieces = review::pieces(definition, answers, &joined);
        let verdict = competence::of_answers(definition, answers, day);
        let diagnosis = diagnosis::walk(&site.trees, &dossier.diagnosis, day).map(|mut walked| {
            // A municipality is answered by its code: the commission reads its name.
            for (_, answer) in &mut walked.answers {
                if let Some(commune) = definition.commune(answer) {
                    answer.clone_from(&commune.name);
                }
            }
            walked
        });
        let counts = [State::Present, State::Missing, State::Impossible]
            .map(|state| pieces.iter().filter(|piece| piece.state == state).count());
        Self {
            reference: reference.to_owned(),
            received: clock::paris_words(received),
            received_iso: clock::paris_iso(received),
            day: day.words(),
            opinion: day.plus_months(2).words(),
            mode: dossier.mode.clone(),
            commission: commission.clone(),
            compact: words::compact(recap::sections(definition, answers)),
            sections: recap::sections(definition, answers),
            role: words::role(answers.text(names::ROLE)),
            other_role: words::role(answers.text(names::OTHER_ROLE)),
            present_of: format!("{} sur {}", counts[0], pieces.len()),
            impossible: words::impossible(&pieces),
            answers: all_words(site, answers),
            verdict_title: verdict_title(verdict.status),
            compulsory: compulsory(&verdict),
            compulsory_texts: compulsory_texts(&verdict),
            counts,
            missing_brief: words::missing_brief(&words::missing(&pieces)),
            missing: words::missing(&pieces),
            urgency: Urgency::new(dates(&verdict, diagnosis.as_ref()), day),
            pieces,
            missing_by_law: review::missing_by_law(definition, answers),
            no_postcode: !words::has_postcode(&[
                answers.text(names::OTHER_ADDRESS),
                answers.text(names::OTHER_POSTAL_CODE),
            ]),
            diagnosis_unread: diagnosis.is_none() && !dossier.diagnosis.is_empty(),
            diagnosis,
            files: files(site, dossier, reference),
            motives: verdict
                .motives
                .iter()
                .map(|motive| motive.label.clone())
                .collect(),
            verdict,
            texts: definition.texts.clone(),
            ack_url: String::new(),
            acknowledged: String::new(),
            complement_url: String::new(),
            parent: String::new(),
            message: dossier.complement.clone().unwrap_or_default(),
            scan: "none",
        }
    }

    /// Notes what the antivirus said, by number of the file.
    pub fn note_scans(&mut self, scans: &[(u32, Scan)]) {
        for file in &mut self.files {
            let known = scans.iter().find(|(n, _)| *n == file.n);
            file.scan = known.map_or(Scan::Pending, |(_, scan)| *scan);
            file.scan_words = words::scan(file.scan);
        }
        let any = |wanted| self.files.iter().any(|file| file.scan == wanted);
        let worst = [Scan::Infected, Scan::Pending, Scan::Unscanned, Scan::Clean];
        let worst = worst.into_iter().find(|scan| any(*scan));
        self.scan = worst.map_or("none", Scan::word);
    }

    /// « Dossier » as long as it is not a referral in law, « Saisine » when it is.
    #[must_use]
    pub fn object(&self) -> &'static str {
        if !self.parent.is_empty() {
            "Complément"
        } else if self.mode == "preparation" {
            "Dossier"
        } else {
            "Saisine"
        }
    }

    /// An answer in words.
    #[must_use]
    pub fn answer(&self, id: &str) -> &str {
        self.answers.get(id).map_or("", String::as_str)
    }
}

fn all_words(site: &Site, answers: &Answers) -> BTreeMap<String, String> {
    let fields = site.definition.fields();
    fields
        .map(|field| {
            (
                field.id.clone(),
                recap::answer(&site.definition, answers, &field.id),
            )
        })
        .collect()
}

fn verdict_title(status: Status) -> &'static str {
    match status {
        Status::Competent => "Compétente d’après les réponses",
        Status::Reserved => "Compétence à confirmer",
        Status::NotCompetent => "Hors compétence d’après les réponses",
    }
}

/// The dates that count: those of the motives, and those of the diagnosis.
fn dates(verdict: &Verdict, diagnosis: Option<&Diagnosis>) -> Vec<(String, Day)> {
    let motives = verdict
        .motives
        .iter()
        .filter_map(|motive| Some((motive.deadline.clone(), motive.deadline_day?)));
    let walked = diagnosis.into_iter().flat_map(|one| one.deadlines.iter());
    motives
        .chain(walked.filter_map(|(title, iso)| Some((title.clone(), Day::from_iso(iso)?))))
        .collect()
}

fn compulsory(verdict: &Verdict) -> &'static str {
    use referral_form::definition::Compulsory;
    let any = |wanted| verdict.motives.iter().any(|motive| motive.compulsory == wanted);
    if any(Compulsory::Yes) {
        "yes"
    } else if any(Compulsory::Unsure) {
        "unsure"
    } else {
        "no"
    }
}

fn compulsory_texts(verdict: &Verdict) -> Vec<String> {
    let Some(first) = verdict.motives.first() else {
        return Vec::new();
    };
    if verdict
        .motives
        .iter()
        .all(|motive| motive.compulsory_text == first.compulsory_text)
    {
        return vec![first.compulsory_text.clone()];
    }
    let texts = verdict.motives.iter();
    texts
        .map(|motive| format!("{}\u{a0}: {}", motive.label, motive.compulsory_text))
        .collect()
}

fn files(site: &Site, dossier: &Dossier, reference: &str) -> Vec<FileLine> {
    let lines = dossier.files.iter().map(|file| FileLine {
        n: file.n,
        name: file.name(reference),
        label: file.label(&site.definition),
        original: file.original.clone(),
        kind: file.kind.words(),
        size: megabytes(file.size),
        sha256: file.sha256.clone(),
        scan: Scan::Pending,
        scan_words: words::scan(Scan::Pending),
    });
    lines.collect()
}

/// Subject of the mail to the commission: only words of a closed vocabulary.
#[must_use]
pub fn subject(site: &Site, case: &CaseFile, answers: &Answers, (part, parts): (u32, u32)) -> String {
    let codes = answers.chosen(names::MOTIVES);
    let first = codes.first().and_then(|code| site.definition.motive(code));
    let mut motive = first.map_or_else(|| "litige locatif".to_owned(), |motive| motive.subject.clone());
    if codes.len() > 1 {
        motive = format!("{motive} (+{})", codes.len() - 1);
    }
    let commune = site
        .definition
        .commune(answers.text(names::COMMUNE))
        .map_or("", |commune| commune.name.as_str());
    let object = case.object();
    let split = if parts > 1 {
        format!(" – {part}/{parts}")
    } else {
        String::new()
    };
    format!(
        "[CDC {}] {object} {} – {motive} – {commune} ({}){split}",
        case.commission.departement, case.reference, case.role
    )
}
