//! Files pass through the service without staying in its memory.

use tests::TestService;
use tests::referral::{self, ANSWERS, File, OpenForm};

/// Most kilobytes above those at rest: buffers, and one mail of at most `ML_MAIL_SIZE` that is being sent.
const MOST: u64 = 24_000;

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
        referral::accepted(OpenForm::read(&service).post(ANSWERS, &files));
        service.wait_delivered();
    }
    let refused: Vec<File> = vec![("pieces", "bail.pdf", "application/pdf", &pdf); 5];
    assert_eq!(OpenForm::read(&service).post(ANSWERS, &refused).status(), 422);
    let most = service.memory("VmHWM");
    assert!(most - rest < MOST, "{rest} kB at rest, {most} kB at most");
}
