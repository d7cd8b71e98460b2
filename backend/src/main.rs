//! The command line. What each command does stands in `cli`.

fn main() -> std::process::ExitCode {
    match backend::cli::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("polku: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
