//! Exact linear algebra, for asking whether something hidden can be worked out from what is published.

use std::ops::{Mul, Sub};

/// An exact fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    above: i128,
    below: i128,
}

const fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { above: 0, below: 1 };

    /// `above ÷ below`. Overflow panics (`overflow-checks`), so an answer is never wrong.
    pub fn new(above: i128, below: i128) -> Self {
        let by = divisor(above, below).max(1) * below.signum();
        Self { above: above / by, below: below / by }
    }

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { above: value as i128, below: 1 }
    }

    fn over(self, other: Self) -> Self {
        Self::new(self.above * other.below, self.below * other.above)
    }

    fn is_zero(self) -> bool {
        self.above == 0
    }
}

impl Mul for Fraction {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(self.above * other.above, self.below * other.below)
    }
}

impl Sub for Fraction {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.above * other.below - other.above * self.below, self.below * other.below)
    }
}

/// What is known of some unknowns: equations, kept in reduced row echelon form.
#[derive(Clone, Default)]
pub struct Knowledge {
    unknowns: usize,
    rows: Vec<Vec<Fraction>>,
}

impl Knowledge {
    /// Knows nothing of so many unknowns.
    pub fn of(unknowns: usize) -> Self {
        Self { unknowns, rows: Vec::new() }
    }

    /// Adds an equation: the weighted unknowns add up to something published. What that is does not matter for
    /// whether an unknown is determined.
    pub fn learn(&mut self, terms: &[(usize, i64)]) {
        let mut row = vec![Fraction::ZERO; self.unknowns];
        for (unknown, weight) in terms {
            row[*unknown] = row[*unknown] - Fraction::whole(-*weight);
        }
        self.reduce(&mut row);
        let Some(pivot) = row.iter().position(|value| !value.is_zero()) else { return };
        let lead = row[pivot];
        for value in &mut row {
            *value = value.over(lead);
        }
        for known in &mut self.rows {
            let factor = known[pivot];
            if !factor.is_zero() {
                for (value, own) in known.iter_mut().zip(&row) {
                    *value = *value - factor * *own;
                }
            }
        }
        self.rows.push(row);
    }

    fn reduce(&self, row: &mut [Fraction]) {
        for known in &self.rows {
            let Some(pivot) = known.iter().position(|value| !value.is_zero()) else { continue };
            let factor = row[pivot];
            if !factor.is_zero() {
                for (value, own) in row.iter_mut().zip(known) {
                    *value = *value - factor * *own;
                }
            }
        }
    }

    /// Whether the weighted sum of unknowns follows from what has been learnt.
    pub fn determines(&self, terms: &[(usize, i64)]) -> bool {
        let mut row = vec![Fraction::ZERO; self.unknowns];
        for (unknown, weight) in terms {
            row[*unknown] = row[*unknown] - Fraction::whole(-*weight);
        }
        self.reduce(&mut row);
        row.iter().all(|value| value.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_gives_a_hidden_part_away() {
        let mut known = Knowledge::of(3);
        known.learn(&[(0, 1), (1, 1), (2, 1)]);
        assert!(!known.determines(&[(2, 1)]));
        known.learn(&[(0, 1)]);
        known.learn(&[(1, 2)]);
        assert!(known.determines(&[(2, 1)]));
    }

    #[test]
    fn a_sum_is_known_where_its_parts_are_not() {
        let mut known = Knowledge::of(2);
        known.learn(&[(0, 1), (1, 2)]);
        assert!(known.determines(&[(0, 3), (1, 6)]));
        assert!(!known.determines(&[(0, 1)]) && !known.determines(&[(1, 1)]));
    }
}
