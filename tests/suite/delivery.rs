//! A referral that was confirmed is delivered, once, whatever happens to the mail server or to us.

use std::collections::BTreeSet;
use std::time::Duration;

use tests::mailbox::Mailbox;
use tests::process::eventually;
use tests::referral::{self, ANSWERS, OpenForm, REQUESTER};
use tests::service::COMMISSION;
use tests::smtp_sink::Behaviour;
use tests::{Mail, Postfix, SmtpSink, TestService};

/// Longer than the schedule of attempts of a test service: a second mail would have come.
const A_WHILE: Duration = Duration::from_secs(3);

#[test]
fn mail_server_down_then_up() {
    let mut postfix = Postfix::start();
    postfix.stop();
    let service = TestService::with_postfix(&postfix);
    let reference = referral::file(&service);
    std::thread::sleep(A_WHILE);
    let list = service.operate(&["list"]).stdout;
    assert!(
        list.contains(&reference),
        "the outbox still holds {reference}:\n{list}"
    );
    assert!(postfix.mails().is_empty());
    postfix.resume();
    let mail = postfix.first_to(COMMISSION, Duration::from_secs(30));
    assert!(mail.subject.contains(&reference), "{}", mail.subject);
    service.wait_delivered();
    std::thread::sleep(A_WHILE);
    assert_eq!(postfix.to(COMMISSION).len(), 1, "to the commission, once");
    assert_eq!(postfix.to(REQUESTER).len(), 1, "to the requester, once");
}

#[test]
fn killed_right_after_the_confirmation() {
    let mut sink = SmtpSink::stopped();
    let mut service = TestService::with_sink(&sink);
    let place = referral::accepted(OpenForm::read(&service).post(ANSWERS, &[]));
    service.kill();
    sink.resume();
    service.restart();
    let reference = referral::reference_at(&service, &place);
    let mail = first_to(&sink, COMMISSION);
    assert!(mail.subject.contains(&reference), "{}", mail.subject);
    service.wait_delivered();
    std::thread::sleep(A_WHILE);
    assert_eq!(sink.to(COMMISSION).len(), 1);
    assert_eq!(sink.to(REQUESTER).len(), 1);
}

#[test]
fn killed_at_any_moment_nothing_is_lost_and_doubles_are_recognisable() {
    let sink = SmtpSink::start();
    let mut service = TestService::with_sink(&sink);
    let mut references = BTreeSet::new();
    let rounds = rounds();
    for round in 0..rounds {
        let place = referral::accepted(OpenForm::read(&service).post_another(&[]));
        // A walk through the first tenths of a second, where everything happens; the same at each run.
        std::thread::sleep(Duration::from_millis(round * 37 % 250));
        service.kill();
        service.restart();
        references.insert(referral::reference_at(&service, &place));
    }
    let filed = usize::try_from(rounds).expect("few");
    assert_eq!(references.len(), filed, "each referral has its own reference");
    service.wait_delivered();
    let mails = sink.to(COMMISSION);
    for reference in &references {
        let ours: Vec<&Mail> = mails
            .iter()
            .filter(|mail| mail.subject.contains(reference))
            .collect();
        let ids: BTreeSet<String> = ours.iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), 1, "{reference} arrived as {ids:?}");
    }
    assert!(
        mails.len() <= 2 * references.len(),
        "a kill gives one double at most, not {} mails",
        mails.len()
    );
    println!(
        "{rounds} kills: {} confirmed, 0 lost, {} doubles, each recognisable",
        references.len(),
        mails.len() - references.len()
    );
}

/// How often the service is killed: a few times in a usual run, `KILLS` times by `make kills`.
fn rounds() -> u64 {
    std::env::var("KILLS").map_or(8, |text| text.parse().expect("KILLS is a number"))
}

#[test]
fn line_cut_after_the_message_gives_the_same_message_again() {
    let sink = SmtpSink::start();
    sink.behave(Behaviour::KeepAndCut);
    let service = TestService::with_sink(&sink);
    referral::file(&service);
    first_to(&sink, COMMISSION);
    sink.behave(Behaviour::Accept);
    eventually(Duration::from_secs(20), "a second attempt", || {
        (sink.to(COMMISSION).len() > 1).then_some(())
    });
    service.wait_delivered();
    let mails = sink.to(COMMISSION);
    for mail in &mails {
        assert_eq!(mail.raw, mails[0].raw, "the mail is sent again byte for byte");
    }
}

#[test]
fn refused_for_now_is_tried_again() {
    let sink = SmtpSink::start();
    sink.behave(Behaviour::RefuseForNow);
    let service = TestService::with_sink(&sink);
    referral::file(&service);
    eventually(Duration::from_secs(20), "a few attempts", || {
        (sink.attempts() > 3).then_some(())
    });
    assert!(sink.mails().is_empty());
    sink.behave(Behaviour::Accept);
    first_to(&sink, COMMISSION);
    service.wait_delivered();
    assert_eq!(sink.to(COMMISSION).len(), 1);
}

#[test]
fn refused_for_good_is_held_for_a_person_not_forgotten() {
    let sink = SmtpSink::start();
    sink.behave(Behaviour::RefuseForGood);
    let mut service = TestService::with_sink(&sink);
    service.may_keep_mail();
    let reference = referral::file(&service);
    eventually(Duration::from_secs(20), "the refusal", || {
        (sink.attempts() > 1).then_some(())
    });
    std::thread::sleep(A_WHILE);
    let list = service.operate(&["list"]);
    assert!(list.stdout.contains(&reference), "still listed: {}", list.said());
    sink.behave(Behaviour::Accept);
    let retry = service.operate(&["retry", &reference]);
    assert_eq!(retry.status, 0, "{}", retry.said());
    let mail = first_to(&sink, COMMISSION);
    assert!(mail.subject.contains(&reference));
}

#[test]
fn double_click_gives_one_referral() {
    let sink = SmtpSink::start();
    let service = TestService::with_sink(&sink);
    let form = OpenForm::read(&service);
    let places: Vec<String> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| referral::accepted(form.post(ANSWERS, &[]))))
            .collect();
        clicks
            .into_iter()
            .map(|click| click.join().expect("accepted"))
            .collect()
    });
    let references: BTreeSet<String> = places
        .iter()
        .map(|place| referral::reference_at(&service, place))
        .collect();
    assert_eq!(references.len(), 1, "one form, one referral: {references:?}");
    service.wait_delivered();
    assert_eq!(sink.to(COMMISSION).len(), 1);
    assert_eq!(sink.to(REQUESTER).len(), 1);
}

#[test]
fn two_forms_give_two_referrals() {
    let sink = SmtpSink::start();
    let service = TestService::with_sink(&sink);
    let references = BTreeSet::from([referral::file(&service), referral::file(&service)]);
    assert_eq!(references.len(), 2);
    service.wait_delivered();
    assert_eq!(sink.to(COMMISSION).len(), 2);
}

#[test]
fn second_service_on_the_same_database_refuses() {
    let service = TestService::with_folder();
    let mut rival = service.rival();
    let status = rival.wait_end(Duration::from_secs(15));
    assert!(!status.success(), "the second service ran: {}", rival.said());
    assert!(
        rival.said().contains("outbox.db"),
        "it names the database: {}",
        rival.said()
    );
    referral::file(&service); // the first one goes on
}

#[test]
fn nothing_is_accepted_that_cannot_be_kept() {
    let service = TestService::with_folder();
    let missing: Vec<_> = ANSWERS
        .iter()
        .copied()
        .filter(|(name, _)| *name != "demandeur_courriel")
        .collect();
    let answer = OpenForm::read(&service).post(&missing, &[]);
    assert_eq!(answer.status(), 422);
    let page = scraper::Html::parse_document(&answer.text().unwrap());
    let summary = tests::html::attributes(&page, "main a[href^='#']", "href");
    assert!(
        summary.iter().any(|link| link.contains("demandeur_courriel")),
        "a link to the fault: {summary:?}"
    );
    let kept = tests::html::attributes(&page, "input[name=demandeur_nom]", "value");
    assert_eq!(kept, ["Camille Martin"], "what was typed is still there");
    assert!(service.operate(&["list"]).stdout.trim().is_empty());
}

fn first_to(sink: &SmtpSink, address: &str) -> Mail {
    eventually(Duration::from_secs(20), &format!("a mail to {address}"), || {
        sink.to(address).into_iter().next()
    })
}
