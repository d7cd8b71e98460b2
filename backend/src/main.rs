//! The command line. What each command does stands in `cli`.

/// A sixth of the time of a small request went into the system's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    match backend::cli::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("polku: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
