//! Builds the program anew when a migration is added, since the migrations are embedded in it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
