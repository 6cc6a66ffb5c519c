//! Natural numbers of any length: just enough to round a sum of fractions exactly.
//!
//! The mean of ten item means over half a million answers has a denominator of 57 digits, more than
//! any machine integer holds, and rounding “96,195” the right way needs every one of them.

use std::cmp::Ordering;

/// A natural number, its least significant 32 bits first, without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wide(Vec<u32>);

impl Wide {
    pub(super) fn zero() -> Self {
        Self(Vec::new())
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let length = self.0.len().max(other.0.len());
        let mut limbs = Vec::with_capacity(length + 1);
        let mut carry = 0;
        for position in 0..length {
            let sum = self.limb(position) + other.limb(position) + carry;
            limbs.push(low(sum));
            carry = sum >> 32;
        }
        limbs.push(low(carry));
        Self(limbs).trimmed()
    }

    /// `self − other`, or zero where `other` is the larger.
    pub(super) fn minus(&self, other: &Self) -> Self {
        if *self <= *other {
            return Self::zero();
        }
        let mut limbs = Vec::with_capacity(self.0.len());
        let mut borrow = 0;
        for position in 0..self.0.len() {
            let rest = (1 << 32) + self.limb(position) - other.limb(position) - borrow;
            limbs.push(low(rest));
            borrow = 1 - (rest >> 32);
        }
        Self(limbs).trimmed()
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let mut limbs = vec![0; self.0.len() + other.0.len() + 1];
        for (shift, &factor) in self.0.iter().enumerate() {
            let mut carry = 0;
            for position in 0..=other.0.len() {
                let here = shift + position;
                let sum = u64::from(factor) * other.limb(position) + u64::from(limbs[here]) + carry;
                limbs[here] = low(sum);
                carry = sum >> 32;
            }
        }
        Self(limbs).trimmed()
    }

    /// How often `divisor` goes into this number, by doubling and halving; quotients are small here
    /// (a mean times a power of ten), so this takes a few dozen steps.
    pub(super) fn quotient(&self, divisor: &Self) -> u128 {
        let fits = |times: u128| divisor.times(&Self::from(times)) <= *self;
        let mut step: u128 = 1;
        while step < 1 << 126 && fits(step) {
            step <<= 1;
        }
        let mut quotient = 0;
        while step > 0 {
            if fits(quotient + step) {
                quotient += step;
            }
            step >>= 1;
        }
        quotient
    }

    fn limb(&self, position: usize) -> u64 {
        self.0.get(position).copied().map_or(0, u64::from)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

/// The lower 32 bits.
fn low(number: u64) -> u32 {
    (number & u64::from(u32::MAX)) as u32
}

impl From<u128> for Wide {
    fn from(number: u128) -> Self {
        let limbs = (0..4).map(|limb| (number >> (32 * limb)) as u32).collect();
        Self(limbs).trimmed()
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
