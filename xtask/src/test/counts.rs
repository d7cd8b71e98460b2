//! How many tests ran, read from what the runners print.

/// Tests that passed and failed; a step that is no test run counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub ignored: u64,
}

impl Counts {
    pub const ONE: Self = Self { passed: 1, failed: 0, ignored: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1, ignored: 0 };

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    pub fn is_empty(self) -> bool {
        self.passed + self.failed == 0
    }
}

/// Sums the closing lines of `cargo test`: one a test binary.
pub fn of_cargo(output: &str) -> Counts {
    let mut sum = Counts::default();
    for line in output.lines().filter(|line| line.starts_with("test result: ")) {
        for part in line.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next().and_then(|word| word.parse::<u64>().ok()), words.next()) else {
                continue;
            };
            match word {
                "passed" => sum.passed += number,
                "failed" => sum.failed += number,
                "ignored" => sum.ignored += number,
                _ => {}
            }
        }
    }
    sum
}

/// Sums the closing lines of Node's runner, in either of its manners (`# pass 3`, `ℹ pass 3`).
pub fn of_node(output: &str) -> Counts {
    let mut sum = Counts::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        if !matches!(words.next(), Some("#" | "ℹ")) {
            continue;
        }
        let (Some(word), Some(number)) = (words.next(), words.next().and_then(|word| word.parse::<u64>().ok())) else {
            continue;
        };
        match word {
            "pass" => sum.passed += number,
            "fail" | "cancelled" => sum.failed += number,
            "skipped" | "todo" => sum.ignored += number,
            _ => {}
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_cargo, of_node};

    #[test]
    fn sums_what_cargo_says() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(of_cargo(output), Counts { passed: 7, failed: 2, ignored: 1 });
        assert!(of_cargo("error: could not compile").is_empty());
    }

    #[test]
    fn sums_what_node_says() {
        let tap = "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n";
        let spec = "ℹ tests 2\nℹ pass 2\nℹ fail 0\nℹ duration_ms 12.5\n";
        assert_eq!(of_node(tap), Counts { passed: 3, failed: 2, ignored: 0 });
        assert_eq!(of_node(spec), Counts { passed: 2, failed: 0, ignored: 0 });
    }
}
