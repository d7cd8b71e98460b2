//! What is measured, against what, and how near it shall come.

use crate::load::Found;

/// One thing that is asked again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// The bare server: fifty editions with what their rows say, from a pool and off the worker.
    BareListPool,
    /// The same with one connection a worker, on the worker.
    BareListDirect,
    List,
    BareOnePool,
    BareOneDirect,
    One,
    NotModified,
    Results,
    /// The three rows that a saved answer touches, in one transaction.
    BareWrite,
    Write,
    /// One Argon2id of the strength that sign-in uses.
    BareHash,
    SignIn,
}

/// In the order in which they run: a thing right after what it is compared with.
pub const ALL: &[Measure] = &[
    Measure::BareListPool,
    Measure::List,
    Measure::BareListDirect,
    Measure::BareOnePool,
    Measure::One,
    Measure::BareOneDirect,
    Measure::NotModified,
    Measure::Results,
    Measure::BareWrite,
    Measure::Write,
    Measure::BareHash,
    Measure::SignIn,
];

impl Measure {
    pub const fn name(self) -> &'static str {
        match self {
            Self::BareListPool => "bare list of 50, pool",
            Self::BareListDirect => "bare list of 50, direct",
            Self::List => "list of 50 editions",
            Self::BareOnePool => "bare one row, pool",
            Self::BareOneDirect => "bare one row, direct",
            Self::One => "one edition",
            Self::NotModified => "one edition, 304",
            Self::Results => "results of an edition",
            Self::BareWrite => "bare write of three rows",
            Self::Write => "self-assessment saved",
            Self::BareHash => "bare Argon2id",
            Self::SignIn => "sign-in",
        }
    }

    /// What it is compared with, and the least ratio to reach on SQLite and on PostgreSQL.
    pub const fn against(self) -> Option<(Self, Option<(f64, f64)>)> {
        match self {
            Self::List => Some((Self::BareListPool, Some((0.8, 0.6)))),
            Self::One => Some((Self::BareOnePool, Some((0.8, 0.6)))),
            Self::NotModified => Some((Self::BareOnePool, Some((1.5, 1.5)))),
            Self::Write => Some((Self::BareWrite, Some((0.6, 0.6)))),
            Self::Results => Some((Self::BareOnePool, None)),
            Self::SignIn => Some((Self::BareHash, None)),
            _ => None,
        }
    }
}

/// Database, measure, connections.
pub type Key = (String, Measure, usize);

/// The rounds of one measure.
#[derive(Default)]
pub struct Series(Vec<Found>);

impl Series {
    pub fn add(&mut self, found: Found) {
        self.0.push(found);
    }

    pub fn rate(&self) -> Spread {
        Spread::of(self.0.iter().map(|found| found.per_second))
    }

    pub fn p50(&self) -> Spread {
        Spread::of(self.0.iter().map(|found| found.p50))
    }

    pub fn p99(&self) -> Spread {
        Spread::of(self.0.iter().map(|found| found.p99))
    }

    pub fn failed(&self) -> u64 {
        self.0.iter().map(|found| found.failed).sum()
    }

    /// Round by round, how many times the other's rate this one reached: neighbours in time, so that a slow minute
    /// slows both.
    pub fn ratio(&self, other: &Self) -> Spread {
        Spread::of(
            self.0.iter().zip(&other.0).filter(|(_, other)| other.per_second > 0.0).map(|(own, other)| own.per_second / other.per_second),
        )
    }
}

/// A median with the least and the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub least: f64,
    pub median: f64,
    pub greatest: f64,
}

impl Spread {
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_by(f64::total_cmp);
        match sorted.as_slice() {
            [] => Self { least: 0.0, median: 0.0, greatest: 0.0 },
            [least, .., greatest] => Self { least: *least, median: middle(&sorted), greatest: *greatest },
            [one] => Self { least: *one, median: *one, greatest: *one },
        }
    }
}

fn middle(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) }
}
