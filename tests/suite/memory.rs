//! Files pass through the service without staying in its memory.

use tests::TestService;
use tests::referral::{self, ANSWERS, File, OpenForm};

/// Most kilobytes above those at rest: buffers, and what the allocator keeps of them for each thread. The files and
/// their mails held whole would be 20 MB and 27 MB more.
const MOST: u64 = 40_000;

#[test]
fn twenty_megabytes_of_files_pass_without_staying_in_memory() {
    let service = TestService::with_folder();
    referral::file(&service);
    service.wait_delivered();
    let rest = service.memory("VmHWM");
    let mut pdf = b"%PDF-1.4\n".to_vec();
    pdf.resize(4_900_000, 7);
    let files: Vec<File> = vec![("pieces", "bail.pdf", "application/pdf", &pdf); 4];
    for _ in 0..3 {
        referral::accepted(OpenForm::read(&service).post_another(&files));
        service.wait_delivered();
    }
    let refused: Vec<File> = vec![("pieces", "bail.pdf", "application/pdf", &pdf); 5];
    assert_eq!(OpenForm::read(&service).post(ANSWERS, &refused).status(), 422);
    let most = service.memory("VmHWM");
    assert!(most - rest < MOST, "{rest} kB at rest, {most} kB at most");
}

/// Most kilobytes above those at rest for 32 posts at once: eight are read at a time, the others wait or are refused.
const MOST_AT_ONCE: u64 = 80_000;

#[test]
fn thirty_two_big_posts_at_once_are_taken_or_told_to_come_back() {
    let service = TestService::with_folder();
    referral::file(&service);
    service.wait_delivered();
    let rest = service.memory("VmHWM");
    let mut pdf = b"%PDF-1.4\n".to_vec();
    pdf.resize(4_900_000, 7);
    let forms: Vec<OpenForm> = (0..32).map(|_| OpenForm::read(&service)).collect();
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let posts: Vec<_> = forms
            .iter()
            .map(|form| {
                let pdf = &pdf;
                scope.spawn(move || {
                    let files: [File; 1] = [("pieces", "bail.pdf", "application/pdf", pdf)];
                    form.post_another(&files).status().as_u16()
                })
            })
            .collect();
        posts
            .into_iter()
            .map(|post| post.join().expect("an answer"))
            .collect()
    });
    let taken = codes.iter().filter(|code| **code == 303).count();
    assert!(codes.iter().all(|code| [303, 503].contains(code)), "{codes:?}");
    assert!(taken >= 8, "{codes:?}");
    let most = service.memory("VmHWM");
    assert!(most - rest < MOST_AT_ONCE, "{rest} kB at rest, {most} kB at most");
    println!("{taken} taken of 32; {rest} kB at rest, {most} kB at most");
}
