//! The command line.
fn main() {
    for f in std::env::args().skip(1) {
        match langnghe::survey::questionnaire::Questionnaire::parse(&std::fs::read_to_string(&f).unwrap()) {
            Ok(q) => println!("{f}: {} questions", q.questions.len()),
            Err(m) => {
                for m in m {
                    println!("{f}: {m}")
                }
            }
        }
    }
}
