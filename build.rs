//! Folders that macros list while compiling: a new file in one of them is a reason to compile again.
fn main() {
    for folder in ["public", "src/web/words", "survey-templates"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
