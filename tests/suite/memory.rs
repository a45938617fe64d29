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
        referral::accepted(OpenForm::read(&service).post(ANSWERS, &files));
        service.wait_delivered();
    }
    let refused: Vec<File> = vec![("pieces", "bail.pdf", "application/pdf", &pdf); 5];
    assert_eq!(OpenForm::read(&service).post(ANSWERS, &refused).status(), 422);
    let most = service.memory("VmHWM");
    assert!(most - rest < MOST, "{rest} kB at rest, {most} kB at most");
}
