//! C4 ids: a SHA-512 written as `c4` and 88 digits of base 58.
//!
//! Source: the ASC MHL reference tool and its test vectors (MIT); the alphabet is that of Bitcoin's base 58,
//! which leaves out `0`, `O`, `I` and `l`.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Digits that 512 bits may need.
const DIGITS: usize = 88;

/// Digits that are made or taken at a time, and 58 to their power, which fits into 32 bits: a fifth of the
/// passes over the number.
const STEP: usize = 5;
const POWER: u64 = 58_u64.pow(5);

/// What a byte stands for; 58 for none.
const VALUES: [u8; 256] = {
    let mut values = [58; 256];
    let (mut place, mut digit) = (0, 0_u8);
    while place < ALPHABET.len() {
        values[ALPHABET[place] as usize] = digit;
        place += 1;
        digit += 1;
    }
    values
};

/// The id of a SHA-512.
pub(super) fn render(sha512: &[u8; 64]) -> String {
    let mut number: [u32; 16] = std::array::from_fn(|at| {
        u32::from_be_bytes(*sha512[4 * at..].first_chunk().expect("16 times 4 bytes are 64"))
    });
    let mut digits = [ALPHABET[0]; DIGITS];
    for group in digits.rchunks_mut(STEP) {
        let mut rest = divide(&mut number);
        for digit in group.iter_mut().rev() {
            *digit = ALPHABET[rest % 58];
            rest /= 58;
        }
    }
    let mut id = String::with_capacity(2 + DIGITS);
    id.push_str("c4");
    id.extend(digits.iter().map(|digit| char::from(*digit)));
    id
}

/// The SHA-512 of an id; `None` if it is none.
pub(super) fn parse(id: &str) -> Option<[u8; 64]> {
    let digits = id.strip_prefix("c4").filter(|digits| digits.len() == DIGITS)?.as_bytes();
    let mut number = [0_u32; 16];
    let (first, rest) = digits.split_at(DIGITS % STEP);
    for group in std::iter::once(first).chain(rest.chunks_exact(STEP)) {
        let mut carry = 0;
        for digit in group {
            let value = VALUES[usize::from(*digit)];
            carry = carry * 58 + (value < 58).then_some(u64::from(value))?;
        }
        for limb in number.iter_mut().rev() {
            carry += u64::from(*limb) * POWER;
            *limb = u32::try_from(carry & u64::from(u32::MAX)).expect("the lower 32 bits");
            carry >>= 32;
        }
        if carry > 0 {
            return None;
        }
    }
    let mut bytes = [0; 64];
    for (place, limb) in bytes.chunks_exact_mut(4).zip(number) {
        place.copy_from_slice(&limb.to_be_bytes());
    }
    Some(bytes)
}

/// Divide a big-endian number by [`POWER`]; returns the rest.
fn divide(number: &mut [u32; 16]) -> usize {
    let rest = number.iter_mut().fold(0, |rest, limb| {
        let value = (rest << 32) | u64::from(*limb);
        *limb = u32::try_from(value / POWER).expect("the rest is below the divisor");
        value % POWER
    });
    usize::try_from(rest).expect("below 2^32")
}
